import { generateKeyPairSync } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
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

/** What is signed, by whom, and with which key. */
export function checkpointMutations(size: number): readonly Mutation[] {
  const signature = (byte: number): Mutation['change'] =>
    withLine('checkpoint', 4, (line) => inBase64(line, line.lastIndexOf(' ') + 1, byte));
  return [
    ...keyMutations(),
    ...epochMutations(),
    ...touching(
      ['checkpoint.text', 'listed'],
      [
        ['checkpoint: one entry more', withLine('checkpoint', 1, () => String(size + 1))],
        ['checkpoint: one entry less', withLine('checkpoint', 1, () => String(size - 1))],
        ['checkpoint: size 0', withLine('checkpoint', 1, () => '0')],
        ['checkpoint: another root', withLine('checkpoint', 2, (line) => inBase64(line, 0, 0))],
        [
          'checkpoint: a root of 31 bytes',
          withLine('checkpoint', 2, (line) => Buffer.from(line, 'base64').subarray(1).toString('base64')),
        ],
        [
          'checkpoint: another log',
          withLine('checkpoint', 0, (line) => `${line.slice(0, -1)}${line.endsWith('0') ? '1' : '0'}`),
        ],
      ],
    ),
    ...touching(
      ['checkpoint.signature', 'listed'],
      [
        ...[4, 20, 40, 67].map((byte): Change => [`checkpoint: signature, byte ${byte}`, signature(byte)]),
        ['checkpoint: key id', signature(0)],
        [
          'checkpoint: no signature',
          edit('checkpoint', (text) => `${text.split('\n').slice(0, 4).join('\n')}\n`),
        ],
        ['checkpoint: the signature of an earlier one', olderSignature(size)],
      ],
    ),
    ...touching(
      ['checkpoint.text', 'checkpoint.signature', 'listed'],
      [
        [
          'checkpoint: an earlier one, rightly signed',
          (bundle) => writeFileSync(join(bundle, 'checkpoint'), checkpointOver(bundle, size - 1)),
        ],
        ['checkpoint: gone', remove('checkpoint')],
      ],
    ),
  ];
}

/** Go's note passes over a line of a key that it was not given. */
function epochMutations(): readonly Mutation[] {
  const line = (byte: number): Mutation['change'] =>
    withLine('checkpoint', 5, (text) => inBase64(text, text.lastIndexOf(' ') + 1, byte));
  return touching(
    ['checkpoint.epoch', 'listed'],
    [
      ...[4, 67].map((byte): Change => [`checkpoint: line of its epoch, byte ${byte}`, line(byte)]),
      ['checkpoint: key id of its epoch', line(0)],
      [
        'checkpoint: no line of its epoch',
        edit('checkpoint', (text) => `${text.split('\n').slice(0, 5).join('\n')}\n`),
      ],
    ],
  );
}

function keyMutations(): readonly Mutation[] {
  return [
    ...touching(
      ['pub.pem', 'listed'],
      [
        ['pub.pem: another key', (bundle) => writeFileSync(join(bundle, 'pub.pem'), otherKey())],
        [
          'pub.pem: one bit of the key',
          edit('pub.pem', (text) =>
            text
              .split('\n')
              .map((line, i) => (i === 1 ? inBase64(line, 0, 30) : line))
              .join('\n'),
          ),
        ],
        ['pub.pem: empty', (bundle) => truncateSync(join(bundle, 'pub.pem'))],
      ],
    ),
  ];
}

const olderSignature =
  (size: number): Mutation['change'] =>
  (bundle) => {
    withLine('checkpoint', 4, () => checkpointOver(bundle, size - 1).split('\n')[4] ?? '')(bundle);
  };

const otherKey = (): string =>
  generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
