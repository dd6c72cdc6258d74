import { join } from 'node:path';
import { formatUtc, instant, plus, type Instant } from '../../src/base/instant.ts';
import { openLedger, type IncidentLedger } from '../../src/app/ledger.ts';
import type { Engine } from '../../src/engine/lines.ts';
import { prepare, type Request } from '../../src/engine/prepare.ts';
import { recheck } from '../../src/engine/recheck.ts';
import { run } from '../../src/engine/run.ts';
import { decide } from '../../src/incident/decide.ts';
import { latestActs, progress } from '../../src/incident/ready.ts';
import { inDoubt } from '../../src/incident/state.ts';
import { nextTurn, type Clock } from '../../src/io/clock.ts';
import { systemRandom } from '../../src/io/random.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { createJournal } from '../../src/journal/store.ts';
import { limits } from '../../src/model/limits.ts';
import type { RetryClass } from '../../src/model/action.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { noAcks, standingOf } from './acks.ts';
import { keys } from './keys.ts';
import { startProvider, type Provider } from './provider.ts';
import { together, type Found } from './report.ts';
import { below, chance, newFolderInMemory, pick, timer, type Rig } from './rig.ts';
import { definitionsOf, opening, STEP, TARGETS, worldOf } from './system.ts';

/**
 * A wall clock that somebody sets in the middle of everything: no request is repeated because of it, no deadline moves, no wait
 * is longer, and the journal says each time. Time is virtual, so a night takes a second.
 */

/** `wall` turns the protection off: what should be a clock that nobody can set follows the one that is set. */
type Follows = 'itself' | 'wall';

type Sky = Readonly<{
  clock: Clock;
  /** Sets the wall clock. */
  jump: (ms: number) => void;
  elapse: (ms: number) => void;
  later: (ms: number, call: () => void) => void;
  jumped: () => number;
}>;

const START = Date.parse('2026-11-20T02:00:00Z');
const DAY = 86_400_000;
const JUMPS = [-DAY, -3 * 3_600_000, -61_000, -4000, 4000, 61_000, 3 * 3_600_000, DAY, 365 * DAY, -365 * DAY];

const jumpySky = (follows: Follows): Sky => {
  let passed = 0;
  let offset = 0;
  let jumps = 0;
  let waiting: readonly Readonly<{ at: number; call: () => void }>[] = [];
  const now = (): Instant => instant(START + passed + offset);
  const elapsed = (): number => (follows === 'wall' ? passed + offset : passed);
  const elapse = (ms: number): void => {
    passed += Math.max(0, Math.ceil(ms));
    const due = waiting.filter(({ at }) => at <= passed);
    waiting = waiting.filter(({ at }) => at > passed);
    for (const { call } of due) call();
  };
  const clock: Clock = {
    now,
    elapsed,
    stamp: () => ({ boot: 'c0ffee01', mono: String(BigInt(elapsed()) * 1_000_000n), wall: formatUtc(now()) }),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      await nextTurn();
      elapse(ms);
    },
  };
  return {
    clock,
    jump: (ms) => {
      offset += ms;
      jumps += 1;
    },
    elapse,
    later: (ms, call) => void (waiting = [...waiting, { at: passed + ms, call }]),
    jumped: () => jumps,
  };
};

type Told = Readonly<{ ledger: IncidentLedger; sky: Sky; engine: Engine; url: string }>;

const requestNow = (ledger: IncidentLedger): Request => {
  const view = progress(ledger.state()).steps.find(({ step }) => step.id === STEP);
  if (view?.step.kind !== 'act') throw new Error('the step acts');
  const { title, input, friction, reversible, effect, fallback } = view.step;
  const { planSha256 } = ledger.state();
  const fixed = { direction: 'do', unconfirmed: false, approval: null, preserve: [] } as const;
  return {
    ...fixed,
    step: STEP,
    title,
    targets: view.targets,
    input,
    friction,
    reversible,
    effect,
    fallback,
    planSha256,
  };
};

const left = ({ ledger }: Told): number => {
  const latest = latestActs(STEP, ledger.state());
  return TARGETS.filter((item) => !['done', 'already'].includes(latest.get(item)?.result ?? '')).length;
};

/** A person who looks at the panel itself, once nothing can be under way any more. */
const settle = async ({ ledger, sky, url }: Told): Promise<void> => {
  for (const act of [...ledger.state().acts.values()].filter(inDoubt)) {
    const answer = (await (await fetch(`${url}/truth?target=${act.target}`)).json()) as { off: boolean };
    const result = answer.off ? 'done' : 'failed';
    const command = { do: 'settle', intent: act.intent, result, reason: 'looked at the panel' } as const;
    const context = {
      now: sky.clock.now(),
      actor: 'ana',
      mask: (one: string) => one,
      fingerprint: () => 'f',
    };
    await ledger.append(decide(ledger.state(), command, context));
  }
};

const ROUNDS = 8;

/** Runs the step until it is through, asking at once and again after what was lost. */
const play = async (told: Told, retry: RetryClass): Promise<void> => {
  const { ledger, sky, engine } = told;
  for (let round = 0; round < ROUNDS && left(told) > 0; round += 1) {
    if (ledger.state().acts.size > 0) await recheck(engine, STEP, () => undefined);
    if ([...ledger.state().acts.values()].some(inDoubt)) {
      sky.elapse(limits.inFlightMs + 1);
      if (retry === 'D') await settle(told);
      continue;
    }
    const prepared = await prepare(engine.world, engine.definitions, requestNow(ledger), () => []);
    await run(engine, prepared, { yes: true, typed: prepared.phrase }, () => undefined);
  }
};

/** A vendor whose answers get lost, and where a request may arrive when its sender has long given up: within the ten seconds. */
const lossy = (vendor: Provider, sky: Sky, next: () => number): void =>
  vendor.trick((_request, response, apply) => {
    if (next() < 0.4) return false;
    sky.later(below(next, limits.inFlightMs - 1000), apply);
    response.destroy();
    return true;
  });

const dueOf = (ledger: IncidentLedger, now: Instant): string =>
  JSON.stringify(
    clocks(ledger.state(), gdpr.obligations, now, { zone: 'UTC', holidays: () => null }).map(
      ({ duty, due }) => [duty, due],
    ),
  );

const storm = async (rig: Rig, retry: RetryClass, seed: number, follows: Follows): Promise<Found> => {
  const next = chance(seed);
  const sky = jumpySky(follows);
  const folder = newFolderInMemory(rig, 'clock');
  const path = join(folder, 'journal.sqlite');
  const about = { incident: 'inc-01JFAULTS00000000000000000', drill: false, tool: 'faults', actor: 'ana' };
  const journal = createJournal({ path, ...about, clock: sky.clock, random: systemRandom(), keys });
  const acks = noAcks();
  const maybe = (): void => {
    if (next() < 0.3) sky.jump(pick(next, JUMPS));
  };
  const ledger = openLedger(journal, 'ana', {
    before: maybe,
    after: (written) => {
      for (const { n, hash } of written) acks.hashes.set(n, hash);
      maybe();
    },
  });
  const vendor = await startProvider(join(folder, 'effects'), retry);
  const name = `clock run (class ${retry}, seed ${seed})`;
  try {
    await ledger.append(opening(retry, sky.clock.now()));
    const aware = { fact: 'aware', value: true, known: true, at: plus(instant(START), -60_000) } as const;
    await ledger.append([{ kind: 'fact.learned', pub: { ...aware, basis: 'observed', step: null } }]);
    const due = dueOf(ledger, sky.clock.now());
    lossy(vendor, sky, next);
    const engine: Engine = {
      world: { ...worldOf(sky.clock, vendor.url), exchangeMs: 2000 },
      definitions: definitionsOf(retry),
      ledger,
      signal: new AbortController().signal,
    };
    const told = { ledger, sky, engine, url: vendor.url };
    await play(told, retry);
    vendor.trick(null);
    await play(told, retry);
    sky.elapse(2 * limits.inFlightMs);
    const undone = left(told);
    const moved = due !== dueOf(ledger, sky.clock.now());
    journal.close();
    const effects = await vendor.effects();
    const doubled = TARGETS.reduce((sum, one) => sum + Math.max(0, (effects.get(one) ?? 0) - 1), 0);
    const { lost, findings } = standingOf(path, acks);
    const { said, unsaid } = verifyJournal(path).clock;
    const broken = [
      ...findings,
      ...(undone > 0 ? [`${undone} targets were left`] : []),
      ...(moved ? ['a deadline moved'] : []),
      ...(unsaid.length > 0 ? [`no entry says that the clock was set before #${unsaid.join(', #')}`] : []),
      ...(sky.jumped() > 1 && said === 0 ? ['the clock was set and no entry says so'] : []),
    ];
    return { lost, doubled, broken: broken.map((one) => `${name}: ${one}`) };
  } finally {
    await vendor.close();
  }
};

/** A job that the vendor only queued is asked about for as long as was meant, however often the clock is set back meanwhile. */
const patience = async (rig: Rig, follows: Follows): Promise<readonly string[]> => {
  const sky = jumpySky(follows);
  const path = join(newFolderInMemory(rig, 'clock'), 'journal.sqlite');
  const about = { incident: 'inc-01JFAULTS00000000000000000', drill: false, tool: 'faults', actor: 'ana' };
  const journal = createJournal({ path, ...about, clock: sky.clock, random: systemRandom(), keys });
  const ledger = openLedger(journal, 'ana');
  const most = (3 * limits.pollDeadlineMs) / limits.pollMs;
  let asked = 0;
  const definitions = definitionsOf('B', TARGETS.slice(0, 1));
  const panel = definitions.connectors['panel'];
  const slow: Engine['definitions'] = {
    ...definitions,
    connectors: {
      panel: {
        title: 'Panel',
        load: async () => {
          const connector = await panel?.load();
          const stop = connector?.actions['stop'];
          if (connector === undefined || stop === undefined) throw new Error('the panel can stop');
          return {
            ...connector,
            actions: {
              stop: {
                ...stop,
                run: () => Promise.resolve({ result: 'accepted', detail: 'queued' } as const),
                verify: () => {
                  asked += 1;
                  if (asked % 5 === 0) sky.jump(-3_600_000);
                  return Promise.resolve({
                    is: asked > most ? ('proved' as const) : ('refuted' as const),
                    how: 'it is on',
                  });
                },
              },
            },
          };
        },
      },
    },
  };
  try {
    await ledger.append(opening('B', sky.clock.now(), TARGETS.slice(0, 1)));
    const engine: Engine = {
      world: worldOf(sky.clock, 'http://127.0.0.1:9'),
      definitions: slow,
      ledger,
      signal: new AbortController().signal,
    };
    const prepared = await prepare(engine.world, slow, requestNow(ledger), () => []);
    await run(engine, prepared, { yes: true, typed: prepared.phrase }, () => undefined);
    const meant = limits.pollDeadlineMs / limits.pollMs + 1;
    return asked === meant ? [] : [`a queued job was asked about ${asked} times, not ${meant}`];
  } finally {
    journal.close();
  }
};

const CLASSES: readonly RetryClass[] = ['A', 'B', 'C', 'D'];

const stormed = async (rig: Rig, runs: number, over: () => boolean): Promise<Found> => {
  const found: Found[] = [];
  for (let i = 0; i < runs && !over(); i += 1)
    found.push(await storm(rig, CLASSES[i % CLASSES.length] ?? 'A', rig.seed + i, 'itself'));
  rig.say(`  clock: ${found.length} runs`);
  return together(found);
};

/** With the protection off one of these must act twice: the answer "it did not happen" is believed too early. */
const blinded = async (rig: Rig): Promise<boolean> => {
  for (let i = 0; i < 60; i += 1) {
    const { doubled = 0 } = await storm(rig, 'C', rig.seed + i, 'wall');
    if (doubled > 0) return true;
  }
  return false;
};

export const clock = async (rig: Rig): Promise<Found> => {
  const blind = await blinded(rig);
  const impatient = await patience(rig, 'wall');
  const waits = await patience(rig, 'itself');
  const real = await stormed(rig, rig.full ? 5000 : 100, timer(rig, 'clock', 7));
  return {
    ...real,
    broken: [...(real.broken ?? []), ...waits],
    controls: {
      'a doubt settled by the wall clock': blind,
      'a wait measured by the wall clock': impatient.length > 0,
    },
  };
};
