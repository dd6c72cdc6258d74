import { expect, test } from 'vitest';
import { opened, seen, toStep } from '../rig/keyboard.ts';

test('a closed incident has no step to take now, and says what can still be done', async () => {
  const { app, press, store } = opened();
  await press('C');
  // Before it is closed: what closing does not end.
  expect(seen(store)).toContain('Clocks that run on');
  expect(seen(store)).toContain('gdpr.33-1');
  await press('esc');
  await app.incident().act({ do: 'close', outcome: 'resolved', summary: 'Over' });
  await store.idle();
  await toStep(press, 1);
  expect(seen(store)).toContain('the incident is closed; n: write a note');
  expect(seen(store)).not.toContain('NOW');
  const before = app.commands.length;
  for (const key of ['enter', 's', 'space', 'C']) {
    await press(key);
    expect(seen(store), key).toContain('Not now: the incident is closed; n writes a note');
  }
  expect(app.commands).toHaveLength(before);
});
