import { standingOf, tallyOf, type Sending, type Tally } from '../incident/sendings.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Reveal } from '../model/event.ts';

/** Files of merged letters, each with what has left of it. No reader is in it. */

export type MailingRow = Readonly<{
  mailing: string;
  letter: string;
  format: string;
  letters: number;
  /** Where it was written; null without the key. */
  path: string | null;
  /** Null while nothing has left. */
  sending: Readonly<{
    to: Sending['to'];
    stand: Tally;
    handed: boolean;
    underWay: boolean;
    cameBack: number;
  }> | null;
}>;

/** The newest first. */
export const mailingRows = (
  state: Pick<IncidentState, 'mailings' | 'sendings' | 'openSendings'>,
  reveal: Reveal,
): readonly MailingRow[] =>
  [...state.mailings].toReversed().map(([mailing, { n, letter, format, written }]) => {
    const sending = state.sendings.get(mailing);
    return {
      mailing,
      letter,
      format,
      letters: written,
      path: reveal({ n, name: 'path' }),
      sending:
        sending === undefined
          ? null
          : {
              to: sending.to,
              stand: standOf(sending, written),
              handed: sending.handed !== null,
              underWay: [...state.openSendings.values()].includes(mailing),
              cameBack: new Set(
                sending.bounces.filter(({ lasting }) => lasting).map(({ letter: one }) => one),
              ).size,
            },
    };
  });

/** Of a million letters it is counted once, and not at every look. */
const counted = new WeakMap<Sending, Tally>();
const standOf = (sending: Sending, letters: number): Tally => {
  const found = counted.get(sending) ?? tallyOf(standingOf(sending, letters));
  counted.set(sending, found);
  return found;
};
