import { StorageError } from '../io/storage.ts';
import type { Kek } from '../journal/key-file.ts';
import type { KeyParts } from './key-parts.ts';
import { isTyped, openQuietly, openTyped } from './recipients.ts';

/** Getting at keys that are not at hand: first every way that asks nobody, then one question for all the others. */

const TRIES = 3;

type Shut = { readonly kek: Kek; readonly whys: string[] };

/** @param not hears of each key that stays away, and why */
export const openKeys = async (
  parts: KeyParts,
  missing: readonly Kek[],
  hold: (key: Uint8Array) => void,
  not: (kek: Kek, why: string) => void,
): Promise<void> => {
  const shut: Shut[] = [];
  for (const kek of missing) {
    const whys = await openWithout(parts, kek, hold);
    if (whys !== null) shut.push({ kek, whys });
  }
  const typed = shut.filter(({ kek }) => kek.recipients.some(isTyped));
  const still = await ask(parts, typed, hold);
  for (const one of shut) if (still.has(one) || !typed.includes(one)) not(one.kek, one.whys.join('; '));
};

/** Null when one of the ways opened it; else why each did not. */
const openWithout = async (
  parts: KeyParts,
  kek: Kek,
  hold: (key: Uint8Array) => void,
): Promise<string[] | null> => {
  const whys: string[] = [];
  for (const recipient of kek.recipients.filter((one) => !isTyped(one))) {
    const found = await openQuietly(parts, kek, recipient);
    if (typeof found !== 'string') {
      hold(found);
      if (whys.length > 0)
        parts.heard?.({
          is: 'other-way',
          from: kek.recipients[0]?.from ?? 'file',
          why: whys.join('; '),
          by: recipient.from,
        });
      return null;
    }
    whys.push(found);
  }
  return whys;
};

/** One question serves whichever key it is for, and whether it is answered by passphrase or recovery code. */
const ask = async (
  parts: KeyParts,
  shut: readonly Shut[],
  hold: (key: Uint8Array) => void,
): Promise<ReadonlySet<Shut>> => {
  const left = new Set(shut);
  let before: string | null = null;
  let refused: string | null = null;
  for (let tries = 0; left.size > 0 && tries < TRIES; tries += 1) {
    const text = await answer(parts, tries > 0, (why) => {
      refused = why;
    });
    // The same again, from a file: asking more often gives nothing new.
    if (text === '' || text === before) break;
    before = text;
    for (const one of left) {
      const key = openTyped(parts, one.kek, text);
      if (key === null) continue;
      hold(key);
      left.delete(one);
    }
  }
  for (const { kek, whys } of left) {
    const what = namesOfTyped(kek);
    whys.push(refused ?? (before === null ? `no ${what} was given` : `the ${what} is wrong`));
  }
  return left;
};

/** How the ways that are typed are called in a sentence. */
const namesOfTyped = ({ recipients }: Kek): string =>
  (['passphrase', 'code'] as const)
    .filter((kind) => recipients.some(({ from }) => from === kind))
    .map((kind) => (kind === 'code' ? 'recovery code' : kind))
    .join(' or ');

/** A passphrase file that is not there or that others can read must not keep anybody from declaring. */
const answer = async (
  { ask: person }: KeyParts,
  again: boolean,
  not: (why: string) => void,
): Promise<string> => {
  try {
    return (await person?.(again)) ?? '';
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    not(error.message);
    return '';
  }
};
