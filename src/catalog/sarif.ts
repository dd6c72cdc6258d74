import type { Issue } from '../base/problem.ts';
import { sarifLog } from '../base/sarif.ts';
import { lintRules } from './rules.ts';

/** The faults of the definitions as code-scanning services read them; paths are those of the workspace. */
export const issuesAsSarif = (issues: readonly Issue[], version: string): Readonly<Record<string, unknown>> =>
  sarifLog(
    {
      name: 'firebreak runbook lint',
      version,
      rules: Object.entries(lintRules).map(([id, says]) => ({ id, shortDescription: { text: `${says}.` } })),
    },
    issues.map(({ rule, severity, file, line, col, message, hint }) => ({
      rule,
      level: severity,
      text: hint === undefined ? `${message}.` : `${message}; ${hint}`,
      file,
      line,
      col,
    })),
  );
