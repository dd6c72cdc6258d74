import { copyFileSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { edit, flip, proofFile, remove, touching, type Mutation } from './change.ts';
import type { Input } from './tools.ts';

/** The signed list of files, and which there are. */
export function manifestMutations(): readonly Mutation[] {
  const file = 'manifest.dsse.json';
  const payload = (change: (text: string) => string): Mutation['change'] =>
    edit(file, (text) => {
      const envelope = JSON.parse(text) as { payload: string };
      const inner = change(Buffer.from(envelope.payload, 'base64').toString('utf8'));
      return `${JSON.stringify({ ...envelope, payload: Buffer.from(inner).toString('base64') })}\n`;
    });
  return [
    ...touching(
      ['manifest'],
      [
        [
          'manifest: signature',
          edit(file, (text) =>
            text.replace(/"sig":"(.)/, (_, c: string) => `"sig":"${c === 'A' ? 'B' : 'A'}`),
          ),
        ],
        [
          'manifest: key id',
          edit(file, (text) =>
            text.replace(/"keyid":"./, (found) => `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`),
          ),
        ],
        ['manifest: another type', edit(file, (text) => text.replace('vnd.firebreak', 'vnd.firebrand'))],
        ['manifest: no drill', payload((text) => text.replace('"drill":true', '"drill":false'))],
        [
          'manifest: another incident',
          payload((text) => text.replace('"incident":"drill-', '"incident":"inc-')),
        ],
      ],
    ),
    ...touching(
      ['manifest', 'listed'],
      [
        [
          'manifest: another hash',
          payload((text) =>
            text.replace(
              /("pub.pem":"[0-9a-f]{63})(.)/,
              (_, a: string, c: string) => `${a}${c === '0' ? '1' : '0'}`,
            ),
          ),
        ],
        ['manifest: a file not listed', payload((text) => text.replace(/"pub.pem":"[0-9a-f]{64}",?/, ''))],
        ['manifest: gone', remove(file)],
      ],
    ),
  ];
}

export function fileMutations(bundle: string): readonly Mutation[] {
  const approval = readdirSync(join(bundle, 'approvals')).find((name) => name.endsWith('.by')) ?? '';
  const gone: readonly (readonly [string, readonly Input[]])[] = [
    ['VERIFY.md', []],
    ['allowed_signers', ['approvals']],
    [`approvals/${approval}`, ['approvals']],
    ['journal.sqlite', ['rows']],
    ['pub.pem', ['pub.pem']],
  ];
  return [
    ...gone.flatMap(([file, also]) =>
      touching(['listed', 'names', ...also], [[`${file}: gone`, remove(file)]]),
    ),
    ...touching(
      ['listed'],
      [
        [
          'VERIFY.md: another command',
          edit('VERIFY.md', (text) => text.replace('openssl pkeyutl', 'true openssl')),
        ],
      ],
    ),
    ...touching(
      ['names'],
      [
        ['a file more', (where) => writeFileSync(join(where, 'README.md'), 'trust me\n')],
        ['a proof more', (where) => copyFileSync(join(where, proofFile(1)), join(where, 'proofs/1.txt'))],
        [
          'a link for a file',
          (where) => {
            renameSync(join(where, 'allowed_signers'), `${where}.signers`);
            symlinkSync(`${where}.signers`, join(where, 'allowed_signers'));
          },
        ],
      ],
    ),
  ];
}

/** What other people and authorities signed. */
export function signedMutations(bundle: string): readonly Mutation[] {
  const find = (folder: string, end: string): string =>
    `${folder}/${readdirSync(join(bundle, folder)).find((name) => name.endsWith(end)) ?? ''}`;
  const token = find('anchors', '.tsr');
  return [
    ...touching(
      ['approvals', 'listed'],
      [
        [
          'approval: signature',
          edit(find('approvals', '.sig'), (text) =>
            text.replace(
              /\n(.)(.{69})\n(?!-)/,
              (_, c: string, rest: string) => `\n${c === 'A' ? 'B' : 'A'}${rest}\n`,
            ),
          ),
        ],
        [
          'approval: another entry',
          edit(find('approvals', '.message'), (text) =>
            text.replace(/[0-9a-f]{64}/, (hash) => hash.replace(/./, (c) => (c === '0' ? '1' : '0'))),
          ),
        ],
        ['approval: another person', edit(find('approvals', '.by'), () => 'eve\n')],
        [
          'approval: another key of the person',
          edit('allowed_signers', (text) =>
            text.replace(
              /AAAAC3NzaC1lZDI1NTE5AAAAI(.)/,
              (found) => `${found.slice(0, -1)}${found.endsWith('B') ? 'C' : 'B'}`,
            ),
          ),
        ],
        [
          'approval: for another purpose',
          edit('allowed_signers', (text) => text.replace('firebreak-approval', 'firebreak-pack')),
        ],
      ],
    ),
    ...touching(
      ['stamps', 'listed'],
      [
        ['time stamp: a bit of the token', flip(token, -20)],
        [
          'time stamp: over another checkpoint',
          edit(token.replace('.tsr', '.checkpoint'), (text) => text.replace(/\n([0-9]+)\n/, '\n$10\n')),
        ],
      ],
    ),
    ...touching(['listed'], [['time stamp: another receipt', flip(token.replace('.tsr', '.json'), 12)]]),
  ];
}
