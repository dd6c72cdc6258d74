import { workInCrew } from '../../io/crew.ts';
import { systemTypesetter } from '../../io/typeset.ts';
import type { PageLetter } from '../papers/document.ts';
import type { Leaf } from './leaf.ts';
import { setOne } from './pdf-leaves.ts';

// A thread that sets letters, with a typesetter of its own. `src/letters/merge/setting.ts` starts it.
workInCrew<string, readonly PageLetter[], readonly Leaf[]>((fonts) => {
  const typesetter = systemTypesetter(fonts);
  return (letters) => letters.map((letter) => setOne(typesetter, letter));
});
