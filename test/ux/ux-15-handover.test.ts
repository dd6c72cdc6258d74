import { expect, test } from 'vitest';
import { opened, seen } from '../rig/keyboard.ts';

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
