/**
 * The real engine over the real journal, as small as a program can be that a person would start: looks at what was left in
 * doubt, then runs the step on its targets. It is told what to do by a line of its input (JSON) and says `end` when it is
 * through; a program that came to its end can be told again, about another incident or a later time. Every durable entry is
 * said (`ack N HASH`) before the program goes on; `act-first` turns the protection off: it acts, and logs afterwards what it did.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { instant, formatUtc } from '../../../src/base/instant.ts';
import { openLedger, type IncidentLedger } from '../../../src/app/ledger.ts';
import { endOpenBatches } from '../../../src/engine/batch/end.ts';
import { prepare, type Request } from '../../../src/engine/prepare.ts';
import { recheck } from '../../../src/engine/recheck.ts';
import type { Engine } from '../../../src/engine/lines.ts';
import { run } from '../../../src/engine/run.ts';
import type { World } from '../../../src/engine/world.ts';
import { decide } from '../../../src/incident/decide.ts';
import { latestActs, progress } from '../../../src/incident/ready.ts';
import { inDoubt, type Act } from '../../../src/incident/state.ts';
import { systemClock, type Clock } from '../../../src/io/clock.ts';
import { systemHttp } from '../../../src/io/http.ts';
import { systemRandom } from '../../../src/io/random.ts';
import { openJournal, type Journal } from '../../../src/journal/store.ts';
import type { RetryClass } from '../../../src/model/action.ts';
import type { EventKind } from '../../../src/model/event.ts';
import { keys } from '../keys.ts';
import { definitionsOf, STEP, worldOf } from '../system.ts';

/** `row`: one writing of rows of a batch. */
export type Die = Readonly<{ kind: EventKind | 'row'; when: 'before' | 'after'; nth: number }>;
export type DriverConfig = Readonly<{
  path: string;
  url: string;
  retry: RetryClass;
  /** From limits.batchFrom on they are a batch. */
  targets: readonly string[];
  /** How much later than the machine's clock this start is: a person comes back after a while. */
  laterMs: number;
  die: Die | null;
  mode: 'intent-first' | 'act-first';
  /** For one exchange; the product's own limit where null. */
  exchangeMs: number | null;
  /** How often somebody tries again what failed before they give up for now. */
  rounds: number;
}>;

const say = (...words: readonly (string | number | null)[]): void =>
  void writeSync(1, `${words.join(' ')}\n`);

const lateClock = (machine: Clock, by: number): Clock => ({
  ...machine,
  now: () => instant(machine.now() + by),
  stamp: () => {
    const { boot, mono } = machine.stamp();
    return {
      boot,
      mono: String(BigInt(mono) + BigInt(by) * 1_000_000n),
      wall: formatUtc(instant(machine.now() + by)),
    };
  },
});

type DieAt = (when: Die['when'], kinds: readonly Die['kind'][]) => void;

const reaper = (die: Die | null): DieAt => {
  let seen = 0;
  return (when, kinds) => {
    if (die === null || die.when !== when || !kinds.includes(die.kind)) return;
    seen += 1;
    if (seen === die.nth) process.kill(process.pid, 'SIGKILL');
  };
};

const ledgerOn = (journal: Journal, dieAt: DieAt): IncidentLedger => {
  const ledger = openLedger(journal, 'ana', {
    before: (events) =>
      dieAt(
        'before',
        events.map(({ kind }) => kind),
      ),
    after: (written) => {
      for (const { n, hash } of written) say('ack', n, hash);
      dieAt(
        'after',
        written.map(({ kind }) => kind),
      );
    },
  });
  const batches: IncidentLedger['batches'] = {
    ...ledger.batches,
    write: async (batch, rows) => {
      dieAt('before', ['row']);
      await ledger.batches.write(batch, rows);
      dieAt('after', ['row']);
    },
  };
  return { ...ledger, batches };
};

/** One start of the program. */
type Start = Readonly<{ config: DriverConfig; clock: Clock; journal: Journal; ledger: IncidentLedger }>;

const requestNow = ({ ledger }: Start): Request => {
  const view = progress(ledger.state()).steps.find(({ step }) => step.id === STEP);
  if (view?.step.kind !== 'act') throw new Error('the step acts');
  const { title, input, friction, reversible, effect, fallback } = view.step;
  return {
    step: STEP,
    title,
    direction: 'do',
    targets: view.targets,
    input,
    friction,
    reversible,
    unconfirmed: false,
    effect,
    fallback,
    approval: null,
    preserve: [],
    planSha256: ledger.state().planSha256,
  };
};

/** A person who looks at the system itself, where the tool cannot ask. */
const truthOf = async ({ config, clock }: Start, target: string): Promise<boolean> => {
  const { fetch } = systemHttp({ clock, wall: 'loopback-only', secrets: () => [] });
  const answer = await fetch(`${config.url}/truth?target=${target}`);
  return ((await answer.json()) as { off: boolean }).off;
};

const doubts = ({ ledger }: Start): readonly Act[] => [...ledger.state().acts.values()].filter(inDoubt);

const settleByPerson = async (start: Start, act: Act): Promise<void> => {
  const { ledger, clock } = start;
  say('unsure', act.target, act.retry);
  const result = (await truthOf(start, act.target)) ? 'done' : 'failed';
  const command = { do: 'settle', intent: act.intent, result, reason: 'looked at the panel' } as const;
  const context = { now: clock.now(), actor: 'ana', mask: (text: string) => text, fingerprint: () => 'fp' };
  await ledger.append(decide(ledger.state(), command, context));
};

const worked = (act: Act | undefined): boolean =>
  act?.result === 'done' || act?.result === 'already' || act?.result === 'accepted';

const left = ({ ledger, config }: Start): readonly string[] => {
  const latest = latestActs(STEP, ledger.state());
  return config.targets.filter((item) => !worked(latest.get(item)));
};

const engineOf = ({ config, clock, ledger }: Start): Engine => {
  const world: World = {
    ...worldOf(clock, config.url),
    // A name that is nobody's has to be asked for before it can be missed.
    ...(config.url.includes('.invalid') ? { wall: 'open' } : {}),
    ...(config.exchangeMs === null ? {} : { exchangeMs: config.exchangeMs }),
  };
  return {
    world,
    definitions: definitionsOf(config.retry, config.targets),
    ledger,
    signal: new AbortController().signal,
  };
};

const intentFirst = async (start: Start): Promise<void> => {
  const { journal, ledger } = start;
  const engine = engineOf(start);
  const owner = `driver-${process.pid}`;
  if (!journal.lease.acquire(owner).held) throw new Error('the lease of a dead process was not given');
  await endOpenBatches(ledger);
  for (let round = 0; round < start.config.rounds; round += 1) {
    if (ledger.state().acts.size > 0) await recheck(engine, STEP, () => undefined);
    for (const act of doubts(start)) await settleByPerson(start, act);
    if (left(start).length === 0) break;
    const prepared = await prepare(engine.world, engine.definitions, requestNow(start), () => []);
    const report = await run(engine, prepared, { yes: true, typed: prepared.phrase }, (line) => {
      if (line.is === 'outcome') say('outcome', line.target, line.outcome.result);
    });
    say('report', report.state);
    // What the answer left in doubt is asked about again once no request can be under way any more: at the next start.
    if (doubts(start).length > 0) break;
  }
  for (const [target, act] of latestActs(STEP, ledger.state())) {
    say('is', target, act.result, act.proof);
  }
  journal.lease.release(owner);
};

/** What scripts do: the effect, then a line about it; at the next start whatever has no line is done again. */
const actFirst = async ({ config, clock, ledger }: Start): Promise<void> => {
  const logged = new Set(
    [...ledger.entries()].flatMap((entry) => (entry.kind === 'act.outcome' ? [entry.pub.target] : [])),
  );
  const { fetch } = systemHttp({ clock, wall: 'loopback-only', secrets: () => [] });
  for (const target of config.targets.filter((one) => !logged.has(one))) {
    await fetch(`${config.url}/do`, { method: 'POST', body: JSON.stringify({ target }) });
    await ledger.append([
      {
        kind: 'act.outcome',
        pub: { intent: 0, step: STEP, target, result: 'done', http: 200, by: 'tool' },
      },
    ]);
  }
};

const begin = async (config: DriverConfig): Promise<void> => {
  const clock = lateClock(systemClock(), config.laterMs);
  const journal = openJournal({ path: config.path, clock, random: systemRandom(), keys });
  const ledger = ledgerOn(journal, reaper(config.die));
  await (config.mode === 'intent-first' ? intentFirst : actFirst)({ config, clock, journal, ledger });
  journal.close();
  say('end');
};

for await (const line of createInterface({ input: process.stdin })) {
  await begin(JSON.parse(line) as DriverConfig);
  // A killed program keeps nothing of what was compiled of it; one that lives does it for the others.
  flushCompileCache();
}
