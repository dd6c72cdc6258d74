import { PAPERS, paperFormats } from '../../model/paper.ts';
import type { PaperPurpose } from '../places.ts';
import { paragraph } from '../parts/line.ts';
import { given, type FormKind } from './form.ts';

/** A letter as a file: in which form, and where to. */
export const paperForm: FormKind<PaperPurpose> = {
  spec: ({ title, language }) => ({
    title: 'The letter as a file',
    above: (width) => paragraph(`${title} (${language})`, width, 'dim'),
    fields: [
      {
        is: 'one',
        id: 'format',
        label: 'Form',
        options: paperFormats.map((id) => ({ id, title: id, note: PAPERS[id].title })),
      },
      {
        is: 'line',
        id: 'out',
        label: 'File or folder; empty: the exports folder of this incident',
        optional: true,
      },
    ],
    does: 'write it; it is not sent',
  }),
  complete: ({ letter, language }, values) => [
    { do: 'back' },
    {
      do: 'paper',
      asked: { letter, language, format: given(values, 'format'), to: null },
      out: given(values, 'out') === '' ? null : given(values, 'out'),
    },
  ],
};
