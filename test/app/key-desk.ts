import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { App, KeyFrom, KeyNotice } from '../../src/app/contract.ts';
import { makeKeyring } from '../../src/app/keyring.ts';
import type { KeyParts } from '../../src/app/key-parts.ts';
import { hmacSha256 } from '../../src/base/hash.ts';
import { Problem } from '../../src/base/problem.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemKeychain } from '../../src/io/keychain.ts';
import type { Keychain } from '../../src/io/keychain.ts';
import { systemRandom } from '../../src/io/random.ts';
import { kekFromPassphrase } from '../../src/journal/seal.ts';
import { rigApp } from '../rig/app.ts';
import { company } from './company.ts';
import type { Company } from './company.ts';

/** People at their desks with one data folder: each process knows the keys it was given, and no other. */

export const WORDS = 'correct horse battery';

/** Changing keys a hundred times asks about order and content; what a passphrase costs in earnest is asked with `slowly`. */
export const quickly = (passphrase: string, salt: Uint8Array): Uint8Array =>
  hmacSha256(salt, passphrase.normalize('NFKC'));

export const slowly: Partial<KeyParts> = { stretch: kekFromPassphrase };

/** A keychain in memory. */
export const fakeKeychain = (): Keychain & Readonly<{ values: Map<string, string> }> => {
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

export type Desk = Readonly<{ app: App; heard: KeyNotice[]; asked: () => number }>;

/** One process with its own memory: it knows no key that it was not given. */
export const desk = async (
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
    stretch: quickly,
    ...more,
  });
  return {
    app: await rigApp({ home: all.home, workspace: all.workspace, live: all.world, keyring }),
    heard,
    asked: () => asked,
  };
};

export const titles = (app: App): readonly string[] =>
  app
    .incidents()
    .map(({ title }) => title)
    .toSorted();

export const twoIncidents = async (): Promise<Company> => {
  const all = await company();
  const { app } = await desk(all);
  for (const title of ['First night', 'Second night']) {
    const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title });
    await incident.act({ do: 'note', text: `Note of the ${title}` });
  }
  await app.close();
  return all;
};

export const use = async (
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
export const allOpens = async (
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

export const keysIn = ({ home }: Company): readonly string[] =>
  readdirSync(join(home, 'keys'), { withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name }) => name)
    .toSorted();
export const wrapped = ({
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

export const keyOf = ({ home }: Company): unknown =>
  (JSON.parse(readFileSync(join(home, 'keys', 'key.json'), 'utf8')) as { id: unknown }).id;
