import { expect, test } from 'vitest';
import { leaves } from '../security/hostile/calls.ts';
import { tree } from '../../src/cli/tree/index.ts';
import type { Binding } from '../../src/tui/binding.ts';
import { keymap } from '../../src/tui/keys.ts';
import { opened, seen } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

// UX-19: every action is found without knowing its key, says why it cannot be done now, and has a command of the same name.

const HINTS_MAX = 6;
const SCREENS = ['', 'c', 't', 'L', 'I', 'P', 'H'] as const;

test('the footer has at most six hints', async () => {
  const { press, store } = opened();
  for (const screen of SCREENS) {
    if (screen !== '') await press(screen);
    const footer = seen(store).trimEnd().split('\n').at(-1) ?? '';
    expect(footer.split(' | ').length).toBeLessThanOrEqual(HINTS_MAX);
    if (screen !== '') await press('esc');
  }
});

test('every action of a screen is in its palette and in its help, and one that cannot be done says why', async () => {
  for (const [screen, bindings] of [
    ['', keymap.incident],
    ['c', keymap.clocks],
    ['H', keymap.people],
    ['t', keymap.timeline],
  ] as const) {
    const { press, words, store } = opened();
    if (screen !== '') await press(screen);
    for (const { id, long } of bindings as readonly Binding[]) {
      await press(':');
      await words(id);
      expect(seen(store).replaceAll(/\s+/g, ' ')).toContain(long.slice(0, 40));
      await press('esc');
    }
  }
  const { press, words, store } = opened();
  await press(':');
  await words('undo the action');
  expect(seen(store)).toMatch(/not now: /);
});

test('what a key does beyond moving about, a command does too', () => {
  const commands = new Set(leaves(tree).map(({ path }) => path.join(' ')));
  const named = Object.values(keymap)
    .flat()
    .flatMap((one: Binding) => (one.command === undefined ? [] : [one.command]));
  expect(named.length).toBeGreaterThan(40);
  const known = (command: string): boolean =>
    [...commands].some((one) => command === one || command.startsWith(`${one} -`)) ||
    tree.some(({ name }) => command === name);
  expect(named.filter((command) => !known(command))).toEqual([]);
});

test(
  'on a terminal: ? lists the keys, : finds an action by its words, and one that cannot be done says why',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    expect(
      (await person.until(FIRST_STEP)).trimEnd().split('\n').at(-1)?.split(' · ').length,
    ).toBeLessThanOrEqual(HINTS_MAX);
    await person.press('?', 'Keys of this screen');
    await person.press(keys.esc, FIRST_STEP);
    await person.press(':', 'What do you want to do?');
    await person.press('undo the action', /not now: /);
    await person.press(keys.esc, FIRST_STEP);
    await person.press(':', 'What do you want to do?');
    await person.press('change the severity', '> S');
    await person.press(keys.enter, '> Severity');
  },
);
