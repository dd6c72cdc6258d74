import { expect, test } from 'vitest';
import { walkCommands } from './commands.ts';

// Every command of the tree, with everything hostile that it can be handed from above, below and beside.

/** Prints a text as a whole: what begins a line in it is that text's own. */
const DOCUMENTS = new Set(['runbook print', 'letters show', 'journal checkpoint', 'drill run']);

test('no command lets anything act, hide or forge a line', { timeout: 600_000 }, async () => {
  const { commands, spoke, faults } = await walkCommands();
  expect(faults.filter(({ command, what }) => what !== 'forged line' || !DOCUMENTS.has(command))).toEqual([]);
  // Nothing foreign was shown by these; any other one needs what makes it speak.
  expect(commands.filter((one) => !spoke.has(one))).toEqual([]);
  expect(commands.length).toBeGreaterThan(70);
});
