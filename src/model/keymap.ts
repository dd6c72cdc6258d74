import type { Issue } from '../base/problem.ts';

/** Keys as a person may give them: which rows there are, and what became of the file that changes them. */

/** One thing that a key does. `keys` are the program's own, spelled as in the file: `x`, `ctrl+k`, `enter`. */
export type KeyRow = Readonly<{ id: string; keys: readonly string[]; long: string }>;

/**
 * A place where keys are pressed, with every row that could answer there. `inField` are those that must answer while letters are
 * typed into a field of it: their keys may type nothing and may be none of the field's own.
 */
export type KeyPlace = Readonly<{ name: string; ids: readonly string[]; inField: readonly string[] }>;

/** What a file may change: the screens hand it down, because only they know what they do. */
export type KeyTable = Readonly<{ rows: readonly KeyRow[]; places: readonly KeyPlace[] }>;

/** The keys that a person gave to rows, by their id; the others keep their own. */
export type Remap = ReadonlyMap<string, readonly string[]>;

/** `path` is null where nothing says where a home is. A file with an error changes nothing: then `remap` is empty. */
export type Keymap = Readonly<{
  path: string | null;
  found: boolean;
  remap: Remap;
  issues: readonly Issue[];
}>;
