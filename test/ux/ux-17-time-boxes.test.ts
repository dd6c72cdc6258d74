import { expect, test } from 'vitest';
import { MINUTE } from '../../src/base/duration.ts';
import { opened, seen } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

// UX-17: one person, one thing, so many minutes, a yes; when the time is over everybody sees it.

const asked = async () => {
  const one = opened();
  await one.press('H', 'a');
  for (const text of ['ada', 'Pull the audit log']) {
    await one.words(text);
    await one.press('enter');
  }
  await one.press('enter', 'G');
  return one;
};

test('nobody in particular is not asked', async () => {
  const { app, press, words, store } = opened();
  await press('H', 'a');
  await words('team');
  await press('enter');
  expect(seen(store)).toContain('is nobody');
  await press('enter', 'enter');
  expect(app.commands).toEqual([]);
});

test('the yes is written down, and its time over is said beside the step', async () => {
  const { app, press, store } = await asked();
  expect(seen(store)).toMatch(/WAIT +ada, 20 min 00 s left/);
  await press('enter');
  expect(app.commands.map((one) => one.do)).toEqual(['give-task', 'take-task']);
  expect(seen(store)).toMatch(/NOW +ada/);
  app.advance(21 * MINUTE);
  store.tick();
  expect(seen(store)).toMatch(/LATE +ada, 1 min 00 s late/);
  await press('esc');
  expect(seen(store)).toMatch(/! task \d+: ada is LATE by 1 min/);
});

test(
  'on a terminal: nobody in particular is not asked, one person is, and the time runs on the screen',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    await person.until(FIRST_STEP);
    await person.press('H', 'People and handover');
    await person.press('a', '> Who (a handle');
    await person.press('team', /team/);
    await person.press(keys.enter, 'is nobody');
    await person.press('\u0015', /team"\) (?!team)/);
    await person.move('ada');
    await person.press(keys.enter, '> What');
    await person.press('Pull the audit log', 'audit log');
    await person.press(keys.enter, '> Minutes');
    await person.press(keys.enter, /ada, (?:20 min 00 s|19 min \d\d s) left/);
    await person.press('G', /> \S* ?(?:WAIT|…)/);
    expect(await person.press(keys.enter, /NOW +ada/)).toContain('Pull the audit log');
  },
);
