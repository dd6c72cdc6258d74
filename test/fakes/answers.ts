import type { CollectReport, OpenIncident } from '../../src/app/contract.ts';

/** What a system answers to a recheck, and the way by hand at its vendor. */

const STILL_OFF = {
  is: 'proof',
  target: 'wa-number-1',
  proof: { is: 'proved', how: 'no app is subscribed' },
} as const;

const PAGE = {
  where: 'https://business.facebook.com/settings',
  steps: ['Open System users', 'Remove the token'],
  record: 'a picture of the empty list',
};

/** One log had, one refused, and a system that keeps none. */
const LOGS: CollectReport = {
  window: { from: 0, to: 1 },
  lines: [
    {
      is: 'whole',
      instance: 'okta-lrh',
      log: 'system-log',
      records: 4,
      parts: 1,
      bytes: 400,
      got: { from: 0, to: 1 },
      gaps: [],
      manual: null,
    },
    {
      is: 'none',
      instance: 'slack-lrh',
      log: 'audit-logs',
      records: 0,
      parts: 0,
      bytes: 0,
      got: null,
      gaps: [{ is: 'plan', says: 'refused' }],
      manual: PAGE,
    },
  ],
  without: ['parlo'],
  state: 'partial',
};

export const RELEASED = { step: null, release: true, friction: 'type-target', phrase: 'release' } as const;

/** What a person asks for and gets at once. */
export const asked: Pick<OpenIncident, 'recheck' | 'manual' | 'collect'> = {
  recheck: async () => await Promise.resolve({ lines: [STILL_OFF], state: 'proved' }),
  manual: async (step) => await Promise.resolve([{ target: step, manual: PAGE }]),
  collect: async () => await Promise.resolve(LOGS),
};
