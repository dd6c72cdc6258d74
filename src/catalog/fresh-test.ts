import type { RunbookSource, StepSource } from '../model/runbook.ts';

/** What `runbook new` writes beside a runbook: tests to begin with, which hold as they stand. */

const HEAD = `# yaml-language-server: $schema=../test.schema.json
# Tests of this runbook: firebreak runbook test ID-OF-IT plays them on simulators of your own systems, in a time that stands still.
# Change the runbook and its tests together; --coverage shows what no test takes. Every part: firebreak help tests
`;

const FRESH = `${HEAD}
# What the scripted responder answers, for all tests of this file. Steps without a line are done as they stand.
moves:
  record-report: { answer: 'WHAT WAS REPORTED, and by whom' }
  establish-personal-data: { answer: true }
  decide-authority: { decide: tell, because: A risk cannot be excluded. }

tests:
  - id: authority-is-told
    says: With personal data the authority is told, and what the system showed is copied before anything is stopped
    expect:
      # In this order; other steps may lie between.
      path: [record-report, copy-record, decide-authority, write-notice, hold-review]
      # todo, wait, done, hand (by a person), skip, fail, unsure, void (not needed)
      steps: { copy-record: hand, write-notice: done }
      unsure: []
      # clocks: { gdpr.33-1: { is: provisional, started: earliest } }

  - id: nobody-is-told
    says: Without personal data there is nobody to notify
    moves:
      establish-personal-data: { answer: false }
    expect:
      steps: { decide-authority: void, write-notice: void }
      letters: { gdpr-art33: not-needed }

  - id: asked-again
    says: Who decided without personal data in mind is asked again once they are found
    moves:
      decide-authority: { decide: keep, because: 'Nothing of it is about a person, as far as is known.' }
      establish-personal-data: { unknown: true }
    before:
      hold-review:
        - { learn: { fact: personal-data, value: true, because: A name stood in the attachment } }
    expect:
      path: [decide-authority, decide-authority]
      again: [decide-authority]
`;

export const freshTest = (id: string): string => FRESH.replaceAll('ID-OF-IT', id);

/** An answer that lets the script go on; null where the step needs none. */
const moveOf = (step: StepSource): string | null => {
  if ('decide' in step) return `{ decide: ${step.decide.options[0]?.id ?? ''}, because: Write why. }`;
  if (!('ask' in step)) return null;
  if (step.ask.unknown === true) return '{ unknown: true }';
  switch (step.ask.answer) {
    case 'text':
    case 'long-text':
      return "{ answer: 'Write what is answered.' }";
    case 'number':
      return '{ answer: 1 }';
    case 'range':
      return '{ range: { about: 1, from: 1, to: 1, basis: Write where it is from } }';
    case 'yes-no':
      return '{ answer: true }';
    case 'choice':
      return `{ answer: ${step.ask.choices?.[0]?.id ?? ''} }`;
    case 'time':
      return '{ answer: earliest }';
    case 'items':
    case 'secret':
      return '{ skip: Name rows of your own here. }';
  }
};

/** For a runbook that was taken over: every question has an answer, and the way leads from its first step to its last. */
export const testOf = (id: string, { phases }: RunbookSource): string => {
  const steps = phases.flatMap((phase) => phase.steps);
  const moves = steps.flatMap((step) => {
    const move = moveOf(step);
    return move === null ? [] : [`  ${step.id}: ${move}`];
  });
  const always = steps.filter(({ when }) => when === undefined).map((step) => step.id);
  const way = [...new Set([always.at(0), always.at(-1)])].filter((step) => step !== undefined);
  return [
    HEAD.replaceAll('ID-OF-IT', id),
    '# What the scripted responder answers, for all tests of this file. Steps without a line are done as they stand.',
    ...(moves.length === 0 ? ['moves: {}'] : ['moves:', ...moves]),
    '',
    'tests:',
    '  - id: leads-to-its-end',
    '    says: With little known, the way still leads from the first step to the last',
    '    expect:',
    `      path: [${way.join(', ')}]`,
    '',
  ].join('\n');
};
