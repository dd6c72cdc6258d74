import { Problem } from '../base/problem.ts';
import { besides } from '../io/archive.ts';
import type { Files } from '../io/files.ts';
import { verifyJournal } from '../journal/check.ts';
import { copyJournal } from '../journal/copy.ts';

/**
 * One file with all that a journal holds at one moment, put in its place once it was verified. Returns the number of its entries.
 * `copy` stands in for copying where the disk may be full. @throws Problem `journal-broken`, `usage` where something is already
 */
export const placeCopy = (
  files: Files,
  from: string,
  path: string,
  device: Uint8Array | undefined,
  copy: typeof copyJournal = copyJournal,
): number => {
  const temp = besides(path);
  try {
    copy(from, temp);
    const { size } = mustVerify(temp, device === undefined ? {} : { device });
    if (!files.moveNew(temp, path)) throw occupied(path);
    return size;
  } finally {
    files.remove(temp);
  }
};

export const mustVerify = (
  path: string,
  trust: Parameters<typeof verifyJournal>[1],
): ReturnType<typeof verifyJournal> => {
  const report = verifyJournal(path, trust);
  if (!report.ok) throw broken(path, report.findings[0]?.says ?? '');
  return report;
};

export const broken = (path: string, why: string): Problem => new Problem('journal-broken', { path, why });
export const occupied = (path: string): Problem =>
  new Problem('usage', { why: `there is already a ${path}: nothing is overwritten; name another place` });
