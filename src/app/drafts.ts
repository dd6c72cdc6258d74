import { z } from 'zod';
import { maskSecrets } from '../base/mask.ts';
import type { Clock } from '../io/clock.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import type { DraftsDoor, Typed } from './drafts-contract.ts';

/** Seals one text, or null where there is no key for it; and the way back. */
export type DraftSeal = Readonly<{
  seal: (text: string) => string | null;
  open: (sealed: string) => string | null;
}>;

export type DraftsPlace = Readonly<{ path: string; files: Files; clock: Clock; sealed: DraftSeal }>;

/** A door with an end, where what waits for a pause is written; `drop` destroys what was kept. */
export type Drafts = DraftsDoor & Readonly<{ leave: () => void; drop: () => void }>;

/** The file beside the journal; it can be deleted at any time. */
export const DRAFTS_FILE = 'drafts.sealed';

/** Whoever stops typing for so long has made a pause; whoever does not is not asked to. Milliseconds. */
const PAUSE_MS = 400;
const LONGEST_MS = 2000;

const MOST_BYTES = 16 * 1024 * 1024;

const shape = z.array(
  z.strictObject({
    name: z.string(),
    on: z.int().min(0),
    inputs: z.record(
      z.string(),
      z.strictObject({ text: z.string(), chosen: z.int().min(-1), ticked: z.array(z.string()) }),
    ),
  }),
);

export const noDrafts: Drafts = {
  found: () => [],
  keep: () => undefined,
  leave: () => undefined,
  drop: () => undefined,
};

export const draftsAt = (place: DraftsPlace): Drafts => {
  const leaving = new AbortController();
  let wanted: string | null = null;
  let written: string | null = null;
  let waits = false;
  const write = (): void => {
    if (wanted === null || wanted === written) return;
    written = wanted;
    writeDown(place, wanted);
  };
  const settle = async (): Promise<void> => {
    const { clock } = place;
    const since = clock.elapsed();
    for (let seen: string | null = null; seen !== wanted && clock.elapsed() - since < LONGEST_MS;) {
      seen = wanted;
      await clock.sleep(PAUSE_MS, leaving.signal);
    }
    write();
  };
  return {
    found: () => readBack(place),
    keep(all) {
      wanted = JSON.stringify(all.map(withoutSecrets));
      if (waits || leaving.signal.aborted || wanted === written) return;
      waits = true;
      settle().then(
        () => void (waits = false),
        () => undefined,
      );
    },
    drop() {
      wanted = NONE;
      write();
    },
    leave() {
      if (leaving.signal.aborted) return;
      leaving.abort();
      write();
    },
  };
};

/** A token in a note is masked when the note is saved: it is not kept any longer because it was not. */
const withoutSecrets = ({ inputs, ...typed }: Typed): Typed => ({
  ...typed,
  inputs: Object.fromEntries(
    Object.entries(inputs).map(([id, input]) => [id, { ...input, text: maskSecrets(input.text).text }]),
  ),
});

const NONE = '[]';

/** Nobody is told where it cannot be kept: it still stands in the form, and typing must go on. */
const writeDown = ({ path, files, sealed }: DraftsPlace, words: string): void => {
  try {
    if (words === NONE) return void (files.exists(path) && files.remove(path));
    const text = sealed.seal(words);
    if (text !== null) files.writeAtomic(path, text);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
};

const readBack = ({ path, files, sealed }: DraftsPlace): readonly Typed[] => {
  try {
    const words = files.exists(path) ? sealed.open(files.readText(path, MOST_BYTES)) : null;
    const read = words === null ? null : shape.safeParse(JSON.parse(words));
    return read?.success === true ? read.data : [];
  } catch (error) {
    if (error instanceof StorageError || error instanceof SyntaxError) return [];
    throw error;
  }
};
