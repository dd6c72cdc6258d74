import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newHome } from '../rig/app.ts';
import { envOf, ranProgram } from '../rig/program.ts';

/** The time of day, in UTC, that a time typed for an incident is taken for where the machine stands in that zone. */
const taken = async (zone: string, ...flags: readonly string[]): Promise<string> => {
  const home = newHome();
  try {
    const run = async (...args: readonly string[]): Promise<string> => {
      const at = { cwd: home, env: { ...envOf(home), TZ: zone } };
      const { code, stdout, stderr } = await ranProgram(at, [...flags, ...args]);
      expect(code, stderr).toBe(0);
      return stdout;
    };
    await run('declare', 'leaked-whatsapp-token', '--title', 'leak', '--at', 'yesterday 02:10');
    const { since } = JSON.parse(await run('status', '--json')) as { since: string };
    return since.slice(11, 16);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

test('a time typed where no workspace says otherwise is one of the clock on the wall', async () => {
  // None of them keeps summer time.
  expect(await taken('America/Phoenix')).toBe('09:10');
  expect(await taken('Asia/Tokyo')).toBe('17:10');
  expect(await taken('Asia/Tokyo', '--zone', 'America/Phoenix')).toBe('09:10');
});
