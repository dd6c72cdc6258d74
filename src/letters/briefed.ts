import { bleedingWords, driftAlarms } from '../projections/containment.ts';
import { standingWord, type ClockView } from '../projections/countdowns.ts';
import { decisionRecords } from '../projections/decisions.ts';
import { SEALED } from '../projections/facts.ts';
import { waitingNow } from '../projections/waiting.ts';
import { list, momentWords, text, type Found } from './found.ts';
import type { LetterInput } from './input.ts';

/** What the journal says to whoever was not there: where it stands, what runs, what was decided, what waits. */

export function bleeding(input: LetterInput): Found {
  const { containment } = input;
  const { bleeding: is, since, counts, targets } = containment;
  const { answer, because } = bleedingWords[is];
  const when = is === 'no' && since !== null ? ` Last proof: ${momentWords(since, input)}.` : '';
  const tally = counts.total === 0 ? '' : ` ${counts.proved} of ${counts.total} proved.`;
  const alarms = driftAlarms(containment).map((alarm) => `${alarm}. `);
  return text(`${alarms.join('')}${answer} ${because}${when}${tally}`, [
    ...new Set(targets.flatMap(({ entries }) => entries)),
  ]);
}

/** What was to be stopped, a line for each way in which it stands. */
export function held({ containment: { targets } }: LetterInput): Found {
  const words = [...new Set(targets.map(({ word }) => word))];
  return list(
    words.map((word) => {
      const titles = targets.filter((one) => one.word === word).map(({ title }) => title);
      return `${word}: ${titles.join('; ')}`;
    }),
    [...new Set(targets.flatMap(({ entries }) => entries))],
  );
}

/** What was gone past, with the reason: a sealed reason is not half an answer. */
export function overridden(input: LetterInput): Found {
  const { state, reveal } = input;
  const taken = state.overrides.map(({ n, what, by, at, review }) => {
    const reviewed =
      review === null ? 'not reviewed yet' : `${review.person} ${review.agrees ? 'agrees' : 'DISAGREES'}`;
    return { n, what: `${what}, by ${by}, ${momentWords(at, input)}`, after: ` (${reviewed})` };
  });
  const waived = [...state.waived].map(([step, n]) => ({
    n,
    what: `evidence of ${step} was not taken`,
    after: '',
  }));
  const all = [...taken, ...waived].map((one) => ({ ...one, reason: reveal({ n: one.n, name: 'reason' }) }));
  const found = list(
    all.map(({ what, reason, after }) => `${what}: ${reason ?? SEALED}${after}`),
    all.map(({ n }) => n),
  );
  return found === null ? null : { ...found, sealed: all.some(({ reason }) => reason === null) };
}

const over: ReadonlySet<ClockView['standing']> = new Set(['idle', 'ruled-out', 'met', 'met-late']);

/** Our own duties that still count, the most urgent first. */
export function running(input: LetterInput): Found {
  const ours = input.clocks.filter(({ context, standing }) => !context && !over.has(standing));
  return list(
    ours.map((clock) => `${clock.title}: ${dueWords(clock, input)} (${standWords(clock)})`),
    [...new Set(ours.flatMap(({ startedBy }) => startedBy ?? []))],
  );
}

const dueWords = ({ due, wording }: ClockView, input: LetterInput): string =>
  due === null ? (wording ?? 'no time known') : `due ${momentWords(due, input)}`;

const standWords = ({ standing, provisional }: ClockView): string =>
  provisional && standing !== 'provisional'
    ? `${standingWord[standing]}, PROVISIONAL`
    : standingWord[standing];

/** Decisions that stand, with who took them; when and why is in the journal and in the register. */
export function decided(input: LetterInput): Found {
  const { state, reveal, zone } = input;
  const standing = decisionRecords(state, reveal, zone).filter((one) => !one.over);
  const lines = standing.map(({ question, option, decider }) => `${question} ${option}, by ${decider}`);
  const found = list(
    lines,
    standing.map(({ n }) => n),
  );
  const sealed = standing.some(({ n, step }) => step === null && reveal({ n, name: 'question' }) === null);
  return found === null ? null : { ...found, sealed };
}

export const waiting = ({ state, clocks }: LetterInput): Found =>
  list(waitingNow(state, clocks).map(({ text: words }) => words));

export const roles = ({ state }: LetterInput): Found =>
  list([...state.roles].map(([role, person]) => `${role}: ${person}`));
