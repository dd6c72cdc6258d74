import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../rig/app.ts';
import { compiled } from '../rig/compiled.ts';

/** A real full disk, where one can be mounted; elsewhere the test says that it did not run. */

/** A small file system of its own, or null where none can be mounted. */
const mountSmall = (): string | null => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=11m', 'tmpfs', folder]).status === 0) return folder;
  rmSync(folder, { recursive: true });
  return null;
};

const fill = (folder: string, name = 'fill'): string => {
  const path = join(folder, name);
  const block = new Uint8Array(4096);
  try {
    for (;;) writeFileSync(path, block, { flag: 'a' });
  } catch {
    // Until nothing fits any more.
  }
  return path;
};

const run =
  (cwd: string, env: Readonly<Record<string, string>>) =>
  (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(packageRoot, 'bin/firebreak.js'), ...args], {
      cwd,
      env,
      encoding: 'utf8',
    });

test('on a full disk the journal goes on as long as its reserve lasts, then refuses plainly and loses nothing', (context) => {
  const folder = mountSmall();
  if (folder === null) return context.skip('no file system can be mounted here');
  try {
    const home = join(folder, 'home');
    const firebreak = run(folder, {
      PATH: process.env['PATH'] ?? '',
      ...compiled,
      HOME: folder,
      FIREBREAK_HOME: home,
      NO_COLOR: '1',
    });
    expect(firebreak('declare', 'leaked-whatsapp-token', '--title', 'x').status).toBe(0);
    const [id = ''] = readdirSync(join(home, 'incidents'));
    const filled = fill(folder);
    expect(firebreak('note', 'the disk is full').status).toBe(0);
    // Its reserve is used up now; what it gave free is filled too.
    const again = fill(folder, 'fill-again');
    const refused = firebreak('note', 'x'.repeat(15_000));
    expect(refused.status).toBe(13);
    expect(refused.stderr).toContain('the disk is full');
    rmSync(filled);
    rmSync(again);
    expect(firebreak('note', 'there is room again').status).toBe(0);
    expect(firebreak('verify', id).stdout).toContain('VERIFIED');
  } finally {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
