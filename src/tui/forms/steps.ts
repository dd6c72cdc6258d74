import type { DecidePurpose, TickPurpose, SkipPurpose, SettlePurpose } from '../places.ts';
import { labelled, paragraph, type Line } from '../parts/line.ts';
import { contactLines } from '../screens/contacts/contacts.ts';
import type { World } from '../screen.ts';
import { stepOf } from './ask.ts';
import { given, onward, optional, type FormKind } from './form.ts';

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
        ...(step.advice === '' ? [] : labelled('Advice', step.advice, width)),
        ...labelled('Decider', step.decider, width),
      ],
      fields: [
        {
          is: 'one',
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

const callLines = (contact: string | null, world: World, width: number): readonly Line[] => {
  const found = world.view?.contacts.find(
    ({ id, for: serves }) => id === contact || serves?.includes(contact ?? '') === true,
  );
  return found === undefined ? [] : contactLines(found, false, world, width);
};

/** A step done by hand is finished with its result, typed: a tick alone proves nothing. */
export const tickForm: FormKind<TickPurpose> = {
  spec(purpose, world) {
    const step = stepOf(world, purpose.step);
    const record = step?.kind === 'do' ? step.record : 'What was done, by whom, and how you know it worked';
    return {
      title: `${step?.title ?? purpose.step}: by hand`,
      above: (width) => [
        ...(step?.kind === 'do' ? callLines(step.call, world, width) : []),
        ...paragraph(step?.kind === 'do' ? step.instruction : (step?.fallback ?? ''), width),
        ...labelled('Check', step?.verify ?? '', width),
      ],
      fields: [{ is: 'block', id: 'result', label: `Result: ${record}` }],
      does: 'finish the step by hand',
    };
  },
  complete: (purpose, values) => [
    onward,
    {
      do: 'act',
      command: { do: 'tick', step: purpose.step, result: given(values, 'result') },
      said: 'Done by hand, recorded.',
    },
  ],
};

export const skipForm: FormKind<SkipPurpose> = {
  spec(purpose, world) {
    const step = stepOf(world, purpose.step);
    const skip = purpose.for === 'skip';
    return {
      title: `${skip ? 'Leave out' : 'Open again'}: ${step?.title ?? purpose.step}`,
      above: (width) => (skip ? labelled('Loses', step?.why ?? '', width) : []),
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
