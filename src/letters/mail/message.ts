import MailComposer from 'nodemailer/lib/mail-composer';
import { sha256Hex } from '../../base/hash.ts';
import { formatMailDate, type Instant } from '../../base/instant.ts';
import { visible } from '../../base/text.ts';
import type { MailLetter } from './mailing.ts';

/** Who writes, as the letters of a mailing have it in common. */
export type Sender = Readonly<{ address: string; name: string; drill: boolean }>;

/**
 * What a letter is called on its way: the same person and the same words always give the same name, so a letter in doubt is found in the
 * log of a mail server, and what comes back names it.
 */
export const messageId = ({ key }: Pick<MailLetter, 'key'>, { address }: Pick<Sender, 'address'>): string =>
  `<${key}@${address.slice(address.lastIndexOf('@') + 1)}>`;

/** One letter as RFC 5322 wants it, lines ended by CR LF: the same letter at the same time gives the same bytes. */
export async function messageOf(letter: MailLetter, sender: Sender, at: Instant): Promise<Uint8Array> {
  const composer = new MailComposer({
    from: { name: visible(sender.name), address: sender.address },
    to: { name: visible(letter.name), address: letter.to },
    subject: visible(letter.subject),
    text: letter.text,
    date: formatMailDate(at).replace('GMT', '+0000'),
    messageId: messageId(letter, sender),
    baseBoundary: sha256Hex(letter.key).slice(0, 16),
    headers: {
      'Content-Language': letter.language,
      // Nobody's out-of-office note answers it, and no list takes it for post of a person.
      'Auto-Submitted': 'auto-generated',
      ...(sender.drill ? { 'X-Firebreak': 'DRILL' } : {}),
    },
    textEncoding: 'quoted-printable',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}
