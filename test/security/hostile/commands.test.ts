import { expect, test } from 'vitest';
import type { walkCommands as Walk } from './commands.ts';
import { walkCommands } from './commands.ts';
import { without } from './without.ts';

// Every command of the tree, with everything hostile that it can be handed from above, below and beside.

/** Prints a text as a whole: what begins a line in it is that text's own. */
const DOCUMENTS = new Set(['runbook print', 'letters show', 'journal checkpoint', 'drill run']);

test('no command lets anything act, hide or forge a line', { timeout: 180_000 }, async () => {
  const { commands, spoke, faults } = await walkCommands();
  expect(faults.filter(({ command, what }) => what !== 'forged line' || !DOCUMENTS.has(command))).toEqual([]);
  // Nothing foreign was shown by these; any other one needs what makes it speak.
  expect(commands.filter((one) => !spoke.has(one))).toEqual([]);
  expect(commands.length).toBeGreaterThan(70);
});

test('without the neutraliser each of them lets it through', { timeout: 180_000 }, async () => {
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
