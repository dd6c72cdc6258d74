import { crewOf, crewScript, threads, type Crew } from '../../io/crew.ts';
import type { Typesetter } from '../../io/typeset.ts';
import type { PageLetter } from '../papers/document.ts';
import type { Leaf } from './leaf.ts';
import { setOne, type Setting } from './pdf-leaves.ts';

/** Up to so many are set before any thread has started. */
const FEW = 16;
/** Letters of one job: enough that handing them over costs nothing, few enough that no thread waits long for the last one. */
const AT_ONCE = 4;

/** Sets letters on all processors. Whoever sets one, its bytes are the same. */
export function settingOf(
  typesetter: Typesetter,
  size = threads(),
): Readonly<{ set: Setting; close: () => Promise<void> }> {
  let crew: Crew<readonly PageLetter[], readonly Leaf[]> | null = null;
  return {
    set: async (letters) => {
      if (size === 1 || letters.length <= FEW) return letters.map((letter) => setOne(typesetter, letter));
      const started = (crew ??= crewOf(
        crewScript('set-letters', '../letters/merge/set-letters.ts'),
        typesetter.fonts,
        size,
      ));
      const jobs = Array.from({ length: Math.ceil(letters.length / AT_ONCE) }, (_, i) =>
        letters.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
      );
      return (await Promise.all(jobs.map(async (job) => await started.do(job)))).flat();
    },
    close: async () => await crew?.close(),
  };
}
