import { copyFileSync, renameSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { edit, entryFile, flip, remove, swap, touching, type Change, type Mutation } from './change.ts';

export function entryMutations(size: number): readonly Mutation[] {
  const spread = Array.from({ length: 10 }, (_, i) => Math.floor((i * (size - 1)) / 9));
  const last = size - 1;
  return [
    ...touching(
      ['entries'],
      [
        ...spread.map((n): Change => [`entry #${n}: one bit`, flip(entryFile(n), 40 + n)]),
        [
          'entry #7: another actor',
          edit(entryFile(7), (text) => text.replace(/"actor":"[^"]+"/, '"actor":"eve"')),
        ],
        ['entry #8: another time', edit(entryFile(8), (text) => text.replace(/"wall":"2/, '"wall":"1'))],
        ['entry #9: another number', edit(entryFile(9), (text) => text.replace('"n":9', '"n":10'))],
        [
          'entry #10: another log',
          edit(entryFile(10), (text) => text.replace('firebreak.invalid/l/', 'firebreak.invalid/m/')),
        ],
        ['entry #11: a space more', edit(entryFile(11), (text) => text.replace('"n":11', '"n": 11'))],
        ['entry #12: a line feed at the end', edit(entryFile(12), (text) => `${text}\n`)],
        [`entry #${last}: the same at the end`, edit(entryFile(last), (text) => `${text} `)],
        ['entry #13: empty', (bundle) => truncateSync(join(bundle, entryFile(13)))],
        ['entries #1 and #2 swapped', swap(entryFile(1), entryFile(2))],
        [`entries #${last - 1} and #${last} swapped`, swap(entryFile(last - 1), entryFile(last))],
        [`entries #0 and #${last} swapped`, swap(entryFile(0), entryFile(last))],
        [
          'entry #5 is #4 again',
          (bundle) => copyFileSync(join(bundle, entryFile(4)), join(bundle, entryFile(5))),
        ],
      ],
    ),
    ...touching(
      ['entries', 'names'],
      [
        ['the first entry is gone', remove(entryFile(0))],
        ['an entry in the middle is gone', remove(entryFile(20))],
        ['the last entry is gone', remove(entryFile(last))],
        [
          'an entry more',
          (bundle) => copyFileSync(join(bundle, entryFile(last)), join(bundle, entryFile(size))),
        ],
        [
          'an entry under another name',
          (bundle) => renameSync(join(bundle, entryFile(3)), join(bundle, 'entries/3.json')),
        ],
      ],
    ),
  ];
}
