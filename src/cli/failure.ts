import { likeProblem, trouble, type Trouble } from '../app/trouble.ts';
import { isProblem, type ProblemCode } from '../base/problem.ts';
import { StorageError, type StorageCode } from '../io/storage.ts';
import { Interrupted } from './interrupted.ts';

/** A trouble ready to be shown, with its published code and exit code. The words are those of `app/trouble.ts`. */
export type Failure = Trouble & Readonly<{ code: string; exit: number }>;

/** Exit codes are a published contract: added to, never renumbered. */
const exits: Readonly<Record<ProblemCode, number>> = {
  usage: 2,
  'invalid-file': 3,
  'missing-secret': 4,
  'not-authorised': 4,
  'remote-failed': 5,
  'outcome-unknown': 6,
  'needs-confirmation': 7,
  overdue: 8,
  'drill-overdue': 8,
  'journal-broken': 9,
  'not-found': 10,
  'letter-refused': 3,
  'plan-changed': 11,
  'drill-not-passed': 12,
  'drill-unmapped': 3,
  'letter-not-released': 3,
  'list-unreadable': 3,
  'storage-full': 13,
  'storage-locked': 13,
  'storage-read-only': 13,
  'storage-network': 13,
  'storage-io': 13,
  'output-lost': 13,
  'several-incidents': 2,
  'no-incident': 10,
  'incident-closed': 3,
  'engine-held': 13,
  'handed-over': 13,
  'step-not-ready': 3,
  'not-installed': 4,
  wall: 4,
  sealed: 4,
};

const STORAGE_REFUSED = 13;
const storageExit = (code: StorageCode): number => {
  const like = likeProblem(code);
  if (like !== null) return exits[like];
  return code === 'missing' ? exits['not-found'] : STORAGE_REFUSED;
};

/** Null for what nobody foresaw. */
export function describe(error: unknown): Failure | null {
  if (isProblem(error)) return { code: error.code, exit: exits[error.code], ...trouble(error) };
  if (error instanceof StorageError)
    return { code: `storage-${error.code}`, exit: storageExit(error.code), ...trouble(error) };
  if (error instanceof Interrupted)
    return { code: 'interrupted', exit: 130, failed: '', details: [], still: '', next: [] };
  return null;
}
