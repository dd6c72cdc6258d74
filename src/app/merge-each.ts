import { assert } from '../base/assert.ts';
import { csvRow } from '../base/text.ts';
import type { Folder } from '../io/folder.ts';
import { leafName, type Leaf, type LeafId, type Leaves } from '../letters/merge/leaf.ts';
import type { Merge } from '../letters/merge/merge.ts';
import type { Reader } from '../letters/merge/reader.ts';
import { writeDirectory, writeMember } from '../letters/merge/zip-members.ts';
import { sha256Hex } from '../base/hash.ts';
import type { Output } from './merge-outputs.ts';

/** Letters that are a file each: collected while the list is read, and made a few at a time between two pieces of it. */
export interface Each {
  write(reader: Reader): void;
  /** Looks whether what an earlier run wrote still stands, and has it made anew where it does not. */
  before(reader: Reader): void;
  /** Makes what was collected. */
  settle(merge: Pick<Merge, 'withdraw'>): Promise<void>;
  end(): void;
  /** Ends what makes letters, whatever became of the merge. */
  close(): Promise<void>;
  /** Letters in which no font had every character. */
  replaced(): number;
}

export type EachOptions = Readonly<{
  each: LeafId;
  leaves: Leaves;
  close: () => Promise<void>;
  place: EachPlace;
  index: Output;
  drill: boolean;
  /** What an earlier run wrote into the index. */
  listed: Iterable<Listed>;
  before: Readonly<{ written: number; replaced: number }>;
  /** Of a letter that shows characters as `\u{..}`. */
  onMissing: (line: number, missing: readonly string[]) => void;
}>;

/** Where files go. */
export type EachPlace = Readonly<{
  put: (name: string, bytes: Uint8Array) => void;
  /** Whether what an earlier run put there is there. */
  stands: (name: string, sha256: string) => boolean;
  end: () => void;
}>;

/** A line of the index: a file, and what it held when it was written. */
export type Listed = Readonly<{ name: string; sha256: string }>;

/** So many are made before their files are written: memory does not follow the rows of a piece. */
const AT_ONCE = 64;

export function eachOf(options: EachOptions): Each {
  const { each, leaves, close, place, index, drill, before, onMissing } = options;
  const listed = options.listed[Symbol.iterator]();
  let [next, written, replaced] = [listed.next(), before.written, before.replaced];
  const fresh: Reader[] = [];
  const again: Readonly<{ reader: Reader; name: string }>[] = [];
  if (before.written === 0)
    index.out.text(csvRow(['file', 'sha256', 'line', 'id', 'address', 'language']), false);

  const keepLeaf = (reader: Reader, { bytes, missing }: Extract<Leaf, { bytes: Uint8Array }>): void => {
    const name = leafName(written, reader.key, each, drill);
    place.put(name, bytes);
    const { line, id, address, language } = reader;
    index.out.text(csvRow([name, sha256Hex(bytes), String(line), id, address, language]), false);
    written += 1;
    if (missing.length === 0) return;
    replaced += 1;
    onMissing(line, missing);
  };
  const repair = async (): Promise<void> => {
    while (again.length > 0) {
      const some = again.splice(0, AT_ONCE);
      const made = await leaves(some.map(({ reader }) => reader));
      for (const [i, leaf] of made.entries()) {
        const name = some[i]?.name;
        assert(name !== undefined && 'bytes' in leaf, 'a letter that was made once can be made again');
        place.put(name, leaf.bytes);
      }
    }
  };
  return {
    write: (reader) => void fresh.push(reader),
    before(reader) {
      // A letter that could not be made has no line.
      if (next.done === true || !next.value.name.includes(reader.key)) return;
      const { name, sha256 } = next.value;
      if (!place.stands(name, sha256)) again.push({ reader, name });
      next = listed.next();
    },
    async settle(merge) {
      await repair();
      while (fresh.length > 0) {
        const some = fresh.splice(0, AT_ONCE);
        const made = await leaves(some);
        for (const [i, leaf] of made.entries()) {
          const reader = some[i];
          assert(reader !== undefined, 'as many letters as readers');
          if ('why' in leaf) merge.withdraw({ line: reader.line, why: leaf.why });
          else keepLeaf(reader, leaf);
        }
      }
    },
    end() {
      listed.return?.();
      place.end();
    },
    close,
    replaced: () => replaced,
  };
}

/** Files in a folder. It is the disk's own cache that they are in until the end, so what is gone on with is looked at. */
export const inFolder = (folder: Folder, names: () => Iterable<string>): EachPlace => ({
  put: (name, bytes) => folder.put(name, bytes),
  stands: (name, sha256) => folder.sha256(name) === sha256,
  end: () => folder.sync(names),
});

/** Members of a zip, whose bytes were kept with it. */
export const inZip = (zip: Output, pack: boolean): EachPlace => ({
  put: (name, bytes) => writeMember(zip.out, name, bytes, pack),
  stands: () => true,
  end: () => {
    zip.out.flush();
    writeDirectory(zip.out, zip.size(), zip.read);
  },
});

const LISTED = /^"([^"]*)","([0-9a-f]{64})"/;

/** The files that an index lists. */
export function* listedIn(pieces: Iterable<Uint8Array>): Generator<Listed> {
  const decoder = new TextDecoder();
  let rest = '';
  for (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, name, sha256] = LISTED.exec(line) ?? [];
      if (name !== undefined && sha256 !== undefined) yield { name, sha256 };
    }
  }
}
