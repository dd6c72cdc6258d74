import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { App } from '../../../src/app/contract.ts';
import type { World } from '../../../src/cli/context.ts';
import { run } from '../../../src/cli/run.ts';
import { tree } from '../../../src/cli/tree/index.ts';
import { systemClock } from '../../../src/io/clock.ts';
import type { Signal } from '../../../src/io/environment.ts';
import { systemFiles } from '../../../src/io/files.ts';
import { systemPrompt } from '../../../src/io/prompt.ts';
import { packageRoot } from '../../rig/app.ts';
import { actsIn } from './acts.ts';
import { callsOf, leaves, openNight, type Night } from './calls.ts';
import { poisoner } from './poison.ts';
import { AT_ONCE, FORGED, poisons } from './poisons.ts';

/**
 * Runs every command of the tree on the real app in the middle of a drill, with everything that comes up from the app hostile,
 * and everything that is typed, piped in or written on the command line hostile too.
 */

export type CommandFault = Readonly<{ command: string; argv: readonly string[]; what: string; text: string }>;
export type CommandsWalked = Readonly<{
  commands: readonly string[];
  /** Commands that showed something foreign, whole or made visible. */
  spoke: ReadonlySet<string>;
  faults: readonly CommandFault[];
}>;

/** None is installed: a pack of somebody whom nobody knows. */
const PACK = {
  name: 'acme',
  version: '1.0.0',
  sha256: 'c'.repeat(64),
  signer: null,
  why: 'it has no signature',
  files: ['runbooks/acme-chat/runbook.yaml'],
} as const;

const OPEN_ENDED_MS = 2_000;

type Said = Readonly<{ stdout: string; stderr: string }>;

const call = async (
  night: Night,
  argv: readonly string[],
  tty: boolean,
  next: () => string,
): Promise<Said> => {
  const said = { stdout: '', stderr: '' };
  const [stdin, stderr] = [new PassThrough(), new PassThrough()];
  stderr.on('data', (bytes: Buffer) => (said.stderr += bytes.toString()));
  const streams = { stdin, stderr, stdout: stderr } as unknown as World['environment']['streams'];
  const prompt = systemPrompt(streams);
  let asked = 0;
  const answered = async (how: 'line' | 'hidden', question: string): Promise<string | null> => {
    const answer = prompt[how](question);
    asked += 1;
    stdin.write(
      asked % 2 === 1
        ? next()
            .replaceAll(/[\r\n]/g, '')
            .slice(0, 60)
        : 'y',
    );
    stdin.write('\r');
    return await answer;
  };
  const { poison } = poisoner(next);
  const shared = Object.assign(Object.create(night.app) as App, {
    close: async () => {},
    packs: async () => [PACK],
  });
  let signal: (name: Signal) => void = () => undefined;
  let left: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (left = resolve));
  const world: World = {
    packageRoot,
    environment: {
      zone: 'Europe/Dublin',
      env: { FIREBREAK_HOME: join(night.root, 'home'), HOME: night.root, LANG: next() },
      cwd: join(night.root, 'work'),
      platform: 'linux',
      stdin: { tty, readAll: async () => await Promise.resolve(next()) },
      stdout: { tty, columns: 80, write: (text) => void (said.stdout += text), lost: null },
      stderr: { tty, columns: 80, write: (text) => void (said.stderr += text), lost: null },
      streams,
      onSignal: (heard) => {
        signal = heard;
        return () => undefined;
      },
      exit: () => left(),
    },
    prompt: {
      line: async (question) => await answered('line', question),
      hidden: async (question) => await answered('hidden', question),
    },
    files: systemFiles(),
    clock: systemClock(),
    openApp: async () => await Promise.resolve(poison(shared)),
    openScreens: async () => await Promise.resolve({ code: 0, summary: [next()], next: null }),
  };
  // What follows a journal goes on until somebody leaves.
  const leaving = [0, 1].map((wait) => setTimeout(() => signal('SIGINT'), OPEN_ENDED_MS * (wait + 1)));
  await Promise.race([run(argv, world), gone]);
  for (const one of leaving) clearTimeout(one);
  await new Promise((resolve) => void setImmediate(resolve));
  return said;
};

/** What readline writes of its own: where the cursor goes, and the end of the line. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const READLINE = /\u001b\[\d*[A-GJK]|\r\n/g;
const FOREIGN = /\\u\{|\\u[\da-f]{4}|x{20}|[\u0300-\u1fff\u3000-\uffff]/u;

const isJson = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

const faultsOf = (argv: readonly string[], { stdout, stderr }: Said, tty: boolean): readonly string[] => {
  const talk = tty ? stderr.replaceAll(READLINE, '') : stderr;
  const acts = [...actsIn(stdout, argv.includes('--plain') ? '\n\t' : '\n'), ...actsIn(talk, '\n')];
  const forged = `${stdout}${talk}`.split('\n').some((line) => line.startsWith(FORGED));
  const unread =
    argv.includes('--json') &&
    /^[{[]/.test(stdout) &&
    stdout
      .trimEnd()
      .split('\n')
      .some((line) => !isJson(line));
  return [
    ...new Set(acts),
    ...(forged ? ['forged line'] : []),
    ...(unread ? ['no JSON'] : []),
    ...(talk.includes('something unexpected') ? ['unexpected'] : []),
  ];
};

/** `brief`: few calls of each command, with what acts alone, for a control. */
export const walkCommands = async (brief = false): Promise<CommandsWalked> => {
  // In a control nothing may depend on whose turn it is: how often a text is asked for differs from run to run.
  const hostile = brief ? [AT_ONCE] : Object.values(poisons);
  let turn = 0;
  const next = (): string => hostile[(turn += 1) % hostile.length] ?? '';
  const spoke = new Set<string>();
  const faults = new Map<string, CommandFault>();
  const all = leaves(tree);
  let night = await openNight();
  for (const leaf of all) {
    const command = leaf.path.join(' ');
    for (const { argv, tty } of callsOf(night, leaf, next, brief)) {
      const said = await call(night, ['--incident', night.drill.id, ...argv], tty, next);
      const shown = `${said.stdout}${said.stderr}`;
      const found = faultsOf(argv, said, tty);
      for (const what of found)
        faults.set(`${command} ${what}`, { command, argv, what, text: shown.slice(0, 2000) });
      if (found.length > 0 || FOREIGN.test(shown)) spoke.add(command);
    }
    if (night.drill.view().state.phase !== 'closed') continue;
    await night.close();
    night = await openNight();
  }
  await night.close();
  return { commands: all.map(({ path }) => path.join(' ')), spoke, faults: [...faults.values()] };
};
