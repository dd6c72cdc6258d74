import { expect, test } from 'vitest';
import { formatName, mergeChoices } from '../../src/app/merge-contract.ts';
import { top } from '../../src/tui/shell/model.ts';
import { fakeMerging, letGo, type FakeMail } from '../fakes/mailing.ts';
import { opened, seen, type Keyboard } from '../rig/keyboard.ts';

const merging = async (mail: FakeMail = {}): Promise<Keyboard> => {
  const at = opened({ mail });
  at.app.incident().write(letGo);
  await at.press('L', 'm');
  return at;
};

const looked = async (mail: FakeMail = {}): Promise<Keyboard> => {
  const at = await merging(mail);
  await at.words('people.csv');
  await at.press('enter', 'enter', 'enter', 'enter');
  return at;
};

test('a letter that nobody released is not merged, and the screen says how it is released', async () => {
  const { press, store } = opened();
  await press('L', 'm');
  expect(top(store.model()).at).toBe('letters');
  expect(seen(store)).toContain('Not now: nobody has released it yet: firebreak letters release gdpr-33');
});

test('every form that a merge knows can be chosen', async () => {
  const { store } = await merging();
  for (const { format } of mergeChoices)
    expect(seen(store)).toMatch(new RegExp(`\\([ o]\\) ${formatName(format)}`));
});

test('the list of the incident cannot be named while nobody was counted', async () => {
  const { store, press, words } = await merging();
  await words('scope');
  await press('enter');
  expect(seen(store)).toContain('nobody has been counted yet');
  expect(top(store.model()).at).toBe('form');
});

test('what would be written is shown: rows, greetings, and bad rows by their line', async () => {
  const { store } = await looked();
  const text = seen(store);
  expect(text).toContain('people.csv: 1,240 rows read');
  expect(text).toContain('Dear Orla Kelly,');
  expect(text).toMatch(/line 7 +address is no e-mail address/);
  expect(text).toContain('y: write 1,236 letters. Nothing is sent by that.');
});

test('Enter writes nothing', async () => {
  const { store, press } = await looked();
  await press('enter', 'enter');
  const state = top(store.model());
  expect(state.at === 'merge' && state.stage).toBe('preview');
  expect(seen(store)).toContain('Enter confirms nothing');
});

test('y writes them and the report says what was left out and where that is named', async () => {
  const { store, press } = await looked();
  await press('y');
  const text = seen(store);
  expect(text).toContain('WRITTEN: 1,236 letters. Nothing was sent.');
  expect(text).toContain('gdpr-33.jsonl.left-out.csv');
  await press('enter');
  expect(top(store.model()).at).toBe('letters');
});

test('esc stops a merge, and the same one is gone on with', async () => {
  const at = await looked({ holds: true });
  const asked: unknown[] = [];
  const incident = at.app.incident();
  const held = fakeMerging({ holds: true });
  Object.assign(incident, {
    merge: async (...given: Parameters<typeof held.merge>) => {
      asked.push(given[0].resume);
      return await held.merge(...given);
    },
  });
  at.store.send({ is: 'key', key: { name: 'y', text: 'y', ctrl: false, meta: false, shift: false } });
  await Promise.resolve();
  expect(seen(at.store)).toMatch(
    /RUNNING 42 %: 518 letters, 2 rows left out, 259 a second, about 2 s left, esc\s+stops/,
  );
  await at.press('esc');
  expect(seen(at.store)).toContain('STOPPED: 518 letters are written.');
  Object.assign(incident, {
    previewMerge: async () => ({
      ...(await opened()
        .app.incident()
        .previewMerge({ out: 'x' } as never)),
      before: { is: 'unfinished', rows: 520, written: 518 },
    }),
  });
  await at.press('r');
  expect(seen(at.store)).toContain('An unfinished merge is there: 518 letters are written');
  at.store.send({ is: 'key', key: { name: 'y', text: 'y', ctrl: false, meta: false, shift: false } });
  await at.press('esc');
  expect(asked).toEqual([false, true]);
});

test.each([
  [{ before: { is: 'finished' } }, 'a finished file of that name is there'],
  [{ tally: { rows: 3, written: 0, rejected: 3, duplicates: 0 } }, 'no row of this list can get a letter'],
] as const)('a merge that would write nothing new is not begun: %o', async (preview, why) => {
  const { store, press } = await looked({ preview });
  await press('y');
  expect(seen(store)).toContain(why);
  const state = top(store.model());
  expect(state.at === 'merge' && state.stage).toBe('preview');
});
