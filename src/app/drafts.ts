import { z } from 'zod';
import { maskSecrets } from '../base/mask.ts';
import type { Clock } from '../io/clock.ts';
import type { Files } from '../io/files.ts';
import type { Soon } from '../io/soon.ts';
import { StorageError } from '../io/storage.ts';
import type { DraftsDoor, Typed } from './drafts-contract.ts';

/** Seals one text, or null where there is no key for it; and the way back. */
export type DraftSeal = Readonly<{
  /** Whether there is a key in this process. Without one nothing is removed either: it may open what lies there later on. */
  ready: () => boolean;
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
  let underWay: Soon | null = null;
  const isNew = (words: string | null): words is string => words !== null && words !== written;
  /** At once: for an end that waits for nothing. */
  const write = (): void => {
    underWay?.giveUp();
    if (!isNew(wanted)) return;
    written = wanted;
    quietly(() => writeDown(place, written ?? NONE));
  };
  const pause = async (): Promise<void> => {
    const { clock } = place;
    const since = clock.elapsed();
    for (let seen: string | null = null; seen !== wanted && clock.elapsed() - since < LONGEST_MS;) {
      seen = wanted;
      await clock.sleep(PAUSE_MS, leaving.signal);
    }
  };
  /** Beside whoever types on: a disk takes its time to promise that it holds something. */
  const settle = async (): Promise<void> => {
    while (isNew(wanted)) {
      await pause();
      const words = wanted;
      underWay = quietly(() => writeSoon(place, words)) ?? null;
      await underWay?.done.catch(forgiven);
      underWay = null;
      if (!leaving.signal.aborted) written = words;
    }
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
      written = NONE;
      underWay?.giveUp();
      quietly(() => removed(place));
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
const forgiven = (error: unknown): void => {
  if (!(error instanceof StorageError)) throw error;
};
const quietly = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch (error) {
    forgiven(error);
    return undefined;
  }
};

const removed = ({ path, files }: DraftsPlace): void => {
  if (files.exists(path)) files.remove(path);
};

/** Null where there is nothing to write: no words, or no key for them. */
const sealedWords = (place: DraftsPlace, words: string): string | null => {
  if (!place.sealed.ready()) return null;
  if (words !== NONE) return place.sealed.seal(words);
  removed(place);
  return null;
};

const writeDown = (place: DraftsPlace, words: string): void => {
  const text = sealedWords(place, words);
  if (text !== null) place.files.writeAtomic(place.path, text);
};

const writeSoon = (place: DraftsPlace, words: string): Soon | null => {
  const text = sealedWords(place, words);
  return text === null ? null : place.files.writeSoon(place.path, text);
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
