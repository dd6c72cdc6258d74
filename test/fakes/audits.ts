import type { AuditDoor, AuditFinding, AuditReport, Open, SyncReport } from '../../src/app/contract.ts';
import { item } from '../audit/rig.ts';
import { auditReport, fakeAudits, syncReport } from '../cli/fake-audits.ts';

/** An audit that has found something of each kind. */

const finding = (
  rule: string,
  severity: AuditFinding['severity'],
  more: Partial<AuditFinding>,
): AuditFinding => ({
  rule,
  severity,
  subject: rule,
  owner: null,
  found: `Something is wrong with ${rule}`,
  why: 'whoever finds it reads every conversation',
  fix: 'take it away, or say whose it is in inventory.yaml',
  ...more,
});

const findings: readonly AuditFinding[] = [
  finding('endpoint-http', 'critical', {
    subject: 'old-sync',
    owner: 'Nell',
    found: 'The old sync sends conversations to http://crm.example in clear',
    fix: 'use https, or take the webhook away',
  }),
  finding('not-in-inventory', 'high', {
    subject: 'parlo:wh_cdn',
    found: 'Nobody has written down the webhook cdn-mirror (parlo)',
  }),
  finding('key-old', 'medium', { owner: 'Ben', found: 'The key of the help desk is 412 days old' }),
];

const asking = (id: string, more: Partial<Open['question']> = {}): Open => ({
  question: {
    id,
    asks: 'Must everybody who signs in to Meta use a second factor?',
    of: 'Ben',
    wanted: 'yes',
    because: 'no call of Meta is known to tell it',
    ...more,
  },
  due: 'never answered',
  last: null,
});

export const someReport = (more: Partial<AuditReport> = {}): AuditReport =>
  auditReport({
    findings,
    questions: [
      asking('mfa:meta'),
      {
        ...asking('bots', { asks: 'Does any bot answer customers?', of: null, because: null }),
        due: 'answered too long ago',
        last: { id: 'bots', answer: 'no', date: '2025-10-02', by: 'ada', note: 'Looked at the console' },
      },
    ],
    since: {
      date: '2026-08-01',
      fresh: findings.slice(1, 2),
      mended: [{ rule: 'no-owner', subject: 'bot', found: 'Nobody owns the bot', severity: 'high' }],
      still: [...findings.slice(0, 1), ...findings.slice(2)],
      unseen: [{ rule: 'key-old', subject: 'gh', found: 'A key at GitHub is old', severity: 'medium' }],
    },
    systems: [
      { instance: 'meta', kind: 'meta', is: 'asked', things: 4, why: '', fix: '' },
      {
        instance: 'github',
        kind: 'github',
        is: 'not-asked',
        things: 0,
        why: 'GITHUB_TOKEN is not set',
        fix: 'firebreak doctor says what it lacks',
      },
    ],
    blindSpots: ['meta: tokens of people are not listed'],
    ...more,
  });

export const someDifferences = (more: Partial<SyncReport> = {}): SyncReport =>
  syncReport({
    systems: someReport().systems,
    differences: [
      {
        is: 'unknown',
        instance: 'meta',
        item: item({ id: 'wh_cdn', title: 'Webhook of cdn mirror', detail: 'sends to cdn.example' }),
      },
      { is: 'gone', instance: 'meta', row: 'crm-sync', title: 'CRM sync', sure: true },
    ],
    unowned: [{ id: 'chat-relay', title: 'Chat relay' }],
    blindSpots: ['meta: tokens of people are not listed', 'github was not asked: GITHUB_TOKEN is not set'],
    writes: 1,
    ...more,
  });

const draft = {
  file: '/home/example/security/inventory.yaml',
  rows: 1,
  lines: [
    { is: 'added' as const, line: 41, text: '  - id: meta-webhook-of-cdn-mirror' },
    { is: 'added' as const, line: 42, text: '    title: Webhook of cdn mirror' },
    { is: 'added' as const, line: 43, text: '    owner: not claimed' },
  ],
};

export const someAudits = (more: Partial<AuditDoor> = {}): AuditDoor =>
  fakeAudits({
    audit: async ({ heard }) => {
      heard?.('what exists at meta', 'begun');
      heard?.('what exists at meta', 'ended');
      return await Promise.resolve(someReport());
    },
    sync: async () => await Promise.resolve(someDifferences()),
    draft: () => draft,
    write: () => ({ file: draft.file, rows: 1 }),
    ...more,
  });
