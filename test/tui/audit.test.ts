import { expect, test, vi } from 'vitest';
import type { AuditDoor, AuditReport, LookHow, Whose } from '../../src/app/contract.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import { top } from '../../src/tui/shell/model.ts';
import { fakeApp } from '../fakes/app.ts';
import { someAudits, someReport } from '../fakes/audits.ts';
import { key, look, seen, size } from '../rig/keyboard.ts';

// The quarterly audit from the home screen: what it asks, what it found, what a person adds, and never about other systems.

type More = Partial<{ whose: Whose; live: boolean; readOnly: boolean }>;

const atHome = (door: Partial<AuditDoor> = {}, { readOnly = false, ...more }: More = {}) => {
  const app = Object.assign(fakeApp({ audits: someAudits(door) }), more);
  const store = openStore(app, { screen: 'home' }, look, size, { readOnly });
  const send = (...names: readonly string[]): void => {
    for (const name of names) store.send({ is: 'key', key: key(name) });
  };
  const press = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      send(name);
      await store.idle();
    }
  };
  const type = async (text: string): Promise<void> =>
    press(...Array.from(text, (one) => (one === ' ' ? 'space' : one)));
  return { app, store, send, press, type, words: () => seen(store).replaceAll(/\s+/g, ' ') };
};
const gives = (report: AuditReport) => vi.fn<AuditDoor['audit']>(async () => await Promise.resolve(report));

test('nobody is asked before a person wants it, and what is due is known', async () => {
  const audit = gives(someReport());
  const at = atHome({ audit });
  await at.press('a');
  expect(audit).not.toHaveBeenCalled();
  expect(at.words()).toContain('The last whole audit was on 2026-02-01; the next one is due on 2026-05-03');
  expect(at.words()).toContain('r asks every configured system what exists there');
  await at.press('r');
  expect(audit.mock.calls.map(([{ keep }]) => keep)).toEqual([true]);
});

test('the worst lies open with its fix; all else that was found, asked or not seen is a row', async () => {
  const at = atHome();
  await at.press('a', 'r');
  expect(at.words()).toMatch(/CRITICAL The old sync .* Fix: use https.* Owner: Nell/);
  expect(at.words()).toMatch(/HIGH NEW: Nobody has written down/);
  expect(at.words()).toContain('Found: 1 critical, 1 high, 1 medium; 2 questions are open, 1 not asked.');
  expect(at.words()).toContain('Since 2026-08-01: 1 new, 1 mended, 2 still there, 1 not looked at again.');
  await at.press('j', 'j', 'j', 'enter');
  expect(at.words()).toMatch(/ASK Must everybody .* Who should know: Ben It was never answered/);
  await at.press('G', 'enter');
  expect(at.words()).toMatch(/NOT ASKED github: GITHUB_TOKEN is not set/);
  expect(at.words()).toMatch(/MENDED Nobody owns the bot NOT SEEN A key at GitHub is old > BLIND meta/);
});

test('a question is answered where it stands, with its note, and nothing is answered by Enter alone', async () => {
  const answer = vi.fn<AuditDoor['answer']>(async () => await Promise.resolve());
  const at = atHome({ answer });
  await at.press('a', 'r', 'a');
  expect(at.words()).toContain('Not now: choose a question first');
  await at.press('j', 'j', 'j', 'a', 'enter', 'enter');
  expect(at.words()).toContain('choose one with up and down');
  await at.press('down', 'down', 'enter');
  await at.type('asked Ben');
  await at.press('enter');
  expect(answer.mock.calls).toEqual([['mfa:meta', 'no', 'asked Ben']]);
  expect(at.words()).toMatch(/ANSWERED Must everybody .*\? no/);
  expect(at.words()).toContain('1 question is open');
});

test('the report is written where its form says, after it has said what', async () => {
  const save = vi.fn<AuditDoor['save']>((_report, format) => ({ path: `/exports/audit.${format}` }));
  const report = someReport();
  const at = atHome({ save, audit: gives(report) });
  await at.press('a', 'f');
  expect(at.words()).toContain('Not now: nothing was found yet');
  await at.press('r', 'f');
  expect(at.words()).toContain('Writes 3 findings, 2 open questions about /home/example/security.');
  expect(at.words()).toContain('firebreak/exports, in a new file, for you alone (0600)');
  expect(save).not.toHaveBeenCalled();
  await at.press('down', 'enter', 'enter');
  expect(save.mock.calls).toEqual([[report, 'sarif', null]]);
  expect(at.words()).toContain('Written for you alone: /exports/audit.sarif');
});

/** An audit that goes on until it is ended, and whose end of a stopped one can be made to be late. */
const slow = () => {
  const hows: LookHow[] = [];
  const ends: ((report: AuditReport) => void)[] = [];
  const audit: AuditDoor['audit'] = async (how) => {
    hows.push(how);
    how.heard?.('what exists at meta', 'begun');
    return await new Promise((resolve) => void ends.push(resolve));
  };
  return { audit, hows, ends };
};
const turns = async (): Promise<void> => {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
};

test('while it runs the question is named, nothing opens, and esc stops it at once without half a report', async () => {
  const { audit, hows, ends } = slow();
  const at = atHome({ audit });
  await at.press('a');
  at.send('r');
  await turns();
  at.app.advance(4000);
  expect(at.words()).toContain('NOW what exists at meta');
  at.send('r', 'f', 'a', 'enter');
  expect(hows).toHaveLength(1);
  expect(top(at.store.model())).toMatchObject({ at: 'audit', stage: 'running' });
  expect(at.words()).toContain('Not now: the audit goes on');
  await at.press('esc');
  expect(hows[0]?.stop?.aborted).toBe(true);
  expect(at.words()).toContain('STOPPED. Half an audit says nothing');
  ends[0]?.(someReport());
  await at.store.idle();
  expect(at.words()).not.toContain('CRITICAL');
});

test('a report is neither shown nor written once the app is about other systems than it', async () => {
  const save = vi.fn<AuditDoor['save']>(() => ({ path: '/x' }));
  const at = atHome({ save });
  await at.press('a', 'r', 'f');
  Object.assign(at.app, { whose: 'practice' });
  await at.press('enter', 'enter');
  expect(at.words()).toContain('nothing is written');
  await at.press('esc');
  expect(save).not.toHaveBeenCalled();
  expect(at.words()).not.toContain('CRITICAL');
  expect(at.words()).toContain('so it is not shown. r asks again.');
});

test('a practice audit says so, and neither answers nor files are kept of it', async () => {
  const at = atHome({}, { whose: 'practice' });
  await at.press('a', 'r');
  expect(at.words()).toContain('PRACTICE: made-up systems');
  expect(at.words()).toContain('PRACTICE: it says nothing of your systems.');
  await at.press('f');
  expect(at.words()).toContain('Not now: practice keeps nothing');
  await at.press('j', 'j', 'j', 'a');
  expect(at.words()).toContain('Not now: practice keeps nothing');
});

test.each([
  [{ whose: 'example' }, 'there is no workspace to audit here'],
  [{ live: false }, 'this is an app for drills'],
] as const)('%o: it says why it cannot be made', async (more, says) => {
  const at = atHome({}, more);
  await at.press('a');
  expect(at.words()).toContain(`Not now: ${says}`);
  expect(top(at.store.model()).at).toBe('home');
});

test('under --read-only it counts as no audit, and nothing is answered, declared or taken over', async () => {
  const audit = gives(someReport());
  const at = atHome({ audit }, { readOnly: true });
  await at.press('a');
  expect(at.words()).toContain('--read-only was given, so nothing is kept');
  await at.press('r', 'j', 'j', 'j', 'a');
  expect(audit.mock.calls.map(([{ keep }]) => keep)).toEqual([false]);
  expect(at.words()).toContain('Not now: opened for reading only (--read-only)');
  await at.press('esc', 'r', 'enter', 'enter');
  expect(at.words()).toMatch(/to act or write, start firebreak\s+without it/);
  expect(at.store.world().incident).toBeNull();
});

test('a history that cannot be read is said, and no audit begins', async () => {
  const at = atHome({ due: async () => await Promise.reject(new Error('damaged')) });
  await at.press('a');
  expect(at.words()).toContain('FAIL');
});
