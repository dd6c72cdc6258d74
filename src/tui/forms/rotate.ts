import { courseLines, waysToEnd } from '../../app/rotation-words.ts';
import type { RotatePurpose } from '../places.ts';
import { labelled, line, paragraph, span, wrap } from '../parts/line.ts';
import type { FormField, FormKind } from './form.ts';
import { given } from './form.ts';

/** The longer way to end a credential: what only a person can give for it, and its name typed out. Enter alone begins nothing. */

const byHand = ({ plan }: RotatePurpose): readonly FormField[] => [
  ...(plan.make.byHand !== null && plan.next === 'make'
    ? [{ is: 'secret', id: 'fresh', label: 'The new one, made by hand (hidden)' } as const]
    : []),
  ...(plan.place === null || plan.place.shut !== null
    ? [
        {
          is: 'one',
          open: true,
          id: 'placed',
          label: 'Is it where the service reads it?',
          options: [
            { id: 'placed', title: 'Yes, it is in its place' },
            { id: 'not-yet', title: 'Not yet: stop there, and go on later' },
          ],
        } as const,
      ]
    : []),
];

export const rotateForm: FormKind<RotatePurpose> = {
  spec(purpose) {
    const { plan } = purpose;
    const [, rotate] = waysToEnd(plan);
    return {
      title: plan.title,
      above: (width) => [
        ...paragraph(rotate.title, width, 'strong'),
        ...rotate.radius.flatMap((text) => paragraph(text, width, 'plain', 2)),
        ...courseLines(plan).flatMap((text) => wrap(line(span(`  ${text}`, 'dim')), width, 5)),
        ...labelled('Then', 'the old one CANNOT be brought back once it has ended', width, 'warn'),
      ],
      fields: [
        ...byHand(purpose),
        {
          is: 'line',
          id: 'typed',
          label: `Type ${plan.kill.phrase} to begin`,
          check: (text) =>
            text.trim() === plan.kill.phrase
              ? { ok: true, says: 'enter begins' }
              : { ok: false, says: `type exactly: ${plan.kill.phrase}` },
        },
      ],
      does: 'make, place, prove, then end the old one',
      ends: 'enter on the last field: begin · esc: leave it, nothing was done',
    };
  },
  complete: ({ plan, reason }, values) => {
    const fresh = values['fresh']?.trim() ?? '';
    return [
      { do: 'back' },
      {
        do: 'rotate',
        plan,
        confirmation: {
          typed: given(values, 'typed'),
          ...(reason === '' ? {} : { reason }),
        },
        given: {
          placed: given(values, 'placed') === 'placed',
          ...(fresh === '' ? {} : { fresh }),
        },
      },
    ];
  },
};
