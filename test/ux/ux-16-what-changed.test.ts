import { expect, test } from 'vitest';
import { company } from '../app/company.ts';
import { changedGroups } from '../../src/projections/changed.ts';
import { opened, seen } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

// UX-16: whoever comes back sees what happened since, counted by kind; it counts as seen once they say so.

test('two people: the counts are those of the entries that the other one wrote', async () => {
  const all = await company();
  const mine = await (await all.app()).declare({ runbook: 'leaked-whatsapp-token', title: 'Two of us' });
  const left = mine.view().state.size;
  const theirs = await (await all.app({ actor: 'ben' })).open(mine.id);
  await theirs.act({ do: 'note', text: 'One' });
  await theirs.act({ do: 'note', text: 'Two' });
  await theirs.act({ do: 'role', role: 'legal', person: 'ben' });
  const rows = theirs.timeline().filter(({ n }) => n >= left);
  expect(rows.filter(({ actor }) => actor === 'ben')).toHaveLength(3);
  const counts = new Map(changedGroups(rows).map(({ says, count }) => [says, count]));
  expect(counts.get('notes')).toBe(2);
  expect(counts.get('entry about people')).toBe(1);
  expect([...counts.values()].reduce((a, b) => a + b, 0)).toBe(rows.length);
});

test('on one screen, with the way in; marking it as seen is a key of its own', async () => {
  const { app, press, store } = opened();
  await app.incident().act({ do: 'note', text: 'While you were away' });
  await app.incident().act({ do: 'role', role: 'legal', person: 'cem' });
  await press('w');
  expect(seen(store)).toContain('1 entry about people, 1 note');
  expect(seen(store)).toContain('While you were away');
  await press('esc', 'w');
  expect(seen(store)).toContain('While you were away');
  await press('m', 'esc', 'w');
  expect(seen(store)).not.toContain('While you were away');
});

test(
  'on a terminal: what somebody else wrote beside it is counted, and seen once that is said',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    await person.until(FIRST_STEP);
    await person.beside(['note', 'While you were away'], { FIREBREAK_ACTOR: 'ben' });
    await person.beside(['role', 'legal', 'cem'], { FIREBREAK_ACTOR: 'ben' });
    await person.until('legal cem');
    expect(await person.press('w', 'What changed')).toMatch(/1 entry about people, 1 note/);
    expect(await person.sees()).toContain('While you were away');
    await person.press(keys.esc, FIRST_STEP);
    await person.press('w', 'While you were away');
    await person.press('m', /Seen|seen/);
    await person.press(keys.esc, FIRST_STEP);
    expect(await person.press('w', 'What changed')).not.toContain('While you were away');
  },
);
