import { markdownText } from '../base/text.ts';
import { SEALED, type FactWords } from '../projections/facts.ts';
import { registerLine } from '../projections/register.ts';
import { standingWord } from '../projections/countdowns.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { DRILL_LINE, both, cell, packLines } from './words.ts';

/** The line of the breach register that GDPR Art. 33(5) asks for, whatever the risk: facts, effects, remedial action. */
export const register: ExportFormat = {
  id: 'register',
  title: 'Register of breaches, GDPR Art. 33(5)',
  extension: 'md',
  render: (input) => {
    const line = registerLine(input.state, input.reveal, input.zone);
    const decisions = line.decisions.map(
      ({ decision, option, decider, at, why, n }) =>
        `- ${cell(decision)}: **${cell(option)}**, by ${cell(decider)}, recorded ${both(at, input.zone)}. Why: ${cell(why ?? SEALED)} (entry ${n})`,
    );
    return `${[
      `# ${input.drill ? 'DRILL: ' : ''}Register entry: ${cell(input.title)}`,
      '',
      ...(input.drill ? [`> **${DRILL_LINE}**`, ''] : []),
      ...packLines(input),
      `${markdownText(input.company)} · incident ${markdownText(input.incidentId)} (${markdownText(line.codename)}) · as of ${both(input.now, input.zone)}`,
      '',
      ...(line.missing.length === 0 ? [] : [`**Not whole yet.** Missing: ${line.missing.join('; ')}.`, '']),
      '## Facts of the breach',
      '',
      `- Earliest known time: ${both(line.earliestAt, input.zone)}`,
      `- Opened: ${both(line.openedAt, input.zone)}`,
      answer('Aware', line.aware),
      answer('What happened', line.facts.nature),
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
      '',
      '---',
      '',
      `From journal ${markdownText(input.checkpoint.origin)}, ${input.checkpoint.size} entries, root hash \`${input.checkpoint.root}\`.`,
    ].join('\n')}\n`;
  },
};

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
