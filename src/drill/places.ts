import { join } from 'node:path';
import { sha256Hex } from '../base/hash.ts';
import type { Files } from '../io/files.ts';
import type { Places } from '../io/places.ts';
import { limits } from '../model/limits.ts';

/**
 * Where new credentials are put in a drill: one shelf beside its systems, whatever place is meant. No program, file or keychain of
 * the team is touched, and no service of theirs is asked; that the vendor accepts what was put there is asked of the simulator.
 */

const NAME = 'places.kept';

export const drillPlaces = (folder: string, files: Files): Places => {
  const path = join(folder, NAME);
  const held = (): Readonly<Record<string, string>> =>
    files.exists(path)
      ? (JSON.parse(files.readText(path, limits.answerBytesMax)) as Readonly<Record<string, string>>)
      : {};
  return {
    put: async (name, _place, secret) => {
      files.writeAtomic(path, JSON.stringify({ ...held(), [name]: sha256Hex(secret.use()) }));
      return await Promise.resolve({
        is: 'put',
        how: 'the place of this drill holds it; nothing of yours was run or written',
      });
    },
    check: async (name) =>
      await Promise.resolve({
        is: 'answers',
        how: `the service of this drill works with ${Object.hasOwn(held(), name) ? 'what was put there' : 'the old one'}`,
      }),
  };
};
