import { expect, test } from 'vitest';
import { Problem } from '../../src/base/problem.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import { fakeApp } from '../fakes/app.ts';
import { key, look, opened, seen, size } from '../rig/keyboard.ts';

// Words belong to their form and their incident until they are written down, and come back when they could not be.

test('a note that could not be written down stands in its form again', async () => {
  const { press, words, store } = opened({
    fails: { act: new Problem('usage', { why: 'the disk is full' }) },
  });
  await press('n');
  await words('half a thought');
  await press('enter');
  expect(seen(store)).toContain('the disk is full');
  expect(seen(store)).toContain('What you typed is kept: the same form holds it again.');
  await press('esc', 'n');
  expect(seen(store)).toContain('half a thought');
});

test('one that was written down does not', async () => {
  const { app, press, words, store } = opened();
  await press('n');
  await words('a whole thought');
  await press('enter');
  expect(app.incident().drafts.found()).toEqual([]);
  await press('n');
  expect(seen(store)).not.toContain('a whole thought');
});

test('what is typed about one incident is not offered in another', async () => {
  const { app, press, words, store } = opened();
  await press('n');
  await words('only here');
  await press('esc');
  const kept = app.incident().drafts.found();
  expect(kept.map(({ inputs }) => inputs['text']?.text)).toEqual(['only here']);
  const other = fakeApp().incident();
  Object.assign(app, {
    open: async () => await Promise.resolve(Object.assign(other, { id: 'inc-02OTHER' })),
  });
  store.send({ is: 'effects', effects: [{ do: 'open', id: 'inc-02OTHER', takeOver: false }] });
  await store.idle();
  await press('n');
  expect(seen(store)).not.toContain('only here');
  expect(app.incident().drafts.found()).toEqual(kept);
});

test('a form holds what the process before this one was told, and says so', async () => {
  const { app, press, words } = opened();
  await press('n');
  await words('before the crash');
  const left = app.incident().drafts.found();
  const next = fakeApp();
  next.incident().drafts.keep(left);
  const store = openStore(next, { screen: 'incident', incident: next.incident() }, look, size);
  expect(seen(store)).toContain('What you had typed and not sent stands in its form.');
  store.send({ is: 'key', key: key('n') });
  await store.idle();
  expect(seen(store)).toContain('before the crash');
});

test('a choice that was made is kept, one that stands there by itself is not', async () => {
  const { app, press } = opened();
  await press('n', 'esc');
  expect(app.incident().drafts.found()).toEqual([]);
  await press('n', 'tab', 'tab', 'down', 'esc');
  expect(app.incident().drafts.found()[0]?.inputs['star']?.chosen).toBe(1);
});

test('the line that declares is kept when it is left, and is gone once it has declared', async () => {
  const app = fakeApp();
  const store = openStore(app, { screen: 'home' }, look, size);
  const press = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      store.send({ is: 'key', key: key(name) });
      await store.idle();
    }
  };
  await press('enter', 'o', 'd', 'd', 'esc');
  expect(app.drafts.found().map(({ inputs }) => inputs['title']?.text)).toEqual(['odd']);
  await press('enter');
  expect(seen(store)).toContain('odd');
  await press('enter', 'enter');
  expect(seen(store)).toContain('Declared');
  expect(app.drafts.found()).toEqual([]);
});
