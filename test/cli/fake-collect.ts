import type { OpenIncident } from '../../src/app/contract.ts';
import { fakeDestroying } from './fake-destruction.ts';

/** What few commands ask of an incident: logs of a team that has no system with one, and content that nobody may destroy. */
export const fakeRest = (): Pick<OpenIncident, 'collect' | 'destruction' | 'askToDestroy' | 'destroy'> => ({
  ...fakeDestroying(),
  collect: async () =>
    await Promise.resolve({ window: { from: 0, to: 1 }, lines: [], without: ['acme'], state: 'nothing' }),
});
