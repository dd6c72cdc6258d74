import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from './app.ts';
import { compiled } from './compiled.ts';

/** The built program as a process without a terminal. */

export type Ran = Readonly<{ code: number | null; stdout: string; stderr: string }>;

/** Where it is started, what is set for it, and what it is given to read. */
export type At = Readonly<{
  cwd: string;
  env: Readonly<Record<string, string>>;
  stdin?: string;
  program?: string;
}>;

export const PROGRAM = join(packageRoot, 'bin/firebreak.js');

/** What is set for a person whose home is that folder, and nothing that the person who runs the tests has set. */
export const envOf = (home: string): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '',
  ...compiled,
  HOME: home,
  FIREBREAK_HOME: join(home, 'data'),
  FIREBREAK_ACTOR: 'ada',
  NO_COLOR: '1',
});

/** Runs it until it ends. */
export const ranProgram = async (
  { cwd, env, stdin = '', program = PROGRAM }: At,
  args: readonly string[],
): Promise<Ran> =>
  await new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { cwd, env });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (bytes: Buffer) => void (stdout += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => void (stderr += bytes.toString()));
    // One that ends without reading closes what it would have read from.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
