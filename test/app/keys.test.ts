import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { App, KeyFrom, KeyNotice } from '../../src/app/contract.ts';
import { makeKeyring } from '../../src/app/keyring.ts';
import type { KeyParts } from '../../src/app/keyring.ts';
import { Problem } from '../../src/base/problem.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemKeychain } from '../../src/io/keychain.ts';
import type { Keychain } from '../../src/io/keychain.ts';
import { systemRandom } from '../../src/io/random.ts';
import { unwrapDek } from '../../src/journal/seal.ts';
import { rigApp } from '../rig/app.ts';
import { company } from './company.ts';
import type { Company } from './company.ts';

const WORDS = 'correct horse battery';

/** A keychain in memory. */
const fakeKeychain = (): Keychain & Readonly<{ values: Map<string, string> }> => {
  const values = new Map<string, string>();
  return {
    values,
    read: async (account, name) => {
      const value = values.get(account);
      if (value === undefined)
        throw new Problem('missing-secret', { name, ref: account, why: 'the keychain did not give it' });
      return await Promise.resolve(value);
    },
    write: async (account, _name, value) => await Promise.resolve(void values.set(account, value)),
    remove: async (account) => await Promise.resolve(void values.delete(account)),
  };
};

type Desk = Readonly<{ app: App; heard: KeyNotice[]; asked: () => number }>;

/** One process with its own memory: it knows no key that it was not given. */
const desk = async (
  all: Company,
  typed: readonly (string | null)[] = [],
  more: Partial<KeyParts> = {},
): Promise<Desk> => {
  const heard: KeyNotice[] = [];
  let asked = 0;
  const keyring = makeKeyring({
    folder: join(all.home, 'keys'),
    files: systemFiles(),
    random: systemRandom(),
    keychain: systemKeychain(),
    ask: async () => await Promise.resolve(typed[asked++] ?? null),
    heard: (notice) => void heard.push(notice),
    ...more,
  });
  return {
    app: await rigApp({ home: all.home, workspace: all.workspace, live: all.world, keyring }),
    heard,
    asked: () => asked,
  };
};

const titles = (app: App): readonly string[] =>
  app
    .incidents()
    .map(({ title }) => title)
    .toSorted();

const twoIncidents = async (): Promise<Company> => {
  const all = await company();
  const { app } = await desk(all);
  for (const title of ['First night', 'Second night']) {
    const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title });
    await incident.act({ do: 'note', text: `Note of the ${title}` });
  }
  await app.close();
  return all;
};

const use = async (
  all: Company,
  from: KeyFrom,
  typed: readonly string[] = [],
  more: Partial<KeyParts> = {},
  chosen = WORDS,
) => {
  const { app } = await desk(all, typed, more);
  try {
    return await app.useKey(from, async () => await Promise.resolve(chosen));
  } finally {
    await app.close();
  }
};

/** Each incident is read, noted in, and opens what it noted. */
const allOpens = async (
  all: Company,
  typed: readonly string[],
  more: Partial<KeyParts> = {},
): Promise<void> => {
  const { app } = await desk(all, typed, more);
  await app.unlock();
  expect(titles(app)).toEqual(['First night', 'Second night']);
  for (const { id } of app.incidents()) {
    const incident = await app.open(id);
    const before = incident.timeline({ newestFirst: true, limit: 1 })[0];
    expect(JSON.stringify(before)).toContain('ote of the');
    await incident.act({ do: 'note', text: 'One more note of the night' });
    expect(incident.timeline({ newestFirst: true, limit: 1 })[0]?.what).toContain('One more note');
    await incident.leave();
    expect((await app.verify(id)).problems).toEqual([]);
  }
  await app.close();
};

const keysIn = ({ home }: Company): readonly string[] => readdirSync(join(home, 'keys')).toSorted();
const wrapped = ({
  home,
}: Company): readonly Readonly<{ path: string; id: string; kek: string; wrapped: Buffer }>[] =>
  readdirSync(join(home, 'incidents')).flatMap((incident) => {
    const path = join(home, 'incidents', incident, 'journal.sqlite');
    const db = new Database(path, { readonly: true });
    const rows = db.prepare('SELECT id, kek, wrapped FROM dek WHERE wrapped IS NOT NULL').all() as readonly {
      id: string;
      kek: string;
      wrapped: Buffer;
    }[];
    db.close();
    return rows.map((row) => ({ path, ...row }));
  });

const keyOf = ({ home }: Company): unknown =>
  (JSON.parse(readFileSync(join(home, 'keys', 'key.json'), 'utf8')) as { id: unknown }).id;

describe('changing where the key comes from', () => {
  test('goes to a passphrase and back, with every incident opened and the old key opening nothing', async () => {
    const all = await twoIncidents();
    const old = Buffer.from(readFileSync(join(all.home, 'keys', 'data.key'), 'utf8').trim(), 'hex');
    const before = wrapped(all);
    expect(await use(all, 'passphrase')).toMatchObject({
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
    await allOpens(all, [WORDS]);
    expect(await use(all, 'file', [WORDS])).toMatchObject({ changed: true, rewrapped: 2 });
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
  }, 120_000);

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
});
