import { formatDistance } from '../../base/duration.ts';
import type { Instant } from '../../base/instant.ts';
import { bleedingWords } from '../../projections/containment.ts';
import { standingWord, type ClockView } from '../../projections/countdowns.ts';
import { decisionRecords } from '../../projections/decisions.ts';
import { factHeading, factName } from '../../projections/fact-names.ts';
import { SEALED, bothTimes, factWords } from '../../projections/facts.ts';
import { mailDoubts } from '../../projections/mail.ts';
import type { ExportInput } from '../export.ts';
import { both, fromEntries, restsOn } from '../words.ts';

/** What a brief says, whatever it is written on. Texts are as they were given: each form escapes for itself. */

export type Override = Readonly<{
  text: string;
  /** What became of its review; null for evidence that was not taken. */
  review: Readonly<{ says: string; alarm: boolean }> | null;
}>;

/** Somebody decided to go on without what the runbook asks for. */
export function overridesOf({ state, reveal, zone, now }: ExportInput): readonly Override[] {
  const reason = (n: number, name = 'reason'): string => reveal({ n, name }) ?? SEALED;
  const reviewed = (
    review: (typeof state.overrides)[number]['review'],
    dueAt: Instant,
  ): Override['review'] => {
    if (review === null)
      return {
        says: `${now > dueAt ? 'REVIEW LATE since' : 'Not reviewed yet, due'} ${both(dueAt, zone)}`,
        alarm: true,
      };
    const { n, person, agrees, signed } = review;
    return {
      says: `Reviewed: ${person} ${agrees ? 'agrees' : 'DISAGREES'}: ${reason(n, 'comment')} (entry ${n}${signed ? ', signed' : ''})`,
      alarm: !agrees,
    };
  };
  const taken = state.overrides.map(({ n, at, what, step, by, review, dueAt }): Override => ({
    text: `${what}${step === null ? '' : ` at ${step}`}, by ${by}, ${both(at, zone)}: ${reason(n)} (entry ${n}).`,
    review: reviewed(review, dueAt),
  }));
  const waived = [...state.waived].map(([step, n]): Override => ({
    text: `evidence of ${step} was not taken: ${reason(n)} (entry ${n})`,
    review: null,
  }));
  return [...taken, ...waived];
}

export function bleedingOf({ containment, zone }: ExportInput) {
  const { bleeding: is, since, counts } = containment;
  const when =
    since === null
      ? ''
      : is === 'no'
        ? ` Since ${both(since, zone)} (last proof).`
        : ` Earliest known time: ${both(since, zone)}.`;
  const tally = counts.total === 0 ? '' : ` ${counts.proved} of ${counts.total} proved.`;
  const { answer, because } = bleedingWords[is];
  return { is, answer, rest: `${because}${when}${tally}` };
}

type Line = readonly [label: string, fact: string];

/** What every manager asks of every leak. */
const ALWAYS: readonly Line[] = [
  ['People', 'subjects-count'],
  ['Who they are', 'subject-categories'],
  ['Records', 'records-count'],
  ['Data', 'data-categories'],
  ['What happened', 'nature'],
];

/** What only some leaks have; a line that can never be filled would be read as a gap. */
const ONCE_KNOWN: readonly Line[] = [
  ['Cards', 'cards-count'],
  ['Cards exposed', 'card-exposure'],
  ['Data exposed', 'exposure-window'],
  ['Cause', 'cause'],
];

/** `text` null: not known yet. */
export type Known = Readonly<{ label: string; text: string | null; tail: string }>;

export function peopleOf({ state, reveal, zone }: ExportInput): readonly Known[] {
  const say = ([label, id]: Line): Known => {
    const found = factWords(state, id, reveal, zone);
    return { label, text: found.text, tail: restsOn(found) };
  };
  const aware = state.facts.get('aware');
  const known = aware !== undefined && aware.known && !aware.ruledOut;
  const said = say(['Aware', 'aware']);
  return [
    ...ALWAYS.map(say),
    ...ONCE_KNOWN.map(say).filter(({ text }) => text !== null),
    { label: 'Earliest known time', text: both(state.earliestAt, zone), tail: '' },
    known ? { ...said, tail: `${said.tail}, by ${aware.by}` } : said,
  ];
}

/** Our own that are or were running, and those of others. */
export function clocksOf({ clocks }: ExportInput) {
  return {
    ours: clocks.filter((view) => !view.context && view.standing !== 'idle'),
    others: clocks.filter(
      (view) => view.context && view.standing !== 'idle' && view.standing !== 'ruled-out',
    ),
  };
}

export const standingOf = (view: ClockView): string =>
  view.provisional && view.standing !== 'provisional'
    ? `${standingWord[view.standing]} (provisional)`
    : standingWord[view.standing];

export const leftOf = ({ leftMs }: ClockView): string =>
  leftMs === null ? '' : `${formatDistance(leftMs)}${leftMs < 0 ? ' late' : ''}`;

export const isLate = ({ leftMs }: ClockView): boolean => leftMs !== null && leftMs < 0;

export const dueAtOf = ({ due }: ClockView, zone: string): string | null =>
  due === null ? null : `due ${both(due, zone)}`;

const OVER: ReadonlySet<ClockView['standing']> = new Set(['met', 'met-late', 'ruled-out']);

/** Who of us does it, then whom to ring for it: the phone number is what is wanted at night. Nobody, where nothing is left to do. */
export function ownerOf(
  { contact, duty, regime, standing }: ClockView,
  { contacts, state }: ExportInput,
): readonly string[] {
  if (OVER.has(standing)) return [];
  const role = regime === 'pci' ? 'pci' : 'legal';
  const person = state.roles.get(role) ?? state.roles.get('commander');
  const row = contacts.find(
    ({ for: keys }) =>
      keys?.includes(duty) === true || (contact !== null && keys?.includes(contact) === true),
  );
  return [
    person ?? `nobody yet (role ${role})`,
    ...(row === undefined ? [] : [`ring ${row.name}, ${row.phone}`]),
  ];
}

export type Decided = Readonly<{ asked: string; choice: string; tail: string; why: string; n: number }>;

export const decisionsOf = ({ state, reveal, zone }: ExportInput): readonly Decided[] =>
  decisionRecords(state, reveal, zone).map(({ n, at, question, option, decider, why, over }) => ({
    asked: question,
    choice: option,
    tail: `by ${decider}, recorded ${both(at, zone)}${over ? ', decided anew since' : ''}`,
    why: why ?? SEALED,
    n,
  }));

/** Gaps are said, not left out: what was asked and not known, what may have happened, what nobody has answered. */
export function unknownsOf({ state, progress, clocks, containment }: ExportInput): readonly string[] {
  const facts = [...state.facts]
    .filter(([, fact]) => !fact.known)
    .map(([id, { n }]) => `${factHeading(id)}: asked, and not known yet (entry ${n})`);
  const silent = ALWAYS.filter(([, id]) => !state.facts.has(id)).map(([, id]) => factName(id));
  const steps = progress.steps.filter(({ status }) => status === 'unsure');
  const unsure = steps.map(({ step, because }) => `${step.title}: ${because}`);
  // What is held outside of any step can be unsure too.
  const targets = containment.targets
    .filter(({ hold, step }) => hold === 'unsure' && !steps.some((one) => one.step.id === step))
    .map(({ title, word }) => `${title}: ${word}`);
  return [
    ...facts,
    ...(silent.length === 0 ? [] : [`Nobody has recorded yet: ${silent.join(', ')}`]),
    ...unsure,
    ...targets,
    ...mailDoubts(state).map(({ text }) => text),
    ...openStarts(state, clocks),
  ];
}

/** From when each of these counts stands beside its clock; here it is what somebody has to find out. */
function openStarts(state: ExportInput['state'], clocks: readonly ClockView[]): readonly string[] {
  const counting = clocks.filter(
    ({ provisional, context, starts }) => provisional && !context && !state.facts.has(starts),
  );
  return [...new Set(counting.map(({ starts }) => starts))].map((starts) => {
    const duties = counting.filter((view) => view.starts === starts).map(({ title }) => title);
    return `${factHeading(starts)}: neither recorded nor ruled out. On it ${duties.length === 1 ? 'hangs' : 'hang'}: ${duties.join(', ')}`;
  });
}

const costFacts = ['costs', 'vendors-engaged', 'insurer-notified', 'pfi-engaged'] as const;

export function costsOf({ state, reveal, zone, titles, contacts }: ExportInput): readonly string[] {
  const recorded = costFacts.flatMap((id) => {
    const { text, entries } = factWords(state, id, reveal, zone);
    return text === null ? [] : [`${factHeading(id)}: ${text}${fromEntries(entries)}`];
  });
  const reached = state.calls
    .filter(({ outcome }) => outcome === 'reached')
    .map(({ contact, at, n }) => {
      const name = contacts.find(({ id }) => id === contact)?.name ?? titles(contact) ?? contact;
      return `Reached ${name}, recorded ${bothTimes(at, zone)} (entry ${n})`;
    });
  return [...(recorded.length === 0 ? ['Costs and vendors: none recorded'] : recorded), ...reached];
}
