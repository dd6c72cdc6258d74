import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { StorageError } from '../io/storage.ts';
import { nameOf } from '../journal/key-file.ts';
import type { Kek, Recipient } from '../journal/key-file.ts';
import { DATA_KEY } from '../journal/keys.ts';
import { limits } from '../model/limits.ts';
import { passphraseKey } from './approvals.ts';
import type { Base } from './base.ts';
import { incidentFolder, journalPath, paths } from './base.ts';
import type { App, Finding, KeyReport, KeyWay } from './contract.ts';
import { STAND_IN, keyJson, wrappersOf } from './keyring.ts';
import type { Keyring } from './keyring.ts';
import { idsIn, keyringOf } from './store.ts';
import { summaries } from './summaries.ts';

/** The key of the live incidents, as a person sees and changes it. Drills keep their own key files. */

type Door = 'key' | 'unlock' | 'useKey' | 'approverKey' | 'keyDesk';

export const keyDoor = (base: Base): Pick<App, Door> => ({
  approverKey: (passphrase) => passphraseKey(longEnough(passphrase), (length) => base.random.bytes(length)),
  key: () => reportOf(base),
  unlock: async () => {
    // Where only drills are wanted, nobody is asked for what seals live incidents.
    if (base.live === null) return;
    const ring = keyringOf(base);
    await ring.unlock();
    await ring.unlock(() => journalsOf(base).flatMap(({ path }) => wrappersOf(path)));
  },
  useKey: async (from, choose) => {
    mayChange(base);
    const { changeKey } = await import('./rekey.ts');
    const change = { ring: keyringOf(base), journals: () => journalsOf(base) };
    return await changeKey(change, from, longEnoughOf(choose));
  },
  keyDesk: async () => {
    const { makeKeyDesk } = await import('./key-desk.ts');
    const desk = makeKeyDesk({
      base,
      ring: keyringOf(base),
      journals: () => journalsOf(base),
      open: () => summaries(base, false).readable.flatMap(({ id, phase }) => (phase === 'open' ? [id] : [])),
      mayChange: () => mayChange(base),
    });
    return {
      ...desk,
      add: async (way) => await desk.add({ ...way, choose: longEnoughOf(way.choose) }),
      remove: async (name, choose) => await desk.remove(name, longEnoughOf(choose)),
      rotate: async (choose) => await desk.rotate(longEnoughOf(choose)),
    };
  },
});

const mayChange = (base: Base): void => {
  const held = summaries(base, false).readable.find((one) => one.held);
  if (held !== undefined) throw new Problem('engine-held', { incident: held.id });
};

const longEnoughOf = (choose: () => Promise<string>) => async (): Promise<string> =>
  longEnough(await choose());

const longEnough = (passphrase: string): string => {
  if (Array.from(passphrase.normalize('NFKC')).length >= limits.passphraseCharsMin) return passphrase;
  throw new Problem('usage', {
    why: `a passphrase has at least ${limits.passphraseCharsMin} characters`,
    next: 'several words in a row are easy to type at night',
  });
};

const journalsOf = (base: Base): readonly Readonly<{ id: string; path: string }>[] =>
  idsIn(base, false).map((id) => ({ id, path: journalPath(incidentFolder(base.home, id, false)) }));

/** @throws StorageError `corrupt` when `key.json` is damaged */
const reportOf = (base: Base): KeyReport => {
  const ring = keyringOf(base);
  const { keys } = paths(base.home);
  const usual = join(keys, DATA_KEY);
  // Looking makes no key: that is done when the first incident needs one.
  if (!base.files.exists(keyJson(keys)) && !base.files.exists(usual)) {
    const way: KeyWay = { name: 'file', from: 'file', place: usual, sure: true };
    const nothing = { changing: null, standIn: [], made: false, drilled: null };
    return { from: 'file', place: usual, atHand: true, ways: [way], alone: true, ...nothing };
  }
  const { now, next, drilled } = ring.source();
  const standIn = ring.keyFiles().find(({ path }) => path.endsWith(STAND_IN))?.id;
  const ways = now.recipients.map((one): KeyWay => ({
    name: nameOf(one),
    from: one.from,
    place: placeOf(base, ring, now, one),
    sure: one.from !== 'code' || one.shown,
  }));
  return {
    from: ways[0]?.from ?? 'file',
    place: ways[0]?.place ?? usual,
    atHand: ring.atHand().has(now.id),
    changing: next?.recipients[0]?.from ?? null,
    standIn:
      standIn === undefined
        ? []
        : journalsOf(base).flatMap(({ id, path }) => (wrappersOf(path).includes(standIn) ? [id] : [])),
    ways,
    alone: ways.filter(({ sure }) => sure).length < 2,
    made: true,
    drilled: drilled?.at ?? null,
  };
};

const placeOf = (base: Base, ring: Keyring, { id }: Kek, one: Recipient): string => {
  const folder = paths(base.home).keys;
  switch (one.from) {
    case 'file':
      return ring.keyFiles().find((file) => file.id === id)?.path ?? join(folder, DATA_KEY);
    case 'keychain':
      return `keychain: firebreak ${one.account}`;
    case 'age':
      return one.wrap.to;
    case 'aws-kms':
    case 'vault':
      return one.key;
    case 'passphrase':
    case 'code':
      return keyJson(folder);
  }
};

/** For the list of places, which must come out whatever state the key is in. */
export const keyPlace = (base: Base): string => {
  const report = reportOrDamage(base);
  return typeof report === 'string' ? report : `${report.from}: ${report.place}`;
};

const reportOrDamage = (base: Base): KeyReport | string => {
  try {
    return reportOf(base);
  } catch (error) {
    if (error instanceof StorageError) return error.message;
    throw error;
  }
};

/** What the key would do tonight; the keychain is not asked, because it may ask the person. */
export const keyFindings = (base: Base): readonly Finding[] => {
  const report = reportOrDamage(base);
  if (typeof report === 'string')
    return [{ what: 'key', state: 'broken', detail: report, fix: 'put key.json back from a copy' }];
  const { from, place, changing, standIn, alone, drilled, ways } = report;
  const lost =
    from === 'file' && !base.files.exists(place) && base.files.exists(keyJson(paths(base.home).keys));
  const first: Finding = lost
    ? {
        what: 'key',
        state: 'broken',
        detail: `the key file ${place} is gone`,
        fix: alone
          ? 'put it back from a copy: what it sealed stays sealed'
          : 'firebreak keys use file makes a new one, with another way to the key at hand',
      }
    : { what: 'key', state: 'ok', detail: `from ${from}: ${place}`, fix: '' };
  const lone: readonly Finding[] = alone
    ? [
        {
          what: 'second way to the key',
          state: 'warning',
          detail: `there is only ${from}: lost, it takes all that is sealed with it`,
          fix: 'firebreak keys add code',
        },
      ]
    : [
        {
          what: 'second way to the key',
          state: drilled === null ? 'warning' : 'ok',
          detail: `${ways
            .slice(1)
            .map((way) => way.name)
            .join(', ')}, ${drilled === null ? 'never tried' : `last tried ${drilled}`}`,
          fix: drilled === null ? 'firebreak keys drill' : '',
        },
      ];
  const halfDone: readonly Finding[] =
    changing === null
      ? []
      : [
          {
            what: 'key',
            state: 'warning',
            detail: `a change to ${changing} is half done`,
            fix: `firebreak keys use ${changing}`,
          },
        ];
  const borrowed = standIn.map((id): Finding => ({
    what: `key of ${id}`,
    state: 'warning',
    detail: `sealed with the stand-in key file ${join(paths(base.home).keys, STAND_IN)}, because the key was not at hand`,
    fix: `firebreak keys use ${from}`,
  }));
  return [first, ...lone, ...halfDone, ...borrowed];
};
