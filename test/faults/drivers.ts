import { spawn, type ChildProcess } from 'node:child_process';
import type { DriverConfig } from './child/driver.ts';
import { cacheOf, programOf, type Child, type Ended, type Rig } from './rig.ts';

/**
 * Engines in processes of their own, loaded before they are needed: half of a start is Node's. One that was killed is gone, and
 * with it all that it knew; one that came to its end serves again.
 */

export type Driving = Readonly<{
  lines: () => readonly string[];
  /** Called whenever more was said. */
  onSaid: (look: () => void) => void;
  /** Does nothing once it has ended: the process may by then work for somebody else. */
  kill: () => void;
  ended: Promise<Ended>;
}>;

export type Drivers<Config = DriverConfig> = Readonly<{
  start: (config: Config) => Driving;
  close: () => void;
}>;

type Process = Readonly<{ child: ChildProcess; work: Work }>;
type Work = { heard: (text: string) => void; failed: (text: string) => void; gone: Gone };
type Gone = (code: number | null, signal: NodeJS.Signals | null) => void;

const DEADLINE_MS = 120_000;
const nobody = (): Work => ({ heard: () => undefined, failed: () => undefined, gone: () => undefined });

const launch = (rig: Rig, program: Child): Process => {
  const child = spawn(process.execPath, [programOf(rig, program)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: cacheOf(rig) },
  });
  const work = nobody();
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (bytes: Buffer) => work.heard(bytes.toString('utf8')));
  child.stderr.on('data', (bytes: Buffer) => work.failed(bytes.toString('utf8')));
  child.on('close', (code, signal) => work.gone(code, signal));
  return { child, work };
};

const drive = (one: Process, config: unknown, again: () => void): Driving => {
  const { child, work } = one;
  let stdout = '';
  let stderr = '';
  let over = false;
  let said = (): void => undefined;
  const lines = (): readonly string[] => stdout.split('\n').slice(0, -1);
  const kill = (): void => void (over || child.kill('SIGKILL'));
  const deadline = setTimeout(() => {
    stderr += `\nended after ${DEADLINE_MS} ms without an end of its own`;
    child.kill('SIGTERM');
  }, DEADLINE_MS);
  const ended = new Promise<Ended>((resolve) => {
    const end: Gone = (code, signal) => {
      over = true;
      clearTimeout(deadline);
      Object.assign(work, nobody());
      resolve({ code, signal, lines: lines(), stderr });
    };
    work.gone = end;
    work.failed = (text) => void (stderr += text);
    work.heard = (text) => {
      stdout += text;
      said();
      if (!/(?:^|\n)end\n$/.test(stdout)) return;
      end(0, null);
      again();
    };
  });
  child.stdin?.write(`${JSON.stringify(config)}\n`);
  return { lines, onSaid: (look) => void (said = look), kill, ended };
};

/** `ahead`: so many are kept loaded. */
export const driversFor = (rig: Rig, ahead: number): Drivers =>
  programsFor<DriverConfig>(rig, ahead, 'driver');

/** The same for another program that is told what to do by lines of its input and says `end`. */
export const programsFor = <Config>(rig: Rig, ahead: number, program: Child): Drivers<Config> => {
  const idle: Process[] = [];
  const fill = (): void => {
    while (idle.length < ahead) idle.push(launch(rig, program));
  };
  const next = (): Process => {
    const one = idle.shift() ?? launch(rig, program);
    return one.child.exitCode === null && one.child.signalCode === null ? one : next();
  };
  return {
    start(config) {
      const one = next();
      fill();
      return drive(one, config, () => void idle.unshift(one));
    },
    close() {
      for (const { child } of idle) child.stdin?.end();
    },
  };
};
