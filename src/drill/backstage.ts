import { MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { hasEnded } from '../incident/ready.ts';
import type { Progress } from '../incident/ready.ts';
import type { DrillSource } from '../model/drill.ts';
import type { Backstage, Queued } from '../model/facilitation.ts';
import { pointsOf } from '../model/scenario.ts';
import type { InjectSource } from '../model/scenario.ts';
import type { ClockView } from '../projections/countdowns.ts';
import type { Attempts } from './attacker.ts';
import { dueAt } from './injects.ts';
import type { DrillLog } from './log.ts';
import type { Pace } from './steered.ts';

/** What the facilitator's page is made of. */
export type BackstageInput = Readonly<{
  id: string;
  runbook: string;
  drill: DrillSource;
  log: DrillLog;
  progress: Progress;
  clocks: readonly ClockView[];
  attempts: ReadonlyMap<string, Attempts>;
  pace: Pick<Pace, 'speed' | 'paused'>;
  over: string | null;
  /** Newest first. */
  lately: readonly Readonly<{ at: Instant; who: string; what: string }>[];
  start: Instant;
  now: Instant;
}>;

const stateOf = (one: InjectSource, { log, now }: BackstageInput, due: Instant | null): Queued['state'] => {
  if (log.arrived.has(one.id)) return 'arrived';
  if (log.skipped.has(one.id)) return 'skipped';
  if (log.held.has(one.id)) return 'held';
  if (due === null) return 'conditional';
  if (due > now) return 'waiting';
  return one.if === undefined ? 'due' : 'conditional';
};

type Minute = (at: Instant) => number;

const queueOf = (input: BackstageInput, minute: Minute, ended: ReadonlySet<string>): readonly Queued[] => {
  const { drill, log, start } = input;
  return drill.injects
    .map((one): Queued => {
      const due = dueAt(one, log, start);
      const at = log.arrived.get(one.id) ?? due;
      const { id, channel, from, to, body } = one;
      return {
        id,
        state: stateOf(one, input, due),
        minute: at === null ? null : minute(at),
        channel,
        from,
        to,
        body,
        artifact: one.artifact ?? null,
        expect: (one.expect ?? []).map((step) => ({ step, done: ended.has(step) })),
        within: one.within ?? null,
        condition: one.after === undefined ? (one.if ?? null) : `after ${one.after}`,
        note: one.note ?? null,
      };
    })
    .toSorted((a, b) => (a.minute ?? LAST) - (b.minute ?? LAST));
};

/** What only a wrong move brings stands at the end of the queue. */
const LAST = Number.MAX_SAFE_INTEGER;

const playersOf = (
  { progress: { current, total, done }, log }: BackstageInput,
  minute: Minute,
): Backstage['players'] => ({
  step: current?.step.id ?? null,
  title: current?.step.title ?? null,
  done,
  total,
  acknowledged: log.acknowledged === null ? null : minute(log.acknowledged),
});

const against = (
  { drill, log, attempts }: BackstageInput,
  minute: Minute,
): Pick<Backstage, 'traps' | 'attackers'> => ({
  traps: (drill.traps ?? []).map((trap) => {
    const sprung = log.sprung.get(trap.id);
    const { id, says, instead } = trap;
    return {
      id,
      says,
      instead,
      points: pointsOf(trap),
      sprung: sprung === undefined ? null : minute(sprung.at),
    };
  }),
  attackers: (drill.attacker ?? []).map(({ id, says, unit }) => {
    const { getsIn = null, tries = 0, taken = 0 } = attempts.get(id) ?? {};
    return { id, says, gets_in: getsIn, tries, taken, unit: unit ?? 'records' };
  }),
});

/** Pure: the same journal at the same moment is the same page. */
export const backstage = (input: BackstageInput): Backstage => {
  const { drill, log, progress, start, now, pace } = input;
  const minute: Minute = (at) => Math.round(((at - start) * 10) / MINUTE) / 10;
  const ended = new Set(progress.steps.flatMap(({ step, status }) => (hasEnded(status) ? [step.id] : [])));
  return {
    drill: input.id,
    runbook: input.runbook,
    title: drill.title,
    minute: minute(now),
    now,
    speed: pace.speed,
    paused: pace.paused,
    over: input.over,
    truth: drill.truth,
    players: playersOf(input, minute),
    lately: input.lately.map(({ at, who, what }) => ({ minute: minute(at), who, what })),
    queue: [...queueOf(input, minute, ended)],
    ...against(input, minute),
    clocks: input.clocks.map(({ duty, title, standing, due }) => ({ duty, title, standing, due })),
    lost: [...log.lost],
    slept_minutes: Math.round(log.sleptMs / MINUTE),
    assists: log.assists,
  };
};
