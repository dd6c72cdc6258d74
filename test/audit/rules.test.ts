import { expect, test } from 'vitest';
import { questionsOf, openQuestions } from '../../src/audit/questions.ts';
import { answerRule, review, rules } from '../../src/audit/review.ts';
import { oddHost } from '../../src/audit/rules/addresses.ts';
import { lacking } from '../../src/audit/scopes.ts';
import { sarif } from '../../src/audit/sarif.ts';
import { dueOf, lastPeriod, since } from '../../src/audit/since.ts';
import type { Listed, Sends } from '../../src/connectors/connector.ts';
import { item } from './rig.ts';
import { alerts, audited, found, number, sync, template, TODAY } from './scene.ts';
import type { Scene } from './scene.ts';

// Every rule once with what it must find and once with what it must leave alone.

const fine: Sends = {
  scheme: 'https',
  host: 'hooks.lrh.example',
  signed: 'yes',
  tls: 'checked',
  method: 'POST',
  events: 'some',
};
const sends = (more: Partial<Sends>): Scene => ({ items: [item({ sends: { ...fine, ...more } })] });
const key = (more: Partial<Listed>): Scene => ({
  inventory: { credentials: [{ ...sync, scopes: ['read'] }] },
  items: [
    item({
      kind: 'credential',
      lastUsedAt: '2026-11-20T00:00:00Z',
      createdAt: '2026-10-01T00:00:00Z',
      ...more,
    }),
  ],
});
const bot = {
  id: 'helper',
  title: 'Helper',
  owner: 'Nell',
  reads: ['transcripts'],
  needs: ['transcripts'],
  prompt_reviewed: '2026-11-01',
  sources_reviewed: '2026-11-01',
};
const bots = (more: object): Scene => ({ inventory: { bots: [{ ...bot, ...more }] } });
const right = { who: 'Max', may: 'export-transcripts', on: 'chat', why: 'audits', reviewed: '2026-11-01' };
const chat = { id: 'chat', title: 'Chat' };
const rights = (more: object): Scene => ({
  inventory: { channels: [chat], rights: [{ ...right, ...more }] },
});
const receiver = {
  id: 'in',
  title: 'In',
  url: 'https://hooks.lrh.example/in',
  signs: 'meta',
  owner: 'Nell',
  ip_rule: true,
  rate_limit: true,
};
const receivers = (more: object): Scene => ({ inventory: { receivers: [{ ...receiver, ...more }] } });
const storage = { public: false, encrypted: true, kept_days: 100, policy_days: 365, checked: '2026-11-01' };
const stored = (more: object): Scene => ({
  inventory: { channels: [{ ...chat, storage: { ...storage, ...more } }] },
});
const opening = (opens: readonly string[]): Scene => ({
  inventory: {
    channels: [chat, { id: 'mail', title: 'Mail' }],
    integrations: [{ id: 'relay', title: 'Relay', channel: 'mail' }],
    credentials: [{ id: 'token', title: 'Token', opens }],
  },
});
const owned = (owner: string): Scene => ({ inventory: { channels: [{ ...chat, owner }] } });
const own = (granted: readonly string[]): Scene => ({
  own: [{ instance: 'crm', granted, needed: ['read'] }],
});
const ours = (host: string): Scene => ({
  ...sends({ host }),
  inventory: { integrations: [sync], audit: { domains: ['lrh.example'] } },
});

const mfa = (enforced: boolean): Scene => ({
  posture: { mfa: { is: 'told', enforced, detail: 'as it is' } },
});
/** Rule, what it must find, what it must leave alone. */
const TABLE: readonly (readonly [string, Scene, Scene])[] = [
  ['endpoint-http', sends({ scheme: 'http' }), sends({})],
  ['endpoint-unsigned', sends({ signed: 'no' }), sends({ signed: 'always' })],
  ['endpoint-tls-unchecked', sends({ tls: 'unchecked' }), sends({ tls: 'unknown' })],
  ['endpoint-get', sends({ method: 'GET' }), sends({})],
  ['endpoint-all-events', sends({ events: 'all' }), sends({})],
  ['endpoint-odd-host', sends({ host: 'a1b2.ngrok-free.app' }), sends({})],
  ['endpoint-foreign', ours('cdn-parlo.example'), ours('hooks.lrh.example')],
  ['endpoint-failing', sends({ failing: 'answered 502' }), sends({})],
  ['endpoint-test', { items: [item({ sends: fine, test: true })] }, sends({})],
  ['key-unused', key({ lastUsedAt: '2026-08-01T00:00:00Z' }), key({})],
  ['key-old', key({ createdAt: '2025-01-01T00:00:00Z' }), key({})],
  ['scopes-grown', key({ scopes: ['read', 'write'] }), key({ scopes: ['read'] })],
  ['scopes-everything', key({ scopes: ['*'] }), key({ scopes: ['read'] })],
  ['own-scopes-wide', own(['read', 'delete']), own(['read'])],
  ['no-owner', owned('not claimed'), owned('Nell')],
  ['not-in-inventory', { items: [item({ id: '2' })] }, { items: [item()] }],
  ['one-key-many-channels', opening(['chat', 'relay']), opening(['mail', 'relay'])],
  ['mfa-not-enforced', mfa(false), mfa(true)],
  ['secret-alerts-open', alerts(2), alerts(0)],
  ['number-unverified', number(['the number is EXPIRED']), number([])],
  [
    'template-personal-data',
    template(['Call Ann: +49 30 901820']),
    template(['Ring +353 1 555 0100, {{1}}']),
  ],
  ['template-foreign-link', template([], ['lrh-deals.example']), template([], ['shop.lrh.example'])],
  ['bot-reads-too-much', bots({ reads: ['transcripts', 'payment-data'] }), bots({})],
  ['bot-prompt-review', bots({ prompt_reviewed: '2026-01-01' }), bots({})],
  ['bot-sources-review', bots({ sources_reviewed: undefined }), bots({})],
  ['right-review', rights({ reviewed: undefined }), rights({})],
  ['receiver-http', receivers({ url: 'http://hooks.lrh.example/in' }), receivers({})],
  ['receiver-open', receivers({ ip_rule: undefined }), receivers({})],
  ['receiver-unlimited', receivers({ rate_limit: false }), receivers({})],
  ['storage-public', stored({ public: true }), stored({})],
  ['storage-unencrypted', stored({ encrypted: false }), stored({})],
  ['storage-too-long', stored({ kept_days: 366 }), stored({})],
  ['storage-review', stored({ checked: '2026-01-01' }), stored({})],
];

test.each(TABLE)('%s is found, and only that', (rule, bad, good) => {
  expect(found(bad)).toContain(rule);
  expect(found(good)).not.toContain(rule);
  // What is as it should be has no finding of any rule.
  expect(found(good)).toEqual([]);
});

test('every rule is tried, and each id stands once', () => {
  expect(TABLE.map(([id]) => id).toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
});

test('what is paused sends nothing, so its address is no finding', () => {
  expect(found({ items: [item({ state: 'paused', sends: { ...fine, scheme: 'http' } })] })).toEqual([]);
});

test.each([
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', true],
  ['192.168.1.5:8080', true],
  ['100.64.0.1', true],
  ['8.8.8.8', true],
  ['[::1]', true],
  ['[fd00::1]', true],
  ['localhost', true],
  ['crm.internal', true],
  ['x.ngrok.io', true],
  ['webhook.site', true],
  ['evil.oastify.com', true],
  ['ngrok.io.lrh.example', false],
  ['notwebhook.site', false],
  ['hooks.lrh.example', false],
  ['fdic.example', false],
])('%s is an odd host: %s', (host, odd) => {
  expect(oddHost(host) !== null).toBe(odd);
});

test('a question stands until it is answered well, and again when the answer has grown old', () => {
  const scene = audited({ inventory: { channels: [{ ...chat, owner: 'Nell' }] } });
  const questions = questionsOf(scene);
  const storageQuestion = questions.find(({ id }) => id === 'storage:chat');
  expect(storageQuestion).toMatchObject({ of: 'Nell', wanted: 'yes' });
  const open = (answers: Parameters<typeof openQuestions>[1]) =>
    openQuestions(questions, answers, TODAY, 182).map(({ question }) => question.id);
  const answer = { id: 'storage:chat', answer: 'yes', date: '2026-11-01', by: 'ada', note: '' } as const;
  expect(open([])).toContain('storage:chat');
  expect(open([answer])).not.toContain('storage:chat');
  expect(open([{ ...answer, date: '2026-01-01' }])).toContain('storage:chat');
  expect(review(scene, questions, [answer])).toEqual([]);
  expect(review(scene, questions, [{ ...answer, answer: 'no' }])).toMatchObject([
    { rule: answerRule.id, subject: 'storage:chat', severity: 'high' },
  ]);
  expect(review(scene, questions, [{ ...answer, answer: 'no' }, answer])).toEqual([]);
});

test('new, mended and still there are told apart; what could not be looked at is not mended', () => {
  const findings = review(audited(sends({ scheme: 'http' })), [], []);
  const [one] = findings;
  if (one === undefined) throw new Error('http is found');
  const past = (subject: string) => ({ rule: one.rule, subject, found: '', severity: one.severity });
  const before = {
    date: '2026-08-20',
    by: 'ada',
    notAsked: [],
    findings: [past('sync'), past('old'), past('gone')],
  };
  const told = since(before, findings, new Set(['shut']), (subject) => (subject === 'gone' ? 'shut' : 'crm'));
  expect(told).toMatchObject({
    fresh: [],
    still: [{ subject: 'sync' }],
    mended: [{ subject: 'old' }],
    unseen: [{ subject: 'gone' }],
  });
  expect(since(null, findings, new Set(), () => null)).toMatchObject({
    date: null,
    fresh: [{ subject: 'sync' }],
  });
});

test('the audit is compared with the last quarter, not with this morning, and falls due', () => {
  const on = (date: string) => ({ date, by: 'ada', findings: [], notAsked: [] });
  expect(lastPeriod([on('2026-08-20'), on('2026-11-26')], TODAY, 91)?.date).toBe('2026-08-20');
  const plus = () => '2026-11-26';
  expect(dueOf([on('2026-08-27')], TODAY, 91, plus)).toMatchObject({ overdue: true, daysLeft: -1 });
  expect(dueOf([on('2026-08-27')], '2026-11-26', 91, plus)).toMatchObject({ overdue: false, daysLeft: 0 });
  expect(dueOf([], TODAY, 91, plus)).toMatchObject({ overdue: true, last: null });
});

test('SARIF names a rule, a line and a fingerprint that stays, for each finding', () => {
  const findings = review(
    audited({ items: [item({ sends: { ...fine, scheme: 'http', signed: 'no' } })] }),
    [],
    [],
  );
  const log = sarif(findings, { version: '1.2.3', practice: false }, () => 7) as unknown as {
    version: string;
    runs: readonly {
      tool: { driver: { rules: readonly { id: string }[] } };
      results: readonly {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: readonly unknown[];
        partialFingerprints: object;
      }[];
    }[];
  };
  const [run] = log.runs;
  expect(log.version).toBe('2.1.0');
  expect(run?.results).toHaveLength(2);
  for (const result of run?.results ?? []) {
    expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(['error', 'warning', 'note']).toContain(result.level);
    expect(result.locations).toMatchObject([{ physicalLocation: { region: { startLine: 7 } } }]);
  }
  const later = sarif(
    findings.map((one) => ({ ...one, found: 'other words' })),
    { version: '2', practice: false },
    () => 9,
  ) as unknown as typeof log;
  const prints = ({ runs }: typeof log) =>
    runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints);
  expect(prints(later)).toEqual(prints(log));
});

test('scopes are compared where they are words of the vendor, and told where they are a sentence', () => {
  expect(
    lacking(
      ['repo'],
      ['repo, with admin rights on the repository', 'write:repo_hook for a hook of a repository'],
    ),
  ).toEqual({ always: [], sometimes: [], told: [] });
  expect(lacking(['okta.users.manage'], ['okta.users.manage', 'okta.logs.read for the proof'])).toMatchObject(
    { always: ['okta.logs.read'] },
  );
  expect(lacking([], ['admin:org_hook for a hook of the organisation'])).toMatchObject({
    always: [],
    sometimes: ['admin:org_hook'],
  });
  expect(lacking(['admin:org_hook'], ['write:org_hook'])).toMatchObject({ always: [] });
  expect(lacking(['read:org_hook'], ['write:org_hook'])).toMatchObject({ always: ['write:org_hook'] });
  expect(lacking([], ['Zone WAF: Edit', 'the bot’s token'])).toMatchObject({
    always: [],
    told: ['Zone WAF: Edit', 'the bot’s token'],
  });
});
