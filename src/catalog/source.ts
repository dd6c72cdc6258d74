import { maskSecrets } from '../base/mask.ts';
import type { Issue } from '../base/problem.ts';

/** The line of a file that a fault stands on, as it may be shown. */

/** Where references to secrets are written, somebody may have pasted a secret itself: what is wrong there is said without its line. */
const NEAR_SECRETS = /(?:^|\/)(?:firebreak\.yaml|connectors\/[^/]+|simulators\/[^/]+)$/;
/** Long and without a blank, as a key is, or one line of a key that somebody pasted. */
const RANDOM = /(?=[A-Za-z0-9+/_=-]*\d)(?=[A-Za-z0-9+/_=-]*[A-Z])[A-Za-z0-9+/_=-]{24,}/;
const LONGEST = 400;

/** Null where the line is no help, or could tell what must not be told. */
export function sourceLine(
  { file, text }: Readonly<{ file: string; text: string }>,
  line: number,
): string | null {
  if (NEAR_SECRETS.test(file)) return null;
  const source = text.split('\n', line)[line - 1]?.trimEnd() ?? '';
  if (source.trim() === '' || source.length > LONGEST) return null;
  return RANDOM.test(source) || maskSecrets(source).masked.length > 0 ? null : source;
}

export const withSource = (issues: readonly Issue[], text: string): readonly Issue[] =>
  issues.map((issue) => {
    const source = sourceLine({ file: issue.file, text }, issue.line);
    return source === null ? issue : { ...issue, source };
  });
