import { expect, test, vi } from 'vitest';
import type { AuditDoor, AuditReport, ProbeReport } from '../../src/app/contract.ts';
import { fakeApp } from './fake-app.ts';
import { auditReport, fakeAudits, notDue, probeReport } from './fake-audits.ts';
import { firebreak } from './rig.ts';

// Exit codes of the audit, what counts as one, and that a probe wants the name of its host.

const finding: AuditReport['findings'][number] = {
  rule: 'endpoint-http',
  severity: 'critical',
  subject: 'sync',
  owner: 'Nell',
  found: 'Sync sends to http://crm.example',
  why: 'anybody reads it',
  fix: 'use https',
};
const rig = (more: Partial<AuditDoor> = {}) => ({
  app: fakeApp({ audits: async () => await Promise.resolve(fakeAudits(more)) }),
});
const auditing = (more: Partial<AuditReport>) => {
  const audit = vi.fn<AuditDoor['audit']>(async () => await Promise.resolve(auditReport(more)));
  return { audit, ...rig({ audit }) };
};

test('nothing found: 0; a finding or an open question: 3', async () => {
  const question = { id: 'mfa:crm', asks: 'MFA?', of: null, wanted: 'yes', because: null } as const;
  const open = { question, due: 'never answered', last: null } as const;
  for (const [more, code] of [
    [{}, 0],
    [{ findings: [finding] }, 3],
    [{ questions: [open] }, 3],
  ] as const)
    expect((await firebreak(['audit'], auditing(more))).code).toBe(code);
});

test('JSON has its schema, and SARIF is a log of its own', async () => {
  const { app } = auditing({ findings: [finding], lines: { sync: 12 } });
  const json = await firebreak(['--json', 'audit'], { app });
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'firebreak.audit/v1', findings: [finding] });
  const said = await firebreak(['audit', '--format', 'sarif'], { app });
  expect(JSON.parse(said.stdout)).toMatchObject({
    version: '2.1.0',
    runs: [{ results: [{ locations: [{ physicalLocation: { region: { startLine: 12 } } }] }] }],
  });
  expect((await firebreak(['audit', '--format', 'xml'], { app })).code).toBe(2);
});

test('a look that must leave no trace counts as no audit', async () => {
  for (const [argv, keep] of [
    [['audit'], true],
    [['audit', '--dry-run'], false],
    [['--read-only', 'audit'], false],
  ] as const) {
    const { app, audit } = auditing({});
    await firebreak(argv, { app });
    expect(audit.mock.calls).toEqual([[{ keep }]]);
  }
});

test('--check asks nobody and ends with 8 when it is overdue', async () => {
  const overdue = { ...notDue, overdue: true, daysLeft: -3 };
  for (const [due, code] of [
    [notDue, 0],
    [overdue, 8],
    [{ last: null, due: null, overdue: true, daysLeft: null }, 8],
  ] as const) {
    const audit = vi.fn<AuditDoor['audit']>();
    const said = await firebreak(
      ['audit', '--check'],
      rig({ audit, due: async () => await Promise.resolve(due) }),
    );
    expect(said.code).toBe(code);
    expect(audit).not.toHaveBeenCalled();
  }
});

test('an answer is yes, no or unknown', async () => {
  const answer = vi.fn<AuditDoor['answer']>(async () => await Promise.resolve());
  expect((await firebreak(['audit', 'answer', 'mfa:crm', 'perhaps'], rig({ answer }))).code).toBe(2);
  expect(
    (await firebreak(['audit', 'answer', 'mfa:crm', 'no', '--note', 'looked'], rig({ answer }))).code,
  ).toBe(0);
  expect(answer.mock.calls).toEqual([['mfa:crm', 'no', 'looked']]);
});

test('a probe goes out after the name of the host was typed, and after nothing else', async () => {
  const url = 'https://hooks.lrh.example/in';
  for (const [argv, tty, typed, code, times] of [
    [[], true, ['hooks.lrh.example'], 0, 1],
    [[], true, ['y'], 130, 0],
    [[], false, [], 7, 0],
    [['--confirm', 'hooks.lrh.example'], false, [], 0, 1],
  ] as const) {
    const probe = vi.fn<AuditDoor['probe']>(async (plan) => await Promise.resolve(probeReport(plan)));
    const said = await firebreak(['audit', 'probe', url, ...argv], { ...rig({ probe }), tty, typed });
    expect([argv, said.code, probe.mock.calls.length]).toEqual([argv, code, times]);
  }
});

test('what it takes and must not: 3; no limit: 3; nothing proved: 6', async () => {
  const verdict = {
    id: 'unsigned',
    title: 'x',
    status: 200,
    did: 'took',
    is: 'bad',
    says: 'it takes it',
  } as const;
  for (const [more, code] of [
    [{ verdicts: [verdict] }, 3],
    [{ rate: { sent: 40, limitedAt: null } }, 3],
    [{ verdicts: [{ ...verdict, id: 'right', is: 'unclear' }] }, 6],
    [{ verdicts: [{ ...verdict, id: 'replay', is: 'unclear' }] }, 0],
    [{ skipped: ['right: no secret'] }, 6],
  ] as readonly (readonly [Partial<ProbeReport>, number])[]) {
    const probe: AuditDoor['probe'] = async (plan) => await Promise.resolve(probeReport(plan, more));
    const argv = ['audit', 'probe', 'https://a.example/', '--confirm', 'a.example'];
    expect((await firebreak(argv, rig({ probe }))).code).toBe(code);
  }
});
