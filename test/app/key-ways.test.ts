import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recipientOf } from '../../src/journal/age.ts';
import { encodeBech32 } from '../../src/base/bech32.ts';
import type { Company } from './company.ts';
import { WORDS, allOpens, desk, fakeKeychain, keysIn, titles, twoIncidents, use } from './key-desk.ts';
import { fakeTools } from './key-tools.ts';
import { at, codeOf, way } from './key-ways.ts';

/** Further ways to the key of live incidents, and a key that all of them serve. */

const secret = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const identity = encodeBech32('age-secret-key-', secret).toUpperCase();
const identityFile = ({ home }: Company): string => {
  const path = join(home, 'identity');
  writeFileSync(path, `# a comment\n${identity}\n`, { mode: 0o600 });
  return path;
};

const loseFile = ({ home }: Company): void => rmSync(join(home, 'keys', 'data.key'));

describe('a further way to the key', () => {
  test('recovery code: the key file is lost, the code opens everything, and a new file is made with it', async () => {
    const all = await twoIncidents();
    const code = await codeOf(all);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(readFileSync(join(all.home, 'keys', 'key.json'), 'utf8')).not.toContain(code);
    loseFile(all);
    const { app, heard } = await desk(all, ['not the code', code.toLowerCase().replaceAll('-', ' ')]);
    await app.unlock();
    expect([titles(app), heard]).toEqual([['First night', 'Second night'], []]);
    await app.close();
    expect(await use(all, 'file', [code])).toMatchObject({ changed: true, rewrapped: 2, kept: [] });
    await allOpens(all, []);
    loseFile(all);
    // The code outlives the key: the new one was wrapped for it without asking for it.
    await allOpens(all, [code]);
  });

  test('passphrase, age and keychain each open it alone, and are named when they do not', async () => {
    const all = await twoIncidents();
    const keychain = fakeKeychain();
    const path = identityFile(all);
    const here = { keychain, identity: path };
    await at(all, [], async (keys) => await keys.add(way('passphrase')), here);
    await at(all, [], async (keys) => await keys.add(way('age', recipientOf(secret))), here);
    await at(all, [], async (keys) => await keys.add(way('keychain')), here);
    loseFile(all);
    await allOpens(all, [WORDS], {});
    await allOpens(all, [], { identity: path });
    await allOpens(all, [], { keychain });
    const { app, heard } = await desk(all, [], { keychain });
    await app.unlock();
    expect(heard).toEqual([
      {
        is: 'other-way',
        from: 'file',
        by: 'keychain',
        why: expect.stringMatching(/^its key file is gone; no age identity is given/) as string,
      },
    ]);
    const none = await desk(all, []);
    await none.app.unlock();
    expect(none.heard).toEqual([
      {
        is: 'locked',
        from: 'file',
        why: expect.stringMatching(/keyring.*no passphrase was given$/) as string,
      },
    ]);
    chmodSync(path, 0o644);
    const shared = await desk(all, [], { identity: path });
    await shared.app.unlock();
    expect(JSON.stringify(shared.heard)).toContain('chmod 600');
  });

  test('AWS KMS and Vault hold it through their own programs, with nothing secret in an argument', async () => {
    const all = await twoIncidents();
    const kek = readFileSync(join(all.home, 'keys', 'data.key'), 'utf8').trim();
    const tools = fakeTools(all.home);
    await at(all, [], async (keys) => await keys.add(way('aws-kms', 'alias/firebreak')), tools.parts);
    await at(all, [], async (keys) => await keys.add(way('vault', 'transit/firebreak')), tools.parts);
    loseFile(all);
    await allOpens(all, [], tools.parts);
    await at(
      all,
      [],
      async (keys) => {
        for (const name of ['aws-kms', 'vault:transit/firebreak'])
          expect((await keys.drill(name, async () => await Promise.resolve(null))).passed).toBe(true);
      },
      tools.parts,
    );
    const argv = tools.calls();
    for (const form of [kek, Buffer.from(kek, 'hex').toString('base64')]) expect(argv).not.toContain(form);
    expect(argv).toContain('--encryption-context');
    // The control: the fakes do see what is given to them as an argument.
    expect(argv).toContain('alias/firebreak');
    expect(readFileSync(join(all.home, 'keys', 'key.json'), 'utf8')).not.toContain(kek);
    expect(keysIn(all).filter((name) => name.endsWith('.blob'))).toEqual([]);
    // Refused there, it is not opened here: what is said is the tool's first line.
    tools.refuse();
    const { app, heard } = await desk(all, [], tools.parts);
    await app.unlock();
    expect(JSON.stringify(heard)).toMatch(/AccessDenied.*permission denied/);
    expect(titles(app)).toEqual(['[sealed]', '[sealed]']);
  });

  test.each([
    ['age', 'age1nonsense'],
    ['age', null],
    ['aws-kms', '--profile=other'],
    ['vault', '-address=http://elsewhere/x'],
    ['vault', 'transit'],
  ] as const)('%s %s is refused, and everything stays as it was', async (from, key) => {
    const all = await twoIncidents();
    const tools = fakeTools(all.home);
    await expect(
      at(all, [], async (keys) => await keys.add(way(from, key)), tools.parts),
    ).rejects.toMatchObject({
      code: 'usage',
    });
    expect(tools.calls()).toBe('');
    await allOpens(all, []);
  });
});

describe('one key for all ways', () => {
  test('rotate makes a new key that each way opens, and the old one opens nothing', async () => {
    const all = await twoIncidents();
    const code = await codeOf(all);
    await at(all, [], async (keys) => await keys.add(way('passphrase')));
    await at(all, [], async (keys) => await keys.add(way('age', recipientOf(secret))));
    const before = readFileSync(join(all.home, 'keys', 'data.key'), 'utf8');
    const change = await at(all, [], async (keys) => await keys.rotate(way('file').choose));
    expect(change).toMatchObject({ changed: true, rewrapped: 2, wiped: true, left: [], kept: [] });
    const [file] = keysIn(all).filter((name) => name.endsWith('.key'));
    expect(readFileSync(join(all.home, 'keys', file ?? ''), 'utf8')).not.toBe(before);
    await allOpens(all, []);
    rmSync(join(all.home, 'keys', file ?? ''));
    for (const typed of [code, WORDS]) await allOpens(all, [typed]);
    await allOpens(all, [], { identity: identityFile(all) });
    writeFileSync(join(all.home, 'keys', 'data.key'), before, { mode: 0o600 });
    const old = await desk(all, []);
    expect(titles(old.app)).toEqual(['[sealed]', '[sealed]']);
  });

  test('remove leaves that way with a key that opens nothing', async () => {
    const all = await twoIncidents();
    const code = await codeOf(all);
    await at(all, [], async (keys) => await keys.add(way('passphrase')));
    await at(all, [], async (keys) => await keys.remove('code', way('file').choose));
    for (const name of keysIn(all).filter((one) => one.endsWith('.key')))
      rmSync(join(all.home, 'keys', name));
    const { app } = await desk(all, [code, code]);
    await app.unlock();
    expect(titles(app)).toEqual(['[sealed]', '[sealed]']);
    await app.close();
    await allOpens(all, [WORDS]);
    await expect(
      at(all, [WORDS], async (keys) => await keys.remove('nobody', way('file').choose)),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('the only way is not removed', async () => {
    const all = await twoIncidents();
    await expect(
      at(all, [], async (keys) => await keys.remove('file', way('file').choose)),
    ).rejects.toMatchObject({
      code: 'usage',
    });
    await allOpens(all, []);
  });

  test('dies at any write of a rotation without losing anything, and is finished by the same call', async () => {
    const all = await twoIncidents();
    const code = await codeOf(all);
    for (let kill = 1, finished = false; !finished; kill += 1) {
      let steps = 0;
      const step = (): void => {
        if ((steps += 1) === kill) throw new Error('killed');
      };
      finished = await at(all, [], async (keys) => await keys.rotate(way('file').choose), { step }).then(
        () => true,
        (error: unknown) => {
          expect(String(error)).toContain('killed');
          return false;
        },
      );
      await allOpens(all, []);
      await at(all, [], async (keys) => await keys.rotate(way('file').choose));
      expect(keysIn(all)).toEqual([expect.stringMatching(/^data.*\.key$/), 'device.pem', 'key.json']);
      expect(kill).toBeLessThan(40);
    }
    for (const name of keysIn(all).filter((one) => one.endsWith('.key')))
      rmSync(join(all.home, 'keys', name));
    await allOpens(all, [code]);
  }, 120_000);

  test('a recipient slipped into key.json is not let in', async () => {
    const all = await twoIncidents();
    await codeOf(all);
    const path = join(all.home, 'keys', 'key.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as { recipients: unknown[] };
    file.recipients.push({ from: 'age', wrap: { to: recipientOf(secret), wrapped: 'AAAA' } });
    writeFileSync(path, JSON.stringify(file), { mode: 0o600 });
    const refused = { code: 'not-authorised' };
    const rotated = at(all, [], async (keys) => await keys.rotate(way('file').choose));
    await expect(rotated).rejects.toMatchObject(refused);
    await expect(at(all, [], async (keys) => await keys.add(way('code')))).rejects.toMatchObject(refused);
    await allOpens(all, []);
    await use(all, 'passphrase');
    expect(readFileSync(path, 'utf8')).not.toContain('"age"');
    await allOpens(all, [WORDS]);
  });
});

describe('a key drill', () => {
  const drill = async (all: Company, typed: string | null, name: string | null = null) =>
    await at(all, [], async (keys) => await keys.drill(name, async () => await Promise.resolve(typed)));

  test('opens every data key of every open incident by the second way alone, and is remembered', async () => {
    const all = await twoIncidents();
    const code = await codeOf(all);
    loseFile(all);
    const found = await drill(all, code);
    expect(found).toMatchObject({ way: 'code', passed: true, unreadable: [] });
    expect(found.incidents).toHaveLength(2);
    for (const { keys, opened, fields } of found.incidents) {
      expect([opened, fields]).toEqual([keys, keys]);
      expect(keys).toBeGreaterThan(1);
    }
    const { app } = await desk(all);
    expect(app.key().drilled).not.toBeNull();
    await app.close();
  });

  test('does not pass when an incident is sealed with another key, nor with a wrong code', async () => {
    const all = await twoIncidents();
    const code = await codeOf(all);
    await expect(drill(all, 'wrong words that open nothing')).rejects.toMatchObject({ code: 'sealed' });
    const bare = await desk(all, [], { keychain: fakeKeychain() });
    await bare.app.close();
    loseFile(all);
    // Nobody knew the key that night: the new incident is under the stand-in.
    const night = await desk(all, []);
    await night.app.declare({ runbook: 'leaked-whatsapp-token', title: 'A third night' });
    await night.app.close();
    expect(await drill(all, code)).toMatchObject({ passed: false });
    expect(existsSync(join(all.home, 'keys', 'stand-in.key'))).toBe(true);
  });

  test('needs a second way', async () => {
    const all = await twoIncidents();
    await expect(drill(all, '')).rejects.toMatchObject({ code: 'usage' });
  });
});

test('the first key is asked of the keychain, and lies in a file where there is none', async () => {
  const bare = await twoIncidents();
  rmSync(join(bare.home, 'incidents'), { recursive: true });
  rmSync(join(bare.home, 'keys'), { recursive: true });
  const keychain = fakeKeychain();
  expect(await at(bare, [], async (keys) => await keys.begin(), { keychain })).toEqual({ fellBack: null });
  expect([keysIn(bare), keychain.values.size]).toEqual([['key.json'], 1]);
  rmSync(join(bare.home, 'keys'), { recursive: true });
  const { fellBack } = await at(bare, [], async (keys) => await keys.begin());
  expect(fellBack).toMatch(/npm install --global @napi-rs\/keyring/);
  expect(keysIn(bare)).toEqual(['data.key', 'key.json']);
  // A second time it changes nothing.
  expect(await at(bare, [], async (keys) => await keys.begin(), { keychain })).toEqual({ fellBack: null });
  expect(keysIn(bare)).toEqual(['data.key', 'key.json']);
});
