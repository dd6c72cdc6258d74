import { canonicalJson } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import { pascal, sarifLog } from '../base/sarif.ts';
import { ANSWER_RULE, answerRule, rules } from './review.ts';
import type { AuditFinding } from './rule.ts';

/** The audit as code-scanning services read it. */

const LEVEL = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
/** As GitHub reads it: a number like that of CVSS. */
const SCORE = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' } as const;

export const sarif = (
  findings: readonly AuditFinding[],
  tool: Readonly<{ version: string; practice: boolean }>,
  lineOf: (subject: string) => number,
): Readonly<Record<string, unknown>> =>
  sarifLog(
    {
      name: `firebreak audit${tool.practice ? ' (PRACTICE)' : ''}`,
      version: tool.version,
      rules: [...rules, answerRule].map(({ id, title, severity, why, fix }) => ({
        id,
        name: id === ANSWER_RULE ? 'AnswerBad' : pascal(id),
        shortDescription: { text: `${title}.` },
        fullDescription: { text: `${title}: ${why}.` },
        help: { text: `${fix}.` },
        defaultConfiguration: { level: LEVEL[severity] },
        properties: { 'security-severity': SCORE[severity], tags: ['security'] },
      })),
    },
    findings.map((one) => ({
      rule: one.rule,
      level: LEVEL[one.severity],
      text: `${one.found}. ${one.why}. ${one.fix}.`,
      file: 'inventory.yaml',
      line: lineOf(one.subject),
      subject: one.subject,
      fingerprint: { 'firebreakFinding/v1': sha256Hex(canonicalJson([one.rule, one.subject])) },
    })),
  );
