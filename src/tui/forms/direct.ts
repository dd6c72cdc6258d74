import { roles } from '../../model/names.ts';
import { directionSchema } from '../../model/facilitation.ts';
import { channels } from '../../model/scenario.ts';
import type { DirectPurpose, Purpose } from '../places.ts';
import { paragraph, type Line } from '../parts/line.ts';
import type { Effect, World } from '../screen.ts';
import { given, type Check, type FormKind, type FormSpec, type Values } from './form.ts';

/** What a facilitator writes: nothing of it is sent before a person has chosen to. */

type Above = (width: number) => readonly Line[];

/** Which drill it is and where its players are: what is written is read there. */
const above =
  (world: World, ...more: readonly string[]): Above =>
  (width) => {
    const page = world.seated?.page;
    const at = page?.players.title ?? null;
    return [
      ...(page === undefined ? [] : paragraph(page.title, width, 'strong')),
      ...(at === null ? [] : paragraph(`The players are at: ${at}`, width, 'dim')),
      ...more.flatMap((text) => paragraph(text, width, 'warn')),
    ];
  };

const ownMessage = (world: World): FormSpec => ({
  title: 'A message of your own to the players',
  above: above(world),
  fields: [
    {
      is: 'one',
      id: 'channel',
      label: 'By',
      options: channels.map((id) => ({ id, title: id })),
      initial: 'chat',
    },
    {
      is: 'one',
      id: 'to',
      label: 'To',
      options: roles.map((id) => ({ id, title: id })),
      initial: 'commander',
    },
    { is: 'line', id: 'text', label: 'What it says; what looks like a secret is hidden on the way' },
    {
      is: 'one',
      open: true,
      id: 'send',
      label: 'Send it?',
      options: [
        { id: 'yes', title: 'Yes, to the players now' },
        { id: 'no', title: 'Not yet', note: 'what was typed is kept' },
      ],
    },
  ],
  does: 'what is chosen',
});

const speedCheck: Check = (text) => {
  const found = directionSchema.safeParse({ do: 'compress', speed: Number(text) });
  return found.success
    ? { ok: true, says: `${Number(text)} times as fast as a watch; every legal clock counts the same hours` }
    : { ok: false, says: 'a number from 0.1 to 600' };
};

/** The word that ends a drill. */
const WORD = 'end';
const endCheck: Check = (text) =>
  text.trim().toLowerCase() === WORD
    ? { ok: true, says: 'enter ends the drill' }
    : { ok: false, says: `not "${WORD}": the drill goes on` };

const specs = {
  'own-message': ownMessage,
  assist: (world: World): FormSpec => ({
    title: 'Help the players',
    above: above(world),
    fields: [{ is: 'line', id: 'text', label: 'What helps them on; the score counts that they were helped' }],
    does: 'send it to the commander by chat',
  }),
  speed: (world: World): FormSpec => ({
    title: 'How fast time runs',
    above: above(world),
    fields: [
      {
        is: 'line',
        id: 'speed',
        // Nothing stands there already: what is typed would be taken for more digits of it.
        label: `How many times as fast as a watch; now ${world.seated?.page.speed ?? 1}`,
        check: speedCheck,
      },
    ],
    does: 'let time run so fast',
  }),
  'end-drill': (world: World): FormSpec => ({
    title: 'End the drill',
    above: above(
      world,
      'Nobody can direct it any more; the players finish it for the score. What they did not reach is not measured.',
    ),
    fields: [{ is: 'line', id: 'word', label: `Type ${WORD} to end it for everybody`, check: endCheck }],
    does: 'end the drill',
  }),
} as const;

const ownEffects = (values: Values): readonly Effect[] => {
  if (given(values, 'send') !== 'yes')
    return [{ do: 'say', tone: 'plain', text: 'Not sent. esc goes back and keeps it.' }];
  const { channel, to, text } = { channel: '', to: '', text: '', ...values };
  const found = directionSchema.safeParse({ do: 'free', channel, to, text });
  return found.success
    ? [{ do: 'back' }, { do: 'direct', direction: found.data }]
    : [{ do: 'say', tone: 'warn', text: 'A message has at most 2000 characters.' }];
};

const effectsOf = (purpose: DirectPurpose, values: Values): readonly Effect[] => {
  switch (purpose.for) {
    case 'own-message':
      return ownEffects(values);
    case 'assist':
      return [{ do: 'back' }, { do: 'direct', direction: { do: 'assist', text: given(values, 'text') } }];
    case 'speed':
      return [
        { do: 'back' },
        { do: 'direct', direction: { do: 'compress', speed: Number(given(values, 'speed')) } },
      ];
    case 'end-drill':
      return [{ do: 'back' }, { do: 'direct', direction: { do: 'end' } }];
  }
};

export const isDirecting = (purpose: Purpose): purpose is DirectPurpose => Object.hasOwn(specs, purpose.for);

export const directForm: FormKind<DirectPurpose> = {
  spec: (purpose, world) => specs[purpose.for](world),
  complete: effectsOf,
};
