import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unwrapDek } from '../../src/journal/seal.ts';
import {
  WORDS,
  allOpens,
  desk,
  fakeKeychain,
  keyOf,
  keysIn,
  slowly,
  twoIncidents,
  use,
  wrapped,
} from './key-desk.ts';

describe('changing where the key comes from', () => {
  test('goes to a passphrase and back, with every incident opened and the old key opening nothing', async () => {
    const all = await twoIncidents();
    const old = Buffer.from(readFileSync(join(all.home, 'keys', 'data.key'), 'utf8').trim(), 'hex');
    const before = wrapped(all);
    expect(await use(all, 'passphrase', [], slowly)).toMatchObject({
      changed: true,
      rewrapped: 2,
      wiped: true,
      left: [],
      kept: [],
    });
    expect(keysIn(all)).toEqual(['device.pem', 'key.json']);
    expect(statSync(join(all.home, 'keys', 'key.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(all.home, 'keys', 'key.json'), 'utf8')).not.toContain(WORDS);
    const now = wrapped(all);
    expect(now.length).toBe(before.length);
    for (const row of now)
      expect(unwrapDek(old, row.path.split('/').at(-2) ?? '', row.id, row.wrapped)).toBeNull();
    // What the old key opened is not left behind in the files either.
    for (const row of before) {
      for (const file of [row.path, `${row.path}-wal`])
        if (existsSync(file)) expect(readFileSync(file).includes(row.wrapped)).toBe(false);
    }
    await allOpens(all, [WORDS], slowly);
    expect(await use(all, 'file', [WORDS], slowly)).toMatchObject({ changed: true, rewrapped: 2 });
    expect(keysIn(all)).toEqual(['data.key', 'device.pem', 'key.json']);
    await allOpens(all, []);
    expect(await use(all, 'file')).toMatchObject({ changed: false });
  });

  test('goes through the keychain, and leaves nothing behind there', async () => {
    const all = await twoIncidents();
    const keychain = fakeKeychain();
    await use(all, 'keychain', [], { keychain });
    expect(keychain.values.size).toBe(1);
    await allOpens(all, [], { keychain });
    await use(all, 'passphrase', [], { keychain });
    expect(keychain.values.size).toBe(0);
    expect(readFileSync(join(all.home, 'keys', 'key.json'), 'utf8')).not.toContain('forget');
    await allOpens(all, [WORDS]);
    await use(all, 'passphrase', [WORDS], {}, 'another long passphrase');
    await allOpens(all, ['another long passphrase']);
  });

  test('loses nothing when the tool dies at any write, and the same call again finishes it', async () => {
    const changes = [
      ['passphrase', [], [WORDS]],
      ['file', [WORDS], [WORDS]],
    ] as const;
    const all = await twoIncidents();
    for (const [from, typed, later] of changes) {
      for (let at = 1, finished = false; !finished; at += 1) {
        let steps = 0;
        const step = (): void => {
          if ((steps += 1) === at) throw new Error('killed');
        };
        finished = await use(all, from, typed, { step }).then(
          () => true,
          (error: unknown) => {
            expect(String(error)).toContain('killed');
            return false;
          },
        );
        await allOpens(all, later);
        // Back to the start, whatever the kill has left: first finished, then changed back.
        await use(all, from, later);
        expect(wrapped(all).every(({ kek }) => kek === keyOf(all))).toBe(true);
        expect(keysIn(all)).toEqual(
          from === 'file'
            ? [expect.stringMatching(/^data.*\.key$/), 'device.pem', 'key.json']
            : ['device.pem', 'key.json'],
        );
        if (!finished) await use(all, from === 'file' ? 'passphrase' : 'file', later);
        expect(at).toBeLessThan(40);
      }
      expect((await desk(all)).app.key()).toMatchObject({ from, changing: null, standIn: [] });
    }
  }, 60_000);

  test('is refused while another change is half done, and while the key in use is not at hand', async () => {
    const all = await twoIncidents();
    let steps = 0;
    const step = (what: string): void => {
      if (what.startsWith('journal') && (steps += 1) === 3) throw new Error('killed');
    };
    await expect(use(all, 'passphrase', [], { step })).rejects.toThrow('killed');
    await expect(use(all, 'keychain', [], { keychain: fakeKeychain() })).rejects.toThrow(
      /usage: .*half done/,
    );
    await use(all, 'passphrase', [WORDS]);
    await expect(use(all, 'file', ['not the passphrase'])).rejects.toThrow(/^sealed/);
    await allOpens(all, [WORDS]);
  });

  test('wants a passphrase that is long enough, and a keychain that is there', async () => {
    const all = await twoIncidents();
    await expect(use(all, 'passphrase', [], {}, 'too short')).rejects.toThrow(/12 characters/);
    await expect(use(all, 'keychain')).rejects.toThrow(
      /not-installed: .*install=npm install --global @napi-rs\/keyring@/,
    );
    expect(keysIn(all)).toEqual(['data.key', 'device.pem']);
    await allOpens(all, []);
  });
});
