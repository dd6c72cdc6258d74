import type { Json } from '../base/canonical.ts';
import { MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { hasEnded } from '../incident/ready.ts';
import type { DrillSource } from '../model/drill.ts';
import type { TrapKind } from '../model/scenario.ts';
import { asks, clockName, contextAt } from './context.ts';
import { endedWords } from './log.ts';
import { measures } from './measures.ts';
import type { Measure, Played } from './measures.ts';

/** The result of a drill, all of it computed from the journal and from the state of the simulators; no id, port or wall time is in it. */
export type End = Readonly<{ id: string; says: string; holds: boolean }>;
/** Minutes are of the drill's time since the page. */
export type WrongMove = Readonly<{
  id: string;
  says: string;
  instead: string;
  kind: TrapKind;
  points: number;
  minute: number;
}>;
export type Attack = Readonly<{
  id: string;
  says: string;
  getsIn: boolean | null;
  refusedMinute: number | null;
  tries: number;
  taken: number;
  unit: string;
}>;
export type Scored = Readonly<{
  passed: boolean;
  measures: readonly Measure[];
  ends: readonly End[];
  traps: readonly WrongMove[];
  attacks: readonly Attack[];
  /** Why it ended before its end; null where it did not. */
  stopped: string | null;
  notMeasured: readonly string[];
  /** Systems of the team that no drill can play: how they are stopped was NOT TESTED. */
  untested: readonly string[];
}>;

export type ScoreInput = Played &
  Readonly<{
    truth: Readonly<Record<string, Json>>;
    now: Instant;
    /** What no drill of this team can test, and what of the scenario has no place in its inventory. */
    untested?: readonly string[];
    left?: readonly string[];
  }>;

const endsOf = (input: ScoreInput): readonly End[] => {
  const { state, progress, truth, start, now } = input;
  const standings = Object.fromEntries(input.clocks.map((clock) => [clockName(clock.duty), clock.standing]));
  const context = contextAt({ state, progress, truth, start, now, clocks: standings });
  return input.drill.end.map(({ id, says, check }) => {
    const verdict = asks(check, context);
    // A check that cannot be told is a check that failed, and says why.
    return {
      id,
      says: typeof verdict === 'string' ? `${says} (${verdict})` : says,
      holds: verdict === true,
    };
  });
};

const minuteOf = (start: Instant, at: Instant): number => Math.round(((at - start) * 10) / MINUTE) / 10;

const wrongMoves = ({ drill, log, start }: ScoreInput): readonly WrongMove[] =>
  (drill.traps ?? []).flatMap(({ id, says, instead }) => {
    const sprung = log.sprung.get(id);
    if (sprung === undefined) return [];
    const { kind, points, at } = sprung;
    return [{ id, says, instead, kind, points, minute: minuteOf(start, at) }];
  });

const attacks = ({ drill, log, attempts, start }: ScoreInput): readonly Attack[] =>
  (drill.attacker ?? []).map(({ id, says, unit }) => {
    const refused = log.attacked.get(id)?.refusedAt ?? null;
    const { getsIn = null, tries = 0, taken = 0 } = attempts.get(id) ?? {};
    return {
      id,
      says,
      getsIn,
      refusedMinute: refused === null ? null : minuteOf(start, refused),
      tries,
      taken,
      unit: unit ?? 'records',
    };
  });

/** Passed means: everything that must be true at the end is true in the simulators, and nothing is left open. */
export const score = (input: ScoreInput): Scored => {
  const open = input.progress.current !== null;
  const ends: readonly End[] = [
    ...endsOf(input),
    { id: 'every-step', says: 'Every step is done, skipped with a reason or not needed', holds: !open },
  ];
  return {
    passed: ends.every((end) => end.holds),
    measures: measures(input),
    ends,
    traps: wrongMoves(input),
    attacks: attacks(input),
    stopped: stoppedBy(input),
    notMeasured: [
      ...[...input.log.lost].map((instance) => `${instance}: its simulator was gone`),
      ...notReached(input),
      ...(input.left ?? []),
    ],
    untested: input.untested ?? [],
  };
};

/** What a drill that somebody ended could not show: it says nothing about the people. */
const notReached = ({ log, progress, drill }: ScoreInput): readonly string[] => {
  if (log.ended === null) return [];
  const steps = progress.steps.filter(({ status }) => !hasEnded(status));
  const messages = drill.injects.filter(
    ({ id, after }) => after === undefined && !log.arrived.has(id) && !log.skipped.has(id),
  );
  return [
    ...(steps.length === 0
      ? []
      : [
          `${steps.length} of ${progress.steps.length} steps were not reached: ${steps.map(({ step }) => step.id).join(', ')}`,
        ]),
    ...(messages.length === 0
      ? []
      : [`${messages.length} messages had not come: ${messages.map(({ id }) => id).join(', ')}`]),
  ];
};

const stoppedBy = ({ drill, log }: ScoreInput): string | null => {
  const ended = endedWords(log);
  if (ended !== null) return ended;
  if (log.stopped === null) return null;
  return (
    (drill.stops ?? ([] as NonNullable<DrillSource['stops']>)).find(({ id }) => id === log.stopped)?.says ??
    log.stopped
  );
};
