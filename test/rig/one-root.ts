import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Everything that a run writes lies under one folder on disk and one in memory, and both end with it: thousands of homes that a
 * test leaves behind are otherwise gigabytes of memory that no process owns.
 */
export function setup(): () => void {
  const disk = mkdtempSync(join(tmpdir(), 'fb-run-'));
  const memory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : disk, 'fb-run-'));
  process.env['TMPDIR'] = disk;
  process.env['FIREBREAK_TEST_HOMES'] = memory;
  return () => {
    for (const folder of [disk, memory]) rmSync(folder, { recursive: true, force: true });
  };
}
