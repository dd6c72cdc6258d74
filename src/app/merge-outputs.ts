import { growing } from '../io/growing.ts';
import { outOf, type Out } from '../letters/merge/out.ts';
import type { Kept } from './merge-state.ts';
import { indexPath } from './merge-state.ts';
import type { MergeAsked } from './merge-contract.ts';

/** A file that a merge writes from its beginning, or from where an earlier run came to. */
export type Output = Readonly<{
  out: Out;
  /** All that was written, of an earlier run too. */
  size: () => number;
  /** Puts it beyond the reach of a crash. */
  keep: () => void;
  read: (at: number, length: number) => Uint8Array;
  sha256: () => string;
  close: () => void;
}>;

/** `letters`: the file with all of them, null where each has its own in a folder. */
export type Outputs = Readonly<{ letters: Output | null; index: Output | null; report: Output | null }>;

export function openOutputs(asked: MergeAsked, before: Kept): Outputs {
  const index = indexPath(asked);
  const opened: Output[] = [];
  const open = (path: string | null, kept: number): Output | null => {
    if (path === null) return null;
    const made = output(path, kept);
    opened.push(made);
    return made;
  };
  try {
    return {
      letters: open(asked.format.is === 'files' ? null : asked.out, before.bytes),
      index: open(index, before.indexBytes),
      report: open(asked.report, before.reportBytes),
    };
  } catch (error) {
    for (const { close } of opened) close();
    throw error;
  }
}

function output(path: string, kept: number): Output {
  const file = growing(path, kept);
  const out = outOf((bytes) => file.write(bytes));
  return {
    out,
    size: () => kept + out.size(),
    keep: () => {
      out.flush();
      file.sync();
    },
    read: (at, length) => file.read(at, length),
    sha256: () => file.sha256(),
    close: () => file.close(),
  };
}

export const all = ({ letters, index, report }: Outputs): readonly Output[] =>
  [letters, index, report].filter((one) => one !== null);
