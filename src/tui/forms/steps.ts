import type { DecidePurpose, TickPurpose, SkipPurpose, SettlePurpose } from '../places.ts';
import type { Contact } from '../../model/inventory.ts';
import type { PlannedStep } from '../../model/plan.ts';
import { adviceRows } from '../parts/advice.ts';
import { wantsReason } from '../parts/approval.ts';
import { labelled, paragraph, type Line } from '../parts/line.ts';
import { outcomes } from './call.ts';
import { contactFor, contactLines } from '../parts/contact.ts';
import type { Effect, World } from '../screen.ts';
import { stepOf } from './ask.ts';
import { TIME_HELP, timeCheck, timeOf } from './checks.ts';
import { given, onward, optional, type FormField, type FormKind } from './form.ts';

const OVERRIDES =
  'Nobody has approved it (esc, then a asks): a decision now is recorded as an OVERRIDE with its reason.';

/** A step that decides: the options with what each leads to, why, who, and what was said against it. */
export const decideForm: FormKind<DecidePurpose> = {
  spec(purpose, world) {
    const step = stepOf(world, purpose.step);
    if (step?.kind !== 'decide') throw new Error(`${purpose.step} decides nothing`);
    const decider = world.view?.state.roles.get(step.decider) ?? world.view?.actor ?? '';
    return {
      title: step.title,
      above: (width) => [
        ...paragraph(step.question, width, 'strong'),
        ...adviceRows(step, world, width),
        ...(step.advice === '' ? [] : labelled('Advice', step.advice, width)),
        ...labelled('Decider', step.decider, width),
        ...(wantsReason(step.id, world) ? paragraph(OVERRIDES, width, 'warn') : []),
      ],
      fields: [
        {
          is: 'one',
          open: true,
          id: 'option',
          label: 'Decision',
          options: step.options.map(({ id, title, consequence }) => ({ id, title, note: consequence })),
        },
        { is: 'block', id: 'rationale', label: 'Why' },
        { is: 'line', id: 'decider', label: 'Who decides', initial: decider },
        { is: 'line', id: 'objections', label: 'Strong objections, by whom', optional: true },
      ],
      does: 'record the decision',
    };
  },
  complete: (purpose, values) => [
    onward,
    {
      do: 'act',
      command: {
        do: 'decide',
        step: purpose.step,
        option: given(values, 'option'),
        rationale: given(values, 'rationale'),
        decider: given(values, 'decider'),
        ...optional('objections', given(values, 'objections')),
      },
      said: 'Decision recorded.',
    },
  ],
};

/** A step that submits may be done without a call, so none is claimed beforehand. */
const callField = (contact: Contact | null, submits: boolean): readonly FormField[] =>
  contact === null
    ? []
    : [
        {
          is: 'one',
          id: 'call',
          label: `The call to ${contact.name}`,
          options: [...outcomes, { id: 'none', title: 'Not rung' }],
          initial: submits ? 'none' : 'reached',
        },
      ];

/** A duty is met at the moment of its submission, and only the proof shows it: both are asked where both are at hand. */
const submitFields = (step: PlannedStep | undefined): readonly FormField[] =>
  step?.kind !== 'do' || step.submits === null
    ? []
    : [
        { is: 'line', id: 'at', label: `Submitted at (${TIME_HELP})`, initial: 'now', check: timeCheck },
        {
          is: 'line',
          id: 'reference',
          label: 'Reference that proves it (empty: SENT, NOT PROVED until it is given)',
          optional: true,
        },
      ];

const contactsOf = (step: PlannedStep | undefined, world: World, width: number): readonly Line[] => {
  const contact = contactFor(step, world);
  return contact === null ? [] : contactLines(contact, world, width);
};

/** A step done by hand is finished with its result, typed: a tick alone proves nothing. */
export const tickForm: FormKind<TickPurpose> = {
  spec(purpose, world) {
    const step = stepOf(world, purpose.step);
    const record = step?.kind === 'do' ? step.record : 'What was done, by whom, and how you know it worked';
    return {
      title: step?.kind === 'do' ? step.title : `${step?.title ?? purpose.step}: by hand`,
      above: (width) => [
        ...contactsOf(step, world, width),
        ...paragraph(step?.kind === 'do' ? step.instruction : (step?.fallback ?? ''), width),
        ...labelled('Check', step?.verify ?? '', width),
      ],
      fields: [
        ...callField(contactFor(step, world), step?.kind === 'do' && step.submits !== null),
        ...submitFields(step),
        { is: 'block', id: 'result', label: `Result: ${record}` },
      ],
      does: 'finish the step',
    };
  },
  complete(purpose, values, world) {
    const step = stepOf(world, purpose.step);
    const contact = contactFor(step, world);
    const outcome = outcomes.find(({ id }) => id === given(values, 'call'))?.id;
    const call: readonly Effect[] =
      contact === null || outcome === undefined
        ? []
        : [{ do: 'act', command: { do: 'call', contact: contact.id, outcome }, said: 'Call recorded.' }];
    const at = timeOf(given(values, 'at'), world);
    const submitted =
      at === undefined ? {} : { submitted: { at, reference: optionalText(given(values, 'reference')) } };
    const command = {
      do: 'tick' as const,
      step: purpose.step,
      result: given(values, 'result'),
      ...submitted,
    };
    return [onward, ...call, { do: 'act', command, said: 'Done and recorded.' }];
  },
};

const optionalText = (text: string): string | null => (text === '' ? null : text);

export const skipForm: FormKind<SkipPurpose> = {
  spec(purpose, world) {
    const step = stepOf(world, purpose.step);
    const skip = purpose.for === 'skip';
    return {
      title: `${skip ? 'Leave out' : 'Open again'}: ${step?.title ?? purpose.step}`,
      above: (width) => (skip ? labelled('At stake', step?.why ?? '', width) : []),
      fields: [{ is: 'block', id: 'reason', label: 'Reason' }],
      does: skip ? 'leave the step out' : 'open the step again',
    };
  },
  complete: (purpose, values) => [
    onward,
    {
      do: 'act',
      command: { do: purpose.for, step: purpose.step, reason: given(values, 'reason') },
      said: purpose.for === 'skip' ? 'Left out, with the reason.' : 'Open again.',
    },
  ],
};

export const WAIVER = 'Active misuse: stopping it comes before the evidence';

/** Who says what became of it. The reason is how they know, and stands in the journal for ever. */
export const settleForm: FormKind<SettlePurpose> = {
  spec: (purpose) => ({
    title:
      purpose.result === 'done' ? `It happened: ${purpose.target}` : `It did not happen: ${purpose.target}`,
    above: (width) =>
      paragraph(
        purpose.result === 'done'
          ? 'It will count as done, by your word, until the system proves it.'
          : 'It can be run again afterwards.',
        width,
      ),
    fields: [{ is: 'block', id: 'reason', label: 'How you know: where you looked, what you saw' }],
    does: 'record it',
  }),
  complete: (purpose, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: {
        do: 'settle',
        intent: purpose.intent,
        result: purpose.result,
        reason: given(values, 'reason'),
      },
      said: 'Recorded.',
    },
  ],
};
