import type { Standing, Tally } from '../../app/send-contract.ts';
import type { Tone } from '../theme.ts';
import { counted } from './far.ts';

/** Where letters of a mailing can stand, in words. */
export const standSigns: Readonly<Record<Standing, Readonly<{ word: string; says: string; tone: Tone }>>> = {
  taken: { word: 'TAKEN', says: 'by the mail server; taken is not delivered', tone: 'good' },
  refused: { word: 'REFUSED', says: 'for good; these people need another way', tone: 'bad' },
  unsure: {
    word: 'IN DOUBT',
    says: 'they may have been taken, and are not sent again by themselves',
    tone: 'warn',
  },
  later: { word: 'NOT TAKEN', says: 'the next sending tries them again', tone: 'warn' },
  underway: { word: 'UNDER WAY', says: 'now, or cut off: the next sending settles it first', tone: 'wait' },
  open: { word: 'NOT BEGUN', says: 'the next sending goes on with them', tone: 'plain' },
};

/** In the order in which a person wants to know. */
export const standOrder = ['taken', 'refused', 'unsure', 'later', 'underway', 'open'] as const;

export const standWords = (stand: Tally): readonly string[] =>
  counted(standOrder.map((standing) => [stand[standing], standSigns[standing].word.toLowerCase()] as const));
