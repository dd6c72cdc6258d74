import { commonSize } from '../journal/against.ts';
import { openCopy } from '../journal/copy.ts';
import type { Finding } from '../journal/findings.ts';
import type { Origin } from '../journal/lineage.ts';

/** What a verification says of a journal that went from one machine to another, and of two copies that did not stay alike. */

/** Who wrote which part, each by the key that signed it; nothing where one machine wrote all of it. */
export const originWords = (origins: readonly Origin[]): readonly string[] =>
  origins.length < 2
    ? []
    : origins.map(({ log, vkey, from }, i) => {
        const next = origins[i + 1];
        const which = next === undefined ? `from #${from} on` : `#${from} to #${next.from - 1}`;
        const then = next === undefined ? '' : ', and handed over there';
        return `entries ${which}: written and signed by ${log}${then}, key ${vkey}`;
      });

type Held = Readonly<{ findings: readonly Finding[]; remarks: readonly string[] }>;

/** @throws StorageError for what is no journal */
export const heldAgainst = (path: string, other: string): Held => {
  const mine = openCopy(path);
  try {
    const theirs = openCopy(other);
    try {
      const common = commonSize(mine, theirs);
      const [here, there] = [mine.size - common, theirs.size - common];
      if (here > 0 && there > 0)
        return {
          remarks: [],
          findings: [
            {
              kind: 'rewritten',
              entry: common,
              says: `two stories: alike up to entry #${common - 1}, and from #${common} on ${here} ${entries(here)} here, ${there} other ${entries(there)} in ${other}`,
            },
          ],
        };
      const more =
        here > 0 ? `${here} more here` : there > 0 ? `${there} more in ${other}` : 'no more in either';
      return { findings: [], remarks: [`${common} entries are alike in ${other}, ${more}`] };
    } finally {
      theirs.close();
    }
  } finally {
    mine.close();
  }
};

const entries = (count: number): string => (count === 1 ? 'entry' : 'entries');
