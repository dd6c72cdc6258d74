import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A program that is not ours and that we speak with. Every check must hold, and every control too: those would fail by themselves. */
export type Peer = Readonly<{
  name: string;
  checks: Readonly<Record<string, boolean>>;
  controls: Readonly<Record<string, boolean>>;
}>;

/** Runs the built program in a folder of its own, whose data lie in `data`; throws unless it ends with 0 or what is given. */
export type Firebreak = (
  home: string,
  env?: Readonly<Record<string, string>>,
  codes?: readonly number[],
) => (...args: readonly string[]) => string;

export const firebreakAt =
  (root: string): Firebreak =>
  (home, more = {}, codes = [0]) => {
    const data = join(home, 'data');
    mkdirSync(data, { recursive: true, mode: 0o700 });
    const env = { PATH: process.env['PATH'], HOME: home, FIREBREAK_HOME: data, ...more };
    return (...args) => {
      const ran = spawnSync(process.execPath, [join(root, 'bin/firebreak.js'), ...args], {
        cwd: home,
        env,
        encoding: 'utf8',
      });
      if (!codes.includes(ran.status ?? -1))
        throw new Error(`firebreak ${args.join(' ')} ended with ${ran.status}:\n${ran.stderr}`);
      return ran.stdout;
    };
  };
