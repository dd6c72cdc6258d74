import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { makeApp } from '../../app/app.ts';
import { paths, type Base } from '../../app/base.ts';
import type { App } from '../../app/contract.ts';
import { readKnowledge } from '../../app/shelf.ts';
import { catalogReader } from '../../app/wire.ts';
import { formatUtc, plus, type Instant } from '../../base/instant.ts';
import { connectors } from '../../connectors/index.ts';
import { nextTurn, type Clock } from '../../io/clock.ts';
import { systemFiles } from '../../io/files.ts';
import type { Random } from '../../io/random.ts';

/** The real app in a world that is the same at every recording: its time moves by hand, its chance comes from a seed. */

export type HandClock = Clock & Readonly<{ pass(ms: number): Promise<void> }>;

type Sleeper = Readonly<{ at: number; wake: () => void }>;

/** Stands still until somebody lets time pass; who waits meanwhile is woken in the order of the moments waited for. */
export const handClock = (start: Instant): HandClock => {
  let now = start;
  let sleepers: readonly Sleeper[] = [];
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    await new Promise<void>((wake, refuse) => {
      const sleeper: Sleeper = { at: now + Math.max(0, ms), wake };
      sleepers = [...sleepers, sleeper];
      const leave = (): void => {
        sleepers = sleepers.filter((one) => one !== sleeper);
        refuse(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
    });
  };
  return {
    now: () => now,
    elapsed: () => now - start,
    stamp: () => ({ boot: '00000000', mono: String(BigInt(now - start) * 1_000_000n), wall: formatUtc(now) }),
    sleep,
    async pass(ms) {
      const until = now + ms;
      for (;;) {
        const next = sleepers.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > until) break;
        sleepers = sleepers.filter((one) => one !== next);
        now = plus(now, Math.max(0, next.at - now));
        next.wake();
        await nextTurn();
      }
      now = plus(now, until - now);
    },
  };
};

/** Bytes that look like chance and are the same at every recording. */
const seededRandom = (seed: string): Random => {
  let asked = 0;
  return {
    bytes: (length) =>
      createHash('shake256', { outputLength: length })
        .update(`${seed}\0${(asked += 1)}`)
        .digest(),
  };
};

/** `home` is thrown away afterwards, so the screens name the folder that a person would have. */
export const recordedApp = async (packageRoot: string, home: string, clock: HandClock): Promise<App> => {
  const files = systemFiles();
  for (const folder of [home, paths(home).incidents, paths(home).drills]) files.privateDir(folder);
  const base: Base = {
    packageRoot,
    home,
    workspace: null,
    actor: 'ada',
    zone: null,
    files,
    clock,
    random: seededRandom('firebreak/record'),
    connectors,
    readCatalog: catalogReader(packageRoot, files, () => formatUtc(clock.now()).slice(0, 10)),
    live: null,
    tool: 'firebreak/record',
  };
  const app = makeApp(base, await readKnowledge(base, base.workspace));
  return { ...app, home: join('~', '.local', 'share', 'firebreak') };
};
