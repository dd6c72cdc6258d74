import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a run has been seen to need at its fullest, and as much again. */
const ROOM = 6 * 1024 ** 3;

const roomy = (folder: string): boolean => {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= ROOM;
};

/**
 * Everything that a run writes lies under one folder on disk and one in memory, and both end with it: thousands of homes that a
 * test leaves behind are otherwise gigabytes of memory that no process owns.
 */
export function setup(): () => void {
  const disk = mkdtempSync(join(tmpdir(), 'fb-run-'));
  const memory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : disk, 'fb-run-'));
  // A sync to a disk is a tenth of the time of all suites, and what it promises is tried by the fault runs, on a disk.
  process.env['TMPDIR'] = roomy('/dev/shm') ? memory : disk;
  process.env['FIREBREAK_TEST_HOMES'] = memory;
  return () => {
    for (const folder of [disk, memory]) rmSync(folder, { recursive: true, force: true });
  };
}
