import type { Purpose } from '../../src/tui/places.ts';
import type { FakeApp } from '../fakes/app.ts';
import { someReport } from '../fakes/audits.ts';
import { asked, busyNight, gone, handingOver, mayGo, preserved, seed } from '../fakes/nights.ts';
import type { Walk } from '../tui/walks.ts';

/** A form is opened by its purpose; its night is that in which somebody would open it. */
export type FormScene = Omit<Walk, 'keys'> &
  Readonly<{ purpose: Purpose | ((app: FakeApp) => Purpose | Promise<Purpose>) }>;

const MAILING = 'd'.repeat(64);
const FILE = '/home/example/letters of the night.jsonl';
const letter = { letter: 'gdpr-33', title: 'Notification to the authority', language: 'en' } as const;
const duty = 'gdpr.33-1';

const firstKey = <K>(map: ReadonlyMap<K, unknown>): K => {
  for (const key of map.keys()) return key;
  throw new Error('the night has nothing to fill this form with');
};
const clockOf = (app: FakeApp): string => firstKey(app.incident().state().personClocks);

/** Every form. The compiler misses a purpose that is not here. */
export const forms: Readonly<Record<Purpose['for'], FormScene>> = {
  ask: { purpose: { for: 'ask', step: 'record-report' } },
  decide: { purpose: { for: 'decide', step: 'high-risk' } },
  tick: { purpose: { for: 'tick', step: 'copy-record' } },
  skip: { purpose: { for: 'skip', step: 'revoke-token' } },
  reopen: { prepare: preserved, purpose: { for: 'reopen', step: 'copy-record' } },
  settle: {
    ...busyNight,
    purpose: (app) => ({
      for: 'settle',
      intent: firstKey(app.incident().state().acts),
      target: 'wa-system-user-token',
      result: 'done',
    }),
  },
  note: { purpose: { for: 'note' } },
  decision: { purpose: { for: 'decision' } },
  evidence: { purpose: { for: 'evidence', step: null } },
  severity: { purpose: { for: 'severity' } },
  'take-over': { fake: { readOnly: true }, purpose: { for: 'take-over' } },
  role: { purpose: { for: 'role' } },
  'hand-role': { purpose: { for: 'hand-role', role: 'commander' } },
  'take-role': { prepare: handingOver, purpose: { for: 'take-role', role: 'commander' } },
  'withdraw-role': { prepare: handingOver, purpose: { for: 'withdraw-role', role: 'commander' } },
  'give-task': { purpose: { for: 'give-task' } },
  'end-task': {
    prepare: handingOver,
    purpose: (app) => ({ for: 'end-task', task: firstKey(app.incident().state().team.tasks), how: 'done' }),
  },
  packet: { purpose: { for: 'packet' } },
  'packet-confirm': {
    purpose: async (app) => ({
      for: 'packet-confirm',
      plan: await app.incident().packetPlan('firebreak-to1qqqq', null),
    }),
  },
  'keep-journal': { prepare: gone, purpose: { for: 'keep-journal' } },
  export: { purpose: { for: 'export' } },
  paper: { purpose: { for: 'paper', ...letter } },
  merge: { prepare: mayGo, purpose: { for: 'merge', ...letter, colleagues: false } },
  'settle-letters': {
    fake: seed,
    prepare: mayGo,
    purpose: { for: 'settle-letters', mailing: MAILING, letter: null, taken: true },
  },
  'letters-again': {
    fake: seed,
    prepare: mayGo,
    purpose: { for: 'letters-again', mailing: MAILING, letter: 4 },
  },
  bounces: { prepare: mayGo, purpose: { for: 'bounces' } },
  'send-through': {
    prepare: mayGo,
    purpose: { for: 'send-through', file: FILE, to: 'list', servers: ['mail-notices', 'mail-offices'] },
  },
  'hand-over': { prepare: mayGo, purpose: { for: 'hand-over', file: FILE } },
  'scope-import': { purpose: { for: 'scope-import', asked: null } },
  'scope-count': { purpose: { for: 'scope-count' } },
  'scope-correct': { purpose: { for: 'scope-correct' } },
  'scope-list': { purpose: { for: 'scope-list' } },
  close: { purpose: { for: 'close' } },
  submit: { purpose: { for: 'submit', duty } },
  prove: { ...busyNight, purpose: { for: 'prove', duty } },
  acknowledge: { ...busyNight, purpose: { for: 'acknowledge', duty } },
  start: { purpose: { for: 'start', fact: 'aware' } },
  'rule-out': { purpose: { for: 'rule-out', fact: 'high-risk' } },
  'open-clock': { purpose: { for: 'open-clock' } },
  'correct-clock': { prepare: asked, purpose: (app) => ({ for: 'correct-clock', clock: clockOf(app) }) },
  'extend-clock': { prepare: asked, purpose: (app) => ({ for: 'extend-clock', clock: clockOf(app) }) },
  'end-clock': { prepare: asked, purpose: (app) => ({ for: 'end-clock', clock: clockOf(app) }) },
  'own-message': { start: 'facilitate', purpose: { for: 'own-message' } },
  assist: { start: 'facilitate', purpose: { for: 'assist' } },
  speed: { start: 'facilitate', purpose: { for: 'speed' } },
  'end-drill': { start: 'facilitate', purpose: { for: 'end-drill' } },
  'real-event': { start: 'drill', fake: { drill: true }, purpose: { for: 'real-event' } },
  call: { purpose: { for: 'call', contact: 'dpo', name: 'Mary Byrne' } },
  approve: {
    ...busyNight,
    purpose: (app) => ({
      for: 'approve',
      asked: firstKey(app.incident().state().asked),
      step: 'stop-webhooks',
    }),
  },
  review: {
    ...busyNight,
    purpose: (app) => ({ for: 'review', override: app.incident().state().overrides[0]?.n ?? 0 }),
  },
  'audit-answer': {
    start: 'home',
    purpose: { for: 'audit-answer', question: 'meta.posture:2fa', asks: 'Has everybody a second factor?' },
  },
  'audit-file': { start: 'home', purpose: { for: 'audit-file', report: someReport(), whose: 'own' } },
  rotate: {
    fake: { rotates: true },
    prepare: preserved,
    purpose: async (app) => ({
      for: 'rotate',
      plan: await app.incident().prepareRotation('wa-system-user-token', null),
      reason: '',
    }),
  },
};
