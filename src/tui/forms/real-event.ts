import type { RealEventPurpose } from '../places.ts';
import { paragraph } from '../parts/line.ts';
import type { Check, FormKind } from './form.ts';

/** The word that no key types by accident. */
const WORD = 'real';
const check: Check = (text) =>
  text.trim().toLowerCase() === WORD
    ? { ok: true, says: 'enter ends the drill, for everybody' }
    : { ok: false, says: `not "${WORD}": the drill goes on` };

/** Out of a drill into the real thing. Nothing is taken along: what was found in a fake world is true nowhere else. */
export const realEventForm: FormKind<RealEventPurpose> = {
  spec: (_purpose, world) => ({
    title: 'REAL EVENT: end the drill',
    above: (width) => [
      ...paragraph(world.seated?.page.title ?? world.view?.title ?? '', width, 'strong'),
      ...[
        'Something real has happened? Then this drill ends here, for everybody in it.',
        'It is kept as a drill, and its report says why it ended and what was not measured. Nothing of it becomes an incident.',
        world.seated === null
          ? 'Then you declare the real one: the form for it opens at once, empty.'
          : 'The players see why, and can declare the real one with a key.',
      ].flatMap((text) => paragraph(text, width, 'warn')),
    ],
    fields: [{ is: 'line', id: 'word', label: `Type ${WORD} to leave the drill`, check }],
    does: 'end the drill',
  }),
  complete: (_purpose, _values, world) =>
    world.seated === null
      ? [{ do: 'real-event' }]
      : [{ do: 'back' }, { do: 'direct', direction: { do: 'real-event' } }],
};
