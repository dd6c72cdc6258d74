import type { App, OpenIncident } from '../../src/app/contract.ts';
import { fakeDrafts } from '../fakes/drafts.ts';
import { fakeDestroying } from './fake-destruction.ts';

/** What few commands ask of an incident: logs of a team that has no system with one, and content that nobody may destroy. */
export const fakeRest = (): Pick<
  OpenIncident,
  'collect' | 'destruction' | 'askToDestroy' | 'destroy' | 'drafts'
> => ({
  drafts: fakeDrafts(),
  ...fakeDestroying(),
  collect: async () =>
    await Promise.resolve({ window: { from: 0, to: 1 }, lines: [], without: ['acme'], state: 'nothing' }),
});

/** Definitions that were read, and a person who never changed a key. */
export const fakeHabits = (): Pick<App, 'learned' | 'keymap' | 'drafts'> => ({
  drafts: fakeDrafts(),
  learned: () => true,
  keymap: async () =>
    await Promise.resolve({
      path: '/home/ann/.config/firebreak/keymap.yaml',
      found: false,
      remap: new Map(),
      issues: [],
    }),
});
