import { spawnSync } from 'node:child_process';

/** Programs of Debian that the harness asks for help. */

const works = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0;

/** Installs the package where the command is missing; a fresh machine does not know yet what there is. Null, or why not. */
export const missing = (
  command: string,
  [ask, name]: Readonly<[ask: string, name: string]>,
): string | null => {
  if (works(command, ask)) return null;
  const apt = (...args: readonly string[]) => spawnSync('apt-get', args, { encoding: 'utf8' });
  const get = () => apt('install', '-y', '--no-install-recommends', name);
  let install = get();
  if (install.status !== 0 && apt('update').status === 0) install = get();
  return install.status === 0
    ? null
    : `${command} is not installed, and apt-get install ${name} ended with ${String(install.status)}: ${install.stderr ?? ''}`;
};
