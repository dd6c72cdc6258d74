import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeKeyring } from '../../src/app/keyring.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemKeychain } from '../../src/io/keychain.ts';
import { systemRandom } from '../../src/io/random.ts';
import { rigApp } from '../rig/app.ts';
import { company } from './company.ts';
import { WORDS, desk, fakeKeychain, keysIn, titles, twoIncidents, use } from './key-desk.ts';

describe('without the key', () => {
  test('what is private reads [sealed] and takes no private field, and what is public goes on', async () => {
    const all = await twoIncidents();
    await use(all, 'passphrase');
    const { app, heard, asked } = await desk(all, [null]);
    expect(titles(app)).toEqual(['[sealed]', '[sealed]']);
    expect(asked()).toBe(0);
    const incident = await app.open(app.incidents()[0]?.id ?? '');
    expect(incident.view().title).toBe('[sealed]');
    expect(JSON.stringify(incident.timeline())).not.toContain('Note of the');
    await expect(incident.act({ do: 'note', text: 'Only for us' })).rejects.toMatchObject({ code: 'sealed' });
    await incident.act({ do: 'call', contact: 'dpo', outcome: 'reached' });
    await app.unlock();
    expect(asked()).toBe(1);
    expect(heard).toEqual([{ is: 'locked', from: 'passphrase', why: 'no passphrase was given' }]);
    await app.close();
  });

  test('a wrong passphrase is told at once, and asked for again three times', async () => {
    const all = await twoIncidents();
    await use(all, 'passphrase');
    const wrong = await desk(all, ['wrong passphrase 1', 'wrong passphrase 2', 'wrong passphrase 3', WORDS]);
    await wrong.app.unlock();
    expect(wrong.heard).toEqual([{ is: 'locked', from: 'passphrase', why: 'the passphrase is wrong' }]);
    expect(titles(wrong.app)).toEqual(['[sealed]', '[sealed]']);
    const right = await desk(all, ['wrong passphrase 1', WORDS]);
    await right.app.unlock();
    expect(right.heard).toEqual([]);
    expect(titles(right.app)).toEqual(['First night', 'Second night']);
    // From a file comes the same each time.
    const file = await desk(
      all,
      Array.from({ length: 9 }, () => 'wrong passphrase'),
    );
    await file.app.unlock();
    expect(file.asked()).toBe(2);
  });

  test('an incident is declared all the same, sealed with a stand-in that is told of until it is gone', async () => {
    const all = await twoIncidents();
    await use(all, 'passphrase');
    const { app, heard } = await desk(all, []);
    const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Nobody knew it' });
    expect(heard.map(({ is }) => is)).toEqual(['locked', 'stand-in']);
    await incident.act({ do: 'note', text: 'Only for us' });
    expect(incident.view().title).toBe('Nobody knew it');
    await incident.leave();
    expect(statSync(join(all.home, 'keys', 'stand-in.key')).mode & 0o777).toBe(0o600);
    expect(app.key()).toMatchObject({ from: 'passphrase', standIn: [incident.id] });
    expect(
      (await app.doctor()).filter(({ state, what }) => state === 'warning' && what.includes(incident.id)),
    ).toHaveLength(1);
    // Containing does not wait for the key of the others: it goes on in the one that can be written to.
    const contained = await app.contain('wa-bsp', 'pause').catch((error: unknown) => error);
    expect(contained).not.toMatchObject({ code: 'several-incidents' });
    await app.close();
    // Opened again without the passphrase, it asks for none.
    const later = await desk(all, [WORDS]);
    expect((await later.app.open(incident.id)).view().title).toBe('Nobody knew it');
    expect(later.asked()).toBe(0);
    await later.app.close();
    expect(await use(all, 'passphrase', [WORDS])).toMatchObject({ changed: true, rewrapped: 1, kept: [] });
    expect(keysIn(all)).toEqual(['device.pem', 'key.json']);
    const { app: healed } = await desk(all, [WORDS]);
    await healed.unlock();
    expect(titles(healed)).toEqual(['First night', 'Nobody knew it', 'Second night']);
  });

  test('a keychain that is gone is named with the line that installs it', async () => {
    const all = await twoIncidents();
    await use(all, 'keychain', [], { keychain: fakeKeychain() });
    const { app, heard } = await desk(all);
    await app.unlock();
    expect(JSON.stringify(heard)).toMatch(
      /"from":"keychain","why":".*npm install --global @napi-rs\/keyring@/,
    );
  });

  test('a damaged key.json is told, and keeps nobody from declaring', async () => {
    const all = await twoIncidents();
    await use(all, 'passphrase');
    writeFileSync(join(all.home, 'keys', 'key.json'), '{"schema":', { mode: 0o600 });
    const { app, heard } = await desk(all, [WORDS]);
    expect(
      (await app.declare({ runbook: 'leaked-whatsapp-token', title: 'All the same' })).view().title,
    ).toBe('All the same');
    expect(heard.map(({ is }) => is)).toEqual(['locked', 'stand-in']);
    expect(titles(app)).toEqual(['All the same', '[sealed]', '[sealed]']);
    expect((await app.doctor()).find(({ what }) => what === 'key')?.state).toBe('broken');
    expect(() => app.key()).toThrow('does not say where the key comes from');
    await app.close();
  });

  test('a lost key file is told, and no other is made in its place', async () => {
    const all = await twoIncidents();
    await use(all, 'passphrase');
    await use(all, 'file', [WORDS]);
    rmSync(join(all.home, 'keys', 'data.key'));
    const { app, heard } = await desk(all);
    await app.unlock();
    expect(heard).toEqual([{ is: 'locked', from: 'file', why: 'its key file is gone' }]);
    expect(keysIn(all)).toEqual(['device.pem', 'key.json']);
    expect(titles(app)).toEqual(['[sealed]', '[sealed]']);
  });
});

test('looking makes no key, and a drill asks for none', async () => {
  const all = await company();
  const { app } = await desk(all);
  app.places();
  expect(app.key()).toMatchObject({ from: 'file', atHand: true });
  await app.doctor();
  expect(existsSync(join(all.home, 'keys'))).toBe(false);
  await use(all, 'passphrase');
  let asked = 0;
  const ask = async (): Promise<null> => {
    asked += 1;
    return await Promise.resolve(null);
  };
  const parts = {
    folder: join(all.home, 'keys'),
    files: systemFiles(),
    random: systemRandom(),
    keychain: systemKeychain(),
    ask,
  };
  const drilling = await rigApp({ home: all.home, keyring: makeKeyring(parts) });
  await drilling.unlock();
  await (await drilling.drill('leaked-whatsapp-token', { auto: true })).leave();
  expect(asked).toBe(0);
});
