import type { Issue } from '../../base/problem.ts';
import type { OwnDuties } from '../../model/own-duty.ts';
import type { YamlFile } from '../yaml.ts';
import { findingsIn, onlyOnce, type Vocabulary } from './finding.ts';
import { lintWords } from './words.ts';

/** `obligations.yaml`: FB030 for a duty without its first day; FB090 for ids, letters, contacts and dates that do not hold together. */
export function lintOwnDuties(
  yaml: YamlFile,
  { obligations }: OwnDuties,
  vocabulary: Vocabulary,
): readonly Issue[] {
  const findings = findingsIn(yaml);
  onlyOnce(
    findings,
    'duty',
    obligations.map(({ id }, i) => ({ id, path: ['obligations', i, 'id'] })),
  );
  const keys = vocabulary.contacts?.contacts.flatMap((one) => [one.id, ...(one.for ?? [])]);
  for (const [i, duty] of obligations.entries()) {
    const path = ['obligations', i];
    if (duty.letter !== undefined)
      findings.reference([...path, 'letter'], 'letter', duty.letter, vocabulary.letters);
    if (duty.contact !== undefined)
      findings.reference(
        [...path, 'contact'],
        'contact in contacts.yaml',
        duty.contact,
        keys ?? [duty.contact],
      );
    if (duty.capped !== undefined && duty.period.kind !== 'hours')
      findings.error('FB090', [...path, 'capped'], 'only a period of hours has a second limit in hours');
    if (typeof duty.per_person?.extension === 'number' && duty.period.kind !== 'months')
      findings.error(
        'FB090',
        [...path, 'per_person', 'extension'],
        'only a period of months can be made longer by months',
      );
    const { effective_from: from, effective_to: to } = duty;
    if (from === null)
      findings.warning(
        'FB030',
        [...path, 'source'],
        `nobody says since when \`${duty.id}\` holds`,
        'add `effective_from`, the day on which the contract or law began to bind you',
      );
    if (from !== null && to !== undefined && to < from)
      findings.error('FB090', [...path, 'effective_to'], 'it ends before it begins');
  }
  return [...findings.issues, ...lintWords(yaml, 'unexpected')];
}
