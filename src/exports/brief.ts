import { formatDuration } from '../base/duration.ts';
import { markdownText } from '../base/text.ts';
import { formatUtc, type Instant } from '../base/instant.ts';
import { bleedingWords, driftAlarms } from '../projections/containment.ts';
import { nextClock, standingWord, type ClockView } from '../projections/countdowns.ts';
import { SEALED, bothTimes, factWords } from '../projections/facts.ts';
import { mailDoubts } from '../projections/mail.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { DRILL_LINE, both, cell, packLines } from './words.ts';

/** One page that a manager can forward: what, so what, now, next, who, and what nobody knows yet. */
export const brief: ExportFormat = {
  id: 'brief',
  title: 'One page for a manager',
  of: 'incident',
  forms: [{ is: 'text', extension: 'md', pieces: (input) => [markdown(input)] }],
};

const markdown = (input: ExportInput): string =>
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
    ...packLines(input),
    `${markdownText(company)} · incident ${markdownText(incidentId)} (${markdownText(state.codename)}) · ${stands} · severity **${state.severity}**`,
    '',
    `As of **${both(now, zone)}**. Times are in ${markdownText(zone)}, UTC beside them. Steps: ${progress.done} done, ${progress.skipped} left out, ${progress.unsure} unsure, of ${progress.total}.`,
    '',
  ];
}

/** Before everything else: what was stopped is running again. */
const alarms = ({ containment }: ExportInput): Lines => {
  const lines = driftAlarms(containment).map((alarm) => `- **${cell(alarm)}**`);
  return lines.length === 0 ? [] : ['## ALARM', '', ...lines, ''];
};

type OverrideReview = ExportInput['state']['overrides'][number]['review'];

/** First, because somebody decided to go on without what the runbook asks for. */
function overrides({ state, reveal, zone, now }: ExportInput): Lines {
  const reviewed = (review: OverrideReview, dueAt: Instant): string => {
    if (review === null)
      return `**${now > dueAt ? 'REVIEW OVERDUE since' : 'Not reviewed yet, due'} ${both(dueAt, zone)}**`;
    const comment = cell(reveal({ n: review.n, name: 'comment' }) ?? SEALED);
    const verdict = review.agrees ? 'agrees' : '**DISAGREES**';
    return `Reviewed: ${markdownText(review.person)} ${verdict}: ${comment} (entry ${review.n}${review.signed ? ', signed' : ''})`;
  };
  const taken = state.overrides.map(({ n, at, what, step, by, review, dueAt }) => {
    const where = step === null ? '' : ` at ${markdownText(step)}`;
    return `- ${cell(what)}${where}, by ${markdownText(by)}, ${both(at, zone)}: ${cell(reveal({ n, name: 'reason' }) ?? SEALED)} (entry ${n}). ${reviewed(review, dueAt)}`;
  });
  const waived = [...state.waived].map(
    ([step, n]) =>
      `- evidence of ${markdownText(step)} was not taken: ${cell(reveal({ n, name: 'reason' }) ?? SEALED)} (entry ${n})`,
  );
  return taken.length + waived.length === 0 ? [] : ['## OVERRIDES', '', ...taken, ...waived, ''];
}

function bleeding({ containment, zone }: ExportInput): Lines {
  const { bleeding: is, since, targets, counts } = containment;
  const when =
    since === null
      ? ''
      : is === 'no'
        ? ` Since ${both(since, zone)} (last proof).`
        : ` Earliest known time: ${both(since, zone)}.`;
  const tally = counts.total === 0 ? '' : ` ${counts.proved} of ${counts.total} proved.`;
  const rows = targets.map(
    ({ title, action, word, provedAt, entries }) =>
      `| ${cell(title)} | ${markdownText(action)} | ${word} | ${provedAt === null ? '' : both(provedAt, zone)} | ${entries.join(', ')} |`,
  );
  const { answer, because } = bleedingWords[is];
  return [
    '## Are we still bleeding?',
    '',
    `**${answer}** ${because}${when}${tally}`,
    '',
    ...(rows.length === 0
      ? []
      : ['| What | Action | State and proof | Asked at | Entries |', '|---|---|---|---|---|', ...rows, '']),
  ];
}

const NOT_KNOWN = '**not known yet**';

function people({ state, reveal, zone }: ExportInput): Lines {
  const say = (label: string, id: string): string => {
    const { text, basis, entries } = factWords(state, id, reveal, zone);
    const from = entries.map((n) => `; entry ${n}`).join('');
    if (text === null) return `- ${label}: ${NOT_KNOWN}${from}`;
    return `- ${label}: ${cell(text)}${basis === '' ? '' : `; basis: ${cell(basis)}`}${from}`;
  };
  const aware = state.facts.get('aware');
  const known = aware !== undefined && aware.known && !aware.ruledOut;
  return [
    '## Who is affected, and since when do we know?',
    '',
    say('People', 'subjects-count'),
    say('Who they are', 'subject-categories'),
    say('Records', 'records-count'),
    say('Data', 'data-categories'),
    say('What happened', 'nature'),
    `- Earliest known time: ${both(state.earliestAt, zone)}`,
    known ? `${say('Aware', 'aware')}, by ${cell(aware.by)}` : say('Aware', 'aware'),
    '',
  ];
}

function deadlines(input: ExportInput): Lines {
  const { clocks, zone } = input;
  const next = nextClock(clocks);
  const ours = clocks.filter((view) => !view.context && view.standing !== 'idle');
  const context = clocks.filter(
    (view) => view.context && view.standing !== 'idle' && view.standing !== 'ruled-out',
  );
  return [
    '## What is due next, and who owns it?',
    '',
    next === null
      ? 'Nothing of ours is running.'
      : `**${cell(next.title)}**: ${dueWords(next)}. Owner: ${owner(next, input)}.`,
    '',
    ...(ours.length === 0
      ? []
      : [
          '| Duty | State | Due (local / UTC) | Left | Why | Owner |',
          '|---|---|---|---|---|---|',
          ...ours.map((view) => `| ${clockCells(view, zone).join(' | ')} | ${owner(view, input)} |`),
          '',
        ]),
    ...(context.length === 0
      ? []
      : [
          'Clocks of others, for information:',
          '',
          ...context.map(
            (view) =>
              `- ${cell(view.title)} (${cell(view.owedByName ?? 'another party')}${view.region === null ? '' : `; ${cell(view.region)}`}): ${dueWords(view)}`,
          ),
          '',
        ]),
  ];
}

function clockCells(view: ClockView, zone: string): Lines {
  const due = view.due === null ? (view.wording === null ? '' : cell(view.wording)) : both(view.due, zone);
  const state =
    view.provisional && view.standing !== 'provisional'
      ? `${standingWord[view.standing]} (provisional)`
      : standingWord[view.standing];
  const sent = view.submittedAt === null ? '' : `, submitted ${both(view.submittedAt, zone)}`;
  return [
    `${cell(view.title)} (${markdownText(view.duty)})`,
    `${state}${sent}`,
    due,
    leftWords(view),
    cell(view.startedBecause),
  ];
}

const leftWords = ({ leftMs }: ClockView): string =>
  leftMs === null ? '' : leftMs < 0 ? `**${formatDuration(leftMs)} late**` : formatDuration(leftMs);

function dueWords(view: ClockView): string {
  if (view.due === null) return view.wording === null ? standingWord[view.standing] : cell(view.wording);
  const left = leftWords(view);
  return `due ${view.dueLocal ?? ''} / ${formatUtc(view.due).slice(0, 16).replace('T', ' ')}Z${left === '' ? '' : `, ${view.leftMs !== null && view.leftMs < 0 ? left : `${left} left`}`}${view.provisional ? ', provisional' : ''}`;
}

/** Who of us does it, then whom to ring for it: the phone number is what is wanted at night. */
function owner({ contact, duty, regime }: ClockView, { contacts, state }: ExportInput): string {
  const role = regime === 'pci' ? 'pci' : 'legal';
  const person = state.roles.get(role) ?? state.roles.get('commander');
  const row = contacts.find(
    ({ for: keys }) =>
      keys?.includes(duty) === true || (contact !== null && keys?.includes(contact) === true),
  );
  const names = [
    person === undefined ? `nobody yet (role ${role})` : cell(person),
    ...(row === undefined ? [] : [cell(`ring ${row.name}, ${row.phone}`)]),
  ];
  return names.join('; ');
}

function decisions({ state, reveal, zone }: ExportInput): Lines {
  const lines = state.decisions.map(({ n, at, decision, option, decider }) => {
    const question = reveal({ n, name: 'question' });
    const choice = option === 'free' ? (reveal({ n, name: 'options' }) ?? SEALED) : option;
    const asked = question === null || question === '' ? decision : question;
    return `- ${cell(asked)} **${cell(choice)}**, by ${cell(decider)}, recorded ${both(at, zone)}. Why: ${cell(reveal({ n, name: 'rationale' }) ?? SEALED)} (entry ${n})`;
  });
  return [
    '## What did we decide, and why?',
    '',
    ...(lines.length === 0 ? ['No decision is recorded.'] : lines),
    '',
  ];
}

/** Gaps are said, not left out: what was asked and not known, what may have happened, what nobody has answered. */
function unknowns({ state, progress, clocks }: ExportInput): Lines {
  const facts = [...state.facts]
    .filter(([, fact]) => !fact.known)
    .map(([id, { n }]) => `- ${markdownText(id)} is not known yet (entry ${n})`);
  const unsure = progress.steps
    .filter(({ status }) => status === 'unsure')
    .map(({ step, because }) => `- ${cell(step.title)}: ${cell(because)}`);
  const starts = new Set(
    clocks.filter((view) => view.provisional && !view.context).map((view) => view.startedBecause),
  );
  const provisional = [...starts].map((because) => `- ${cell(because)}`);
  const letters = mailDoubts(state).map(({ text }) => `- ${cell(text)}`);
  const all = [...facts, ...unsure, ...letters, ...provisional];
  return [
    '## What do we not know?',
    '',
    ...(all.length === 0 ? ['Nothing is recorded as unknown.'] : all),
    '',
  ];
}

const costFacts = ['costs', 'vendors-engaged', 'insurer-notified', 'pfi-engaged'] as const;

function costs({ state, reveal, zone, titles, contacts }: ExportInput): Lines {
  const recorded = costFacts.flatMap((id) => {
    const { text, entries } = factWords(state, id, reveal, zone);
    return text === null ? [] : [`- ${id.replaceAll('-', ' ')}: ${cell(text)} (entry ${entries.join(', ')})`];
  });
  const reached = state.calls
    .filter(({ outcome }) => outcome === 'reached')
    .map(({ contact, at, n }) => {
      const name = contacts.find(({ id }) => id === contact)?.name ?? titles(contact) ?? contact;
      return `- reached ${cell(name)}, recorded ${bothTimes(at, zone)} (entry ${n})`;
    });
  return [
    '## Costs, and who was brought in',
    '',
    ...(recorded.length === 0 ? ['- costs and vendors: none recorded'] : recorded),
    ...reached,
    '',
  ];
}

const foot = ({ checkpoint, drill }: ExportInput): Lines => [
  '---',
  '',
  `From journal ${markdownText(checkpoint.origin)}, ${checkpoint.size} entries, root hash \`${checkpoint.root}\`. Not legal advice.`,
  ...(drill ? ['', `> **${DRILL_LINE}**`] : []),
];
