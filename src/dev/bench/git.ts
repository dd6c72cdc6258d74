import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A repository that takes one line after the other, each in a commit of its own; null where there is no git. */
export function makeRepository(folder: string): ((line: string) => void) | null {
  const path = join(folder, 'repository');
  const git = (...args: readonly string[]): boolean =>
    spawnSync('git', args, { cwd: path, env: GIT, stdio: 'ignore' }).status === 0;
  mkdirSync(path);
  if (!git('init', '--quiet')) return null;
  return (line) => {
    appendFileSync(join(path, 'entries.jsonl'), `${line}\n`);
    if (!git('add', 'entries.jsonl') || !git('commit', '--quiet', '--message', 'entry'))
      throw new Error('git did not commit');
  };
}

/** Nobody's own settings: hooks or signing of theirs would be measured instead. */
const GIT = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'bench'],
      [`GIT_${who}_EMAIL`, 'bench@firebreak.invalid'],
    ]),
  ),
};
