import { isProblem, type ProblemCode } from '../base/problem.ts';
import { drillProblems } from './drill-trouble.ts';
import { handingProblems } from './handing-trouble.ts';
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

/** Looks a fact up, with words for when the thrower did not know it. */
type Fact = (name: string, otherwise?: string) => string;
type Words = Readonly<{
  failed: (fact: Fact) => string;
  still: string;
  next: (fact: Fact) => readonly string[];
}>;

const NOTHING_SENT = 'nothing was sent and nothing was changed.';
const RECORDED = 'everything recorded so far is safe.';
const SAME = 'the incident is as it was; the journal was not touched.';

const named = (fact: Fact): string =>
  `${fact('what', 'entry')}${fact('id') === '' ? '' : ` "${fact('id')}"`}`;
const whyTail = (fact: Fact): string => (fact('why') === '' ? '' : `: ${fact('why')}`);

/** `gdpr-art34 --language de`, as a command takes it. */
const letterOf = (fact: Fact): string =>
  fact('letter') === '' ? '<letter>' : `${fact('letter')} --language ${fact('language', 'en')}`;

/** The flags that stand for the word of a person, from what the engine missed. */
const flagsFor = (fact: Fact): string => {
  if (fact('preserve') !== '' || fact('reason') !== '') return '--why TEXT';
  return fact('with', 'yes') === 'yes' ? '--yes' : `--confirm='${fact('with')}'`;
};

/** The list that shows what there is, for something that was not found. */
const LISTS: Readonly<Record<string, string>> = {
  step: 'firebreak status',
  incident: 'firebreak list',
  'incident or journal': 'firebreak list',
  runbook: 'firebreak runbook list',
  drill: 'firebreak drill list',
  'inventory row': 'firebreak inventory',
  letter: 'firebreak letters list',
  'export format': 'firebreak export',
  contact: 'firebreak doctor',
};

const problems: Readonly<Record<ProblemCode, Words>> = {
  ...drillProblems,
  ...handingProblems,
  usage: {
    failed: (fact) => fact('why', 'this cannot be asked for like that'),
    still: '',
    next: (fact) => [fact('next', 'firebreak help shows how commands are written')],
  },
  'invalid-file': {
    failed: (fact) =>
      `${fact('file', 'a definition')}${fact('line') === '' ? '' : `:${fact('line')}`} is not valid${whyTail(fact)}`,
    still: 'only this definition is switched off, everything else works.',
    next: () => ['firebreak runbook lint names every fault with its line'],
  },
  'list-unreadable': {
    failed: (fact) => `${fact('file', 'the list')}:${fact('line', '1')} cannot be used${whyTail(fact)}`,
    still: 'no letter was written.',
    next: () => ['firebreak help letters merge says which columns there can be'],
  },
  'missing-secret': {
    failed: (fact) =>
      `the secret ${fact('name', 'that is needed')} (${fact('ref', 'no source given')}) is missing${whyTail(fact)}`,
    still: 'nothing was sent; the steps that need it can be done by hand, all others run.',
    next: () => [
      'provide it and run the command again, or: firebreak next shows the way by hand',
      'firebreak doctor lists what else is missing',
    ],
  },
  'not-authorised': {
    failed: (fact) => `that is not allowed${whyTail(fact)}`,
    still: NOTHING_SENT,
    next: (fact) => [
      fact(
        'next',
        'ask the person who may, or give --as and --why where a reason can stand in for an approval',
      ),
    ],
  },
  'remote-failed': {
    failed: (fact) =>
      `${fact('target', fact('what', 'the other system'))} refused or did not answer${whyTail(fact)}`,
    still: 'nothing was changed there; the attempt is in the journal.',
    next: () => ['trying again is safe', 'firebreak next shows the way by hand'],
  },
  'outcome-unknown': {
    failed: (fact) =>
      `what became of ${fact('targets', fact('target', 'an attempt'))} is not known${whyTail(fact)}`,
    still: 'it may have happened. It will not be repeated by itself, and the journal says so.',
    next: () => ['firebreak status --recheck asks the real systems', 'do not run the step again before that'],
  },
  'needs-confirmation': {
    failed: (fact) =>
      `${fact('what', fact('step', 'this'))} needs a person's word, and there is no terminal to ask at`,
    still: NOTHING_SENT,
    next: (fact) => [`run it again with: ${fact('flags', flagsFor(fact))}`],
  },
  overdue: {
    failed: (fact) => `overdue: ${fact('what', 'a clock')}`,
    still:
      'a duty met late is better than one not met; the reasons for the delay belong into the notification.',
    next: (fact) => [fact('next', 'firebreak clocks shows whom to tell')],
  },
  'journal-broken': {
    failed: (fact) =>
      `${fact('what', 'the journal')}${fact('path') === '' ? '' : ` ${fact('path')}`} does not verify${whyTail(fact)}`,
    still: 'the file was left exactly as it is.',
    next: (fact) => [
      'keep a copy of the file: it is evidence now',
      fact('next', 'do not go on in this journal; declare a new incident'),
    ],
  },
  'not-found': {
    failed: (fact) => `there is no ${named(fact)}${whyTail(fact)}`,
    still: '',
    next: (fact) => [
      ...(fact('near') === ''
        ? []
        : [fact('near').includes(', ') ? `one of: ${fact('near')}` : `did you mean ${fact('near')}?`]),
      ...(LISTS[fact('what')] === undefined
        ? [fact('next', 'check the name')]
        : [`${LISTS[fact('what')]} shows what there is`]),
    ],
  },
  'letter-refused': {
    failed: (fact) =>
      `the letter ${fact('letter', 'that was asked for')} cannot go out as it is${whyTail(fact)}`,
    still: 'nothing left the company; the draft and all facts are as they were.',
    next: (fact) => [
      `firebreak letters check ${letterOf(fact)} shows each sentence, and what would carry it`,
      `release it all the same, in your name: firebreak letters release ${letterOf(fact)} --override "why"`,
    ],
  },
  'plan-changed': {
    failed: (fact) => `things changed since the plan was shown${whyTail(fact)}`,
    still: NOTHING_SENT,
    next: () => ['show the plan anew, and agree to that one'],
  },
  'letter-not-released': {
    failed: (fact) =>
      `nobody has released the letter ${fact('letter', 'that was asked for')} as it stands${whyTail(fact)}`,
    still: 'nothing was written and nothing was sent.',
    next: (fact) => [
      `firebreak letters check ${fact('letter', 'LETTER')} says what it lacks, then: firebreak letters release ${fact('letter', 'LETTER')}`,
      'a trial of a few letters, watermarked, can be written all the same: --trial 10',
    ],
  },
  'storage-full': {
    failed: (fact) => `the disk is full${fact('path') === '' ? '' : ` (${fact('path')})`}`,
    still: `${RECORDED} No new effect is begun that could not be recorded.`,
    next: () => ['free some space, then try again', 'meanwhile work by hand and write times down on paper'],
  },
  'storage-locked': {
    failed: (fact) => `another program holds ${fact('path', 'the journal')}`,
    still: RECORDED,
    next: () => ['wait a moment and try again; end the other program if it hangs'],
  },
  'storage-read-only': {
    failed: (fact) => `${fact('path', 'the journal')} cannot be written`,
    still: RECORDED,
    next: () => ['look at owner and mode of the folder, or point FIREBREAK_HOME to one that can be written'],
  },
  'storage-network': {
    failed: (fact) =>
      `${fact('path', 'the data folder')} is on a network file system, where a journal cannot be kept safely`,
    still: NOTHING_SENT,
    next: () => ['point FIREBREAK_HOME to a folder on a local disk'],
  },
  'storage-io': {
    failed: (fact) => `the disk reported an error${whyTail(fact)}`,
    still: RECORDED,
    next: () => ['copy the data folder to another disk and go on there with FIREBREAK_HOME'],
  },
  'output-lost': {
    failed: (fact) => `what was to be shown could not be written${whyTail(fact)}`,
    still: 'what the command did is done, and recorded where it says so.',
    next: () => [
      'free some space, or send the output elsewhere',
      'firebreak status says what stands: look there before you run it again',
    ],
  },
  'several-incidents': {
    failed: (fact) => `several incidents are open${fact('ids') === '' ? '' : `: ${fact('ids')}`}`,
    still: SAME,
    next: () => ['say which one: --incident ID'],
  },
  'no-incident': {
    failed: () => 'no incident is open',
    still: '',
    next: () => [
      'firebreak declare <runbook> --title "what is known" opens one',
      'firebreak runbook list helps to choose',
    ],
  },
  'incident-closed': {
    failed: (fact) => `${fact('incident', 'the incident')} is closed`,
    still: 'its journal can be read, exported, verified and noted in.',
    next: () => [
      'firebreak note writes down what is learned later',
      'firebreak declare opens a new incident',
    ],
  },
  'engine-held': {
    failed: (fact) =>
      `another process${fact('by') === '' ? '' : ` (${fact('by')})`} is at work on this incident`,
    still: 'you can read, and write notes, facts and decisions.',
    next: () => ['let it finish, or add --take-over when nobody is there any more'],
  },
  'step-not-ready': {
    failed: (fact) => `${fact('step', 'this step')} is not ready${whyTail(fact)}`,
    still: SAME,
    next: () => ['firebreak next shows the step to take now'],
  },
  'not-installed': {
    failed: (fact) => `${fact('what', 'a part')} is not installed`,
    still: 'everything that does not need it works.',
    next: (fact) => [fact('install', 'see the README')],
  },
  wall: {
    failed: (fact) => `a drill may not reach ${fact('host', fact('what', 'anything live'))}`,
    still: 'it was a drill: nothing live was reached.',
    next: () => [
      'only simulators can be reached in a drill; a live incident is opened with firebreak declare',
    ],
  },
  sealed: {
    failed: (fact) => `${fact('what', 'this')} is sealed and the key is not at hand`,
    still: 'the journal can still be verified, and its public part read.',
    next: () => [
      'firebreak keys show says where the key comes from; at a terminal its passphrase is asked for',
      'where nobody can be asked: FIREBREAK_PASSPHRASE_FILE names a file (chmod 600) that holds it',
      'firebreak declare opens a new incident that can be written to without it',
    ],
  },
};

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
