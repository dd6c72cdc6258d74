import { markdownText } from '../../base/text.ts';
import { driftAlarms } from '../../projections/containment.ts';
import { nextClock, standingWord, type ClockView } from '../../projections/countdowns.ts';
import type { ExportInput } from '../export.ts';
import { noticesOf } from '../redacted/notices.ts';
import { DRILL_LINE, both, cell, inZone, timeHead, underHeading } from '../words.ts';
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

export const markdown = (input: ExportInput): string =>
  `${[
    ...heading(input),
    ...alarms(input),
    ...overrides(input),
    ...bleeding(input),
    ...people(input),
    ...deadlines(input),
    ...decisions(input),
    ...unknowns(input),
    ...costs(input),
    ...foot(input),
  ].join('\n')}\n`;

type Lines = readonly string[];

function heading(input: ExportInput): Lines {
  const { title, drill, state, zone, now, company, incidentId, progress } = input;
  const stands = state.phase === 'closed' ? `closed (${state.closedAs?.replaceAll('-', ' ') ?? ''})` : 'open';
  return [
    `# ${drill ? 'DRILL: ' : ''}${cell(title)}`,
    '',
    ...(drill ? [`> **${DRILL_LINE}**`, ''] : []),
    ...underHeading(input),
    ...noticesOf(input).flatMap((notice) => [`**${cell(notice)}**`, '']),
    `${markdownText(company)} · incident ${markdownText(incidentId)} (${markdownText(state.codename)}) · ${stands} · severity **${state.severity}**`,
    '',
    `As of **${both(now, zone)}**. Times are ${markdownText(inZone(zone, ', UTC beside them'))}. Steps: ${progress.done} done, ${progress.skipped} left out, ${progress.unsure} unsure, of ${progress.total}.`,
    '',
  ];
}

/** Before everything else: what was stopped is running again. */
const alarms = ({ containment }: ExportInput): Lines => {
  const lines = driftAlarms(containment).map((alarm) => `- **${cell(alarm)}**`);
  return lines.length === 0 ? [] : ['## ALARM', '', ...lines, ''];
};

function overrides(input: ExportInput): Lines {
  const lines = overridesOf(input).map(({ text, review }) => {
    if (review === null) return `- ${cell(text)}`;
    return `- ${cell(text)} ${review.alarm ? `**${cell(review.says)}**` : cell(review.says)}`;
  });
  return lines.length === 0 ? [] : ['## OVERRIDES', '', ...lines, ''];
}

function bleeding(input: ExportInput): Lines {
  const { answer, rest } = bleedingOf(input);
  const rows = input.containment.targets.map(
    ({ title, action, word, provedAt, entries }) =>
      `| ${cell(title)} | ${markdownText(action)} | ${word} | ${provedAt === null ? '' : both(provedAt, input.zone)} | ${entries.join(', ')} |`,
  );
  return [
    '## Are we still bleeding?',
    '',
    `**${answer}** ${rest}`,
    '',
    ...(rows.length === 0
      ? []
      : ['| What | Action | State and proof | Asked at | Entries |', '|---|---|---|---|---|', ...rows, '']),
  ];
}

const people = (input: ExportInput): Lines => [
  '## Who is affected, and since when do we know?',
  '',
  ...peopleOf(input).map(({ label, text, tail }) =>
    `- ${label}: ${text === null ? '**not known yet**' : cell(text)} ${cell(tail)}`.trimEnd(),
  ),
  '',
];

function deadlines(input: ExportInput): Lines {
  const { zone } = input;
  const next = nextClock(input.clocks);
  const { ours, others } = clocksOf(input);
  const owner = (view: ClockView): string => ownerOf(view, input).map(cell).join('; ');
  return [
    '## What is due next, and who owns it?',
    '',
    next === null
      ? 'Nothing of ours is running.'
      : `**${cell(next.title)}**: ${dueWords(next, zone)}. Owner: ${owner(next)}.`,
    '',
    ...(ours.length === 0
      ? []
      : [
          `| Duty | State | ${timeHead('Due', zone)} | Left | Why | Owner |`,
          '|---|---|---|---|---|---|',
          ...ours.map((view) => `| ${clockCells(view, zone).join(' | ')} | ${owner(view)} |`),
          '',
        ]),
    ...(others.length === 0
      ? []
      : [
          'Clocks of others, for information:',
          '',
          ...others.map(
            (view) =>
              `- ${cell(view.title)} (${cell(view.owedByName ?? 'another party')}${view.region === null ? '' : `; ${cell(view.region)}`}): ${dueWords(view, zone)}`,
          ),
          '',
        ]),
  ];
}

function clockCells(view: ClockView, zone: string): Lines {
  const due = view.due === null ? (view.wording === null ? '' : cell(view.wording)) : both(view.due, zone);
  const sent = view.submittedAt === null ? '' : `, submitted ${both(view.submittedAt, zone)}`;
  return [
    `${cell(view.title)} (${markdownText(view.duty)})`,
    `${standingOf(view)}${sent}`,
    due,
    left(view),
    cell(view.startedBecause),
  ];
}

const left = (view: ClockView): string => (isLate(view) ? `**${leftOf(view)}**` : leftOf(view));

function dueWords(view: ClockView, zone: string): string {
  const due = dueAtOf(view, zone);
  if (due === null) return view.wording === null ? standingWord[view.standing] : cell(view.wording);
  const words = leftOf(view);
  const tail = words === '' ? '' : `, ${isLate(view) ? left(view) : `${words} left`}`;
  return `${due}${tail}${view.provisional ? ', provisional' : ''}`;
}

function decisions(input: ExportInput): Lines {
  const lines = decisionsOf(input).map(
    ({ asked, choice, tail, why, n }) =>
      `- ${cell(asked)} **${cell(choice)}**, ${cell(tail)}. Why: ${cell(why)} (entry ${n})`,
  );
  return [
    '## What did we decide, and why?',
    '',
    ...(lines.length === 0 ? ['No decision is recorded.'] : lines),
    '',
  ];
}

function unknowns(input: ExportInput): Lines {
  const lines = unknownsOf(input).map((text) => `- ${cell(text)}`);
  return [
    '## What do we not know?',
    '',
    ...(lines.length === 0 ? ['Nothing is recorded as unknown.'] : lines),
    '',
  ];
}

const costs = (input: ExportInput): Lines => [
  '## Costs, and who was brought in',
  '',
  ...costsOf(input).map((text) => `- ${cell(text)}`),
  '',
];

const foot = ({ checkpoint, drill }: ExportInput): Lines => [
  '---',
  '',
  `From journal ${markdownText(checkpoint.origin)}, ${checkpoint.size} entries, root hash \`${checkpoint.root}\`. Not legal advice.`,
  ...(drill ? ['', `> **${DRILL_LINE}**`] : []),
];
