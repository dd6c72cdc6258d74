import { z } from 'zod';
import type { Sending } from '../incident/sendings.ts';
import type { MailLetter } from '../letters/mail/mailing.ts';
import { itemRef } from '../model/item.ts';
import type { IncidentParts } from './parts.ts';

/** Who got which version of a letter: sealed beside each letter that was sent, and read only by who has the key. */

const schema = z.strictObject({
  id: z.string(),
  to: z.string(),
  language: z.string(),
  sha256: z.string(),
  key: z.string(),
  message: z.string(),
});
export type LedgerLine = Readonly<z.infer<typeof schema>>;

export const ledgerLine = ({ id, to, language, sha256, key }: MailLetter, message: string): string =>
  JSON.stringify({ id, to, language, sha256, key, message } satisfies LedgerLine);

/** Each letter that was meant to leave, in order of the runs; `line` is null without the key. A letter tried in two runs comes twice. */
export function* ledgerOf(
  { ledger }: IncidentParts,
  { said }: Sending,
): Generator<Readonly<{ letter: number; line: LedgerLine | null }>, void> {
  for (const part of said) {
    if (part.is !== 'part') continue;
    for (const { item, kind, pub } of ledger.batches.rows(part.n)) {
      if (kind !== 'plan' || typeof pub['n'] !== 'number') continue;
      const text = ledger.reveal({ n: itemRef(part.n, item), name: 'about' });
      yield { letter: pub['n'], line: text === null ? null : schema.parse(JSON.parse(text)) };
    }
  }
}
