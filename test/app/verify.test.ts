import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openApp } from '../../src/app/wire.ts';
import { signerFromSeed } from '../../src/journal/keys.ts';
import { formatVkey } from '../../src/journal/checkpoint.ts';
import { publicPem } from '../../src/journal/pem.ts';
import { company, folder } from './company.ts';

/** Somebody who was given files and has no data folder of their own. */
const stranger = async () => {
  const home = join(folder(), 'none');
  const app = await openApp({
    packageRoot: join(import.meta.dirname, '../..'),
    env: { FIREBREAK_HOME: home, PATH: '' },
    cwd: folder(),
    as: null,
    zone: null,
    definitions: 'later',
    untouched: true,
  });
  return { app, home };
};

const handedOut = async () => {
  const app = await (await company()).app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'A secret title' });
  const place = folder();
  const [bundle = ''] = await incident.export('bundle', join(place, 'bundle.zip'));
  const door = await app.journals();
  const n =
    [...door.show(incident.id, 0)].find(({ entry }) => entry.kind === 'incident.opened')?.entry.n ?? 0;
  const entry = join(place, 'entry-1');
  await incident.disclose(n, ['title'], entry);
  await incident.leave();
  const [copy] = door.backup(incident.id, place);
  const { vkey, origin } = await app.verify(incident.id);
  return { bundle, entry, copy: copy?.path ?? '', n, vkey, origin, place };
};

const other = (origin: string): string => formatVkey(origin, signerFromSeed(Buffer.alloc(32, 1)).publicKey);

describe('a stranger who holds the public key only', () => {
  test('verifies a copy, a bundle and one entry, and leaves no trace of it', async () => {
    const given = await handedOut();
    const { app, home } = await stranger();
    for (const path of [given.copy, given.bundle, given.entry]) {
      expect(await app.verify(path), path).toMatchObject({ ok: true, pinned: false, vkey: given.vkey });
      expect(await app.verify(path, { key: given.vkey }), path).toMatchObject({ ok: true, pinned: true });
      expect(await app.verify(path, { key: other(given.origin) }), path).toMatchObject({ ok: false });
    }
    expect(existsSync(home)).toBe(false);
  });

  test('names the key as a line, as a file with it, or as the pub.pem of a bundle', async () => {
    const { copy, vkey, place } = await handedOut();
    const { app } = await stranger();
    const [line, pem] = [join(place, 'key'), join(place, 'pub.pem')];
    writeFileSync(line, `${vkey}\n`);
    writeFileSync(
      pem,
      publicPem(Buffer.from(vkey.slice(vkey.indexOf('+', vkey.indexOf('+') + 1) + 1), 'base64').subarray(1)),
    );
    for (const key of [line, pem])
      expect(await app.verify(copy, { key })).toMatchObject({ ok: true, pinned: true });
    writeFileSync(pem, publicPem(Buffer.alloc(32, 3)));
    expect(await app.verify(copy, { key: pem })).toMatchObject({ ok: false });
    await expect(app.verify(copy, { key: join(place, 'nothing') })).rejects.toThrow(/usage/);
  });
});

const changes: readonly (readonly [string, (text: string) => string])[] = [
  ['another entry', (text) => text.replace('incident.opened', 'incident.closed')],
  ['another text', (text) => text.replace(/"base64": "./, '"base64": "R')],
  [
    'another secret',
    (text) => text.replace(/"secret": "(.)/, (_, c: string) => `"secret": "${c === '0' ? '1' : '0'}`),
  ],
  ['another field', (text) => text.replace('"name": "title"', '"name": "reason"')],
  ['no list of fields', (text) => text.replace('"fields": [', '"fields": 1, "more": [')],
  ['another place', (text) => text.replace(/index (\d+)/, (_, at: string) => `index ${Number(at) - 1}`)],
  ['a proof cut short', (text) => text.replace(/(index \d+)\\n[^\\]+/, '$1')],
  [
    'another signature',
    (text) =>
      text.replace(/(\u2014 \S+ \S{9})(.)/, (_, a: string, c: string) => `${a}${c === 'A' ? 'B' : 'A'}`),
  ],
  ['a key twice', (text) => text.replace('"fields":', '"entry": "{}", "fields":')],
];

describe('one disclosed entry', () => {
  test('says which entry it is and which fields it proves', async () => {
    const { entry, n } = await handedOut();
    const { app } = await stranger();
    expect(await app.verify(entry)).toMatchObject({
      ok: true,
      entries: 1,
      disclosed: { entry: n, kind: 'incident.opened', fields: ['title'] },
    });
  });

  test('is refused once anything of it was changed', async () => {
    const { entry } = await handedOut();
    const { app } = await stranger();
    const text = readFileSync(entry, 'utf8');
    for (const [what, change] of changes) {
      const changed = change(text);
      expect(changed, what).not.toBe(text);
      writeFileSync(entry, changed);
      const found = await app.verify(entry).catch(() => ({ ok: false }));
      expect(found.ok, what).toBe(false);
    }
  });
});

test('a data key that was changed is found where the key of the keys is at hand', async () => {
  const all = await company();
  const app = await all.app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'A secret title' });
  await incident.leave();
  expect(await app.verify(incident.id)).toMatchObject({ ok: true });
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(join(all.home, 'incidents', incident.id, 'journal.sqlite'));
  db.exec(`UPDATE dek SET wrapped = randomblob(length(wrapped))`);
  db.close();
  const found = await app.verify(incident.id);
  expect(found.problems.join()).toMatch(/cannot be unwrapped/);
  expect(readdirSync(all.home)).toContain('incidents');
});
