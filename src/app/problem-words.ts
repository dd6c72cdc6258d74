import type { ProblemCode } from '../base/problem.ts';
import { drillProblems } from './drill-trouble.ts';
import { handingProblems } from './handing-trouble.ts';

/** Looks a fact up, with words for when the thrower did not know it. */
export type Fact = (name: string, otherwise?: string) => string;
type Words = Readonly<{
  failed: (fact: Fact) => string;
  still: string;
  next: (fact: Fact) => readonly string[];
}>;

const NOTHING_SENT = 'nothing was sent and nothing was changed.';
export const RECORDED = 'everything recorded so far is safe.';
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

/** What failed, what is still true and what to do next, for each problem. */
export const problems: Readonly<Record<ProblemCode, Words>> = {
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
      fact(
        'next',
        LISTS[fact('what')] === undefined ? 'check the name' : `${LISTS[fact('what')]} shows what there is`,
      ),
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
    next: () => ['say which one: --incident, with its id or its codename'],
  },
  'no-incident': {
    failed: (fact) => (fact('drill') === '' ? 'no incident is open' : 'no incident is open, but a drill is'),
    still: '',
    next: (fact) => [
      ...(fact('drill') === '' ? [] : [`firebreak resume ${fact('drill')} goes on with the drill`]),
      ...(fact('closed') === ''
        ? []
        : [`name what is closed to look at it: ${fact('closed')}; firebreak list shows all`]),
      'firebreak declare <runbook> --title "what is known" opens one',
      'firebreak runbook list helps to choose',
    ],
  },
  'incident-closed': {
    failed: (fact) => `${fact('incident', 'the incident')} is closed`,
    still:
      'its journal can be read, exported, verified and noted in, and its duties can be recorded as sent.',
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
