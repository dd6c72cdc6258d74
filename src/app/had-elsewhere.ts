import { Problem } from '../base/problem.ts';
import { standingOf, standings, type Standing } from '../incident/sendings.ts';
import { ledgerOf } from './mail-ledger.ts';
import type { MailingFile } from './mailing-file.ts';
import type { IncidentParts } from './parts.ts';

const HAD: ReadonlySet<Standing> = new Set<Standing>(['taken', 'unsure', 'underway']);

/** However an address is written, it is one reader. */
export const readerAt = (address: string): string => address.toLowerCase();

/**
 * Readers who had words of this file from another one, or may have had them: where a list was mended and merged again, one letter is
 * enough. The words of each reader's own language are compared: that another language was released meanwhile, or corrected, gives nobody
 * the same letter twice.
 * @throws Problem `sealed`
 */
export function hadElsewhere(parts: IncidentParts, { merged }: MailingFile): ReadonlySet<string> {
  const { sendings, mailings } = parts.ledger.state();
  const words = new Set(Object.values(merged.versions));
  const had = new Set<string>();
  for (const [mailing, sending] of sendings) {
    const other = mailings.get(mailing);
    if (mailing === merged.sha256 || other?.letter !== merged.letter || sending.to === 'seed') continue;
    if (!Object.values(other.versions).some((sha256) => words.has(sha256))) continue;
    const stands = standingOf(sending, other.written);
    for (const { letter, line } of ledgerOf(parts, sending)) {
      if (line === null) throw new Problem('sealed', { what: 'who has had this letter from another file' });
      const version = other.versions[line.language];
      const standing = standings[stands[letter] ?? 0] ?? 'open';
      if (version !== undefined && words.has(version) && HAD.has(standing)) had.add(readerAt(line.to));
    }
  }
  return had;
}
