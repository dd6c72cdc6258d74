import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newHome, packageRoot, roomsOf } from '../rig/app.ts';
import { compiled } from '../rig/compiled.ts';

/** The built program itself, killed with SIGKILL at chance moments and started again, until it has ended by itself. */

const home = newHome();
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

type Run = Readonly<{ killed: boolean; code: number | null; stdout: string }>;

const firebreak = async (args: readonly string[], killAfterMs: number | null): Promise<Run> =>
  await new Promise((resolve) => {
    const env = { ...process.env, ...compiled, FIREBREAK_HOME: home, NO_COLOR: '1' };
    const child = spawn(process.execPath, [join(packageRoot, 'bin/firebreak.js'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.on('data', (bytes: Buffer) => void (stdout += bytes.toString()));
    const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('close', (code, signal) => {
      if (timer !== null) clearTimeout(timer);
      resolve({ killed: signal === 'SIGKILL', code, stdout });
    });
  });

/** A small generator with a printed seed, so that a failure can be run again. */
const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

test('twenty kills at chance moments lose nothing, repeat nothing and end in the same place', async () => {
  const seed = Number(process.env['FIREBREAK_SEED'] ?? '20261120');
  const next = chance(seed);
  const drill = ['drill', 'run', 'leaked-whatsapp-token', '--auto', '--json', '--seed', '7'];
  let kills = 0;
  while (kills < 20) {
    const run = await firebreak(drill, 250 + Math.floor(next() * 900));
    if (run.killed) kills += 1;
    // A run that was quicker than the kill has finished its drill; the next start plays a new one.
    else expect(run.code, `seed ${seed}`).toBe(0);
  }
  const last = await firebreak(drill, null);
  const result = JSON.parse(last.stdout.trim().split('\n').at(-1) ?? '{}') as {
    passed: boolean;
    incident: string;
  };
  expect(last.code, `seed ${seed}`).toBe(0);
  expect(result.passed).toBe(true);
  const listed = await firebreak(['list', '--json'], null);
  const { incidents } = JSON.parse(listed.stdout) as { incidents: readonly { id: string; phase: string }[] };
  expect(
    incidents.filter((one) => one.phase === 'open'),
    `seed ${seed}`,
  ).toEqual([]);
  for (const one of incidents) {
    expect((await firebreak(['verify', one.id], null)).code).toBe(0);
    const made = roomsOf(home, one.id).filter((name) => name.startsWith('incident-room'));
    expect(made, `seed ${seed}, ${one.id}`).toHaveLength(1);
  }
}, 180_000);
