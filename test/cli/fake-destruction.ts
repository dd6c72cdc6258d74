import type { Destruction } from '../../src/app/contract.ts';
import { at } from '../fakes/clock.ts';

/** One class that may go and one that is held. */
export const fakeDestruction = (more: Partial<Destruction> = {}): Destruction => ({
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
