import type { App, Whose } from '../../app/contract.ts';
import { labelled, paragraph, type Line } from './line.ts';

/** Whose systems a report is about, at its head. */
export const whoseLines = (
  whose: Whose,
  { workspace }: Pick<App, 'workspace'>,
  width: number,
): readonly Line[] => {
  switch (whose) {
    case 'own':
      return labelled('About', workspace ?? '', width);
    case 'example':
      return paragraph(
        'About this machine and the built-in example company, not yours: there is no workspace here. firebreak init makes one.',
        width,
        'warn',
      );
    case 'practice':
      return paragraph('PRACTICE: made-up systems. Nothing here is about your company.', width, 'banner');
  }
};

/** Said in the verdict too: a screen reader reads what changed, and the head did not. */
export const limitsOf: Readonly<Record<Whose, string>> = {
  own: '',
  example: ' It says nothing of your systems.',
  practice: ' PRACTICE: it says nothing of your systems.',
};
