import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Result } from './rounds.ts';

/** CPU time of changing what is on the screen of a long incident, against Ink alone; from the sources, as JSX needs tsx. */
export function screens(packageRoot: string, count: number): readonly Result[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import=tsx',
      join(import.meta.dirname, 'screen.tsx'),
      String(count),
      join(packageRoot, 'test/fakes/app.ts'),
    ],
    { cwd: packageRoot, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) throw new Error(`the screens could not be measured: ${stderr}`);
  const [line = ''] = /^\[.*\]/.exec(stdout) ?? [];
  return JSON.parse(line) as readonly Result[];
}
