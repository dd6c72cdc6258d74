import type { Reader } from './reader.ts';

/** What each letter of a merge is as a file of its own. */
export const leafIds = ['eml', 'html', 'pdf'] as const;
export type LeafId = (typeof leafIds)[number];

/** One letter's file, and the characters in it that stand as `\u{..}` because no font has them; or why it has none. */
export type Leaf = Readonly<{ bytes: Uint8Array; missing: readonly string[] }> | Readonly<{ why: string }>;

/** Makes the files of some readers, in their order. */
export type Leaves = (readers: readonly Reader[]) => Promise<readonly Leaf[]>;

/** Where a letter lies among the others: no folder has more than a thousand, and nothing of a person is in a name. */
export const leafName = (n: number, key: string, id: LeafId, drill: boolean): string =>
  `${three(n / 1_000_000)}/${three((n / 1000) % 1000)}/${drill ? 'DRILL-' : ''}${key}.${id}`;

const three = (number: number): string => String(Math.floor(number)).padStart(3, '0');
