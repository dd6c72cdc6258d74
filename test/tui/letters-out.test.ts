import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/tui/shell/store.ts';
import { people, readers, scene } from '../app/sending-rig.ts';
import { key, look, seen, size } from '../rig/keyboard.ts';
import { signed } from '../../src/dev/bench/send/steps.ts';

// The real app and a mail server that speaks SMTP: from the released letter to everybody on a list, by keys alone.

const csv = (folder: string, name: string, addresses: readonly string[]): string => {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, `address,name\n${addresses.map((one, i) => `${one},Reader ${i}`).join('\n')}\n`);
  return path;
};

const atKeyboard = async () => {
  const { app, incident, server, box } = await scene();
  const store = openStore(app, { screen: 'incident', incident }, look, size);
  const press = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      store.send({ is: 'key', key: key(name) });
      await store.idle();
    }
  };
  const fill = async (...texts: readonly string[]): Promise<void> => {
    for (const text of texts) {
      if (text !== '') store.send({ is: 'paste', text });
      await press('enter');
    }
  };
  const sees = (): string => seen(store);
  return { incident, server, box, press, fill, sees };
};

const toLetter = async ({ press, sees }: Awaited<ReturnType<typeof atKeyboard>>): Promise<void> => {
  await press('L', 'g');
  for (let i = 0; i < 20 && !/^> .*\n?.*gdpr-art34/m.test(sees()); i += 1) await press('j');
};

test('a letter goes to everybody on a list once colleagues saw it and two others agreed', async () => {
  const at = await atKeyboard();
  const { incident, server, box, press, fill, sees } = at;
  await toLetter(at);
  await press('m');
  const list = csv(box, 'people', [...people(3), 'nobody', 'p1@example.org']);
  await fill(list, '', box, '');
  expect(sees()).toMatch(/Left out +1 cannot be used, 1 of an address that stood above/);
  expect(sees()).toContain('p0@example.org  Dear Reader 0');
  await press('y');
  expect(sees()).toContain('WRITTEN: 3 letters');
  expect(readFileSync(join(box, 'gdpr-art34.jsonl.left-out.csv'), 'utf8')).toMatch(
    /"5","address is no e-mail/,
  );
  await press('S');
  expect(sees()).toMatch(/STOPS IT +nobody has seen these words arrive yet/);
  await press('m');
  await fill(csv(box, 'colleagues', ['orla@notices.lrh.example']), '', box, '');
  await press('y', 'S');
  expect(sees()).toContain('y: send 1 to colleagues');
  await press('y');
  expect(sees()).toContain('SENT: 1 letters were taken in this run');
  expect(readers(server)).toEqual(['orla@notices.lrh.example']);
  await press('enter', 'enter', 'r');
  expect(sees()).not.toContain('nobody has seen these words');
  await press('a');
  await signed(incident, [...incident.view().state.asked.keys()].at(-1) ?? 0, 'ben', 'cleo');
  await press('r', 'enter');
  expect(server.letters).toHaveLength(1);
  await press('3', 'enter');
  expect(sees()).toMatch(/TAKEN +3/);
  expect(readers(server).slice(1).toSorted()).toEqual(people(3));
  await press('v');
  expect(sees()).toContain('p0@example.org');
  await press('esc', 'r');
  expect(sees()).toContain('no letter of this file is left to send');
}, 60_000);

test('a list that lacks a column is named, and nothing is written', async () => {
  const at = await atKeyboard();
  const { box, press, fill, sees } = at;
  await toLetter(at);
  await press('m');
  const path = join(box, 'odd.csv');
  writeFileSync(path, 'mail,name\na@example.org,A\n');
  await fill(path, '', box, '');
  expect(sees()).toMatch(/there is no\s+column address/);
  expect(sees()).toContain('no letter was written');
}, 60_000);
