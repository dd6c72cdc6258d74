import { inflateRawSync } from 'node:zlib';
import { join } from 'node:path';
import type { PaperLetter } from '../../src/letters/papers/document.ts';
import { at } from '../fixtures/incident.ts';
import { draft, sampleOf, withFacts } from './rig.ts';

export const FONTS = join(import.meta.dirname, '../../src/letters/papers/fonts');

/** A letter of the made-up incident as it goes on paper. */
export const paperLetter = (
  letter: string,
  changes: Partial<PaperLetter> = {},
  {
    drill = false,
    facts = sampleOf(letter),
  }: Readonly<{ drill?: boolean; facts?: ReturnType<typeof sampleOf> }> = {},
): PaperLetter => ({
  ...draft(letter, withFacts(facts, drill)),
  sender: 'Harbour Lane Trading Ltd',
  reference: 'amber-otter',
  at: at('2026-11-20T06:00:00Z'),
  page: 'a4',
  to: null,
  ...changes,
});

/** The members of a zip, as text. */
export function membersOf(zip: Uint8Array): ReadonlyMap<string, string> {
  const bytes = Buffer.from(zip);
  const end = bytes.length - 22;
  const members = new Map<string, string>();
  let row = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extra, note] = [28, 30, 32].map((at) => bytes.readUInt16LE(row + at)) as [
      number,
      number,
      number,
    ];
    const name = bytes.toString('utf8', row + 46, row + 46 + nameLength);
    const local = bytes.readUInt32LE(row + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(row + 20));
    const content = bytes.readUInt16LE(row + 10) === 0 ? packed : inflateRawSync(packed);
    members.set(name, content.toString('utf8'));
    row += 46 + nameLength + extra + note;
  }
  return members;
}

/** What a PDF says in the clear: its description, its catalogue, its trailer. */
export const clearText = (pdf: Uint8Array): string =>
  Buffer.from(pdf)
    .toString('latin1')
    .replaceAll(/\bstream\r?\n(?!<\?xpacket)[^]*?endstream/g, 'stream ... endstream');
