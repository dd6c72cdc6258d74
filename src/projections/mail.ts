import { grouped } from '../base/grouped.ts';
import {
  isAboutMail,
  numbersIn,
  standingOf,
  tallyOf,
  type MailEntry,
  type Tally,
} from '../incident/sendings.ts';
import type { IncidentState } from '../incident/state.ts';
import { resultLetters } from '../model/item.ts';
import type { Spans } from '../model/mail-event.ts';
import { joined, type Names, type Private, type Sentence } from './sentence.ts';

/** What became of merged letters on their way out, in the words of a timeline. */

export { isAboutMail };

const ends = {
  whole: '',
  stopped: ', stopped by a person or by the server',
  cut: ', cut off: what was under way is not known',
} as const;

const words = [
  [resultLetters.accepted, 'taken by the server'],
  [resultLetters.forbidden, 'refused for good'],
  [resultLetters.failed, 'not taken, may be tried again'],
  [resultLetters.unknown, 'UNSURE'],
  ['-', 'not begun'],
] as const;

const countOf = (letters: Spans): number => {
  let count = 0;
  for (const _ of numbersIn(letters)) count += 1;
  return count;
};

export function mailed(entry: MailEntry, own: Private, { state }: Names): Sentence {
  switch (entry.kind) {
    case 'mail.intent': {
      const { letters, letter, to, instance, mailing } = entry.pub;
      return {
        what: `About to hand ${grouped(countOf(letters))} letters ${letter} to the mail server${to === 'seed' ? ', to colleagues first' : ''}`,
        detail: `through ${instance}, mailing sha256 ${mailing}`,
      };
    }
    case 'mail.outcome': {
      const { batch, results, ended } = entry.pub;
      const parts = words
        .map(([letter, word]) => ({ count: results.split(letter).length - 1, word }))
        .filter(({ count }) => count > 0)
        .map(({ count, word }) => `${grouped(count)} ${word}`);
      const unsure = results.includes(resultLetters.unknown);
      const failed = results.includes(resultLetters.forbidden) || results.includes(resultLetters.failed);
      return {
        what: `The letters of entry ${batch}${ends[ended]}: ${parts.join(', ')}`,
        result: ended,
        outcome: failed ? 'fail' : unsure ? 'unsure' : 'ok',
      };
    }
    case 'mail.settled': {
      const { letters, taken } = entry.pub;
      return {
        what: `A person settled ${grouped(countOf(letters))} letters in doubt: ${taken ? 'the server had taken them' : 'it had not taken them'}`,
        detail: own('reason'),
      };
    }
    case 'mail.again':
      return {
        what: `Let ${grouped(countOf(entry.pub.letters))} letters be tried again that were refused for good`,
        detail: own('reason'),
      };
    case 'mail.bounced': {
      const { letter, status, lasting } = entry.pub;
      return {
        what: `Letter ${grouped(letter)} came back: ${lasting ? 'it will not arrive' : 'it is late'} (${status})`,
        detail: own('says'),
        outcome: lasting ? 'fail' : 'unsure',
      };
    }
    case 'mail.handed': {
      const { count, mailing } = entry.pub;
      const letter = state.mailings.get(mailing)?.letter ?? 'of a mailing';
      return {
        what: `Gave the file with ${grouped(count)} letters ${letter} to ${own('to')}`,
        detail: joined('they send it, the tool does not', `sha256 ${mailing}`),
      };
    }
  }
}

/** A mailing of which a person has to look at something. */
export type MailDoubt = Readonly<{ mailing: string; letter: string; unsure: number; text: string }>;

/** Letters that may have been taken, and are sent to nobody before somebody has looked. */
export const mailDoubts = (state: IncidentState): readonly MailDoubt[] =>
  mailingsOf(state).flatMap(({ mailing, letter, stand: { unsure } }) =>
    unsure === 0
      ? []
      : [
          {
            mailing,
            letter,
            unsure,
            text: `${grouped(unsure)} letters ${letter} are UNSURE: the mail server may have taken them (firebreak letters sent ${mailing.slice(0, 12)})`,
          },
        ],
  );

const mailingsOf = ({
  sendings,
  mailings,
}: IncidentState): readonly Readonly<{ mailing: string; letter: string; stand: Tally }>[] =>
  [...sendings.values()].map((sending) => {
    const merged = mailings.get(sending.mailing);
    const stand = tallyOf(standingOf(sending, merged?.written ?? 0));
    return { mailing: sending.mailing, letter: merged?.letter ?? '', stand };
  });
