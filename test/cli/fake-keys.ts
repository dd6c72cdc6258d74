import type { App, KeyDesk, KeyReport } from '../../src/app/contract.ts';

/** Keys that remember what they were asked. */

export const fakeKey = (more: Partial<KeyReport> = {}): KeyReport => ({
  from: 'file',
  place: '/data/keys/data.key',
  atHand: true,
  changing: null,
  standIn: [],
  ways: [
    { name: 'file', from: 'file', place: '/data/keys/data.key', sure: true },
    { name: 'code', from: 'code', place: '/data/keys/key.json', sure: true },
  ],
  alone: false,
  made: true,
  drilled: null,
  ...more,
});

export const CODE = '31WZV-4GBHX-8XYFR-49QJS-XVPJR-R59S1';

const changed = { changed: true, rewrapped: 2, wiped: true, left: [], kept: [] } as const;

export const fakeKeyDesk = (more: Partial<KeyDesk> = {}): KeyDesk => ({
  begin: async () => await Promise.resolve({ fellBack: null }),
  add: async ({ from }) => await Promise.resolve({ name: from, code: from === 'code' ? CODE : null }),
  written: async () => await Promise.resolve(),
  remove: async () => await Promise.resolve({ from: 'file', ...changed }),
  rotate: async () => await Promise.resolve({ from: 'file', ...changed }),
  drill: async (name) =>
    await Promise.resolve({ way: name ?? 'code', incidents: [], unreadable: [], passed: true }),
  proves: async () => await Promise.resolve(true),
  ...more,
});

/** An app with one way to its key. */
export const withOneKey = (desk: Partial<KeyDesk> = {}): Partial<App> => ({
  key: () => fakeKey({ alone: true, ways: fakeKey().ways.slice(0, 1) }),
  keyDesk: async () => await Promise.resolve(fakeKeyDesk(desk)),
});
