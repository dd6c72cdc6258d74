import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { sha256Hex } from '../base/hash.ts';
import type { Stamp } from '../base/beat.ts';
import { formatUtc, instant, type Instant } from '../base/instant.ts';

export type { Stamp } from '../base/beat.ts';

export interface Clock {
  /** What the wall clock shows: for what is written down. Somebody may set it, so nothing is measured with it. */
  now(): Instant;
  /** Whole milliseconds from a start of their own, which only go on: what durations and deadlines are measured with. */
  elapsed(): number;
  /** Where an entry says its time comes from: `elapsed` in nanoseconds with the start it counts from, and `now`. */
  stamp(): Stamp;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export function systemClock(): Clock {
  const boot = bootId();
  const now = (): Instant => instant(Date.now());
  return {
    now,
    elapsed: () => Number(process.hrtime.bigint() / 1_000_000n),
    stamp: () => ({ boot, mono: process.hrtime.bigint().toString(), wall: formatUtc(now()) }),
    sleep,
  };
}

/** Resolves in the next turn of the event loop: a point of the programme, not a time. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

// setTimeout fires at once for more than 2^31-1 ms, so longer waits are cut into days.
const LONGEST = 86_400_000;

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  for (let left = ms; ; left -= LONGEST) {
    await sleepOnce(Math.min(Math.max(left, 0), LONGEST), signal);
    if (left <= LONGEST) return;
  }
}

function sleepOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Eight hex digits that change with each start of the machine. Hashed: the raw id could link journals to a host. */
function bootId(): string {
  let id: string;
  try {
    id = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // macOS has no boot id; the time of the start, to ten seconds, is as good for telling two starts apart.
    id = `${hostname()} ${Math.round((Date.now() / 1000 - uptime()) / 10)}`;
  }
  return sha256Hex(`firebreak/boot/v1\0${id}`).slice(0, 8);
}

/** The zone of this machine's wall clock, an IANA name; UTC where it has none that is known. */
export function machineZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone === undefined || timeZone === 'Etc/Unknown' ? 'UTC' : timeZone;
}
