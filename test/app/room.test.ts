import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../rig/app.ts';

/** A real full disk, where one can be mounted; elsewhere the test says that it did not run. */

const mounted = (use: (folder: string) => void, skip: (why: string) => void): void => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-disk-'));
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=11m', 'tmpfs', folder]);
  if (mount.status !== 0) {
    rmSync(folder, { recursive: true });
    skip('no file system can be mounted here');
    return;
  }
  try {
    use(folder);
  } finally {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
};

const fill = (folder: string): string => {
  const path = join(folder, 'fill');
  const block = new Uint8Array(4096);
  try {
    for (;;) writeFileSync(path, block, { flag: 'a' });
  } catch {
    // Until nothing fits any more.
  }
  return path;
};

test('on a full disk the journal is read, goes on as long as its reserve lasts, then refuses plainly and loses nothing', (context) => {
  mounted(
    (folder) => {
      const home = join(folder, 'home');
      const env = { PATH: process.env['PATH'] ?? '', HOME: folder, FIREBREAK_HOME: home, NO_COLOR: '1' };
      const firebreak = (...args: readonly string[]) =>
        spawnSync(process.execPath, [join(packageRoot, 'bin/firebreak.js'), ...args], { cwd: folder, env, encoding: 'utf8' });
      expect(firebreak('declare', 'leaked-whatsapp-token', '--title', 'x').status).toBe(0);
      const [id = ''] = readdirSync(join(home, 'incidents'));
      const filled = fill(folder);
      expect(firebreak('note', 'the disk is full').status).toBe(0);
      rmSync(filled);
      const again = fill(folder);
      expect(statSync(again).size).toBeGreaterThan(0);
      const refused = firebreak('note', 'x'.repeat(15_000));
      expect(refused.status).toBe(13);
      expect(refused.stderr).toContain('the disk is full');
      expect(firebreak('verify', id).status).toBe(0);
      rmSync(again);
      expect(firebreak('note', 'there is room again').status).toBe(0);
      const { stdout } = firebreak('verify', id);
      expect(stdout).toContain('VERIFIED');
    },
    (why) => {
      context.skip(why);
    },
  );
}, 60_000);
