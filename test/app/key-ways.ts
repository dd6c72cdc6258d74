import type { KeyDesk, KeyFrom, NewWay } from '../../src/app/contract.ts';
import type { KeyParts } from '../../src/app/key-parts.ts';
import type { Company } from './company.ts';
import { WORDS, desk } from './key-desk.ts';

/** Ways to a key as a person makes them, each at a desk that knows nothing else. */

export const way = (from: KeyFrom, key: string | null = null, words = WORDS): NewWay => ({
  from,
  key,
  choose: async () => await Promise.resolve(words),
});

export const at = async <T>(
  all: Company,
  typed: readonly (string | null)[],
  work: (keys: KeyDesk) => Promise<T>,
  more: Partial<KeyParts> = {},
): Promise<T> => {
  const { app } = await desk(all, typed, more);
  try {
    return await work(await app.keyDesk());
  } finally {
    await app.close();
  }
};

/** A recovery code that somebody has written down. */
export const codeOf = async (all: Company, typed: readonly string[] = [], more: Partial<KeyParts> = {}) => {
  const { code } = await at(
    all,
    typed,
    async (keys) => {
      const made = await keys.add(way('code'));
      await keys.written();
      return made;
    },
    more,
  );
  return code ?? '';
};
