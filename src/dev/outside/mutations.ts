import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  edit,
  flip,
  inBase64,
  proofFile,
  remove,
  swap,
  touching,
  type Change,
  type Mutation,
} from './change.ts';
import { checkpointMutations } from './checkpoint-mutations.ts';
import { entryMutations } from './entry-mutations.ts';
import { originMutations } from './origin-mutations.ts';
import { fileMutations, manifestMutations, signedMutations } from './file-mutations.ts';
import { rowMutations } from './row-mutations.ts';

/** A hundred ways to change a bundle and more, from one bit to another story. */
export function mutationsOf(bundle: string): readonly Mutation[] {
  const size = readdirSync(join(bundle, 'entries')).length;
  return [
    ...entryMutations(size),
    ...checkpointMutations(size),
    ...tileMutations(bundle, size),
    ...originMutations(bundle),
    ...proofMutations(bundle, size),
    ...rowMutations(size),
    ...manifestMutations(),
    ...fileMutations(bundle),
    ...signedMutations(bundle),
  ];
}

function tileMutations(bundle: string, size: number): readonly Mutation[] {
  const [hashes, entries] = [`tile/0/000.p/${size}`, `tile/entries/000.p/${size}`];
  const full = size > 256;
  if (full || !readdirSync(join(bundle, 'tile/0')).includes('000.p'))
    throw new Error('a drill fits one tile');
  const swapped: Mutation['change'] = (where) => {
    const path = join(where, hashes);
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes.subarray(32, 64), bytes.subarray(0, 32), bytes.subarray(64)]));
  };
  return [
    ...touching(
      ['tile.hashes'],
      [
        ...[0, 33, 500, -1].map((at): Change => [`tile of hashes: bit at ${at}`, flip(hashes, at)]),
        ['tile of hashes: two swapped', swapped],
        ['tile of hashes: one less', (where) => truncateSync(join(where, hashes), 32 * (size - 1))],
        ['tile of hashes: gone', remove(hashes)],
      ],
    ),
    ...touching(
      ['tile.entries'],
      [
        ...[0, 2, 900, -1].map((at): Change => [`tile of entries: bit at ${at}`, flip(entries, at)]),
        ['tile of entries: cut', (where) => truncateSync(join(where, entries), 5000)],
        ['tile of entries: longer', edit(entries, (text) => `${text}\0`)],
        ['tile of entries: gone', remove(entries)],
        [
          'a tile more',
          (where) => copyFileSync(join(where, entries), join(where, `tile/entries/000.p/${size - 1}`)),
        ],
      ],
    ),
  ];
}

function proofMutations(bundle: string, size: number): readonly Mutation[] {
  const growth = `proofs/${readdirSync(join(bundle, 'proofs')).find((name) => name.endsWith('.consistency')) ?? ''}`;
  const line = (at: number, change: (text: string) => string) => (text: string) =>
    text
      .split('\n')
      .map((one, i) => (i === at ? change(one) : one))
      .join('\n');
  const hash = line(2, (text) => inBase64(text, 0, 5));
  return [
    ...touching(
      ['proofs', 'listed'],
      [
        ...[0, 1, 30, size - 1].map((n): Change => [`proof of #${n}: a hash`, edit(proofFile(n), hash)]),
        [
          'proof of #6: a hash less',
          edit(proofFile(6), (text) => text.split('\n').toSpliced(2, 1).join('\n')),
        ],
        [
          'proof of #6: two hashes swapped',
          edit(proofFile(6), (text) => text.replace(/^(.{44})\n(.{44})$/m, '$2\n$1')),
        ],
        ['proof of #6: another number', edit(proofFile(6), (text) => text.replace('index 6', 'index 7'))],
        [
          'proof of #6: extra data',
          edit(proofFile(6), (text) => text.replace('index 6', 'extra AAAA\nindex 6')),
        ],
        [
          'proof of #6: another root',
          edit(proofFile(6), (text) => text.replace(`\n${size}\n`, `\n${size + 1}\n`)),
        ],
        ['proofs of #3 and #4 swapped', swap(proofFile(3), proofFile(4))],
        ['growth: another old size', edit(growth, (text) => text.replace(/^old [0-9]/, 'old 1'))],
        [
          'growth: a hash',
          edit(
            growth,
            line(1, (text) => inBase64(text, 0, 5)),
          ),
        ],
        ['growth: a hash less', edit(growth, (text) => text.split('\n').toSpliced(1, 1).join('\n'))],
      ],
    ),
    ...touching(['listed', 'names'], [['proof of #2: gone', remove(proofFile(2))]]),
  ];
}
