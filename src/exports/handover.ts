import { formatDistance } from '../base/duration.ts';
import { markdownText } from '../base/text.ts';
import { bleedingWords, driftAlarms } from '../projections/containment.ts';
import { standingWord, type ClockView } from '../projections/countdowns.ts';
import { decisionRecords } from '../projections/decisions.ts';
import { SEALED, factWords } from '../projections/facts.ts';
import { taskTime, taskWord, teamOf } from '../projections/team.ts';
import { handoverOf, type HandoverView, type OpenAction } from '../projections/handover.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { noticesOf } from './redacted/notices.ts';
import { DRILL_LINE, both, cell, fromEntries, restsOn, timeHead, underHeading } from './words.ts';

/** A page for whoever takes over, in the order in which it is told: how bad, what happened, what to do, what if, and what to say back. */
export const handover: ExportFormat = {
  id: 'handover',
  title: 'A page for whoever takes over',
  of: 'incident',
  forms: [{ is: 'text', extension: 'md', pieces: (input) => [pageOf(input)] }],
};

type Lines = readonly string[];

function pageOf(input: ExportInput): string {
  const view = handoverOf(input);
  return `${[
    ...heading(input),
    ...severity(input, view),
    ...summary(input),
    ...actions(view, input),
    ...tasks(input),
    ...clocks(input),
    ...contingencies(view),
    ...unsure(view, input),
    ...people(view, input),
    ...readBack(view, input),
    '---',
    '',
    `From journal ${markdownText(input.checkpoint.origin)}, ${input.checkpoint.size} entries, root hash \`${input.checkpoint.root}\`.`,
    ...(input.drill ? ['', `> **${DRILL_LINE}**`] : []),
  ].join('\n')}\n`;
}

const heading = (input: ExportInput): Lines => {
  const { title, drill, state, zone, now, company, incidentId } = input;
  return [
    `# ${drill ? 'DRILL: ' : ''}Handover: ${cell(title)}`,
    '',
    ...(drill ? [`> **${DRILL_LINE}**`, ''] : []),
    ...underHeading(input),
    ...noticesOf(input).flatMap((notice) => [`**${cell(notice)}**`, '']),
    `${markdownText(company)} · incident ${markdownText(incidentId)} (${markdownText(state.codename)}) · as of **${both(now, zone)}**`,
    '',
  ];
};

function severity({ state, containment, zone }: ExportInput, { never }: HandoverView): Lines {
  const { bleeding, since } = containment;
  const { answer, because } = bleedingWords[bleeding];
  const when = since === null ? '' : ` Since ${both(since, zone)}.`;
  const stands = state.phase === 'closed' ? 'closed' : 'open';
  return [
    '## 1. How bad it is',
    '',
    `Severity **${state.severity}**, ${stands}. Are we still bleeding? **${answer}** ${because}${when}`,
    '',
    ...listed(driftAlarms(containment).map((alarm) => `- **${cell(alarm)}**`)),
    ...(never.length === 0 ? [] : ['What must not be done:', '']),
    ...listed(never.map((words) => `- **${cell(words)}**`)),
  ];
}

const listed = (lines: Lines): Lines => (lines.length === 0 ? [] : [...lines, '']);

function summary(input: ExportInput): Lines {
  const { state, reveal, zone, containment } = input;
  const say = (label: string, id: string): string => {
    const found = factWords(state, id, reveal, zone);
    return `- ${label}: ${found.text === null ? '**not known yet**' : cell(found.text)} ${cell(restsOn(found))}`.trimEnd();
  };
  const decided = decisionRecords(state, reveal, zone).map(
    ({ n, question, option, decider, over }) =>
      `- Decided: ${cell(question)} **${cell(option)}**, by ${cell(decider)} (entry ${n}${over ? ', decided anew since' : ''})`,
  );
  return [
    '## 2. What happened so far',
    '',
    `- Earliest known time: ${both(state.earliestAt, zone)}`,
    say('Aware', 'aware'),
    say('What happened', 'nature'),
    say('People', 'subjects-count'),
    say('Data', 'data-categories'),
    ...containment.targets.map(
      ({ title, word, entries }) => `- ${cell(title)}: ${word}${fromEntries(entries)}`,
    ),
    ...decided,
    '',
  ];
}

function actions({ waiting, actions: open }: HandoverView, { zone }: ExportInput): Lines {
  return [
    '## 3. What is to be done',
    '',
    ...(waiting.length === 0
      ? ['Nothing waits for a person.']
      : ['Now:', '', ...waiting.map((text) => `- ${cell(text)}`)]),
    '',
    ...(open.length === 0
      ? []
      : [
          `| Step | State | Owner | ${timeHead('Due', zone)} |`,
          '|---|---|---|---|',
          ...open.map((one) => `| ${actionCells(one, zone).join(' | ')} |`),
          '',
        ]),
  ];
}

/** What one person each was asked to do; what has ended is in the timeline. */
function tasks({ state, now, reveal, zone }: ExportInput): Lines {
  const open = teamOf(state, now, reveal).tasks.filter(({ ended }) => ended === null);
  return open.length === 0
    ? []
    : [
        'Asked of one person each:',
        '',
        `| Task | State | Who | ${timeHead('Due', zone)} |`,
        '|---|---|---|---|',
        ...open.map(
          (task) =>
            `| ${cell(task.text)} (${task.n}) | ${taskWord(task)}${task.silent ? ', has not said yes' : ''} | ${cell(task.person)} | ${both(task.dueAt, zone)}, ${taskTime(task)} |`,
        ),
        '',
      ];
}

const actionCells = (one: OpenAction, zone: string): Lines => {
  const { title, step, status, because, role, person, due, dueBy, minutes } = one;
  const box = `time-box of ${minutes} min`;
  return [
    `${cell(title)} (${markdownText(step)})`,
    because === '' ? status : `${status}: ${cell(because)}`,
    person === null ? `**nobody yet** (role ${role})` : `${cell(person)} (${role})`,
    due === null ? box : dueBy === 'duty' ? both(due, zone) : `${both(due, zone)}, ${box}`,
  ];
};

const MET: ReadonlySet<ClockView['standing']> = new Set(['met', 'met-late']);

function clocks({ clocks: all, zone, state }: ExportInput): Lines {
  const ours = all.filter(
    ({ context, standing }) => !context && standing !== 'idle' && standing !== 'ruled-out',
  );
  const [met, open] = [
    ours.filter(({ standing }) => MET.has(standing)),
    ours.filter(({ standing }) => !MET.has(standing)),
  ];
  return [
    '## 4. Clocks',
    '',
    ...(open.length === 0
      ? ['Nothing of ours is running.', '']
      : [
          `| Duty | State | ${timeHead('Due', zone)} | Left | Owner |`,
          '|---|---|---|---|---|',
          ...open.map((clock) => `| ${clockCells(clock, zone, state.roles).join(' | ')} |`),
          '',
        ]),
    ...listed(
      met.length === 0
        ? []
        : [`Met: ${met.map(({ title, duty }) => `${cell(title)} (${markdownText(duty)})`).join('; ')}.`],
    ),
  ];
}

function clockCells(clock: ClockView, zone: string, roles: ExportInput['state']['roles']): Lines {
  const { title, duty, standing, provisional, due, wording, leftMs, regime } = clock;
  const role = regime === 'pci' ? 'pci' : 'legal';
  const person = roles.get(role) ?? roles.get('commander');
  const left =
    leftMs === null ? '' : leftMs < 0 ? `**${formatDistance(leftMs)} late**` : formatDistance(leftMs);
  return [
    `${cell(title)} (${markdownText(duty)})`,
    `${standingWord[standing]}${provisional && standing !== 'provisional' ? ' (provisional)' : ''}`,
    due === null ? cell(wording ?? '') : both(due, zone),
    left,
    person === undefined ? `**nobody yet** (role ${role})` : cell(person),
  ];
}

const contingencies = ({ contingencies: all }: HandoverView): Lines => [
  '## 5. If this happens, then',
  '',
  ...(all.length === 0
    ? ['Nothing is foreseen.']
    : all.map(({ when, what }) => `- **If** ${cell(when)}: ${cell(what)}`)),
  '',
];

function unsure({ doubts }: HandoverView, { titles }: ExportInput): Lines {
  const lines = doubts.map(
    ({ act, ref, known, check, again }) =>
      `- **${cell(act.action)} on ${cell(titles(act.target) ?? act.target)}** (attempt ${ref}): ${cell(known)}.${check === '' ? '' : ` It worked if: ${cell(check)}.`} ${cell(again)}.`,
  );
  return [
    '## 6. What may have happened and nobody knows',
    '',
    ...(lines.length === 0 ? ['No attempt is in doubt.'] : lines),
    '',
  ];
}

const people = ({ roles, unfilled }: HandoverView, { contacts, state, reveal }: ExportInput): Lines => [
  '## 7. Who is who',
  '',
  ...roles.map(({ role, person }) => `- ${role}: ${cell(person)}`),
  ...unfilled.map((role) => `- ${role}: **nobody yet**`),
  ...[...state.team.offers.values()].map(
    ({ n, role, from, to }) =>
      `- ${role} goes from ${cell(from)} to ${cell(to)}, who has not said it back: ${cell(reveal({ n, name: 'note' }) ?? SEALED)}`,
  ),
  ...contacts.map((row) => {
    const reached = state.calls.some(({ contact, outcome }) => contact === row.id && outcome === 'reached');
    return `- ${cell(row.duty)}: ${cell(row.name)}, ${cell(row.phone)}${reached ? ', reached' : ''}`;
  }),
  '',
];

/** Until it was said back, the one who hands over keeps the role. */
const readBack = (
  { next, waiting, actions: open, doubts, never }: HandoverView,
  input: ExportInput,
): Lines => [
  '## 8. What the receiver says back',
  '',
  "In one's own words, before the role changes hands; until then whoever hands over keeps it.",
  '',
  `- [ ] How bad it is: severity ${input.state.severity}; still bleeding: ${bleedingWords[input.containment.bleeding].answer}`,
  `- [ ] What is due next: ${next === null ? 'nothing of ours is running' : `${cell(next.title)}, ${next.due === null ? cell(next.wording ?? '') : both(next.due, input.zone)}`}`,
  `- [ ] What is done first: ${cell(waiting[0] ?? open[0]?.title ?? 'no step is open')}`,
  `- [ ] What nobody knows: ${doubts.length === 0 ? 'no attempt is in doubt' : `${doubts.length} in doubt`}`,
  `- [ ] What must not be done: ${never.length === 0 ? 'the runbook names nothing' : never.map(cell).join('; ')}`,
  '- [ ] What I will do, in one sentence, as it is typed with `firebreak handover take ROLE --said "..."`:',
  '',
];
