import { Problem } from '../base/problem.ts';
import { checkDisclosure, isDisclosure } from '../exports/disclosure-check.ts';
import type { Files } from '../io/files.ts';
import type { VerifySummary } from './contract.ts';
import type { PinnedKey } from './pinned-key.ts';

/** A field that was handed out may have 64 MiB, in base64. */
const MAX_BYTES = 128 * 1024 * 1024;

/** One entry of a journal that somebody was given, with its proof. @throws Problem `usage` for any other file */
export const verifyDisclosure = (
  path: string,
  files: Files,
  pinned: PinnedKey,
  known: readonly string[],
): VerifySummary => {
  const text = files.readText(path, MAX_BYTES);
  if (!isDisclosure(text))
    throw new Problem('usage', {
      why: `${path} is no disclosed entry`,
      next: 'name an incident, a journal, a bundle, or a file that "firebreak journal disclose" wrote',
    });
  const { problems, vkey, origin, root, n, kind, fields } = checkDisclosure(text, pinned, known);
  const isPinned = pinned(origin) !== null;
  return {
    ok: problems.length === 0,
    entries: 1,
    root,
    origin,
    vkey,
    pinned: isPinned,
    known: known.length,
    unseen: [],
    remarks: [],
    problems,
    findings: [],
    disclosed: { entry: n, kind, fields },
  };
};
