import { formatLocal, formatUtc, type Instant } from '../base/instant.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Reveal } from '../model/event.ts';
import { standingWord, type ClockView } from './countdowns.ts';
import { factWords, SEALED } from './facts.ts';

/** What has changed since the last export of the same kind, for whoever has read that one. */
export type Since = Readonly<{
  /** The export before this one; null where there was none, and then everything is new. */
  before: Readonly<{ n: number; at: Instant }> | null;
  /** Entries that were recorded since, by what they are about. */
  entries: readonly Readonly<{ says: string; count: number }>[];
  clocks: readonly string[];
  counts: readonly string[];
  decisions: readonly string[];
}>;

type Moment = Readonly<{ state: IncidentState; clocks: readonly ClockView[] }>;
type Words = Readonly<{ reveal: Reveal; zone: string }>;

/** `then`: the incident as it stood at that export, its clocks counted to now, so that only what was recorded makes a difference. */
export const changedSince = (
  then: Moment,
  now: Moment,
  words: Words,
): Pick<Since, 'clocks' | 'counts' | 'decisions'> => ({
  clocks: clockChanges(then.clocks, now.clocks, words.zone),
  counts: countChanges(then.state, now.state, words),
  decisions: decisionsSince(then.state, now.state, words.reveal),
});

function clockChanges(
  then: readonly ClockView[],
  now: readonly ClockView[],
  zone: string,
): readonly string[] {
  const before = new Map(then.map((clock) => [clock.duty, standsAs(clock, zone)]));
  const shown = new Set(now.map(({ duty }) => duty));
  const changed = now
    .filter(({ duty, standing }) => before.has(duty) || standing !== 'idle')
    .flatMap((clock) => {
      const [was, is] = [before.get(clock.duty), standsAs(clock, zone)];
      return was === is ? [] : [`${clock.title}: ${is} (before: ${was ?? 'not on the board'})`];
    });
  const gone = then
    .filter(({ duty, standing }) => !shown.has(duty) && standing !== 'idle')
    .map((clock) => `${clock.title}: off the board (before: ${standsAs(clock, zone)})`);
  return [...changed, ...gone];
}

const standsAs = ({ standing, due, submittedAt }: ClockView, zone: string): string =>
  [
    standingWord[standing],
    ...(submittedAt === null ? [] : [`submitted ${moment(submittedAt, zone)}`]),
    ...(due === null ? [] : [`due ${moment(due, zone)}`]),
  ].join(', ');

const moment = (at: Instant, zone: string): string =>
  `${formatLocal(at, zone)} / ${formatUtc(at).slice(0, 16).replace('T', ' ')}Z`;

const COUNTS = ['subjects-count', 'records-count', 'subject-categories', 'data-categories'] as const;

function countChanges(then: IncidentState, now: IncidentState, { reveal, zone }: Words): readonly string[] {
  const said = (state: IncidentState, fact: string): string =>
    factWords(state, fact, reveal, zone).text ?? 'not known yet';
  return COUNTS.flatMap((fact) => {
    const [was, is] = [said(then, fact), said(now, fact)];
    return was === is ? [] : [`${fact}: ${is} (before: ${was})`];
  });
}

const decisionsSince = (then: IncidentState, now: IncidentState, reveal: Reveal): readonly string[] =>
  now.decisions.slice(then.decisions.length).map(({ n, decision, option, decider }) => {
    const question = reveal({ n, name: 'question' });
    const choice = option === 'free' ? (reveal({ n, name: 'options' }) ?? SEALED) : option;
    return `${question === null || question === '' ? decision : question} ${choice}, by ${decider} (entry ${n})`;
  });

/** For the head of a document, a line each. */
export function sinceLines(
  { before, entries, clocks, counts, decisions }: Since,
  zone: string,
): readonly string[] {
  if (before === null)
    return ['Nothing of this kind was exported for this reader before: this is the whole of it.'];
  const total = entries.reduce((sum, { count }) => sum + count, 0);
  const of = entries.map(({ says, count }) => `${count} ${says}`).join(', ');
  const list = (label: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`${label}: ${lines.join('; ')}.`];
  return [
    `Since the last export of this kind (entry ${before.n}, ${moment(before.at, zone)}): ${total === 0 ? 'nothing was recorded' : `${total} ${total === 1 ? 'entry' : 'entries'}: ${of}`}.`,
    ...list('Clocks', clocks),
    ...list('Counts', counts),
    ...list('Decisions', decisions),
  ];
}
