import type { Json } from '../base/canonical.ts';
import type { ConditionContext } from '../base/condition.ts';

import type { Instant } from '../base/instant.ts';
import type { Clock } from '../io/clock.ts';
import type { Http } from '../io/http.ts';
import { progress } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import type { DrillSource } from '../model/drill.ts';
import type { Fresh, Recorded } from '../model/event.ts';
import { pointsOf } from '../model/scenario.ts';
import type { AttackerSource, TrapSource } from '../model/scenario.ts';
import { afterwards, firstAttempt, strike } from './attacker.ts';
import type { Attempts } from './attacker.ts';
import { asks, contextAt } from './context.ts';
import { dueInjects, injected } from './injects.ts';
import { endedWords, logReader } from './log.ts';
import type { DrillLog } from './log.ts';
import type { Systems } from './systems.ts';

/**
 * The director of the fake world: at each turn the attacker tries again, wrong moves are noticed, messages that are due arrive, and
 * a rule may end it. All it knows stands in the journal and in one file beside the systems, so it goes on after any crash.
 */
export interface Director {
  turn(): Promise<void>;
  /** Lets time pass in an unattended drill, with everything that falls into it. */
  pass(ms: number): Promise<void>;
  log(): DrillLog;
  /** What each attacker came to so far, the last attempt included. */
  attempts(): ReadonlyMap<string, Attempts>;
  /** Why it is over before its end; null while it goes on. */
  over(): string | null;
}

export type DirectorParts = Readonly<{
  drill: DrillSource;
  systems: Systems;
  start: Instant;
  seed: number;
  clock: Clock;
  http: Http;
  made: (name: string) => string;
  ledger: Readonly<{
    entries: (from?: number) => Iterable<Recorded>;
    state(): IncidentState;
    append(events: readonly Fresh[]): Promise<unknown>;
  }>;
  /** The attempts of the attackers, kept beside the systems: a journal need not hold each. */
  kept: Readonly<{ read(): Json | null; write(value: Json): void }>;
}>;

const attemptsOf = (parts: DirectorParts): Map<string, Attempts> => {
  const kept = parts.kept.read() as Readonly<Record<string, Attempts>> | null;
  return new Map(
    (parts.drill.attacker ?? []).map((one) => [one.id, kept?.[one.id] ?? firstAttempt(one, parts.start)]),
  );
};

const sprungNow = (
  traps: readonly TrapSource[],
  log: DrillLog,
  context: () => ConditionContext,
): readonly Fresh[] =>
  traps
    .filter((trap) => !log.sprung.has(trap.id) && asks(trap.when, context()) === true)
    .map((trap) => ({
      kind: 'drill.sprung',
      pub: { trap: trap.id, kind: trap.kind, points: pointsOf(trap) },
      priv: {
        says: { class: 'staff', value: trap.says },
        instead: { class: 'staff', value: trap.instead },
      },
    }));

/** What an attempt that is due changes; nothing where it met the same as before. */
const attacking =
  (parts: DirectorParts, log: () => DrillLog, attempts: Map<string, Attempts>) =>
  async (attacker: AttackerSource, now: Instant): Promise<readonly Fresh[]> => {
    const before = attempts.get(attacker.id) ?? firstAttempt(attacker, parts.start);
    if (before.next > now || log().lost.has(attacker.instance)) return [];
    const url = parts.systems.baseUrl(attacker.instance);
    const struck = url === null ? 'gone' : (await strike(attacker, parts.http, url, parts.made)).is;
    if (struck === 'gone') return [{ kind: 'drill.lost', pub: { instance: attacker.instance } }];
    const after = afterwards(attacker, before, struck, now, parts.seed);
    attempts.set(attacker.id, after);
    parts.kept.write(Object.fromEntries(attempts) as Json);
    const told = log().attacked.get(attacker.id)?.getsIn ?? null;
    return after.getsIn === told || after.getsIn === null
      ? []
      : [
          {
            kind: 'drill.attacked',
            pub: { attacker: attacker.id, gets_in: after.getsIn, tries: after.tries, taken: after.taken },
          },
        ];
  };

/** When an attacker tries again; later than anything where none does: nobody knocks where nothing answers. */
const nextAttempt = (
  attackers: readonly AttackerSource[],
  { lost }: DrillLog,
  attempts: ReadonlyMap<string, Attempts>,
): number =>
  Math.min(
    ...attackers
      .filter(({ instance }) => !lost.has(instance))
      .map(({ id }) => attempts.get(id)?.next ?? Number.POSITIVE_INFINITY),
  );

export const direct = (parts: DirectorParts): Director => {
  const { drill, systems, start, clock, ledger } = parts;
  const log = logReader(ledger.entries);
  const attempts = attemptsOf(parts);
  const attack = attacking(parts, log, attempts);

  const context = (): ConditionContext => {
    const state = ledger.state();
    return contextAt({ state, progress: progress(state), truth: systems.truth(), start, now: clock.now() });
  };
  /** Made at most once between two entries: a scenario asks a dozen conditions of the same moment. */
  const contextOnce = (): (() => ConditionContext) => {
    let made: ConditionContext | null = null;
    return () => (made ??= context());
  };

  const over = (): string | null => {
    const { stopped } = log();
    const ended = endedWords(log());
    if (ended !== null) return ended;
    return stopped === null ? null : (drill.stops?.find(({ id }) => id === stopped)?.says ?? stopped);
  };

  const append = async (events: readonly Fresh[]): Promise<void> => {
    if (events.length > 0) await ledger.append(events);
  };

  const once = async (): Promise<void> => {
    if (over() !== null || ledger.state().phase !== 'open') return;
    const gone = systems.gone().filter((instance) => !log().lost.has(instance));
    await append(gone.map((instance) => ({ kind: 'drill.lost', pub: { instance } })));
    for (const attacker of drill.attacker ?? []) await append(await attack(attacker, clock.now()));
    const before = contextOnce();
    await append(sprungNow(drill.traps ?? [], log(), before));
    // A wrong move is noticed first, so that a consequence without delay comes in the same turn.
    await append(dueInjects(drill, log(), { start, now: clock.now() }, before).map(injected));
    const rule = drill.stops?.find(({ when }) => asks(when, before()) === true);
    if (rule !== undefined)
      await append([
        {
          kind: 'drill.stopped',
          pub: { rule: rule.id },
          priv: { says: { class: 'staff', value: rule.says } },
        },
      ]);
  };

  // One turn at a time: a message that is being written down has not arrived yet, and would come twice.
  let last: Promise<unknown> = Promise.resolve();
  const turn = async (): Promise<void> => {
    const next = last.then(once);
    last = next.catch(() => undefined);
    await next;
  };

  const pass = async (ms: number): Promise<void> => {
    const until = clock.now() + ms;
    // An attempt that is overdue comes now.
    while (over() === null && nextAttempt(drill.attacker ?? [], log(), attempts) < until) {
      await clock.sleep(Math.max(0, nextAttempt(drill.attacker ?? [], log(), attempts) - clock.now()));
      await turn();
    }
    await clock.sleep(Math.max(0, until - clock.now()));
  };

  return { turn, pass, log, attempts: () => attempts, over };
};
