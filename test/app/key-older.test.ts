import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kekOf } from '../../src/journal/key-file.ts';
import { WORDS, allOpens, quickly, twoIncidents, use } from './key-desk.ts';
import { at, codeOf, way } from './key-ways.ts';

test('a folder of an earlier version, whose key is made from the passphrase itself, opens and gets its ways', async () => {
  const all = await twoIncidents();
  const salt = '22'.repeat(16);
  const key = quickly(WORDS, Buffer.from(salt, 'hex'));
  const { id, check } = kekOf(key, []);
  const path = join(all.home, 'keys', 'key.json');
  const file = kekOf(Buffer.from(readFileSync(join(all.home, 'keys', 'data.key'), 'utf8').trim(), 'hex'), []);
  const next = { from: 'passphrase', id, check, salt };
  const half = { schema: 'firebreak.key/v1', from: 'file', id: file.id, check: file.check, next };
  writeFileSync(path, JSON.stringify(half), { mode: 0o600 });
  // The change was cut short before the first journal: gone on with, it ends with that very key.
  await use(all, 'passphrase', [WORDS]);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ id });
  await allOpens(all, [WORDS]);
  const code = await codeOf(all, [WORDS]);
  await allOpens(all, [code]);
  // That passphrase stands for no public key: whoever makes a new key chooses one again.
  const other = 'another long passphrase';
  await at(all, [WORDS], async (keys) => await keys.rotate(way('passphrase', null, other).choose));
  for (const typed of [other, code]) await allOpens(all, [typed]);
});
