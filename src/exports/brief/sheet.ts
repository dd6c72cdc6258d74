import { formatUtc } from '../../base/instant.ts';
import { visible } from '../../base/text.ts';
import { settable } from '../../letters/papers/settable.ts';
import { nameOf } from '../../letters/papers/words.ts';
import { tlpColour, tlpLabel } from '../../model/tlp.ts';
import { driftAlarms } from '../../projections/containment.ts';
import { nextClock, standingWord, type ClockView } from '../../projections/countdowns.ts';
import { isUnsigned, packWords } from '../../projections/pack.ts';
import type { ExportInput } from '../export.ts';
import { noticesOf as copyNotices } from '../redacted/notices.ts';
import { HEAD_LENGTH, run, short, words, type Lines, type Run, type Words } from '../paper/words.ts';
import { DRILL_LINE, both, inZone, timeHead } from '../words.ts';
import {
  bleedingOf,
  clocksOf,
  costsOf,
  decisionsOf,
  dueAtOf,
  isLate,
  leftOf,
  overridesOf,
  ownerOf,
  peopleOf,
  standingOf,
  unknownsOf,
} from './content.ts';

/** How much a page is allowed to say: the size of its letters, how many of each list and of the clocks of others, and how long a text. */
export type Budget = Readonly<{ size: number; items: number; others: number; chars: number }>;

type Table = Readonly<{
  heads: readonly string[];
  shares: readonly number[];
  rows: readonly (readonly Lines[])[];
}>;
type List = Readonly<{ title: string; items: readonly Lines[]; otherwise: string }>;

export type BriefSheet = Readonly<{
  title: string;
  paper: ExportInput['page'];
  size: number;
  head: Words;
  foot: Words;
  tlp: Readonly<{ label: string; colour: string }>;
  stamp: 'DRILL' | null;
  name: Words;
  about: readonly Lines[];
  notices: readonly Lines[];
  bleeding: Readonly<{ tone: 'good' | 'bad' | 'unsure'; answer: Words; rest: Words }>;
  next: readonly Run[];
  people: List;
  unknown: List;
  clocks: Table;
  targets: Table;
  decisions: List;
  others: List;
  costs: List;
  left: Words | null;
}>;

/** Counts what does not fit, so that the page can say so. */
function cutter({ items, chars }: Pick<Budget, 'items' | 'chars'>) {
  const left: string[] = [];
  let cut = 0;
  return {
    some: <T>(all: readonly T[], one: string, many: string, most = items): readonly T[] => {
      const more = all.length - most;
      if (more > 0) left.push(`${more} ${more === 1 ? one : many}`);
      return all.slice(0, most);
    },
    text: (text: string): string => {
      // As it will be seen: what no font has takes up to ten characters.
      const whole = settable(visible(text.replaceAll(/\s*[\r\n]+\s*/g, ' / '))).text;
      if (whole.length <= chars) return whole;
      cut += 1;
      return short(whole, chars);
    },
    said: (incident: string): string | null => {
      if (left.length === 0 && cut === 0) return null;
      const out = left.length === 0 ? '' : ` Left out: ${left.join(', ')}.`;
      const shorter = cut === 0 ? '' : ` Shortened, with …: ${cut === 1 ? '1 text' : `${cut} texts`}.`;
      return `This page does not say everything.${out}${shorter} All of it: firebreak export ${incident} --format brief --out brief.md`;
    },
  };
}
type Cutter = ReturnType<typeof cutter>;

export function briefSheet(input: ExportInput, budget: Budget): BriefSheet {
  const { title, company, incidentId, drill, now, tool, checkpoint, tlp, page } = input;
  const cut = cutter(budget);
  const mark = drill ? 'DRILL: ' : '';
  const sheet = {
    title: nameOf(settable(visible(`${mark}${title}`)).text),
    paper: page,
    size: budget.size,
    head: words(short(`${company} · incident brief`, HEAD_LENGTH)),
    foot: words(
      `Made ${formatUtc(now).slice(0, 19)}Z by ${tool} from the journal of incident ${short(incidentId, 60)}, ${checkpoint.size} entries, root ${checkpoint.root.slice(0, 16)}. Not legal advice.`,
    ),
    tlp: { label: tlpLabel(tlp), colour: tlpColour[tlp] },
    stamp: drill ? ('DRILL' as const) : null,
    name: words(`${mark}${cut.text(title)}`),
    about: aboutOf(input, cut),
    notices: noticesOf(input, cut),
    bleeding: bleedingBox(input),
    next: nextBox(input, cut),
    people: peopleList(input, cut),
    unknown: listOf(
      'What do we not know?',
      unknownsOf(input),
      'Nothing is recorded as unknown.',
      cut,
      'unknown',
    ),
    clocks: clockTable(input, cut),
    targets: targetTable(input, cut),
    decisions: decisionList(input, cut),
    others: listOf(
      'Clocks of others, for information',
      othersOf(input),
      '',
      cut,
      'clock of others',
      'clocks of others',
      budget.others,
    ),
    costs: listOf(
      'Costs, and who was brought in',
      costsOf(input),
      '',
      cut,
      'line on costs',
      'lines on costs',
    ),
  };
  const said = cut.said(incidentId);
  return { ...sheet, left: said === null ? null : words(said) };
}

function aboutOf(
  { company, incidentId, state, zone, now, progress }: ExportInput,
  { text }: Cutter,
): readonly Lines[] {
  const stands = state.phase === 'closed' ? `closed (${state.closedAs?.replaceAll('-', ' ') ?? ''})` : 'open';
  return [
    [
      run(
        'plain',
        `${text(company)} · incident ${text(incidentId)} (${state.codename}) · ${stands} · severity ${state.severity}`,
      ),
    ],
    [
      run(
        'plain',
        `As of ${both(now, zone)}. Times are ${inZone(zone, ', UTC beside them')}. Steps: ${progress.done} done, ${progress.skipped} left out, ${progress.unsure} unsure, of ${progress.total}.`,
      ),
    ],
  ];
}

/** In a frame before everything else: an exercise, what runs again, who went on without approval. */
function noticesOf(input: ExportInput, { some, text }: Cutter): readonly Lines[] {
  const pack = packWords(input.state.plan);
  const unsigned = pack !== null && isUnsigned(input.state.plan) ? [pack] : [];
  const alarms = driftAlarms(input.containment).map((alarm) => `ALARM: ${alarm}`);
  return [
    // What is withheld is never itself cut short.
    ...copyNotices(input).map((one) => [run('strong', settable(visible(one)).text)]),
    ...[...(input.drill ? [DRILL_LINE] : []), ...unsigned].map((one) => [run('alarm', text(one))]),
    ...some(alarms, 'alarm', 'alarms').map((one) => [run('alarm', text(one))]),
    ...some(overridesOf(input), 'override', 'overrides').map(({ text: what, review }) => [
      run('strong', text(`OVERRIDE: ${what}`)),
      ...(review === null ? [] : [run(review.alarm ? 'alarm' : 'plain', text(review.says))]),
    ]),
  ];
}

function bleedingBox(input: ExportInput): BriefSheet['bleeding'] {
  const { is, answer, rest } = bleedingOf(input);
  return {
    tone: is === 'no' ? 'good' : is === 'yes' ? 'bad' : 'unsure',
    answer: words(answer),
    rest: words(rest),
  };
}

function nextBox(input: ExportInput, { text }: Cutter): readonly Run[] {
  const next = nextClock(input.clocks);
  if (next === null) return [run('strong', 'Nothing of ours is running.')];
  return [
    run('strong', text(next.title)),
    run(isLate(next) ? 'alarm' : 'plain', text(dueWords(next, input.zone))),
    run('plain', text(`Owner: ${ownerOf(next, input).join('; ')}`)),
  ];
}

function dueWords(view: ClockView, zone: string): string {
  const due = dueAtOf(view, zone);
  if (due === null) return view.wording ?? standingWord[view.standing];
  const left = leftOf(view);
  return `${due}${left === '' ? '' : isLate(view) ? `, ${left}` : `, ${left} left`}${view.provisional ? ', provisional' : ''}`;
}

const peopleList = (input: ExportInput, { text }: Cutter): List => ({
  title: 'Who is affected, and since when do we know?',
  otherwise: '',
  items: peopleOf(input).map(({ label, text: known, tail }) => [
    run('strong', `${label}:`),
    known === null ? run('alarm', 'not known yet') : run('plain', text(`${known} ${tail}`.trimEnd())),
  ]),
});

const listOf = (
  title: string,
  all: readonly string[],
  otherwise: string,
  { some, text }: Cutter,
  one: string,
  many = `${one}s`,
  most?: number,
): List => ({
  title,
  otherwise,
  items: some(all, one, many, most).map((item) => [run('plain', text(item))]),
});

const decisionList = (input: ExportInput, { some, text }: Cutter): List => ({
  title: 'What did we decide, and why?',
  otherwise: 'No decision is recorded.',
  // The newest is what a manager has not heard yet.
  items: some(decisionsOf(input).toReversed(), 'earlier decision', 'earlier decisions').map(
    ({ asked, choice, tail, why, n }) => [
      run('strong', text(`${asked} ${choice}`)),
      run('plain', text(`${tail} (entry ${n}). Why: ${why}`)),
    ],
  ),
});

const othersOf = (input: ExportInput): readonly string[] =>
  clocksOf(input).others.map(
    (view) =>
      `${view.title} (${view.owedByName ?? 'another party'}${view.region === null ? '' : `; ${view.region}`}): ${dueWords(view, input.zone)}`,
  );

function clockTable(input: ExportInput, { some, text }: Cutter): Table {
  const { zone } = input;
  return {
    heads: ['Duty', 'State', timeHead('Due', zone), 'Left', 'Owner'],
    shares: [9, 9, 8, 4, 8],
    rows: some(clocksOf(input).ours, 'duty', 'duties').map((view) => [
      [run('plain', text(view.title)), run('dim', text(view.duty))],
      [
        run('plain', standingOf(view)),
        ...(view.submittedAt === null ? [] : [run('dim', `submitted ${both(view.submittedAt, zone)}`)]),
      ],
      [run('plain', view.due === null ? text(view.wording ?? '') : both(view.due, zone))],
      [run(isLate(view) ? 'alarm' : 'plain', leftOf(view))],
      ownerOf(view, input).map((one) => run('plain', text(one))),
    ]),
  };
}

function targetTable(input: ExportInput, { some, text }: Cutter): Table {
  const targets = input.containment.targets;
  // What is not proved is what a manager has to know, so it is the last to be left out.
  const ordered = [
    ...targets.filter(({ proof, drift }) => proof !== 'proved' || drift),
    ...targets.filter(({ proof, drift }) => proof === 'proved' && !drift),
  ];
  return {
    heads: ['What had to be stopped', 'State and proof', timeHead('Asked at', input.zone)],
    shares: [5, 8, 6],
    rows: some(ordered, 'target', 'targets').map(({ title, action, word, proof, provedAt, drift }) => [
      [run('plain', text(title)), run('dim', text(action))],
      [run(drift || proof === 'refuted' ? 'alarm' : 'plain', word)],
      [run('plain', provedAt === null ? '' : both(provedAt, input.zone))],
    ]),
  };
}
