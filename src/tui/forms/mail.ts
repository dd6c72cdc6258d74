import { grouped } from '../../base/grouped.ts';
import { paragraph } from '../parts/line.ts';
import type {
  AgainPurpose,
  BouncesPurpose,
  HandOverPurpose,
  SettleLettersPurpose,
  ThroughPurpose,
} from '../places.ts';
import { given, type FormKind } from './form.ts';

/** What a person has to say about letters that left, or are to leave. */

const which = (letter: number | null, all: string): string =>
  letter === null ? all : `Letter ${grouped(letter)}`;

const becomes = (taken: boolean, all: boolean): string => {
  if (taken)
    return all ? 'They count as taken and never leave again.' : 'It counts as taken and never leaves again.';
  return all
    ? 'They leave with the next sending. Whoever was sent one that had been taken after all gets it twice.'
    : 'It leaves with the next sending. If it had been taken after all, somebody gets it twice.';
};

export const settleLettersForm: FormKind<SettleLettersPurpose> = {
  spec: ({ letter, taken }) => ({
    title: `${which(letter, 'All letters in doubt')}: the server ${taken ? 'took' : 'did not take'} ${letter === null ? 'them' : 'it'}`,
    above: (width) => paragraph(becomes(taken, letter === null), width, taken ? 'plain' : 'warn'),
    fields: [{ is: 'line', id: 'reason', label: 'Where you looked, and what it said' }],
    does: 'record it',
  }),
  complete: ({ mailing, letter, taken }, values) => [
    { do: 'back' },
    {
      do: 'settle-letters',
      asked: { mailing, letters: letter === null ? null : [letter], taken, reason: given(values, 'reason') },
    },
  ],
};

export const againForm: FormKind<AgainPurpose> = {
  spec: ({ letter }) => ({
    title: `${which(letter, 'All letters that were refused')}: try once more`,
    above: (width) =>
      paragraph(
        'Nothing leaves by this: it goes with the next sending, under the same rules.',
        width,
        'plain',
      ),
    fields: [{ is: 'line', id: 'reason', label: 'What stood in the way, and that it is gone' }],
    does: 'record it',
  }),
  complete: ({ mailing, letter }, values) => [
    { do: 'back' },
    {
      do: 'letters-again',
      asked: { mailing, letters: letter === null ? null : [letter], reason: given(values, 'reason') },
    },
  ],
};

export const bouncesForm: FormKind<BouncesPurpose> = {
  spec: () => ({
    title: 'What came back',
    above: (width) =>
      paragraph(
        'Messages as a mail program saves them (.eml, mbox). Each is found by its Message-ID.',
        width,
      ),
    fields: [{ is: 'line', id: 'file', label: 'File' }],
    does: 'read it and record what came back',
  }),
  complete: (_purpose, values) => [{ do: 'back' }, { do: 'bounces', files: [given(values, 'file')] }],
};

export const throughForm: FormKind<ThroughPurpose> = {
  spec: ({ servers }) => ({
    title: 'Through which mail server',
    above: [],
    fields: [
      {
        is: 'one',
        open: true,
        id: 'server',
        label: 'Mail server',
        options: servers.map((id) => ({ id, title: id })),
      },
    ],
    does: 'show what would be sent',
  }),
  complete: ({ file, to }, values) => [
    { do: 'back' },
    {
      do: 'mailing',
      asked: { file, way: { by: 'server', name: given(values, 'server'), to } },
    },
  ],
};

export const handOverForm: FormKind<HandOverPurpose> = {
  spec: ({ file }) => ({
    title: 'Somebody else sends the file',
    above: (width) => [
      ...paragraph(file, width, 'dim'),
      ...paragraph(
        'Nothing is sent from here any more. They see to the seed, the channel and the report of delivery.',
        width,
      ),
    ],
    fields: [{ is: 'line', id: 'whom', label: 'To whom it is given, and when' }],
    does: 'show what that would be',
  }),
  complete: ({ file }, values) => [
    { do: 'back' },
    { do: 'mailing', asked: { file, way: { by: 'hand', whom: given(values, 'whom') } } },
  ],
};
