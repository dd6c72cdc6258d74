import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { StorageError } from '../io/storage.ts';
import { DATA_KEY } from '../journal/keys.ts';
import { limits } from '../model/limits.ts';
import { passphraseKey } from './approvals.ts';
import type { Base } from './base.ts';
import { incidentFolder, journalPath, paths } from './base.ts';
import type { App, Finding, KeyReport } from './contract.ts';
import { STAND_IN, keyJson, wrappersOf } from './keyring.ts';
import type { Keyring } from './keyring.ts';
import { idsIn, keyringOf } from './store.ts';
import { summaries } from './summaries.ts';

/** The key of the live incidents, as a person sees and changes it. Drills keep their own key files. */

export const keyDoor = (base: Base): Pick<App, 'key' | 'unlock' | 'useKey' | 'approverKey'> => ({
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
    const held = summaries(base, false).readable.find((one) => one.held);
    if (held !== undefined) throw new Problem('engine-held', { incident: held.id });
    const { changeKey } = await import('./rekey.ts');
    return await changeKey({ ring: keyringOf(base), journals: () => journalsOf(base) }, from, async () =>
      longEnough(await choose()),
    );
  },
});

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
  const usual = join(paths(base.home).keys, DATA_KEY);
  // Looking makes no key: that is done when the first incident needs one.
  if (!base.files.exists(keyJson(paths(base.home).keys)) && !base.files.exists(usual))
    return { from: 'file', place: usual, atHand: true, changing: null, standIn: [] };
  const { now, next } = ring.source();
  const standIn = ring.keyFiles().find(({ path }) => path.endsWith(STAND_IN))?.id;
  return {
    from: now.from,
    place: placeOf(base, ring),
    atHand: ring.atHand().has(now.id),
    changing: next?.from ?? null,
    standIn:
      standIn === undefined
        ? []
        : journalsOf(base).flatMap(({ id, path }) => (wrappersOf(path).includes(standIn) ? [id] : [])),
  };
};

const placeOf = (base: Base, ring: Keyring): string => {
  const { now } = ring.source();
  const folder = paths(base.home).keys;
  if (now.from === 'keychain') return `keychain: firebreak ${now.account}`;
  if (now.from === 'passphrase') return keyJson(folder);
  return ring.keyFiles().find(({ id }) => id === now.id)?.path ?? join(folder, DATA_KEY);
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
  const { from, place, atHand, changing, standIn } = report;
  const lost = from === 'file' && !atHand;
  const first: Finding = lost
    ? {
        what: 'key',
        state: 'broken',
        detail: `the key file ${place} is gone: what it sealed stays sealed`,
        fix: 'put it back from a copy',
      }
    : { what: 'key', state: 'ok', detail: `from ${from}: ${place}`, fix: '' };
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
  return [first, ...halfDone, ...borrowed];
};
