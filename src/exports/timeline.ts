import type { ExportFormat } from './export.ts';
import { setSheet } from './timeline/set.ts';
import { sheetOf } from './timeline/sheet.ts';

/** The timeline on paper: landscape, its head repeated, marked and numbered on each page. */
export const timeline: ExportFormat = {
  id: 'timeline',
  title: 'Timeline to print and to file, PDF/A-2a',
  of: 'rows',
  forms: [
    {
      is: 'bytes',
      extension: 'pdf',
      bytes: async (input, { typesetter }) =>
        await Promise.resolve(setSheet(typesetter(), sheetOf(input), input.now)),
    },
  ],
};
