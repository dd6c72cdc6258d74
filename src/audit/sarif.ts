import { canonicalJson } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import { ANSWER_RULE, answerRule, rules } from './review.ts';
import type { AuditFinding } from './rule.ts';

/** SARIF 2.1.0 (OASIS): what code-scanning services and editors read. */

const LEVEL = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
/** As GitHub reads it: a number like that of CVSS. */
const SCORE = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' } as const;

export const sarif = (
  findings: readonly AuditFinding[],
  tool: Readonly<{ version: string; practice: boolean }>,
  lineOf: (subject: string) => number,
): Readonly<Record<string, unknown>> => {
  const known = [...rules, answerRule];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: `firebreak audit${tool.practice ? ' (PRACTICE)' : ''}`,
            semanticVersion: tool.version,
            rules: known.map(({ id, title, severity, why, fix }) => ({
              id,
              name: id === ANSWER_RULE ? 'AnswerBad' : pascal(id),
              shortDescription: { text: `${title}.` },
              fullDescription: { text: `${title}: ${why}.` },
              help: { text: `${fix}.` },
              defaultConfiguration: { level: LEVEL[severity] },
              properties: { 'security-severity': SCORE[severity], tags: ['security'] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((one) => ({
          ruleId: one.rule,
          ruleIndex: known.findIndex(({ id }) => id === one.rule),
          level: LEVEL[one.severity],
          message: { text: `${one.found}. ${one.why}. ${one.fix}.` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'inventory.yaml', uriBaseId: '%SRCROOT%' },
                region: { startLine: lineOf(one.subject) },
              },
              logicalLocations: [{ fullyQualifiedName: one.subject, kind: 'resource' }],
            },
          ],
          partialFingerprints: { 'firebreakFinding/v1': sha256Hex(canonicalJson([one.rule, one.subject])) },
        })),
      },
    ],
  };
};

const pascal = (id: string): string =>
  id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
