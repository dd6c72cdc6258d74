import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { LongJournal } from './long-journal.ts';
import { rounds, timed, type Result } from './rounds.ts';

const SHA256SUM = 'sha256sum of the leaves';

/** What one task in a process of its own took: without the start of Node, and the most memory it ever held. */
type Measured = Readonly<{ ms: number; rssMiB: number }>;

/** Verifying, opening and showing a page of a long journal, against one pass over the bytes of its leaves. */
export async function longJournal(
  { path, leaves, entries }: LongJournal,
  count: number,
): Promise<readonly Result[]> {
  let memory = 0;
  const task = (name: string) => (): number => {
    const { ms, rssMiB } = run(name, path, entries);
    memory = rssMiB;
    return ms;
  };
  return await rounds(
    [
      { name: SHA256SUM, goal: null, measure: () => timed(() => void mustRun('sha256sum', [leaves])) },
      { name: 'verify', floor: SHA256SUM, goal: { most: 12 }, measure: task('verify') },
      { name: 'verify, most memory', unit: 'MiB', goal: { most: 256 }, measure: () => memory },
      { name: 'open', goal: { most: 1000 }, measure: task('open') },
      { name: 'a page of the timeline', goal: { most: 100 }, measure: task('page') },
    ],
    count,
  );
}

function run(task: string, path: string, entries: number): Measured {
  const program = join(import.meta.dirname, 'long-task.ts');
  return JSON.parse(mustRun(process.execPath, [program, task, path, String(entries)])) as Measured;
}

function mustRun(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}
