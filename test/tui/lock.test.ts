import { expect, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import { isLockDue, keyAtLock, locked, pasteAtLock, refused } from '../../src/tui/shell/lock.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import type { Key } from '../../src/tui/binding.ts';
import { fakeApp, type FakeOptions } from '../fakes/app.ts';

/** A screen that nobody has touched hides what is private, and gives it back with all that was typed. */

const MINUTE = 60_000;
const size = { columns: 80, rows: 24 };
const look = { color: false, ascii: true, screenReader: false };
const letter = (text: string): Key => ({ name: text, text, ctrl: false, meta: false, shift: false });
const named = (name: string): Key => ({ ...letter(name), text: '' });

const desk = (options: FakeOptions = {}) => {
  const app = fakeApp({ lockMinutes: 10, ...options });
  const store = openStore(app, { screen: 'incident', incident: app.incident() }, look, size);
  const text = (): string =>
    store
      .lines(size)
      .map(({ spans }) =>
        spans
          .map((one) => one.text)
          .join('')
          .trimEnd(),
      )
      .join('\n');
  const type = (...pressed: readonly Key[]): void => {
    for (const key of pressed) store.send({ is: 'key', key });
  };
  const wait = (minutes: number): void => {
    app.advance(minutes * MINUTE);
    store.tick();
  };
  store.tick();
  return { app, store, text, type, wait };
};

const word = (text: string): readonly Key[] => Array.from(text, letter);

test('after the minutes without a key step and clocks stay, and what is private does not', async () => {
  const { text, wait } = desk();
  expect(text()).toContain('Token in a public repository');
  wait(9);
  expect(text()).not.toContain('LOCKED');
  wait(1);
  expect(text()).toContain('LOCKED');
  expect(text()).not.toContain('Token in a public repository');
  expect(text()).toContain('HERON');
  expect(text()).toContain('Write down what was reported');
  expect(text()).toMatch(/71 h 50 min left/);
  await expect(`${text()}\n`).toMatchFileSnapshot('../golden/screens/locked-80x24-ascii.txt');
});

test('a key in between puts it off', () => {
  const { text, type, wait } = desk();
  wait(9);
  type(named('down'));
  wait(9);
  expect(text()).not.toContain('LOCKED');
});

test('what was typed before is there again, and what is typed at the lock is never drawn nor kept', async () => {
  const tried: (string | null)[] = [];
  const opens = (typed: string | null): boolean => {
    tried.push(typed);
    return typed === 'correct horse';
  };
  const { store, text, type, wait } = desk({ opens });
  type(letter('n'), ...word('Maria Muster rang'));
  expect(text()).toContain('Maria Muster rang');
  wait(10);
  expect(text()).not.toContain('Maria');
  type(...word('wrong'), named('enter'));
  await store.idle();
  expect(text()).toContain('That is not it');
  type(...word('correct '));
  store.send({ is: 'paste', text: 'horse' });
  expect(text()).not.toContain('correct');
  type(named('enter'));
  await store.idle();
  expect(tried).toEqual(['wrong', 'correct horse']);
  expect(text()).toContain('Maria Muster rang');
  expect(JSON.stringify(store.model())).not.toContain('horse');
});

test('Enter alone asks key file and keychain, and says so when they do not give it', async () => {
  let there = false;
  const { store, text, type, wait } = desk({ opens: (typed) => typed === null && there });
  wait(11);
  type(named('enter'));
  await store.idle();
  expect(text()).toContain('Neither key file nor keychain gave the key');
  there = true;
  type(named('enter'));
  await store.idle();
  expect(text()).not.toContain('LOCKED');
});

test('no key reaches the screen behind, but the way out does', () => {
  const { app, store, text, type, wait } = desk();
  wait(10);
  type(...word('xxyyqq'), named('down'));
  expect(app.sent).toEqual([]);
  const leave: Key = { ...named('c'), ctrl: true };
  type(leave);
  expect(text()).toContain('Press ctrl+c again');
  type(leave);
  expect(store.model().done).toBe(true);
});

test('is off where the minutes are 0', () => {
  const { text, wait } = desk({ lockMinutes: 0 });
  wait(600);
  expect(text()).not.toContain('LOCKED');
});

test('the lock by itself: due at the minute, silent while it tries', () => {
  const at = instant(0);
  const after = (wall: number, elapsed: number): boolean =>
    isLockDue(
      { now: instant(60 * MINUTE), elapsed: 0 },
      { now: instant((60 + wall) * MINUTE), elapsed: elapsed * MINUTE },
      10,
    );
  expect([after(9, 9), after(10, 10)]).toEqual([false, true]);
  // Set back by an hour it locks all the same; so it does after a sleep, in which the other clock stood still.
  expect([after(-50, 9), after(-50, 10), after(480, 0)]).toEqual([false, true, true]);
  const asking = keyAtLock(locked(at), named('enter'));
  expect(asking.ask).toBeNull();
  expect(keyAtLock(asking.lock, letter('a'))).toEqual({ lock: asking.lock, ask: undefined });
  expect(pasteAtLock(asking.lock, 'x')).toEqual(asking.lock);
  expect(refused(asking.lock, true)).toMatchObject({
    asking: false,
    says: expect.stringContaining('not it') as string,
  });
});
