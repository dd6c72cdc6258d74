import { describe, expect, it } from 'vitest';
import { systemProcesses, walledProcesses } from '../../src/io/process.ts';

const node = process.execPath;
const open = systemProcesses({
  PATH: process.env['PATH'],
  HOME: '/home/somebody',
  AWS_SECRET_ACCESS_KEY: 'sim-leak',
});
const script = (text: string): readonly string[] => ['-e', text];

describe('running a program', () => {
  it('passes each argument as it is, with no shell in between', async () => {
    const args = ['a b', '$(echo x)', '; rm -rf /', '"', '*'];
    const ran = await open.run({
      file: node,
      args: [...script('console.log(JSON.stringify(process.argv.slice(1)))'), ...args],
    });
    expect(JSON.parse(ran.stdout)).toEqual(args);
  });

  it('passes on PATH and HOME, what the request says, and nothing else of the environment', async () => {
    const ran = await open.run({
      file: node,
      args: script('console.log(JSON.stringify(process.env))'),
      env: { ONE: '1' },
    });
    const env = JSON.parse(ran.stdout) as Record<string, string>;
    expect(env).toMatchObject({ HOME: '/home/somebody', ONE: '1' });
    expect(ran.stdout).not.toContain('sim-leak');
  });

  it('hands a secret over on standard input', async () => {
    const echo = "process.stdin.on('data', (d) => process.stdout.write(String(d.length)))";
    expect((await open.run({ file: node, args: script(echo), stdin: 'sim-secret' })).stdout).toBe('10');
  });

  it('gives the exit code and what was written to standard error', async () => {
    const ran = await open.run({
      file: node,
      args: script("console.error('NoSuchEntity'); process.exit(254)"),
    });
    expect(ran).toMatchObject({ exit: 254, started: true, stderr: 'NoSuchEntity', timedOut: false });
  });

  it('knows that nothing happened when the program is not there or may not be run', async () => {
    expect(await open.run({ file: '/nowhere/tool', args: [] })).toMatchObject({
      exit: null,
      started: false,
      stdout: '',
      stderr: '',
    });
    expect(await open.run({ file: '/etc/passwd', args: [] })).toMatchObject({ exit: null, started: false });
  });

  it('does not know what happened when the program had to be ended', async () => {
    const ran = await open.run({ file: node, args: script('setInterval(() => 0, 1000)'), timeoutMs: 200 });
    expect(ran).toMatchObject({ exit: null, started: true, timedOut: true });
  });

  it('ends the program when the caller gives up, and starts none after that', async () => {
    const controller = new AbortController();
    const running = open.run({
      file: node,
      args: script('setInterval(() => 0, 1000)'),
      signal: controller.signal,
    });
    setImmediate(() => {
      controller.abort();
    });
    expect(await running).toMatchObject({ exit: null, started: true });
    expect(await open.run({ file: node, args: [], signal: controller.signal })).toMatchObject({
      exit: null,
      started: false,
    });
  });

  it('waits for the program and not for what it leaves running with its output in hand', async () => {
    const left = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 0, 15000)'], { stdio: 'inherit' }).unref(); console.log(process.pid)`;
    const begun = performance.now();
    const ran = await open.run({ file: node, args: script(`${left}; process.exit(3)`), timeoutMs: 1500 });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(ran).toMatchObject({ exit: 3, started: true, timedOut: false });
    expect(ran.stdout).toMatch(/^\d+$/);
    const bytes = await open.run({ file: node, args: script(`${left}; process.exit(3)`), rawMax: 100 });
    expect(bytes).toMatchObject({ exit: 3 });
    expect(bytes.cut).toBeUndefined();
    expect(Buffer.from(bytes.raw ?? []).toString()).toMatch(/^\d+\n$/);
  });

  it('ends a program that writes without end', async () => {
    const ran = await open.run({
      file: node,
      args: script("const go = () => process.stdout.write('x'.repeat(65536), go); go()"),
    });
    expect(ran).toMatchObject({ exit: null, started: true });
    expect(ran.stdout.length).toBeLessThanOrEqual(1024 * 1024);
  });
});

describe('running a program in a drill', () => {
  it('runs what is allowed by its path with an empty PATH, and nothing else', async () => {
    const walled = walledProcesses(new Set([node]));
    const ran = await walled.run({ file: node, args: script('console.log(JSON.stringify(process.env))') });
    expect(JSON.parse(ran.stdout)).toMatchObject({ PATH: '' });
    expect(ran.stdout).not.toContain('HOME');
    for (const file of ['node', 'sh', '/bin/sh']) {
      expect(await walled.run({ file, args: [] })).toMatchObject({ started: false, exit: null });
    }
  });
});
