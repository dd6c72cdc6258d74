import { expect, test } from 'vitest';
import type { walkCommands as Walk } from './commands.ts';
import { walkCommands } from './commands.ts';
import { without } from './without.ts';

// The control of the walk through every command, in a file of its own: it begins beside the walk, not after it.

test('without the neutraliser each of them lets it through', { timeout: 600_000 }, async () => {
  const { walkCommands: leaky } = await without<Readonly<{ walkCommands: typeof Walk }>>(
    'the neutraliser',
    'test/security/hostile/commands.ts',
  );
  const whole = await walkCommands(true);
  const { faults } = await leaky(true);
  const found = new Set(faults.filter(({ what }) => what !== 'forged line').map(({ command }) => command));
  expect([...whole.spoke].filter((one) => !found.has(one))).toEqual([]);
  expect(whole.spoke.size).toBeGreaterThan(50);
});
