import { markdownText } from '../base/text.ts';
import { SEALED, type FactWords } from '../projections/facts.ts';
import type { DecisionRecord } from '../projections/decisions.ts';
import { registerLine } from '../projections/register.ts';
import { standingWord, type ClockView } from '../projections/countdowns.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { noticesOf } from './redacted/notices.ts';
import { DRILL_LINE, both, cell, packLines } from './words.ts';

/** The line of the breach register that GDPR Art. 33(5) asks for, whatever the risk: facts, effects, remedial action. */
export const register: ExportFormat = {
  id: 'register',
  title: 'Register of breaches, GDPR Art. 33(5)',
  of: 'incident',
  forms: [{ is: 'text', extension: 'md', pieces: (input) => [page(input)] }],
};

function page(input: ExportInput): string {
  const line = registerLine(input.state, input.reveal, input.zone, input.clocks.some(isLateNotice));
  const decisions = line.decisions.flatMap((one) => decisionLines(one, input.zone));
  return `${[
    `# ${input.drill ? 'DRILL: ' : ''}Register entry: ${cell(input.title)}`,
    '',
    ...(input.drill ? [`> **${DRILL_LINE}**`, ''] : []),
    ...packLines(input),
    ...noticesOf(input).flatMap((notice) => [`**${cell(notice)}**`, '']),
    `${markdownText(input.company)} · incident ${markdownText(input.incidentId)} (${markdownText(line.codename)}) · as of ${both(input.now, input.zone)}`,
    '',
    ...(line.missing.length === 0 ? [] : [`**Not whole yet.** Missing: ${line.missing.join('; ')}.`, '']),
    '## Facts of the breach',
    '',
    `- Earliest known time: ${both(line.earliestAt, input.zone)}`,
    `- Opened: ${both(line.openedAt, input.zone)}`,
    answer('Aware', line.aware),
    answer('What happened', line.facts.nature),
    answer('Cause', line.facts.cause),
    answer('Who is affected', line.facts.people),
    answer('People', line.facts.subjects),
    answer('Data', line.facts.data),
    answer('Records', line.facts.records),
    '',
    '## Effects',
    '',
    answer('Effects', line.effects),
    '',
    '## Remedial action',
    '',
    answer('Remedial action', line.remedialAction),
    ...input.containment.targets.map(
      ({ title, word, entries }) => `- ${cell(title)}: ${word}${from(entries)}`,
    ),
    '',
    '## Decisions on notifying, and why',
    '',
    ...(decisions.length === 0 ? ['No decision is recorded.'] : decisions),
    '',
    '## Notifications',
    '',
    ...notifications(input),
    ...(line.delay === null ? [] : [answer('Reasons for the delay', line.delay)]),
    '',
    '---',
    '',
    `From journal ${markdownText(input.checkpoint.origin)}, ${input.checkpoint.size} entries, root hash \`${input.checkpoint.root}\`.`,
  ].join('\n')}\n`;
}

/** Art. 33(1) asks for reasons of a notice to the authority that comes after its time. */
const isLateNotice = ({ duty, context, late, standing }: ClockView): boolean =>
  !context && (duty === 'gdpr.33-1' || duty === 'uk.33-1') && (late || standing === 'overdue');

/** What was decided with all that made it: options, facts, advice, objections. Also one that was decided anew since. */
const decisionLines = (one: DecisionRecord, zone: string): readonly string[] => [
  `- ${cell(one.question)} **${cell(one.option)}**, by ${cell(one.decider)}, recorded ${both(one.at, zone)} (entry ${one.n}${one.over ? ', decided anew since' : ''})`,
  `  - Why: ${cell(one.why ?? SEALED)}`,
  ...(one.options.length === 0 ? [] : [`  - Options: ${one.options.map(cell).join(' | ')}`]),
  ...(one.advised === null
    ? []
    : [
        `  - The rules advised: ${cell(one.advised.option)}; ${one.advised.followed ? 'followed' : '**not followed**'}`,
      ]),
  ...(one.objections === null ? [] : [`  - Objections: ${cell(one.objections)}`]),
  ...(one.relies.length === 0 ? [] : [`  - Rests on: ${one.relies.map(restsOn).join('; ')}`]),
];

const restsOn = ({ fact, n, changed, now }: DecisionRecord['relies'][number]): string =>
  `${markdownText(fact)} (${n === null ? 'not known then' : `entry ${n}`})${changed ? `, **changed since**: ${cell(now)}` : `: ${cell(now)}`}`;

const from = (entries: readonly number[]): string =>
  entries.length === 0 ? '' : ` (entry ${entries.join(', ')})`;

const answer = (label: string, { text, basis, entries }: FactWords): string =>
  `- ${label}: ${text === null ? '**not known yet**' : cell(text)}${text === null || basis === '' ? '' : `; basis: ${cell(basis)}`}${from(entries)}`;

/** Every duty of ours with where it stands: also one that was ruled out, because the register must say why. */
function notifications({ clocks, zone }: ExportInput): readonly string[] {
  const ours = clocks.filter(
    ({ context, standing, duty }) => !context && standing !== 'idle' && duty !== 'gdpr.33-5',
  );
  if (ours.length === 0) return ['No duty to notify is recorded.'];
  return ours.map(({ title, duty, standing, submittedAt, startedBecause }) => {
    const sent = submittedAt === null ? '' : `, submitted ${both(submittedAt, zone)}`;
    return `- ${cell(title)} (${markdownText(duty)}): ${standing === 'provisional' ? '' : `${standingWord[standing]}${sent}; `}${cell(startedBecause)}`;
  });
}
