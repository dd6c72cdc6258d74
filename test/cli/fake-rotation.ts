import { vi } from 'vitest';
import type { OpenIncident, Prepared, RotationPlan, RotationReport } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';

/** A rotation as a command meets it: what it would do, and how it ended. */

export const rotationPlan = (
  item: string,
  kill: Prepared,
  more: Partial<RotationPlan> = {},
): RotationPlan => ({
  item,
  step: null,
  title: `Replace ${item}`,
  sha256: 'cd'.repeat(32),
  at: kill.at,
  kill,
  make: { action: 'meta.make-token', title: 'Make a token', byHand: null, preview: null, endsOld: false },
  place: {
    name: 'orders',
    title: 'Order service',
    how: 'RUN "put-secret" with it on standard input',
    check: 'GET https://orders.example/health',
    tells: false,
    minutes: 5,
    shut: null,
  },
  next: 'make',
  made: null,
  ...more,
});

const rotationReport = (more: Partial<RotationReport> = {}): RotationReport => ({
  state: 'rotated',
  at: 'done',
  why: '',
  item: 'wa-token',
  made: 'tok-2',
  oldDead: true,
  placed: true,
  ...more,
});

export const fakeRotation = (kill: () => Prepared) => ({
  prepareRotation: async (item: string) => await Promise.resolve(rotationPlan(item, kill())),
  rotate: vi.fn<OpenIncident['rotate']>(async () => await Promise.resolve(rotationReport())),
  goBack: vi.fn<OpenIncident['goBack']>(
    async () => await Promise.reject(new Problem('not-found', { what: 'rotation', id: 'x' })),
  ),
});
