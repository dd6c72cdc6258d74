import { keyTopic } from './key-topic.ts';

/** `firebreak help <topic>`: what a person may need to read without a network. */
export const topics = {
  'exit-codes': `EXIT CODES (never renumbered)

  0    ok
  1    unexpected: a fault of firebreak itself
  2    usage: the command line is wrong, or several incidents are open and none was named
  3    validation or lint failed; findings of doctor
  4    a credential is missing, or it is not allowed; the step is left to be done by hand
  5    a remote action failed, nothing was changed
  6    partial, unproved or unknown outcome: ask the real system before anything else
  7    a person's word is needed and there is no terminal to ask at
  8    a clock is overdue (clocks --check)
  9    the journal is not whole
  10   not found
  11   the plan changed since it was shown; nothing was sent
  12   the drill was not passed
  13   storage refused: full, locked, read-only, network file system
  129, 130, 143   ended by a signal (hang-up, Ctrl-C, TERM)
`,
  keymap: keyTopic,
  legal: `LEGAL

  firebreak is not legal advice. Every clock names its rule, source and version; ask counsel early.

  A clock starts with a recorded fact ("aware since ..."). Until its start is recorded or ruled out by a
  named person, a duty that could apply runs PROVISIONAL from the earliest known time, the careful reading.
  A duty is met at the instant of submission once proof of it is recorded; until then it is SENT, UNPROVEN.
  What is not known yet may follow in phases where the rule allows it (GDPR Art. 33(4)); the letter says so.
  In card cases the merchant tells its acquirer at once; the brands' clocks are shown with who owes them.

  firebreak fact <fact> VALUE [--at TIME]       records a fact, and with it starts a clock
  firebreak fact <fact> --rule-out --why TEXT   rules it out: ends the clocks it would start
  firebreak clocks                              every duty, until when, whom to ring
`,
  secrets: `SECRETS

  firebreak.yaml names where a secret comes from, never the secret itself:

    env: NAME                    an environment variable
    file: PATH                   a file that only you can read (chmod 600)
    keychain: NAME               the keychain of the operating system
    command: [op, read, ...]     the output of a program; no shell reads it

  The key that live incidents are sealed with is another matter: firebreak keys show.

  Secrets are resolved at the moment of use and are never in the journal, on a screen, in a log or in an argument.

  A leaked credential is given in a hidden field or on standard input:

    pbpaste | firebreak done give-token --secrets-stdin

  It is kept sealed only because the proof that it is dead needs it again, is named in public by a keyed
  fingerprint, and is destroyed when the incident is closed.
`,
} as const;

export const topicIds = Object.keys(topics) as readonly (keyof typeof topics)[];
