import { expect, test } from 'vitest';
import type { LookHow, Finding, Whose } from '../../src/app/contract.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import { top } from '../../src/tui/shell/model.ts';
import { fakeApp } from '../fakes/app.ts';
import { key, look, seen, size } from '../rig/keyboard.ts';

// What would fail tonight, from the home screen: progress, the worst first, and never about other systems than it says.

const finding = (what: string, state: Finding['state']): Finding => ({
  what,
  state,
  detail: `why of ${what}`,
  fix: state === 'ok' ? '' : `mend ${what}`,
});
const mixed = [finding('disk', 'ok'), finding('contact', 'warning'), finding('slack', 'broken')];

type Look = (how?: LookHow) => Promise<readonly Finding[]>;

const atHome = (doctor: Look, more: Partial<{ whose: Whose; live: boolean }> = {}) => {
  const app = Object.assign(fakeApp(), { doctor, ...more });
  const store = openStore(app, { screen: 'home' }, look, size);
  const send = (...names: readonly string[]): void => {
    for (const name of names) store.send({ is: 'key', key: key(name) });
  };
  const press = async (...names: readonly string[]): Promise<void> => {
    send(...names);
    await store.idle();
  };
  return { app, store, send, press, words: () => seen(store).replaceAll(/\s+/g, ' ') };
};
const finds = (findings: readonly Finding[]) => async () => await Promise.resolve(findings);

test('the worst comes first and lies open with its fix; the others fold out by key', async () => {
  const at = atHome(finds(mixed));
  await at.press('o');
  expect(at.words()).toMatch(/BROKEN slack why of slack Fix: mend slack WARN contact OK disk/);
  expect(at.words()).toContain('1 would fail tonight; 1 to look at, 1 in order.');
  expect(at.words()).toContain('About /home/example/security');
  await at.press('j', 'enter');
  expect(at.words()).toContain('why of contact Fix: mend contact');
  await at.press('enter');
  expect(at.words()).not.toContain('why of contact');
});

/** A look that goes on until it is ended or stopped, and whose end of a stopped one can be made to be late. */
const slow = () => {
  const hows: LookHow[] = [];
  const ends: ((findings: readonly Finding[]) => void)[] = [];
  const doctor: Look = async (how = {}) => {
    hows.push(how);
    how.heard?.('connector slack', 'begun');
    return await new Promise((resolve) => void ends.push(resolve));
  };
  return { doctor, hows, ends };
};

test('while it runs the check is named, nothing opens, and esc stops it at once without half a report', async () => {
  const { doctor, hows, ends } = slow();
  const at = atHome(doctor);
  at.send('o');
  await Promise.resolve();
  at.app.advance(4000);
  expect(at.words()).toContain('NOW connector slack');
  at.send('r', 'enter');
  expect(hows).toHaveLength(1);
  expect(at.words()).toMatch(/Not now/);
  await at.press('esc');
  expect(hows[0]?.stop?.aborted).toBe(true);
  expect(at.words()).toContain('STOPPED. Half a look says nothing');
  ends[0]?.(mixed);
  await at.store.idle();
  expect(at.words()).not.toContain('slack');
  at.send('r');
  await Promise.resolve();
  ends[1]?.(mixed);
  await at.store.idle();
  expect(at.words()).toContain('BROKEN slack');
});

test('a look that fails says so, and can be run again', async () => {
  const at = atHome(async () => await Promise.reject(new Error('no such thing')));
  await at.press('o');
  expect(at.words()).toContain('FAIL');
  expect(at.words()).not.toContain('Nothing found');
});

test.each([
  ['example', 'the built-in example company, not yours'],
  ['practice', 'PRACTICE: made-up systems'],
] as const)('a report about %s says so', async (whose, says) => {
  const at = atHome(finds(mixed), { whose });
  await at.press('o');
  expect(at.words()).toContain(says);
  expect(at.words()).toContain('says nothing of your systems.');
  expect(at.words()).not.toContain('About /home');
});

test('a report is cleared once the app is about other systems than it', async () => {
  const at = atHome(finds(mixed), { whose: 'practice' });
  await at.press('o');
  expect(at.words()).toContain('BROKEN slack');
  Object.assign(at.app, { whose: 'own' });
  await at.press('j');
  expect(at.words()).not.toContain('slack');
  expect(at.words()).toContain('so it is not shown. r asks again.');
  await at.press('r');
  expect(at.words()).toContain('BROKEN slack');
});

test('an app for drills alone says why it cannot ask', async () => {
  const at = atHome(finds(mixed), { live: false });
  await at.press('o');
  expect(at.words()).toContain('Not now: this is an app for drills');
  expect(top(at.store.model()).at).toBe('home');
});

test('of a list longer than the screen the chosen finding is in sight, with all that is folded out', async () => {
  const many = Array.from({ length: 40 }, (_, i) => finding(`contact ${i}`, 'warning'));
  const at = atHome(finds(many));
  await at.press('o');
  await at.press('G', 'enter');
  expect(at.words()).toContain('contact 39 why of contact 39 Fix: mend contact 39');
});
