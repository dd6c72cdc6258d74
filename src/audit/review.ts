import { addressRules } from './rules/addresses.ts';
import { credentialRules } from './rules/credentials.ts';
import { postureRules } from './rules/posture.ts';
import { practiceRules } from './rules/practice.ts';
import type { Answered, Question } from './questions.ts';
import type { AuditFinding, Audited, Rule } from './rule.ts';

/** All rules over one look at the company. */
export const rules: readonly Rule[] = [
  ...addressRules,
  ...credentialRules,
  ...postureRules,
  ...practiceRules,
];

export const ANSWER_RULE = 'answer-bad';
/** Beside the table: its findings are the answers that people gave. */
export const answerRule = {
  id: ANSWER_RULE,
  title: 'Somebody has answered that it is not as it should be',
  severity: 'high',
  why: 'no system shows it, so it stays until a person mends it and says so',
  fix: 'mend it, then answer again: firebreak audit answer',
} as const;

const order = ['critical', 'high', 'medium', 'low'] as const;

export const review = (
  audited: Audited,
  questions: readonly Question[],
  answers: readonly Answered[],
): readonly AuditFinding[] => {
  const seen = rules.flatMap((rule) =>
    rule.look(audited).map((hit): AuditFinding => ({
      rule: rule.id,
      severity: hit.severity ?? rule.severity,
      subject: hit.subject,
      owner: hit.owner,
      found: hit.found,
      why: rule.why,
      fix: hit.fix ?? rule.fix,
    })),
  );
  const said = questions.flatMap((question): readonly AuditFinding[] => {
    const last = answers.findLast(({ id }) => id === question.id);
    if (last === undefined || last.answer === question.wanted) return [];
    const { severity, why, fix } = answerRule;
    return [
      {
        rule: ANSWER_RULE,
        severity: last.answer === 'unknown' ? 'medium' : severity,
        subject: question.id,
        owner: question.of,
        found: `${question.asks} ${last.answer} (${last.by}, ${last.date})${last.note === '' ? '' : `: ${last.note}`}`,
        why,
        fix,
      },
    ];
  });
  return [...seen, ...said].toSorted(
    (a, b) =>
      order.indexOf(a.severity) - order.indexOf(b.severity) ||
      a.rule.localeCompare(b.rule) ||
      a.subject.localeCompare(b.subject),
  );
};
