import { expect, test } from 'vitest';
import { top } from '../../src/tui/shell/model.ts';
import { opened, seen, toStep } from '../rig/keyboard.ts';

const WEBHOOKS = 5;

test('from the board of what is stopped one key previews letting it go, which wants its word typed', async () => {
  const { app, press, words, store } = opened();
  await toStep(press, WEBHOOKS);
  await press('x', 'y', 'enter', 'b');
  expect(seen(store)).toContain('STILL BLEEDING');
  await press('U');
  expect(seen(store)).toContain('UNDO ');
  await press('enter', 'y', 'enter');
  expect(app.sent).toHaveLength(1);
  await press('ctrl+u');
  await words('release');
  await press('enter');
  expect(app.sent.at(-1)).toMatchObject({ prepared: { release: true }, confirmation: { typed: 'release' } });
});

test('on any other page that key does nothing', async () => {
  const { press, store } = opened();
  await toStep(press, WEBHOOKS);
  await press('h', 'U');
  expect(top(store.model()).at).toBe('page');
});

test('one key fetches the logs of the systems while the person goes on, and says what is missing', async () => {
  const { press, store } = opened();
  await toStep(press, WEBHOOKS);
  await press('l');
  expect(seen(store)).toContain('Logs: 1 whole, 0 in part, 1 not had');
  expect(seen(store)).toMatch(/No log\s+to fetch: parlo/);
});
