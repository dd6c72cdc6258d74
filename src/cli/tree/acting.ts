import { severities } from '../../model/names.ts';
import type { CommandSpec, OptionSpec } from '../spec.ts';

const group = 'Containing a breach';

const consent: readonly OptionSpec[] = [
  { flags: '--yes', help: 'agree to the plan that is shown; never enough for what cannot be undone' },
  { flags: '--confirm PHRASE', help: 'the phrase that the plan asks for, word for word' },
];
const why: OptionSpec = { flags: '--why TEXT', help: 'the reason, for the record' };
const secrets: OptionSpec = {
  flags: '--secrets-stdin',
  help: 'read leaked credentials from standard input, one a line: item=VALUE, or VALUE alone',
};

export const acting: readonly CommandSpec[] = [
  {
    name: 'declare',
    args: '<runbook>',
    help: 'open a live incident; legal clocks run provisionally from now on',
    group,
    options: [
      { flags: '--title TEXT', help: 'what is known, in one line' },
      { flags: '--at TIME', help: 'earliest known time: alert, report, receipt in a mailbox' },
      { flags: '--aware TIME', help: 'when somebody was reasonably certain that personal data were hit' },
      {
        flags: '--severity LEVEL',
        help: 'lower than the worst plausible that the runbook assumes',
        choices: severities,
      },
      { flags: '--into ID', help: 'go on with this incident, opened by pause or revoke, under the runbook' },
    ],
    load: async () => (await import('../commands/declare.ts')).declare,
  },
  {
    name: 'resume',
    args: '[incident]',
    help: 'go on where it stopped, or in what was handed over from another machine',
    group,
    options: [
      { flags: '--from FILE', help: 'a packet that somebody made for this machine with handover --out' },
      { flags: '--confirm NAME', help: 'its codename, where no terminal can ask for it' },
    ],
    more: [
      'The app on a terminal, plain lines elsewhere. A packet is verified first, and',
      'becomes an incident here whole or not at all: firebreak help laptops',
    ].join('\n'),
    load: async () => (await import('../commands/resume.ts')).resume,
  },
  {
    name: 'next',
    args: '[incident]',
    help: 'the step to take now, with everything needed to take it',
    group,
    load: async () => (await import('../commands/next.ts')).next,
  },
  {
    name: 'run',
    args: '<step>',
    help: 'show the exact plan of a step, ask, act, and prove it',
    group,
    options: [
      ...consent,
      why,
      { flags: '--dry-run', help: 'show the plan and its hash, and stop' },
      { flags: '--by-hand', help: 'show how a person does it at the vendor, and stop; asks no system' },
    ],
    more: 'Without a terminal the consent must be on the command line: a run that lacks it ends with exit code 7 and says what to add.',
    load: async () => (await import('../commands/run.ts')).runStep,
  },
  {
    name: 'done',
    args: '<step> [result...]',
    help: 'finish a step that a person does: its result, its answer, or its letter',
    group,
    options: [
      {
        flags: '--answer VALUE',
        help: 'the answer of a step that asks; several times for a list',
        many: true,
      },
      { flags: '--unknown', help: 'the answer is not known yet' },
      { flags: '--at TIME', help: 'for a step that submits a notification: when it was sent' },
      { flags: '--reference TEXT', help: 'for such a step: what proves that it was sent' },
      why,
      secrets,
    ],
    load: async () => (await import('../commands/done.ts')).done,
  },
  {
    name: 'skip',
    args: '<step>',
    help: 'leave a step out, with a reason that everybody will read',
    group,
    options: [why],
    load: async () => (await import('../commands/skip.ts')).skip,
  },
  {
    name: 'undo',
    args: '<step>',
    help: 'restore what a step, or a pause outside the runbook, changed; names the step or the row',
    group,
    options: [...consent, why],
    load: async () => (await import('../commands/run.ts')).undoStep,
  },
  ...(['pause', 'revoke'] as const).map((name): CommandSpec => ({
    name,
    args: '<integration>',
    help:
      name === 'pause'
        ? 'stop an integration of the inventory, outside any runbook'
        : 'end a credential or integration for good',
    group,
    options: [...consent, why, secrets, { flags: '--dry-run', help: 'show the plan and its hash, and stop' }],
    more: 'The same plan, consent, proof and journal as a step has. Without an open incident it opens one: declare --into attaches it.',
    load: async () => (await import('../commands/contain.ts'))[name],
  })),
  {
    name: 'release',
    help: 'switch on again what the incident has stopped, in safe order; others must agree, and no reason stands in for them',
    group,
    options: [
      { flags: '--ask', help: 'ask others to approve exactly what is held now' },
      ...consent,
      { flags: '--dry-run', help: 'show the list and its hash, and stop' },
    ],
    more: 'What receives goes on before what sends to it, credentials last. What was off before us stays off; what somebody else changed since is left as it is, and holds back what depends on it. The same command goes on with what is left. One step alone: firebreak undo.',
    load: async () => (await import('../commands/release.ts')).release,
  },
  {
    name: 'rotate',
    args: '<credential>',
    help: 'replace a credential: a new one is made, put in its place and proved before the old one ends',
    group,
    options: [
      ...consent,
      why,
      secrets,
      { flags: '--step ID', help: 'as the way in which this step of the runbook ends it' },
      { flags: '--new-stdin', help: 'read the new credential that a person made from standard input' },
      { flags: '--placed', help: 'a person has put it where the service reads it' },
      { flags: '--again', help: 'put the new one in its place again' },
      { flags: '--back', help: 'put the old one back and end the new one, while the old one lives' },
      { flags: '--dry-run', help: 'show both ways, the plan and its hash, and stop' },
    ],
    more: 'Goes on where it stopped, after a crash too. Where the new one is not proved, the old one is not ended. How a new one is made, and where it goes: `make` and `place` in the inventory, `places` in firebreak.yaml.',
    load: async () => (await import('../commands/rotate.ts')).rotate,
  },
  {
    name: 'settle',
    args: '<attempt>',
    help: 'say what became of an attempt whose outcome is not known: 41, or 41.7 for one target of a batch',
    group,
    options: [
      {
        flags: '--result RESULT',
        help: 'what was found: done, it happened; failed, it did not',
        choices: ['done', 'failed'],
      },
      why,
    ],
    load: async () => (await import('../commands/settle.ts')).settle,
  },
  {
    name: 'close',
    args: '[incident]',
    help: 'end the incident; leaked credentials that were kept for the proof are destroyed',
    group,
    options: [
      { flags: '--summary TEXT', help: 'what happened and how it ended' },
      { flags: '--not-an-incident', help: 'it was a false alarm' },
    ],
    load: async () => (await import('../commands/close.ts')).close,
  },
];
