import { keyOf } from '../keys.ts';
import type {
  SubmitPurpose,
  ProvePurpose,
  AcknowledgePurpose,
  StartPurpose,
  RuleOutPurpose,
} from '../places.ts';
import type { Basis } from '../../model/event.ts';
import { labelled, paragraph } from '../parts/line.ts';
import { TIME_HELP, timeCheck, timeOf } from './checks.ts';
import { given, type FormKind } from './form.ts';

export const submitForm: FormKind<SubmitPurpose> = {
  spec: (purpose, { look }) => ({
    title: `Submitted: ${purpose.duty}`,
    above: (width) =>
      paragraph(
        `The duty is met at this moment once its proof is recorded (${keyOf(look, 'clocks:prove')}); until then it stays SENT, NOT PROVED.`,
        width,
        'dim',
      ),
    fields: [
      { is: 'line', id: 'channel', label: 'How and to whom: portal, e-mail, phone' },
      { is: 'line', id: 'at', label: `When (${TIME_HELP})`, initial: 'now', check: timeCheck },
    ],
    does: 'record the submission',
  }),
  complete(purpose, values, world) {
    const at = timeOf(given(values, 'at'), world);
    const command = {
      do: 'submit' as const,
      duty: purpose.duty,
      channel: given(values, 'channel'),
      ...(at === undefined ? {} : { at }),
    };
    return [
      { do: 'back' },
      {
        do: 'act',
        command,
        said: `Submission recorded: prove it next (${keyOf(world.look, 'clocks:prove')}).`,
      },
    ];
  },
};

const kinds = [
  { id: 'portal-reference', title: 'Reference of the portal' },
  { id: 'delivery-status', title: 'Delivery status of the mail server' },
  { id: 'screenshot', title: 'Screenshot' },
  { id: 'other', title: 'Something else' },
] as const;

export const proveForm: FormKind<ProvePurpose> = {
  spec: (purpose) => ({
    title: `Proof: ${purpose.duty}`,
    above: [],
    fields: [
      { is: 'one', id: 'kind', label: 'Kind of proof', options: kinds },
      { is: 'line', id: 'reference', label: 'Reference number, or where the evidence is' },
    ],
    does: 'record the proof',
  }),
  complete: (purpose, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: {
        do: 'prove',
        duty: purpose.duty,
        kind: given(values, 'kind') as (typeof kinds)[number]['id'],
        reference: given(values, 'reference'),
      },
      said: 'Proof recorded.',
    },
  ],
};

export const acknowledgeForm: FormKind<AcknowledgePurpose> = {
  spec: (purpose) => ({
    title: `Acknowledged: ${purpose.duty}`,
    above: [],
    fields: [
      { is: 'line', id: 'reference', label: 'Reference, and who acknowledged' },
      { is: 'line', id: 'at', label: `When (${TIME_HELP})`, initial: 'now', check: timeCheck },
    ],
    does: 'record it',
  }),
  complete(purpose, values, world) {
    const at = timeOf(given(values, 'at'), world);
    const command = {
      do: 'acknowledge' as const,
      duty: purpose.duty,
      reference: given(values, 'reference'),
      ...(at === undefined ? {} : { at }),
    };
    return [{ do: 'back' }, { do: 'act', command, said: 'Acknowledgement recorded.' }];
  },
};

const bases = [
  { id: 'told', title: 'Somebody said so' },
  { id: 'log', title: 'A log shows it' },
  { id: 'observed', title: 'Seen by a responder' },
  { id: 'estimated', title: 'Estimated' },
] as const;

/** The start of a clock is learned once; later it is corrected, and both values stay in the journal. */
export const startForm: FormKind<StartPurpose> = {
  spec(purpose, world) {
    const fact = world.view?.state.facts.get(purpose.fact);
    return {
      title: `${fact === undefined ? 'Record' : 'Correct'}: ${purpose.fact}`,
      above: (width) =>
        fact === undefined
          ? paragraph(
              'From this moment the clock counts. It does not say that anyone admits anything.',
              width,
              'dim',
            )
          : labelled('Now', `entry ${fact.n}, by ${fact.by}; it stays in the journal`, width),
      fields: [
        { is: 'line', id: 'at', label: `When (${TIME_HELP})`, initial: '', check: timeCheck },
        { is: 'one', id: 'basis', label: 'How it is known', options: bases },
        { is: 'line', id: 'reason', label: 'Why: who knew what, and how' },
      ],
      does: fact === undefined ? 'record the fact' : 'correct the fact',
    };
  },
  complete(purpose, values, world) {
    const at = timeOf(given(values, 'at'), world);
    if (at === undefined) return [];
    const about = {
      fact: purpose.fact,
      answer: { is: 'time' as const, at },
      at,
      basis: given(values, 'basis') as Basis,
      reason: given(values, 'reason'),
    };
    const verb =
      world.view?.state.facts.has(purpose.fact) === true ? ('correct' as const) : ('learn' as const);
    return [
      { do: 'back' },
      { do: 'act', command: { do: verb, ...about }, said: 'Recorded: the clock counts from there.' },
    ];
  },
};

export const ruleOutForm: FormKind<RuleOutPurpose> = {
  spec: (purpose, world) => ({
    title: `Rule out: ${purpose.fact}`,
    above: (width) =>
      paragraph(
        `Your name (${world.view?.actor ?? ''}) stands beside this. Its clock stops; a later fact can start it again.`,
        width,
        'warn',
      ),
    fields: [{ is: 'block', id: 'reason', label: 'Reason' }],
    does: 'rule it out',
  }),
  complete: (purpose, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: { do: 'rule-out', fact: purpose.fact, reason: given(values, 'reason') },
      said: 'Ruled out, with your reason.',
    },
  ],
};
