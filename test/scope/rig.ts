import { utf8 } from '../../src/base/hash.ts';
import type { Mapping } from '../../src/model/mapping.ts';
import { gatherer, keptIn, type Kept } from '../../src/scope/gather.ts';
import { rowReader, type BadRow } from '../../src/scope/rows.ts';
import { seenIn } from '../../src/scope/sighting.ts';

export const shop: Mapping = {
  title: 'Shop',
  format: 'csv',
  columns: {
    email: 'Email',
    phone: 'Phone',
    name: 'Name',
    country: 'Country',
    at: 'At',
    ids: { shop: 'Id' },
  },
  phone_country: 'DE',
};

export type Read = Readonly<{
  kept: readonly Kept[];
  bad: readonly BadRow[];
  doubts: readonly string[];
  refused: readonly string[];
  hidden: number;
  nobody: number;
}>;

/** A file through the whole reading, in pieces of a size. */
export function read(content: string | Uint8Array, mapping: Mapping, piece = 7): Read {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  const gathered = gatherer();
  const [bad, doubts, refused]: [BadRow[], string[], string[]] = [[], [], []];
  let hidden = 0;
  const reader = rowReader(mapping, bytes.subarray(0, 65_536), {
    onRow: (row) => {
      const seen = seenIn(row, mapping);
      doubts.push(...seen.doubts.map((why) => `${row.line}: ${why}`));
      hidden += seen.hidden;
      gathered.take(seen);
    },
    onBad: (one) => void bad.push(one),
    onRefused: (why) => void refused.push(...why),
  });
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
  reader.end();
  const decoder = new TextDecoder();
  const kept = [...gathered.pieces(200)].flatMap(({ content: lines }) => [...keptIn(decoder.decode(lines))]);
  return { kept, bad, doubts, refused, hidden, nobody: gathered.tally.nobody };
}
