import { copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkpointOver,
  edit,
  inBase64,
  remove,
  touching,
  withLine,
  type Change,
  type Mutation,
} from './change.ts';

/** What says who wrote the journal before it came to the machine that signs it now. */
export function originMutations(bundle: string): readonly Mutation[] {
  const [mark, key] = originFiles(bundle);
  const size = Number(/[0-9]+/.exec(mark)?.[0]);
  const signature = (byte: number): Mutation['change'] =>
    withLine(mark, 4, (line) => inBase64(line, line.lastIndexOf(' ') + 1, byte));
  return [
    ...touching(
      ['origins.signed', 'listed'],
      [
        ['origin: one entry less', withLine(mark, 1, () => String(size - 1))],
        ['origin: another root', withLine(mark, 2, (line) => inBase64(line, 0, 0))],
        ...[4, 67].map((byte): Change => [`origin: signature, byte ${byte}`, signature(byte)]),
        ['origin: no signature', edit(mark, (text) => `${text.split('\n').slice(0, 4).join('\n')}\n`)],
        ['origin: the checkpoint of who came after', put(mark, (where) => read(where, 'checkpoint'))],
        ['origin: checkpoint gone', remove(mark)],
      ],
    ),
    ...keyMutations(key),
    ...placeMutations([mark, key], size),
  ];
}

/** Go and ours take an origin's key from its first entry; the file is for openssl. */
function keyMutations(key: string): readonly Mutation[] {
  return [
    ...touching(
      ['origins.key', 'listed'],
      [
        ['origin: the key of who came after', put(key, (where) => read(where, 'pub.pem'))],
        [
          'origin: one bit of the key',
          edit(key, (text) =>
            text
              .split('\n')
              .map((line, i) => (i === 1 ? inBase64(line, 0, 30) : line))
              .join('\n'),
          ),
        ],
        ['origin: key gone', remove(key)],
      ],
    ),
  ];
}

/** Which checkpoint it is, and under which number. */
function placeMutations([mark, key]: readonly [string, string], size: number): readonly Mutation[] {
  return [
    ...touching(
      ['origins.size', 'listed'],
      [['origin: an earlier one, rightly signed', put(mark, (where) => checkpointOver(where, size - 1))]],
    ),
    ...touching(
      ['origins.size', 'listed', 'names'],
      [
        [
          'origin: under another number',
          (where) => {
            for (const file of [mark, key])
              renameSync(join(where, file), join(where, file.replace(/[0-9]+/, '000009')));
          },
        ],
      ],
    ),
    ...touching(
      ['names'],
      [
        [
          'origin: one more',
          (where) => {
            for (const file of [mark, key])
              copyFileSync(join(where, file), join(where, file.replace(/[0-9]+/, '000009')));
          },
        ],
      ],
    ),
  ];
}

const put =
  (file: string, text: (where: string) => string): Mutation['change'] =>
  (where) => {
    writeFileSync(join(where, file), text(where));
  };

const read = (bundle: string, file: string): string => readFileSync(join(bundle, file), 'utf8');

/** The last checkpoint of the machine before, and its key. */
function originFiles(bundle: string): readonly [string, string] {
  const [mark, key, ...more] = readdirSync(join(bundle, 'origins')).sort();
  if (mark === undefined || key === undefined || more.length > 0)
    throw new Error('the bundle is of a journal that two machines wrote');
  return [`origins/${mark}`, `origins/${key}`];
}
