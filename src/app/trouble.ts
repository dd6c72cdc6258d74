import { isProblem, type ProblemCode } from '../base/problem.ts';
import { problems, RECORDED, type Fact } from './problem-words.ts';
import { maskSecrets } from '../base/mask.ts';
import { redactHeld } from '../io/redact.ts';
import { StorageError, type StorageCode } from '../io/storage.ts';

/**
 * A trouble in words, the same on a screen and on the command line. They answer three questions of a tired person: what
 * failed, what is still true, what to do next. `details` are further lines below the first sentence.
 */
export type Trouble = Readonly<{
  failed: string;
  details: readonly string[];
  still: string;
  next: readonly string[];
}>;

type Stored = Readonly<{ like: ProblemCode } | { next: string }>;
const storage: Readonly<Record<StorageCode, Stored>> = {
  full: { like: 'storage-full' },
  'read-only': { like: 'storage-read-only' },
  locked: { like: 'storage-locked' },
  'network-filesystem': { like: 'storage-network' },
  io: { like: 'storage-io' },
  corrupt: { like: 'journal-broken' },
  sealed: { like: 'sealed' },
  missing: { next: 'check the path' },
  exists: { next: 'nothing is overwritten: name another place, or move what is there' },
  permissions: { next: 'only you may be able to read it: chmod 600 the file, chmod 700 the folder' },
  'too-large': { next: 'keep the large file elsewhere and record its SHA-256 as a note' },
  'wrong-key': { next: 'use the data folder with the keys that this journal was made with' },
  newer: { next: 'use the version of firebreak that wrote it, or a later one' },
};

/** The problem that a storage error reads like; null where it has words of its own. */
export const likeProblem = (code: StorageCode): ProblemCode | null => {
  const found = storage[code];
  return 'like' in found ? found.like : null;
};

/**
 * What was typed or answered may be quoted in the words, so what is known to be a secret or looks like one is hidden in them;
 * whoever shows them makes foreign text visible.
 */
export function trouble(error: unknown): Trouble {
  const { failed, details, still, next } = wordsOf(error);
  return { failed: hidden(failed), details: details.map(hidden), still, next: next.map(hidden) };
}

const hidden = (text: string): string => maskSecrets(redactHeld(text)).text;

function wordsOf(error: unknown): Trouble {
  if (isProblem(error)) return told(error.code, (name) => error.facts[name] ?? '');
  if (error instanceof StorageError) return ofStorage(error);
  if (isReplaced(error)) {
    return {
      failed: 'the program itself was replaced or removed while it ran, and this part of it is gone',
      details: [firstLine(error)],
      still: 'everything recorded so far is safe; an attempt in flight is marked unsure at the next start.',
      next: ['leave, and start firebreak again: it goes on where it stopped'],
    };
  }
  return {
    failed: `something unexpected happened: ${firstLine(error)}`,
    details: [],
    still: 'everything recorded so far is safe; an attempt in flight is marked unsure at the next start.',
    next: ['firebreak resume goes on where it stopped', 'firebreak next shows the way by hand'],
  };
}

/** Parts are read when they are first needed: an upgrade in the middle of an incident takes those that were not. */
const isReplaced = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'ERR_MODULE_NOT_FOUND' &&
  // A package that is not installed is one that somebody may add.
  error.message.startsWith('Cannot find module ');

function told(code: ProblemCode, known: (name: string) => string): Trouble {
  const fact: Fact = (name, otherwise = '') => (known(name) === '' ? otherwise : known(name));
  const { failed, still, next } = problems[code];
  return { failed: failed(fact), details: [], still, next: next(fact) };
}

function ofStorage({ code, path, message, landed }: StorageError): Trouble {
  const place = landed === true ? 'is in the journal' : 'is not in the journal';
  const details = landed === null ? [] : [`What was being written ${place}.`];
  const found = storage[code];
  if ('next' in found) return { failed: message, details, still: RECORDED, next: [found.next] };
  const known = (name: string): string => (name === 'path' ? path : name === 'why' ? message : '');
  return { ...told(found.like, known), details };
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
