import { isProblem, type Problem, type ProblemCode } from '../base/problem.ts';
import { StorageError, type StorageCode } from '../io/storage.ts';
import { Interrupted } from './ask.ts';

// The one place where a coded trouble becomes words and an exit code. The words answer three questions of a tired person:
// what failed, what is still true, what to do next.

/** Ready to be shown; `details` are further lines below the sentence. */
export type Failure = Readonly<{
  code: string;
  exit: number;
  failed: string;
  details: readonly string[];
  still: string;
  next: readonly string[];
}>;

/** Null for what nobody foresaw. */
export function describe(error: unknown): Failure | null {
  if (isProblem(error)) return ofProblem(error);
  if (error instanceof StorageError) return ofStorage(error);
  if (error instanceof Interrupted)
    return { code: 'interrupted', exit: 130, failed: '', details: [], still: '', next: [] };
  return null;
}

/** Looks a fact up, with words for when the thrower did not know it. */
type Fact = (name: string, otherwise?: string) => string;
type Words = Readonly<{
  exit: number;
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

/** The flags that stand for the word of a person, from what the engine missed. */
const flagsFor = (fact: Fact): string => {
  if (fact('preserve') !== '' || fact('reason') !== '') return '--why TEXT';
  return fact('with', 'yes') === 'yes' ? '--yes' : `--confirm='${fact('with')}'`;
};

/** The list that shows what there is, for something that was not found. */
const LISTS: Readonly<Record<string, string>> = {
  step: 'firebreak status',
  incident: 'firebreak list',
  runbook: 'firebreak runbook list',
  drill: 'firebreak drill list',
  'inventory row': 'firebreak inventory',
  letter: 'firebreak letters list',
  'export format': 'firebreak export',
  contact: 'firebreak doctor',
};

const problems: Readonly<Record<ProblemCode, Words>> = {
  usage: {
    exit: 2,
    failed: (fact) => fact('why', 'this cannot be asked for like that'),
    still: '',
    next: (fact) => [fact('next', 'firebreak help shows how commands are written')],
  },
  'invalid-file': {
    exit: 3,
    failed: (fact) =>
      `${fact('file', 'a definition')}${fact('line') === '' ? '' : `:${fact('line')}`} is not valid${whyTail(fact)}`,
    still: 'only this definition is switched off, everything else works.',
    next: () => ['firebreak runbook lint names every fault with its line'],
  },
  'missing-secret': {
    exit: 4,
    failed: (fact) =>
      `the secret ${fact('name', 'that is needed')} (${fact('ref', 'no source given')}) is missing${whyTail(fact)}`,
    still: 'nothing was sent; the steps that need it can be done by hand, all others run.',
    next: () => [
      'provide it and run the command again, or: firebreak next shows the way by hand',
      'firebreak doctor lists what else is missing',
    ],
  },
  'not-authorised': {
    exit: 4,
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
    exit: 5,
    failed: (fact) =>
      `${fact('target', fact('what', 'the other system'))} refused or did not answer${whyTail(fact)}`,
    still: 'nothing was changed there; the attempt is in the journal.',
    next: () => ['trying again is safe', 'firebreak next shows the way by hand'],
  },
  'outcome-unknown': {
    exit: 6,
    failed: (fact) =>
      `what became of ${fact('targets', fact('target', 'an attempt'))} is not known${whyTail(fact)}`,
    still: 'it may have happened. It will not be repeated by itself, and the journal says so.',
    next: () => ['firebreak status --recheck asks the real systems', 'do not run the step again before that'],
  },
  'needs-confirmation': {
    exit: 7,
    failed: (fact) =>
      `${fact('what', fact('step', 'this'))} needs a person's word, and there is no terminal to ask at`,
    still: NOTHING_SENT,
    next: (fact) => [`run it again with: ${fact('flags', flagsFor(fact))}`],
  },
  overdue: {
    exit: 8,
    failed: (fact) => `overdue: ${fact('what', 'a clock')}`,
    still:
      'a duty met late is better than one not met; the reasons for the delay belong into the notification.',
    next: (fact) => [fact('next', 'firebreak clocks shows whom to tell')],
  },
  'journal-broken': {
    exit: 9,
    failed: (fact) =>
      `the journal${fact('path') === '' ? '' : ` ${fact('path')}`} does not verify${whyTail(fact)}`,
    still: 'the file was left exactly as it is.',
    next: () => [
      'keep a copy of the file: it is evidence now',
      'do not go on in this journal; declare a new incident',
    ],
  },
  'not-found': {
    exit: 10,
    failed: (fact) => `there is no ${named(fact)}${whyTail(fact)}`,
    still: '',
    next: (fact) => [
      ...(fact('near') === ''
        ? []
        : [fact('near').includes(', ') ? `one of: ${fact('near')}` : `did you mean ${fact('near')}?`]),
      ...(LISTS[fact('what')] === undefined
        ? ['check the name']
        : [`${LISTS[fact('what')]} shows what there is`]),
    ],
  },
  'plan-changed': {
    exit: 11,
    failed: (fact) => `things changed since the plan was shown${whyTail(fact)}`,
    still: NOTHING_SENT,
    next: () => ['run the command again and read the new plan'],
  },
  'drill-not-passed': {
    exit: 12,
    failed: (fact) =>
      `the drill was not passed${fact('step') === '' ? '' : `, step ${fact('step')}`}${whyTail(fact)}`,
    still: 'it was a drill: nothing live was reached. Its journal and timeline are kept.',
    next: () => ['the scorecard above says what was missed; play it again with the same --seed'],
  },
  'storage-full': {
    exit: 13,
    failed: (fact) => `the disk is full${fact('path') === '' ? '' : ` (${fact('path')})`}`,
    still: `${RECORDED} No new effect is begun that could not be recorded.`,
    next: () => [
      'free some space and run the command again',
      'meanwhile work by hand and write times down on paper',
    ],
  },
  'storage-locked': {
    exit: 13,
    failed: (fact) => `another program holds ${fact('path', 'the journal')}`,
    still: RECORDED,
    next: () => ['wait a moment and run the command again; end the other program if it hangs'],
  },
  'storage-read-only': {
    exit: 13,
    failed: (fact) => `${fact('path', 'the journal')} cannot be written`,
    still: RECORDED,
    next: () => ['look at owner and mode of the folder, or point FIREBREAK_HOME to one that can be written'],
  },
  'storage-network': {
    exit: 13,
    failed: (fact) =>
      `${fact('path', 'the data folder')} is on a network file system, where a journal cannot be kept safely`,
    still: NOTHING_SENT,
    next: () => ['point FIREBREAK_HOME to a folder on a local disk'],
  },
  'storage-io': {
    exit: 13,
    failed: (fact) => `the disk reported an error${whyTail(fact)}`,
    still: RECORDED,
    next: () => ['copy the data folder to another disk and go on there with FIREBREAK_HOME'],
  },
  'several-incidents': {
    exit: 2,
    failed: (fact) => `several incidents are open${fact('ids') === '' ? '' : `: ${fact('ids')}`}`,
    still: SAME,
    next: () => ['say which one: --incident ID'],
  },
  'no-incident': {
    exit: 10,
    failed: () => 'no incident is open',
    still: '',
    next: () => [
      'firebreak declare <runbook> --title "what is known" opens one',
      'firebreak runbook list helps to choose',
    ],
  },
  'incident-closed': {
    exit: 3,
    failed: (fact) => `${fact('incident', 'the incident')} is closed`,
    still: 'its journal can be read, exported, verified and noted in.',
    next: () => [
      'firebreak note writes down what is learned later',
      'firebreak declare opens a new incident',
    ],
  },
  'engine-held': {
    exit: 13,
    failed: (fact) =>
      `another process${fact('by') === '' ? '' : ` (${fact('by')})`} is at work on this incident`,
    still: 'you can read, and write notes, facts and decisions.',
    next: () => ['let it finish, or add --take-over when nobody is there any more'],
  },
  'step-not-ready': {
    exit: 3,
    failed: (fact) => `${fact('step', 'this step')} is not ready${whyTail(fact)}`,
    still: SAME,
    next: () => ['firebreak next shows the step to take now'],
  },
  'not-installed': {
    exit: 4,
    failed: (fact) => `${fact('what', 'a part')} is not installed`,
    still: 'everything that does not need it works.',
    next: (fact) => [fact('install', 'see the README')],
  },
  wall: {
    exit: 4,
    failed: (fact) => `a drill may not reach ${fact('host', fact('what', 'anything live'))}`,
    still: 'it was a drill: nothing live was reached.',
    next: () => [
      'only simulators can be reached in a drill; a live incident is opened with firebreak declare',
    ],
  },
  sealed: {
    exit: 4,
    failed: (fact) => `${fact('what', 'this')} is sealed and the key is not here`,
    still: 'the journal can still be verified, and its public part read.',
    next: () => ['open the incident where its key file lies'],
  },
};

export function ofProblem({ code, facts }: Problem): Failure {
  const fact: Fact = (name, otherwise = '') => {
    const value = facts[name];
    return value === undefined || value === '' ? otherwise : value;
  };
  const { exit, failed, still, next } = problems[code];
  return { code, exit, failed: failed(fact), details: [], still, next: next(fact) };
}

const storage: Readonly<
  Record<StorageCode, Readonly<{ like: ProblemCode } | { exit: number; next: string }>>
> = {
  full: { like: 'storage-full' },
  'read-only': { like: 'storage-read-only' },
  locked: { like: 'storage-locked' },
  'network-filesystem': { like: 'storage-network' },
  io: { like: 'storage-io' },
  corrupt: { like: 'journal-broken' },
  sealed: { like: 'sealed' },
  missing: { exit: 10, next: 'check the path' },
  exists: { exit: 13, next: 'nothing is overwritten: name another place, or move what is there' },
  permissions: {
    exit: 13,
    next: 'only you may be able to read it: chmod 600 the file, chmod 700 the folder',
  },
  'too-large': { exit: 13, next: 'keep the large file elsewhere and record its SHA-256 as a note' },
  'wrong-key': { exit: 13, next: 'use the data folder with the keys that this journal was made with' },
  newer: { exit: 13, next: 'use the version of firebreak that wrote it, or a later one' },
};

function ofStorage({ code, path, message, landed }: StorageError): Failure {
  const found = storage[code];
  const kept =
    landed === null
      ? []
      : [
          landed
            ? 'What was being written is in the journal.'
            : 'What was being written is not in the journal.',
        ];
  if ('exit' in found) {
    return {
      code: `storage-${code}`,
      exit: found.exit,
      failed: message,
      details: kept,
      still: RECORDED,
      next: [found.next],
    };
  }
  const { exit, failed, still, next } = problems[found.like];
  const fact: Fact = (name, otherwise = '') =>
    name === 'path' && path !== '' ? path : name === 'why' ? message : otherwise;
  return { code: `storage-${code}`, exit, failed: failed(fact), details: kept, still, next: next(fact) };
}
