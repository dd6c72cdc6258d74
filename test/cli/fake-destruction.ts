import type { Destruction, OpenIncident } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';
import { at } from '../fakes/clock.ts';

/** One class that may go and one that is held. */
const fakeDestruction = (more: Partial<Destruction> = {}): Destruction => ({
  classes: [
    {
      class: 'victims',
      keys: 1,
      policy: 'victims: 365 days',
      due: at('2026-02-01T00:00:00Z'),
      holds: [],
      state: 'due',
    },
    { class: 'staff', keys: 1, policy: 'staff: 10 days', due: null, holds: [7], state: 'held' },
  ],
  ready: ['victims'],
  asked: null,
  need: 2,
  given: [],
  ...more,
});

/** Asked for and approved by nobody. */
export const fakeDestroying = (): Pick<OpenIncident, 'destruction' | 'askToDestroy' | 'destroy'> => ({
  destruction: async () => await Promise.resolve(fakeDestruction()),
  askToDestroy: async () => await Promise.resolve(fakeDestruction({ asked: 9 })),
  destroy: async () => await Promise.reject(new Problem('not-authorised', { why: 'nobody approved' })),
});
