import type { CallPurpose } from '../places.ts';
import { given, type FormKind } from './form.ts';

export const outcomes = [
  { id: 'reached', title: 'Reached' },
  { id: 'no-answer', title: 'No answer' },
  { id: 'left-message', title: 'Left a message' },
] as const;

/** An attempt counts whatever came of it: a later reader sees when who was tried. */
export const callForm: FormKind<CallPurpose> = {
  spec: ({ name }) => ({
    title: `The call to ${name}`,
    above: [],
    fields: [
      { is: 'one', id: 'outcome', label: 'How it went', options: [...outcomes], initial: 'reached' },
      { is: 'line', id: 'note', label: 'What was said', optional: true },
    ],
    does: 'log the call',
  }),
  complete({ contact }, values) {
    const outcome = outcomes.find(({ id }) => id === given(values, 'outcome'))?.id ?? 'reached';
    const note = given(values, 'note');
    const command = { do: 'call' as const, contact, outcome, ...(note === '' ? {} : { note }) };
    return [{ do: 'back' }, { do: 'act', command, said: 'Call recorded.' }];
  },
};
