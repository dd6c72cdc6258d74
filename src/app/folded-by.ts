/** Put in by the build: names every line of code that a fold rests on (`src/dev/fold-id.ts`). */
declare const FIREBREAK_FOLD: string | undefined;

/** Names what folds journals here; undefined where the program runs from its sources, which may change under it. */
export const foldedBy = (): string | undefined =>
  typeof FIREBREAK_FOLD === 'undefined' ? undefined : `${FIREBREAK_FOLD} v8-${process.versions.v8}`;
