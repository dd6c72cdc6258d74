import { join } from 'node:path';
import { newHome, packageRoot } from '../rig/app.ts';
import { openPty, type Pty } from '../rig/pty.ts';
import { compiled } from '../rig/compiled.ts';

/** The built program on a real pseudo-terminal, in a home that nobody has used. */

const PROGRAM = join(packageRoot, 'bin/firebreak.js');

export type Terminal = Readonly<{ pty: Pty; home: string; command: (args: string) => string }>;

export const onTerminal = (
  size: Readonly<{ columns?: number; rows?: number }> = {},
  env: Readonly<Record<string, string>> = {},
): Terminal => {
  const home = newHome();
  const pty = openPty({
    cwd: home,
    env: {
      PATH: process.env['PATH'] ?? '',
      ...compiled,
      HOME: home,
      FIREBREAK_HOME: join(home, 'data'),
      FIREBREAK_ACTOR: 'ada',
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      ...env,
    },
    ...size,
  });
  return { pty, home, command: (args) => `${process.execPath} ${PROGRAM} ${args}` };
};

export const pause = async (ms: number): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
};
