import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// The launcher is tried in packages of its own, whose program is a few lines: what it hands over is seen there.

const ROOT = join(import.meta.dirname, '../..');
const PROGRAM = `
  export async function main({ packageRoot, argv }) {
    if (argv[0] === 'wait') {
      if (argv[1]) process.on('SIGTERM', () => process.exit(Number(argv[1])));
      process.stdout.write('waiting');
      await new Promise((resolve) => setTimeout(resolve, 30_000));
    }
    process.stdout.write(JSON.stringify({ packageRoot, argv, color: process.env.FORCE_COLOR ?? null }));
    return argv.length;
  }`;

// An older Node is played by a copy of the launcher that is told an older version.
const PRETEND = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' });`;

let box = '';

/** A package with the launcher in it; `files` replaces or adds some by path. */
function makePackage(name: string, files: Readonly<Record<string, string>> = {}): string {
  const root = join(box, name);
  cpSync(join(ROOT, 'bin'), join(root, 'bin'), { recursive: true });
  const all = {
    'package.json': '{"type":"module","version":"7.8.9"}',
    'dist/cli/main.js': PROGRAM,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

type Settings = Readonly<{ env?: Readonly<Record<string, string>>; old?: boolean }>;

function commandOf(root: string, argv: readonly string[], { env = {}, old = false }: Settings) {
  const flags = old ? ['--import', `data:text/javascript,${encodeURIComponent(PRETEND)}`] : [];
  const args = [...flags, join(root, 'bin/firebreak.js'), ...argv];
  return { args, options: { env: { HOME: join(box, 'home'), PATH: '/usr/bin:/bin', ...env } } };
}

function run(root: string, argv: readonly string[], settings: Settings = {}) {
  const { args, options } = commandOf(root, argv, settings);
  return spawnSync(process.execPath, args, { ...options, encoding: 'utf8' });
}

/** A package whose own runtime is a script that runs today's Node, marked so that it is seen. */
function makeClone(): string {
  const root = makePackage('clone', {
    'node_modules/node/bin/node': `#!/bin/sh\nexec "${process.execPath}" "$@"\n`,
  });
  chmodSync(join(root, 'node_modules/node/bin/node'), 0o755);
  return root;
}

beforeAll(() => {
  box = mkdtempSync(join(tmpdir(), 'firebreak-bin-'));
  mkdirSync(join(box, 'home'));
});

afterAll(() => {
  rmSync(box, { recursive: true, force: true });
});

describe('under a recent Node', () => {
  test('--version is answered by the launcher alone', () => {
    const root = makePackage('version', { 'dist/cli/main.js': 'throw new Error("loaded")' });
    const { stdout, status } = run(root, ['--version']);
    expect(stdout).toBe(`firebreak 7.8.9 (node ${process.version} ${process.platform}-${process.arch})\n`);
    expect(status).toBe(0);
  });

  test('the program gets its package and its arguments, and its number is the exit code', () => {
    const root = makePackage('handover');
    const { stdout, status } = run(root, ['drill', 'run', 'x y']);
    expect(JSON.parse(stdout)).toMatchObject({ packageRoot: root, argv: ['drill', 'run', 'x y'] });
    expect(status).toBe(3);
  });

  test.each([
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['FIREBREAK_NO_COLOR', { FIREBREAK_NO_COLOR: '1' }, []],
    ['a dumb terminal', { TERM: 'dumb' }, []],
    ['--no-color', {}, ['--no-color']],
  ])('%s turns colour off before the program loads', (_, env, argv) => {
    const { stdout, stderr } = run(makePackage('color'), argv, { env });
    expect(JSON.parse(stdout)).toMatchObject({ color: '0' });
    expect(stderr).toBe('');
  });

  test('colour is left to be detected when nobody speaks against it', () => {
    expect(JSON.parse(run(makePackage('color'), [], { env: { NO_COLOR: '' } }).stdout)).toMatchObject({
      color: null,
    });
  });

  test('a clone that was never built says how to build it', () => {
    const root = makePackage('unbuilt');
    rmSync(join(root, 'dist'), { recursive: true });
    const { stderr, status } = run(root, ['list']);
    expect(stderr).toBe('firebreak: the program is not built, run: npm run build\n');
    expect(status).toBe(1);
  });

  test('a home that cannot be written to does not stop the program', () => {
    expect(run(makePackage('homeless'), ['a'], { env: { HOME: '/dev/null/none' } }).status).toBe(1);
  });
});

describe('under a Node that is too old', () => {
  test('a package without a runtime says in one line which Node it needs', () => {
    const { stdout, stderr, status } = run(makePackage('old'), ['list'], { old: true });
    expect(stderr).toMatch(/^firebreak: needs Node 24\.7 or newer, this is 20\.20\.2[^\n]*\n$/);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  test('a clone goes on under its own runtime and ends with the same exit code', () => {
    const { stdout, stderr, status } = run(makeClone(), ['one', 'two'], { old: true });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ argv: ['one', 'two'] });
    expect(status).toBe(2);
  });

  /** Starts the clone under the old Node, waits until its program runs, and kills the launcher. */
  async function kill(signal: NodeJS.Signals, ...argv: readonly string[]) {
    const { args, options } = commandOf(makeClone(), ['wait', ...argv], { old: true });
    const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill(signal);
    // The pipe closes when the last process that holds it is gone: the program, not the launcher alone.
    const [code, last] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code, last };
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s reaches the program, and ends the launcher too',
    async (signal) => {
      expect(await kill(signal)).toEqual({ code: null, last: signal });
    },
  );

  test('a program that answers a signal with an exit code passes it on', async () => {
    expect(await kill('SIGTERM', '42')).toEqual({ code: 42, last: null });
  });

  test('a launcher that is killed outright takes the program with it', async () => {
    expect(await kill('SIGKILL')).toEqual({ code: null, last: 'SIGKILL' });
  });

  test('even a Node of 2020 can parse the launcher', () => {
    const text = readFileSync(join(ROOT, 'bin/firebreak.js'), 'utf8');
    const lowered = transformSync(text, {
      target: 'node14.0',
      minifyWhitespace: true,
      legalComments: 'none',
    }).code;
    expect(lowered).toBe(transformSync(text, { minifyWhitespace: true, legalComments: 'none' }).code);
  });
});
