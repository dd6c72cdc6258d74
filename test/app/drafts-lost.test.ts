import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { App, OpenIncident, Typed } from '../../src/app/contract.ts';
import { DAY } from '../../src/base/duration.ts';
import { company, type Company } from './company.ts';
import { sign, team } from './forgetting.ts';
import { desk, WORDS } from './key-desk.ts';
import { at, way } from './key-ways.ts';

// Half-written words whose key was changed or destroyed, or whose file is not what was left: never in clear, never in the way.

const SECRET = 'Maria Muster rang about her transcript';
const typed = (text: string): Typed => ({
  name: '{"for":"note"}',
  on: 0,
  inputs: { text: { text, chosen: 0, ticked: [] } },
});
const fileOf = (all: Company, incident: string): string =>
  join(all.home, 'incidents', incident, 'drafts.sealed');

const inClear = (home: string): readonly string[] =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => readFileSync(path).includes('Maria'));

/** Somebody types into a form of a new incident and closes the lid. */
const typedInto = async (app: App): Promise<string> => {
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Odd mail' });
  incident.drafts.keep([typed(SECRET)]);
  await incident.leave();
  return incident.id;
};

/** The incident opens, takes a note, and keeps what is typed from now on. */
const goesOn = async (app: App, id: string, more: string): Promise<OpenIncident> => {
  const incident = await app.open(id);
  await incident.act({ do: 'note', text: 'Gone on with' });
  incident.drafts.keep([typed(more)]);
  await incident.leave();
  expect(await app.verify(id)).toMatchObject({ ok: true });
  const again = await app.open(id);
  expect(again.drafts.found()).toEqual([typed(more)]);
  return again;
};

test('a new key opens what was typed under the old one', async () => {
  const all = await company();
  const first = await desk(all);
  const id = await typedInto(first.app);
  await first.app.close();
  const change = await at(all, [], async (keys) => await keys.rotate(way('file').choose));
  expect(change).toMatchObject({ changed: true, wiped: true });
  const { app } = await desk(all);
  const incident = await app.open(id);
  expect(incident.drafts.found()).toEqual([typed(SECRET)]);
  await incident.leave();
  expect(inClear(all.home)).toEqual([]);
  await (await goesOn(app, id, 'after')).leave();
  await app.close();
});

test('what was typed before any incident is gone with the old key, and the line is kept from then on', async () => {
  const all = await company();
  const first = await desk(all);
  // The key is made with the first incident.
  await typedInto(first.app);
  first.app.drafts.keep([typed(SECRET)]);
  await first.app.close();
  expect(existsSync(join(all.home, 'drafts.sealed'))).toBe(true);
  await at(all, [], async (keys) => await keys.rotate(way('file').choose));
  const { app } = await desk(all);
  expect(app.drafts.found()).toEqual([]);
  app.drafts.keep([typed('after')]);
  await app.close();
  const next = await desk(all);
  expect(next.app.drafts.found()).toEqual([typed('after')]);
  expect(inClear(all.home)).toEqual([]);
  await next.app.close();
});

test('before the passphrase is typed nothing of it is read, and nothing is lost', async () => {
  const all = await company();
  const first = await desk(all);
  await typedInto(first.app);
  first.app.drafts.keep([typed(SECRET)]);
  await first.app.close();
  await at(all, [], async (keys) => await keys.add(way('passphrase')));
  const [file = ''] = readdirSync(join(all.home, 'keys')).filter((name) => name.endsWith('.key'));
  rmSync(join(all.home, 'keys', file));
  const locked = await desk(all, []);
  expect(locked.app.drafts.found()).toEqual([]);
  locked.app.drafts.keep([]);
  await locked.app.close();
  const opened = await desk(all, [WORDS]);
  await opened.app.open(opened.app.incidents()[0]?.id);
  expect(opened.app.drafts.found()).toEqual([typed(SECRET)]);
  await opened.app.close();
});

test('destroyed with its key it comes back from no copy, and the journal still verifies', async () => {
  const all = await team();
  const app = await all.app();
  const id = await typedInto(app);
  const copy = join(all.home, 'copy');
  copyFileSync(fileOf(all, id), copy);
  const incident = await app.open(id);
  expect(incident.drafts.found()).toEqual([typed(SECRET)]);
  await incident.act({ do: 'close', outcome: 'not-an-incident', summary: 'Nothing was read' });
  all.later(31 * DAY);
  const asked = (await incident.askToDestroy('staff', 'The days are over')).asked ?? 0;
  await sign(incident, asked, 'ben', 'cleo');
  expect((await incident.destroy('staff')).classes).toEqual(['staff']);
  expect(existsSync(fileOf(all, id))).toBe(false);
  await incident.leave();
  copyFileSync(copy, fileOf(all, id));
  const again = await app.open(id);
  expect(again.drafts.found()).toEqual([]);
  await again.leave();
  expect(await app.verify(id)).toMatchObject({ ok: true });
  expect(inClear(all.home)).toEqual([]);
});

describe('a file that is not what was left', () => {
  test.each<readonly [string, (path: string, other: string) => void]>([
    ['nothing', (path) => writeFileSync(path, '')],
    ['half of it', (path) => writeFileSync(path, readFileSync(path).subarray(0, 200))],
    [
      'one letter changed in what is sealed',
      (path) => {
        const sealed = JSON.parse(readFileSync(path, 'utf8')) as { blob: string };
        const blob = Buffer.from(sealed.blob, 'base64');
        blob[60] = (blob[60] ?? 0) ^ 1;
        writeFileSync(path, JSON.stringify({ ...sealed, blob: blob.toString('base64') }));
      },
    ],
    ['that of another incident', (path, other) => copyFileSync(other, path)],
    ['bytes that are no text', (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00, 0xc3]))],
    ['words in clear', (path) => writeFileSync(path, JSON.stringify([typed('planted')]))],
    ['more than anybody types', (path) => writeFileSync(path, 'x'.repeat(17 * 1024 * 1024))],
  ])('%s: it is none, and the incident goes on', async (_what, damage) => {
    const all = await company();
    const app = await all.app();
    const id = await typedInto(app);
    damage(fileOf(all, id), fileOf(all, await typedInto(app)));
    const incident = await app.open(id);
    expect(incident.drafts.found()).toEqual([]);
    await incident.leave();
    await (await goesOn(app, id, 'after')).leave();
  });

  test.each<readonly [string, (path: string) => void]>([
    ['a folder', (path) => mkdirSync(join(path, 'x'), { recursive: true })],
    ['a link to a file of somebody else', (path) => symlinkSync(join(path, '../../../mine'), path)],
  ])('%s in its place is left alone, and the incident goes on', async (_what, put) => {
    const all = await company();
    writeFileSync(join(all.home, 'mine'), 'my notes');
    const app = await all.app();
    const id = await typedInto(app);
    rmSync(fileOf(all, id));
    put(fileOf(all, id));
    const incident = await app.open(id);
    expect(incident.drafts.found()).toEqual([]);
    incident.drafts.keep([typed('after')]);
    await incident.act({ do: 'note', text: 'Gone on with' });
    await incident.leave();
    expect(await app.verify(id)).toMatchObject({ ok: true });
    expect(readFileSync(join(all.home, 'mine'), 'utf8')).toBe('my notes');
  });
});
