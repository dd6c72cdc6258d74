import { handedLine } from '../../projections/handing-words.ts';
import { blank, labelled, paragraph, type Line } from '../parts/line.ts';
import type { KeepJournalPurpose, PacketConfirmPurpose, PacketPurpose } from '../places.ts';
import type { World } from '../screen.ts';
import { given, type FormKind } from './form.ts';

/** An incident changes laptops: for whom, where to, and the word of the person who hands it over. */

const handedWords = ({ view }: World, width: number): readonly Line[] => {
  const said = view === null ? null : handedLine(view.state, view.zone);
  return said === null
    ? []
    : paragraph(
        `${said}. Where the packet was lost on its way it can be made again, for that machine alone.`,
        width,
        'warn',
      );
};

export const packetForm: FormKind<PacketPurpose> = {
  spec: (_purpose, world) => ({
    title: 'Hand the incident to another laptop',
    above: (width) => [
      ...handedWords(world, width),
      ...paragraph(
        'There somebody types: firebreak keys receive. It prints a line that begins with firebreak-to; it is no secret, so have it sent to you any way you like.',
        width,
      ),
    ],
    fields: [
      { is: 'line', id: 'to', label: 'That line, or a file that holds it' },
      {
        is: 'line',
        id: 'out',
        label: 'Where the packet goes: a new file or a folder (empty: the exports folder)',
        optional: true,
      },
    ],
    does: 'show what that would be; nothing is handed over yet',
  }),
  complete: (_purpose, values) => {
    const out = given(values, 'out');
    return [{ do: 'plan-packet', to: given(values, 'to'), out: out === '' ? null : out }];
  },
};

export const packetConfirmForm: FormKind<PacketConfirmPurpose> = {
  spec: ({ plan }) => ({
    title: 'Hand the incident to another laptop',
    above: (width) => [
      ...labelled('Goes to', `${plan.path}: one file, encrypted for that machine alone`, width),
      ...labelled(
        'Then',
        'it goes on there, and is only read here. What is in flight here is UNSURE there.',
        width,
      ),
      ...plan.left.flatMap((one, i) => labelled(i === 0 ? 'Not inside' : '', one, width)),
      blank,
      ...labelled('For', plan.check, width, 'strong'),
      ...paragraph(
        'Have these characters read out to you by voice, and go on only if they are the same.',
        width,
        'warn',
        11,
      ),
    ],
    fields: [
      {
        is: 'line',
        id: 'name',
        label: `Type the codename to hand it over: ${plan.codename}`,
        check: (text) => {
          const ok = text.trim() === plan.codename;
          return { ok, says: ok ? 'matches' : 'not the codename' };
        },
      },
    ],
    does: 'hand it over',
  }),
  complete: ({ plan }) => [{ do: 'hand-packet', plan }],
};

export const keepJournalForm: FormKind<KeepJournalPurpose> = {
  spec: (_purpose, world) => ({
    title: 'Go on here although it was handed over',
    above: (width) => {
      const said = world.view === null ? null : handedLine(world.view.state, world.view.zone);
      return [
        ...(said === null ? [] : paragraph(said, width)),
        ...paragraph(
          'Only where the packet never got there: ring them first. If both go on, one incident has two stories, and neither hides the other.',
          width,
          'warn',
        ),
      ];
    },
    fields: [{ is: 'line', id: 'reason', label: 'What happened to the packet' }],
    does: 'go on here',
  }),
  complete: (_purpose, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: { do: 'keep-journal', reason: given(values, 'reason') },
      said: 'It goes on here, and the journal says why.',
    },
  ],
};
