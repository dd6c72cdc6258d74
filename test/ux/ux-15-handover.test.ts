import { expect, test } from 'vitest';
import { opened, seen } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

// UX-15: whoever takes over has read how it stands and says it back; until then the role stays.

const offered = async () => {
  const one = opened();
  await one.press('H', 'enter');
  await one.words('ben');
  await one.press('enter');
  await one.words('If the vendor rings ask for the log');
  await one.press('enter');
  return { ...one, holder: () => one.app.incident().view().state.roles.get('commander') };
};

test('broken off half-way the role is where it was', async () => {
  const { press, words, holder, app } = await offered();
  expect(holder()).toBe('ada');
  await press('enter', 'enter');
  await words('Token dead');
  await press('esc');
  expect(holder()).toBe('ada');
  await press('x');
  await words('Ben lost the line');
  await press('enter');
  expect(holder()).toBe('ada');
  expect(app.incident().view().state.team.offers.size).toBe(0);
});

test('what is read: how bad, how it stands, what is to be done, clocks, who, and what only the other knew', async () => {
  const { press, store, app } = await offered();
  await press('enter');
  const shown = seen(store).replaceAll(/\s+/g, ' ');
  for (const words of ['To be done', 'Clocks', 'Who does what', 'If the vendor rings ask for the log'])
    expect(shown).toContain(words);
  expect(app.incident().view().state.roles.get('commander')).toBe('ada');
});

test('said back, it goes over, and both names are in the journal', async () => {
  const { press, words, holder, app } = await offered();
  await press('enter', 'enter');
  await words('Token dead, wait for vendor, then letters');
  await press('enter');
  expect(holder()).toBe('ben');
  const rows = app
    .incident()
    .timeline()
    .filter(({ kind }) => kind.startsWith('handover.'));
  expect(rows.map(({ what }) => what).join('\n')).toMatch(
    /ada hands the role of commander to ben.*\nben took over the role of commander and said it back/,
  );
});

test(
  'on a terminal: the other one reads how it stands and says it back; until then the role is where it was',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    const { enter } = keys;
    await person.until(FIRST_STEP);
    await person.press('H', 'People and handover');
    await person.press('m', 'You are commander.');
    await person.press(enter, 'Hand over');
    await person.press('ben', 'ben');
    await person.press(enter, '> How it stands');
    await person.press('If the vendor rings ask for the log', 'for the log');
    await person.press(enter, 'People and handover');
    expect(await person.sees()).toMatch(/commander +ada/);
    expect(await person.press(enter, 'Who does what')).toContain('ada');
    await person.press(enter, '> In your own words');
    await person.press('Token dead, wait for the vendor', 'for the vendor');
    await person.press(enter, /commander +ben/);
  },
);
