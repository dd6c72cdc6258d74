import { expect, test } from 'vitest';
import type { walkCommands } from './commands.ts';
import { without } from './without.ts';

// The control of the walk through every command, in a file of its own: it begins beside the walk, not after it.

/** Show something foreign only when called as the whole walk calls them; a few calls of each tell nothing about these. */
const NEED_MORE = new Set(
  (
    'settle, assess, keymap, completion, task give, clocks compute, redaction open, scope preview, ' +
    'scope import, scope facts, scope export, letters render, letters merge, letters settle, ' +
    'journal backup, journal acknowledge, drill consent, drill stop, drill call, drill items add, ' +
    'drill items close, keys receive, keys use, keys rotate'
  ).split(', '),
);

test('without the neutraliser each of them lets it through', { timeout: 600_000 }, async () => {
  const leaky = await without<Readonly<{ walkCommands: typeof walkCommands }>>(
    'the neutraliser',
    'test/security/hostile/commands.ts',
  );
  const { commands, faults } = await leaky.walkCommands(true);
  const found = new Set(faults.filter(({ what }) => what !== 'forged line').map(({ command }) => command));
  expect(commands.filter((one) => !found.has(one) && !NEED_MORE.has(one))).toEqual([]);
  expect(found.size).toBeGreaterThan(100);
  // A list that has grown old would hide a command of that name.
  expect([...NEED_MORE].filter((one) => !commands.includes(one))).toEqual([]);
});
