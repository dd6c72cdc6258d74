import type { OpenIncident } from '../../src/app/contract.ts';
import type { ClockView } from '../../src/projections/countdowns.ts';
import { at } from '../fakes/clock.ts';

const now = at('2026-03-01T09:00:00Z');

export const clock = (more: Partial<ClockView> = {}): ClockView => ({
  duty: 'gdpr.33-1',
  about: null,
  starts: 'aware',
  regime: 'gdpr',
  title: 'Notify the authority',
  to: 'the authority',
  owedBy: 'controller',
  owedByName: null,
  context: false,
  standing: 'running',
  provisional: false,
  startedAt: now,
  startedBy: 3,
  startedBecause: 'entry 3',
  due: at('2026-03-04T09:00:00Z'),
  dueLocal: '2026-03-04 10:00 +01:00',
  dueUtc: '2026-03-04T09:00:00.000Z',
  leftMs: 259_200_000,
  wording: null,
  submittedAt: null,
  proved: false,
  late: false,
  acknowledgedAt: null,
  phase: null,
  awaiting: null,
  changed: null,
  source: 'GDPR Art. 33(1)',
  version: '2016',
  confidence: 'primary',
  region: null,
  note: null,
  readings: [],
  letter: null,
  contact: null,
  ...more,
});

export const noDuties = {
  duties: () => ({ duties: [], pending: [] }),
  ends: () => [],
  meant: () => null,
} as const satisfies Pick<OpenIncident, 'duties' | 'ends' | 'meant'>;
