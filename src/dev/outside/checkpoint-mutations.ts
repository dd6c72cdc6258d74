import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { edit, inBase64, remove, touching, type Change, type Mutation } from './change.ts';

/** The three lines that are signed, and the line of the signature after an empty one. */
const withLine = (at: number, change: (line: string) => string): Mutation['change'] =>
  edit('checkpoint', (text) =>
    text
      .split('\n')
      .map((line, i) => (i === at ? change(line) : line))
      .join('\n'),
  );

/** What is signed, by whom, and with which key. */
export function checkpointMutations(size: number): readonly Mutation[] {
  const signature = (byte: number): Mutation['change'] =>
    withLine(4, (line) => inBase64(line, line.lastIndexOf(' ') + 1, byte));
  return [
    ...keyMutations(),
    ...touching(
      ['checkpoint.text', 'listed'],
      [
        ['checkpoint: one entry more', withLine(1, () => String(size + 1))],
        ['checkpoint: one entry less', withLine(1, () => String(size - 1))],
        ['checkpoint: size 0', withLine(1, () => '0')],
        ['checkpoint: another root', withLine(2, (line) => inBase64(line, 0, 0))],
        [
          'checkpoint: a root of 31 bytes',
          withLine(2, (line) => Buffer.from(line, 'base64').subarray(1).toString('base64')),
        ],
        [
          'checkpoint: another log',
          withLine(0, (line) => `${line.slice(0, -1)}${line.endsWith('0') ? '1' : '0'}`),
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
        ['checkpoint: the signature of an earlier one', olderSignature],
      ],
    ),
    ...touching(
      ['checkpoint.text', 'checkpoint.signature', 'listed'],
      [
        [
          'checkpoint: an earlier one, rightly signed',
          (bundle) => writeFileSync(join(bundle, 'checkpoint'), older(bundle)),
        ],
        ['checkpoint: gone', remove('checkpoint')],
      ],
    ),
  ];
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

const older = (bundle: string): string => {
  const name = readdirSync(join(bundle, 'proofs')).find((one) => one.endsWith('.checkpoint')) ?? '';
  return readFileSync(join(bundle, 'proofs', name), 'utf8');
};

const olderSignature: Mutation['change'] = (bundle) => {
  withLine(4, () => older(bundle).split('\n')[4] ?? '')(bundle);
};

const otherKey = (): string =>
  generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
