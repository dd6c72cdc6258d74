import { dirname } from 'node:path';
import type { Files } from '../../io/files.ts';
import { StorageError } from '../../io/storage.ts';
import type { NotPosted } from '../post.ts';

/** The first line of the file: by it a file of somebody else is told from one of ours, and a manager knows what an old line is. */
const HEAD = 'firebreak: one line an incident. Where its "next line by" has passed, it is out of date.';

const BYTES_MAX = 64 * 1024;

export type FileLine = Readonly<{ path: string; mode: number; name: string; line: string }>;

/**
 * Replaces the line of one incident; lines of others that are open stay. The folder is never made: where nothing is mounted, this
 * machine would keep the line and nobody would read it.
 */
export const writeLine = (files: Files, { path, mode, name, line }: FileLine): NotPosted | null => {
  const folder = dirname(path);
  try {
    if (files.info(folder) === null)
      return { fault: 'unreachable', detail: `there is no ${folder}: is it mounted?` };
    const before = linesIn(files, path);
    if (before === null)
      return { fault: 'refused', detail: `firebreak did not write ${path}: name another file, or remove it` };
    const others = before.filter((one) => !one.startsWith(`${name}, `) && !one.includes(': CLOSED. '));
    files.writeAtomic(path, `${[HEAD, ...others, line].join('\n')}\n`, mode);
    return null;
  } catch (error) {
    if (error instanceof StorageError) return { fault: 'refused', detail: error.message };
    throw error;
  }
};

/** Null for a file that is not ours. */
const linesIn = (files: Files, path: string): readonly string[] | null => {
  const info = files.info(path);
  if (info === null || (info.kind === 'file' && info.bytes === 0)) return [];
  if (info.kind !== 'file') return null;
  const [head, ...lines] = files.readText(path, BYTES_MAX).split('\n');
  return head === HEAD ? lines.filter((one) => one !== '') : null;
};
