import { isProblem } from '../base/problem.ts';
import { visible } from '../base/text.ts';

/** An error as a person needs it: what failed, what is still true, what to do next, whether trying again is safe. */
export type Trouble = Readonly<{
  failed: string;
  still: string;
  next: string;
  retry: string;
  detail: string;
}>;

type Words = Readonly<Pick<Trouble, 'failed' | 'next' | 'retry'>>;

const AGAIN = 'Trying again is safe.';
const words: Readonly<Record<string, Words>> = {
  'missing-secret': {
    failed: 'A credential of the tool is missing',
    next: 'Do this step by hand (h), or give the credential and try again. `firebreak doctor` names it.',
    retry: AGAIN,
  },
  'not-authorised': {
    failed: 'That is not yours to do',
    next: 'Ask the named role, or give a reason where the screen asks for one.',
    retry: AGAIN,
  },
  'remote-failed': {
    failed: 'The other system refused',
    next: 'Read the detail; try again, or do it by hand (h).',
    retry: 'Nothing was changed, so trying again is safe.',
  },
  'outcome-unknown': {
    failed: 'No answer came, it may have happened',
    next: 'Check the system (r) before anything else.',
    retry: 'Do not try again before you checked.',
  },
  'needs-confirmation': {
    failed: 'It was not confirmed',
    next: 'Type what the screen asks for.',
    retry: AGAIN,
  },
  'plan-changed': {
    failed: 'Things changed since this preview',
    next: 'Nothing was sent. Look at the new preview and confirm again.',
    retry: AGAIN,
  },
  'storage-full': {
    failed: 'The disk is full, nothing more can be recorded',
    next: 'Free space now; nothing acts while it cannot be recorded.',
    retry: 'Safe once there is space.',
  },
  'storage-locked': {
    failed: 'Another program holds the journal',
    next: 'Close it, then try again.',
    retry: AGAIN,
  },
  'storage-read-only': {
    failed: 'The journal cannot be written',
    next: 'Check the permissions of the data folder.',
    retry: AGAIN,
  },
  'journal-broken': {
    failed: 'The journal does not verify',
    next: 'Stop and keep the file as it is. Run `firebreak verify`.',
    retry: 'Do not go on in this journal.',
  },
  'engine-held': {
    failed: 'Another process runs this incident',
    next: 'You can read and write notes here, or take over.',
    retry: AGAIN,
  },
  'step-not-ready': {
    failed: 'This step is not ready',
    next: 'See what it waits for in the step list.',
    retry: AGAIN,
  },
  'incident-closed': {
    failed: 'This incident is closed',
    next: 'Declare a new one that names it.',
    retry: 'It will not help.',
  },
  'not-found': { failed: 'That is not there', next: 'Check the name.', retry: AGAIN },
  'not-installed': {
    failed: 'A part is not installed',
    next: 'The detail names the line that installs it.',
    retry: AGAIN,
  },
  'invalid-file': {
    failed: 'A file is wrong',
    next: 'Run `firebreak runbook lint`: it names file and line.',
    retry: AGAIN,
  },
  wall: {
    failed: 'A drill may not do that',
    next: 'Only the simulators are reachable in a drill.',
    retry: 'It will not help.',
  },
  sealed: {
    failed: 'This is sealed and the key is not here',
    next: 'Open the incident where the key is.',
    retry: AGAIN,
  },
};
const unexpected: Words = {
  failed: 'Something unexpected happened in the tool',
  next: 'Do the step by hand (h) and go on; `firebreak resume` comes back here.',
  retry: 'Check first whether it happened.',
};

const STILL = 'The incident is open and everything recorded so far is safe.';

/** Facts of a problem never hold secrets; they may hold foreign words. */
export const troubleOf = (error: unknown): Trouble => {
  if (isProblem(error)) {
    const { failed, next, retry } = words[error.code] ?? unexpected;
    const detail = Object.entries(error.facts).map(([key, value]) => `${key}: ${visible(value)}`);
    return { failed, still: STILL, next, retry, detail: [error.code, ...detail].join(' · ') };
  }
  const detail = error instanceof Error ? visible(`${error.name}: ${error.message}`) : 'unknown';
  return { ...unexpected, still: STILL, detail };
};
