import { MINUTE } from '../../base/duration.ts';
import type { Instant } from '../../base/instant.ts';
import type { StepView } from '../../incident/ready.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Recorded, Reveal } from '../../model/event.ts';
import { SEALED } from '../facts.ts';
import { isDeed } from '../programme/record.ts';
import type { Scenario } from './scenario.ts';

/** Messages beside what was done about them. `gap`: nothing was done, or later than the scenario asks, or nobody wrote anything. */
export type BesideRow = Readonly<{
  minute: number;
  message: string;
  response: string;
  gap: string | null;
}>;

/** So long without a word of anybody is a gap in the story; a starting value. */
export const SILENCE_MINUTES = 15;

const minuteOf = (start: Instant, at: Instant): number => Math.round(((at - start) * 10) / MINUTE) / 10;

export type BesideInput = Readonly<{
  entries: readonly Recorded[];
  reveal: Reveal;
  state: IncidentState;
  steps: ReadonlyMap<string, StepView>;
  scenario: Scenario;
}>;

export const beside = (input: BesideInput): readonly BesideRow[] =>
  [...messages(input), ...wrongMoves(input), ...silences(input)].toSorted((a, b) => a.minute - b.minute);

const messages = (input: BesideInput): readonly BesideRow[] => {
  const { entries, reveal, scenario } = input;
  return entries.flatMap((entry) => {
    if (entry.kind !== 'drill.injected') return [];
    const { inject, channel, to } = entry.pub;
    const text = (name: string): string => reveal({ n: entry.n, name }) ?? SEALED;
    const about = scenario.injects.find(({ id }) => id === inject);
    const came = entry.recorded_at;
    const done = (about?.expect ?? []).map((step) => reaction(step, came, about?.within ?? null, input));
    return [
      {
        minute: minuteOf(scenario.start, came),
        message: `${channel} to ${to}, ${text('sender')}: ${text('body')}`,
        response: done.length === 0 ? 'nothing is expected' : done.map(({ words }) => words).join('; '),
        gap: done.flatMap(({ gap }) => gap ?? []).join('; ') || null,
      },
    ];
  });
};

type Reaction = Readonly<{ words: string; gap: string | null }>;

const reaction = (
  step: string,
  came: Instant,
  within: number | null,
  { state, steps, scenario }: BesideInput,
): Reaction => {
  const status = steps.get(step)?.status ?? 'todo';
  const ended = state.steps.get(step)?.endedAt ?? null;
  if (status === 'void') return { words: `${step} not needed`, gap: null };
  if (status !== 'done' && status !== 'hand')
    return { words: `${step} ${status === 'skip' ? 'left out' : 'not done'}`, gap: `${step} not done` };
  const words = ended === null ? `${step} done` : `${step} at T+${minuteOf(scenario.start, ended)}`;
  const late = ended !== null && within !== null && ended - came > within * MINUTE;
  return { words, gap: late ? `${step} later than ${within} min` : null };
};

const wrongMoves = ({ entries, reveal, scenario }: BesideInput): readonly BesideRow[] =>
  entries.flatMap((entry) =>
    entry.kind === 'drill.sprung'
      ? [
          {
            minute: minuteOf(scenario.start, entry.recorded_at),
            message: '',
            response: `Wrong move: ${reveal({ n: entry.n, name: 'says' }) ?? SEALED}`,
            gap: 'wrong move',
          },
        ]
      : [],
  );

const silences = ({ entries, scenario }: BesideInput): readonly BesideRow[] => {
  const times = entries.filter(isDeed).map(({ recorded_at }) => recorded_at);
  return times.flatMap((at, i) => {
    const before = times[i - 1] ?? scenario.start;
    const quiet = at - before;
    if (quiet <= SILENCE_MINUTES * MINUTE) return [];
    const minutes = Math.round(quiet / MINUTE);
    return [
      {
        minute: minuteOf(scenario.start, before),
        message: '',
        response: '',
        gap: `nothing was written down for ${minutes} min`,
      },
    ];
  });
};
