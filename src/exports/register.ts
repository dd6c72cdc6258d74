import { markdownText } from '../base/text.ts';
import { factName } from '../projections/fact-names.ts';
import { SEALED, type FactWords } from '../projections/facts.ts';
import type { DecisionRecord } from '../projections/decisions.ts';
import { registerLine } from '../projections/register.ts';
import { standingWord, type ClockView } from '../projections/countdowns.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { noticesOf } from './redacted/notices.ts';
import { DRILL_LINE, both, cell, fromEntries, restsOn, underHeading } from './words.ts';

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
    ...underHeading(input),
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
      ({ title, word, entries }) => `- ${cell(title)}: ${word}${fromEntries(entries)}`,
    ),
    '',
    '## Decisions, and why',
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
  ...(one.relies.length === 0 ? [] : [`  - Rests on: ${restedOn(one.relies)}`]),
];

/** What was known, each with its entry and as it stands now; then in one go what nobody knew, and still nobody does. */
function restedOn(relies: DecisionRecord['relies']): string {
  const open = relies.filter(({ n, changed }) => n === null && !changed);
  const known = relies
    .filter((one) => !open.includes(one))
    .map(
      ({ fact, n, changed, now }) =>
        `${markdownText(factName(fact))} (${n === null ? 'not known then' : `entry ${n}`})${changed ? ', **changed since**' : ''}: ${cell(now)}`,
    );
  const names = open.map(({ fact }) => markdownText(factName(fact))).join(', ');
  return [...known, ...(open.length === 0 ? [] : [`not known then, nor now: ${names}`])].join('; ');
}

const answer = (label: string, found: FactWords): string =>
  `- ${label}: ${found.text === null ? '**not known yet**' : cell(found.text)} ${cell(restsOn(found))}`.trimEnd();

/** Every duty of ours with where it stands: also one that was ruled out, because the register must say why. */
function notifications({ clocks, zone, state }: ExportInput): readonly string[] {
  const ours = clocks.filter(
    ({ context, standing, duty }) => !context && standing !== 'idle' && duty !== 'gdpr.33-5',
  );
  if (ours.length === 0) return ['No duty to notify is recorded.'];
  return ours.map(({ title, duty, standing, submittedAt, startedBecause }) => {
    const later = state.submissions.get(duty)?.each.slice(1) ?? [];
    const more = later.map(
      (one) => `, part ${one.phase} ${both(one.at, zone)}${one.proofs.length === 0 ? ' (not proved)' : ''}`,
    );
    const sent = submittedAt === null ? '' : `, submitted ${both(submittedAt, zone)}${more.join('')}`;
    return `- ${cell(title)} (${markdownText(duty)}): ${standing === 'provisional' ? '' : `${standingWord[standing]}${sent}; `}${cell(startedBecause)}`;
  });
}
