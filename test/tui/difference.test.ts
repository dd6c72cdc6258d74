import { expect, test, vi } from 'vitest';
import type { AuditDoor, LookHow, SyncReport, Whose } from '../../src/app/contract.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import { top } from '../../src/tui/shell/model.ts';
import { fakeApp } from '../fakes/app.ts';
import { someAudits, someDifferences } from '../fakes/audits.ts';
import { key, look, seen, size } from '../rig/keyboard.ts';

// The inventory against what exists, on its screen: what differs, what would be written, and nothing written that nobody saw.

type More = Partial<{
  whose: Whose;
  live: boolean;
  readOnly: boolean;
  start: 'home' | 'incident' | 'drill';
}>;

const opened = (door: Partial<AuditDoor> = {}, { readOnly = false, start = 'home', ...more }: More = {}) => {
  const app = Object.assign(fakeApp({ audits: someAudits(door), drill: start === 'drill' }), more);
  const starts = {
    home: { screen: 'home' },
    incident: { screen: 'incident', incident: app.incident() },
    drill: { screen: 'drill', drill: app.incident() },
  } as const;
  const store = openStore(app, starts[start], look, size, { readOnly });
  const send = (...names: readonly string[]): void => {
    for (const name of names) store.send({ is: 'key', key: key(name) });
  };
  const press = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      send(name);
      await store.idle();
    }
  };
  return { app, store, send, press, words: () => seen(store).replaceAll(/\s+/g, ' ') };
};

test('the data map is there without an incident, and says why nothing can be stopped from it', async () => {
  const at = opened();
  await at.press('i');
  expect(at.words()).toContain('About /home/example/security');
  expect(at.words()).toMatch(/channels > WhatsApp number, support wa-number-1, Nell Quinn/);
  await at.press('p');
  expect(at.words()).toContain('Not now: open an incident first; without one: firebreak pause');
});

test('what nobody wrote down, what is gone and what nobody owns are rows; each says more', async () => {
  const at = opened();
  await at.press('i', 's');
  expect(at.words()).toMatch(/UNKNOWN Webhook of cdn mirror \(meta, no row\) .*an integration, active/);
  expect(at.words()).toContain('GONE CRM sync (meta, row crm-sync)');
  expect(at.words()).toContain('NO OWNER Chat relay (row chat-relay)');
  expect(at.words()).toContain('NOT ASKED github: GITHUB_TOKEN is not set');
  expect(at.words()).not.toContain('github was not asked');
  expect(at.words()).toContain('1 of 2 systems were asked: 2 differences, 1 row without an owner.');
});

test('nothing is written before its lines were seen, nor by Enter, and then it is said', async () => {
  const report = someDifferences();
  const write = vi.fn<AuditDoor['write']>(() => ({ file: '/work/inventory.yaml', rows: 1 }));
  const at = opened({ write, sync: async () => await Promise.resolve(report) });
  await at.press('i', 's', 'y');
  expect(at.words()).toContain('Not now: look at what would be written first');
  await at.press('p');
  expect(at.words()).toMatch(/41 \+ - id: meta-webhook-of-cdn-mirror/);
  expect(at.words()).toContain('Enter writes nothing.');
  await at.press('enter', 'space');
  expect(write).not.toHaveBeenCalled();
  await at.press('y');
  expect(write.mock.calls).toEqual([[report]]);
  expect(at.words()).toContain('WRITTEN: 1 row into /work/inventory.yaml.');
  await at.press('y', 'p');
  expect(write).toHaveBeenCalledTimes(1);
  expect(at.words()).toContain('Not now: it is written already');
});

test('esc leaves the preview without writing', async () => {
  const write = vi.fn<AuditDoor['write']>();
  const at = opened({ write });
  await at.press('i', 's', 'p', 'esc');
  expect(at.words()).toContain('2 differences');
  await at.press('y');
  expect(write).not.toHaveBeenCalled();
});

test.each([
  [{ readOnly: true }, {}, 'opened for reading only (--read-only)'],
  [{ whose: 'practice' }, {}, 'practice keeps nothing'],
  [{}, { writes: 0 }, 'there is nothing that the tool could write'],
] as const)('%o %o: nothing can be written, and it says why', async (more, found, says) => {
  const draft = vi.fn<AuditDoor['draft']>();
  const at = opened({ draft, sync: async () => await Promise.resolve(someDifferences(found)) }, more);
  await at.press('i', 's', 'p');
  expect(at.words()).toContain(`Not now: ${says}`);
  expect(draft).not.toHaveBeenCalled();
});

test.each([
  [{ whose: 'example' }, 'there is no workspace here'],
  [{ live: false }, 'a drill reaches no live system'],
] as const)('%o: nobody is asked, and it says why', async (more, says) => {
  const sync = vi.fn<AuditDoor['sync']>();
  const at = opened({ sync }, more);
  await at.press('i', 's');
  expect(at.words()).toContain(`Not now: ${says}`);
  expect(sync).not.toHaveBeenCalled();
});

test('inside a drill no live system is asked; inside an incident it says that this is not its inventory', async () => {
  const sync = vi.fn<AuditDoor['sync']>(async () => await Promise.resolve(someDifferences()));
  const drill = opened({ sync }, { start: 'drill' });
  await drill.press('enter', 'I', 's');
  expect(drill.words()).toContain('Not now: a drill reaches no live system');
  expect(sync).not.toHaveBeenCalled();
  const incident = opened({ sync }, { start: 'incident' });
  await incident.press('I', 's');
  expect(incident.words()).toContain('This incident keeps the one that it began with.');
});

test('while systems are asked nothing opens; esc stops it at once, and half a look shows nothing', async () => {
  const hows: LookHow[] = [];
  const ends: ((report: SyncReport) => void)[] = [];
  const at = opened({
    sync: async (how = {}) => {
      hows.push(how);
      how.heard?.('what exists at meta', 'begun');
      return await new Promise((resolve) => void ends.push(resolve));
    },
  });
  await at.press('i');
  at.send('s');
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
  expect(at.words()).toContain('NOW what exists at meta');
  at.send('r', 'p', 'y');
  expect(at.words()).toContain('Not now: the systems are being asked');
  await at.press('esc');
  expect(hows).toHaveLength(1);
  expect(hows[0]?.stop?.aborted).toBe(true);
  ends[0]?.(someDifferences());
  await at.store.idle();
  expect(at.words()).toContain('STOPPED. Half a look says nothing');
});

test('what was found is cleared once the app is about other systems', async () => {
  const at = opened();
  await at.press('i', 's', 'p');
  Object.assign(at.app, { whose: 'practice' });
  await at.press('y');
  expect(at.words()).not.toContain('cdn mirror');
  expect(at.words()).toContain('so it is not shown. r asks again.');
  expect(top(at.store.model())).toMatchObject({ at: 'difference', written: null });
});

test('of a long list the chosen row is in sight', async () => {
  const unowned = Array.from({ length: 60 }, (_, i) => ({ id: `row-${i}`, title: `Thing ${i}` }));
  const at = opened({ sync: async () => await Promise.resolve(someDifferences({ unowned, systems: [] })) });
  await at.press('i', 's', 'G', 'k', 'k', 'k');
  expect(at.words()).toMatch(/> (?:NO OWNER Thing|BLIND)/);
});
