import { newHome } from '../rig/app.ts';
import { openPty, type Pty } from '../rig/pty.ts';
import { envOf, PROGRAM } from '../rig/program.ts';

/** The built program on a real pseudo-terminal, in a home that nobody has used. */

export type Terminal = Readonly<{ pty: Pty; home: string; command: (args: string) => string }>;

export const onTerminal = (
  size: Readonly<{ columns?: number; rows?: number }> = {},
  env: Readonly<Record<string, string>> = {},
  program: string = PROGRAM,
): Terminal => {
  const home = newHome();
  const { NO_COLOR: _plain, ...own } = envOf(home);
  const pty = openPty({
    cwd: home,
    env: {
      ...own,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      ...env,
    },
    ...size,
  });
  return { pty, home, command: (args) => `${process.execPath} ${program} ${args}` };
};

export const pause = async (ms: number): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
};
