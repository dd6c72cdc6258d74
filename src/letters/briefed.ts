import { bleedingWords, driftAlarms } from '../projections/containment.ts';
import { standingWord, type ClockView } from '../projections/countdowns.ts';
import { decisionRecords } from '../projections/decisions.ts';
import { bothTimes, SEALED } from '../projections/facts.ts';
import { waitingNow } from '../projections/waiting.ts';
import { list, text, type Found } from './found.ts';
import type { LetterInput } from './input.ts';

/** What the journal says to whoever was not there: where it stands, what runs, what was decided, what waits. */

export function bleeding({ containment, zone }: LetterInput): Found {
  const { bleeding: is, since, counts, targets } = containment;
  const { answer, because } = bleedingWords[is];
  const when = is === 'no' && since !== null ? ` Last proof: ${bothTimes(since, zone)}.` : '';
  const tally = counts.total === 0 ? '' : ` ${counts.proved} of ${counts.total} proved.`;
  const alarms = driftAlarms(containment).map((alarm) => `${alarm}. `);
  return text(`${alarms.join('')}${answer} ${because}${when}${tally}`, [
    ...new Set(targets.flatMap(({ entries }) => entries)),
  ]);
}

/** What was gone past, with the reason: a sealed reason is not half an answer. */
export function overridden({ state, reveal, zone }: LetterInput): Found {
  const taken = state.overrides.map(({ n, what, by, at, review }) => {
    const reviewed =
      review === null ? 'not reviewed yet' : `${review.person} ${review.agrees ? 'agrees' : 'DISAGREES'}`;
    return { n, what: `${what}, by ${by}, ${bothTimes(at, zone)}`, after: ` (${reviewed})` };
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
export function running({ clocks, zone }: LetterInput): Found {
  const ours = clocks.filter(({ context, standing }) => !context && !over.has(standing));
  return list(
    ours.map((clock) => `${clock.title}: ${dueWords(clock, zone)} (${standWords(clock)})`),
    [...new Set(ours.flatMap(({ startedBy }) => startedBy ?? []))],
  );
}

const dueWords = ({ due, wording }: ClockView, zone: string): string =>
  due === null ? (wording ?? 'no time known') : `due ${bothTimes(due, zone)}`;

const standWords = ({ standing, provisional }: ClockView): string =>
  provisional && standing !== 'provisional'
    ? `${standingWord[standing]}, PROVISIONAL`
    : standingWord[standing];

/** Decisions that stand, with who took them; why is in the journal and in the register. */
export function decided({ state, reveal, zone }: LetterInput): Found {
  const standing = decisionRecords(state, reveal, zone).filter((one) => !one.over);
  const lines = standing.map(
    ({ question, option, decider, at }) => `${question} ${option}, by ${decider}, ${bothTimes(at, zone)}`,
  );
  const found = list(
    lines,
    standing.map(({ n }) => n),
  );
  const sealed = standing.some(({ n, step }) => step === null && reveal({ n, name: 'question' }) === null);
  return found === null ? null : { ...found, sealed };
}

export const waiting = ({ state }: LetterInput): Found =>
  list(waitingNow(state).map(({ text: words }) => words));

export const roles = ({ state }: LetterInput): Found =>
  list([...state.roles].map(([role, person]) => `${role}: ${person}`));
