import { createHash } from 'node:crypto';
import type { Random } from '../../src/io/random.ts';

/** The same bytes in every run of a test with the same seed. */
export function fakeRandom(seed = 'firebreak'): Random {
  let counter = 0;
  return {
    bytes(length) {
      const out = Buffer.alloc(length);
      for (let done = 0; done < length; done += 32) {
        createHash('sha256').update(`${seed}:${counter++}`).digest().copy(out, done);
      }
      return out;
    },
  };
}
