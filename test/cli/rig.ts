import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, OpenInput } from '../../src/app/contract.ts';
import { run } from '../../src/cli/run.ts';
import type { World } from '../../src/cli/context.ts';
import type { Signal } from '../../src/io/environment.ts';
import { systemFiles } from '../../src/io/files.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeApp } from './fake-app.ts';

export type Asked = Readonly<{
  app?: App;
  tty?: boolean;
  stdin?: string;
  /** What the person types at each question; none left means Ctrl-C. */
  typed?: readonly string[];
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Why standard output did not take everything. */
  lost?: string;
  /** Collects the codes that the process was ended with. */
  exits?: number[];
}>;

export type Said = Readonly<{
  code: number;
  stdout: string;
  stderr: string;
  opened: readonly OpenInput[];
  screens: readonly string[];
}>;

let folder: string | null = null;
/** Files are real: whatever a command writes where it stands is gone with the process. */
const ownFolder = (): string => {
  if (folder !== null) return folder;
  const made = mkdtempSync(join(tmpdir(), 'firebreak-cli-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return (folder = made);
};

/** Runs a command line in a made-up world. */
export async function firebreak(argv: readonly string[], asked: Asked = {}): Promise<Said> {
  const { app = fakeApp(), tty = false, stdin = '', typed = [], env = {}, cwd = ownFolder() } = asked;
  const said = { stdout: '', stderr: '', opened: [] as OpenInput[], screens: [] as string[] };
  const answers = [...typed];
  const answer = async (question: string): Promise<string | null> => {
    said.stderr += `${question}\n`;
    return await Promise.resolve(answers.shift() ?? null);
  };
  const { stdin: realIn, stdout: realOut, stderr: realErr } = process;
  const world: World = {
    packageRoot: process.cwd(),
    environment: {
      zone: 'Europe/Dublin',
      env,
      cwd,
      platform: 'linux',
      stdin: { tty, readAll: async () => await Promise.resolve(stdin) },
      stdout: { tty, columns: 80, write: (text) => void (said.stdout += text), lost: asked.lost ?? null },
      stderr: { tty, columns: 80, write: (text) => void (said.stderr += text), lost: null },
      streams: { stdin: realIn, stdout: realOut, stderr: realErr },
      onSignal: (heard) => {
        signal = heard;
        return () => undefined;
      },
      exit: (code) => void asked.exits?.push(code),
    },
    prompt: { line: answer, hidden: answer },
    files: systemFiles(),
    clock: fakeClock(),
    openApp: async (input) => {
      said.opened.push(input);
      return await Promise.resolve(app);
    },
    openScreens: async (_app, start) => {
      said.screens.push(start.screen);
      return await Promise.resolve({ code: 0, summary: ['Incident quiet-heron is open.'], next: null });
    },
  };
  return { code: await run(argv, world), ...said };
}

let signal: (signal: Signal) => void = () => undefined;
/** Sends a signal to the command that runs now. */
export const send = (name: Signal): void => signal(name);
