import MailComposer from 'nodemailer/lib/mail-composer';
import { sha256Hex } from '../../base/hash.ts';
import { formatMailDate, formatUtc } from '../../base/instant.ts';
import { visible } from '../../base/text.ts';
import { stampWord } from '../locale.ts';
import type { PaperLetter } from './document.ts';

/**
 * The letter as a mail that a mail program opens for editing: text and page beside each other, nobody in `To` unless somebody was
 * named. Everything that is usually drawn by lot is made of the letter, so the same letter gives the same bytes.
 */
export async function emlOf(letter: PaperLetter): Promise<Uint8Array> {
  const { stamp, subject, text, html, at, to } = letter;
  const mark = sha256Hex([letter.reference, letter.letter, formatUtc(at), subject, text, html].join('\0'));
  const composer = new MailComposer({
    subject: visible(stamped(letter)),
    ...(to === null ? {} : { to: visible(to) }),
    text,
    html,
    date: formatMailDate(at).replace('GMT', '+0000'),
    messageId: `<${mark.slice(0, 32)}@firebreak.invalid>`,
    baseBoundary: mark.slice(32, 48),
    headers: {
      'X-Unsent': '1',
      'Content-Language': letter.language,
      ...(stamp === null ? {} : { 'X-Firebreak-Status': stamp }),
    },
    textEncoding: 'quoted-printable',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}

/** A drill's subject says so by itself. */
const stamped = ({ stamp, subject, language }: PaperLetter): string => {
  const word = stamp === null ? null : stampWord(language, stamp);
  return word === null || subject.startsWith(`${word}: `) ? subject : `${word}: ${subject}`;
};
