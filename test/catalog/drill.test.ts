import { expect, test } from 'vitest';
import { bare, company, doIt, load, printed, runbookWith, step } from './rig.ts';

const runbook = runbookWith(
  step('ask-token', 'ask: { question: Which?, fact: token, answer: secret }') +
    step('ask-count', 'ask: { question: How many?, fact: count, answer: range }') +
    step(
      'choose',
      'decide: { question: Which?, fact: choice, decider: legal, options: [{ id: a, title: A, consequence: a }, { id: b, title: B, consequence: b }] }',
    ) +
    step('look', doIt),
);

const drill = `title: A drill
version: 1.0.0
story: Something happens.
truth: It happened.
starts: '2026-11-20T02:10:00+00:00'
earliest: '2026-11-20T02:00:00+00:00'
duration_minutes: 30
secrets: { main-token: { prefix: EAA } }
systems:
  meta-main: { tokens: [{ token: $secret:main-token }, { token: $secret:meta-main.token }] }
moves:
  ask-token: { secrets: [main-token] }
  ask-count: { range: { about: 2, from: 1, to: 3, basis: counted } }
  choose: { decide: a, because: It is clear. }
injects: []
faults: [{ instance: meta-main, before: look, is: cut }]
targets: { contain_minutes: 10, declare_minutes: 5 }
end:
  - { id: dead, says: It is dead, check: 'sim.meta_main.tokens.all(t, t.valid == false)' }
`;

const lint = async (text: string): Promise<readonly string[]> => {
  const catalog = await load(
    bare({
      '/tool/runbooks/_company/firebreak.yaml': company,
      '/tool/runbooks/one/runbook.yaml': runbook,
      '/tool/runbooks/one/drill.yaml': text,
    }),
  );
  expect(catalog.runbooks.has('one')).toBe(true);
  return printed(catalog.issues).map((line) =>
    line.replace('runbooks/one/drill.yaml:', '').replace('  FB004  error', ''),
  );
};

test('a drill that answers every question with what the company has is accepted', async () => {
  expect(await lint(drill)).toEqual([]);
});

test('a move for a step that is not there is told', async () => {
  const found = await lint(drill.replace('injects:', '  lok: { record: x }\ninjects:'));
  expect(found.join()).toContain('there is no step in the runbook `lok` (did you mean `look`?)');
});

/** A scenario with messages and traps, to be made wrong. */
const timed = drill.replace(
  'injects: []',
  `injects:
  - { id: page, at: 0, channel: pager, from: Scanner, to: responder, body: Look, expect: [look] }
  - { id: after-it, after: fell, delay: 5, channel: chat, from: Somebody, to: commander, body: It goes on }
traps:
  - id: fell
    inject: page
    says: Nobody looked
    instead: Look
    kind: harmful
    when: 'steps.look == "skip"'
    play: { moves: { look: { skip: Not needed } } }
attacker:
  - { id: thief, says: Reads, instance: meta-main, every_seconds: 10, method: GET, path: /me }`,
);

test('messages that come when they can are accepted', async () => {
  expect(await lint(timed)).toEqual([]);
});

test.each([
  [
    'before the page',
    'id: page, at: 0',
    'id: page, at: -3',
    /^\d+:\d+.*cannot come 3 minutes before the page/,
  ],
  ['after the end', 'id: page, at: 0', 'id: page, at: 31', /is over after 30 minutes/],
  [
    'after itself',
    'inject: page',
    'inject: after-it',
    /waits for itself and never comes: after-it, then after-it/,
  ],
  [
    'after a trap that is not there',
    'after: fell',
    'after: fel',
    /no trap in this drill `fel` \(did you mean `fell`/,
  ],
  [
    'for a step that is not there',
    'expect: [look]',
    'expect: [lok]',
    /no step in the runbook `lok` \(did you mean `look`/,
  ],
  ['to a role that is not there', 'to: commander', 'to: comander', /FB001.*did you mean `commander`/],
  ['in a system that is not there', 'instance: meta-main', 'instance: meta-mian', /did you mean `meta-main`/],
  [
    'and an earliest sign later than the page',
    "earliest: '2026-11-20T02:00:00+00:00'",
    "earliest: '2026-11-20T02:11:00+00:00'",
    /earliest sign is later than the page/,
  ],
  [
    'and facts that suffice only after a wrong move',
    'targets:',
    'enough: after-it\ntargets:',
    /`after-it` waits for a wrong move/,
  ],
])('a message %s is told with its place', async (_what, good, wrong, told) => {
  expect(timed).toContain(good);
  const found = await lint(timed.replace(good, wrong));
  expect(found.join('\n')).toMatch(told);
  expect(found[0]).toMatch(/^\d+:\d+/);
});

test.each([
  [
    'a question without an answer',
    '  ask-count: { range: { about: 2, from: 1, to: 3, basis: counted } }\n',
    '',
    'has no answer for `ask-count`',
  ],
  [
    'a range where an answer of another kind is wanted',
    'ask-token: { secrets: [main-token] }',
    'ask-token: { range: { about: 1, from: 1, to: 1, basis: b } }',
    'a range answers a question for a range',
  ],
  ['an option that does not exist', 'decide: a', 'decide: c', 'there is no option `c`'],
  [
    '"not known yet" where it is no answer',
    'ask-count: { range: { about: 2, from: 1, to: 3, basis: counted } }',
    'ask-count: { unknown: true }',
    'is no answer to this step',
  ],
  [
    'a secret that nobody makes',
    'secrets: [main-token]',
    'secrets: [other-token]',
    'there is no secret in this drill `other-token`',
  ],
  [
    'a secret of a system that has none such',
    '$secret:meta-main.token',
    '$secret:meta-main.tokne',
    'did you mean `meta-main.token`?',
  ],
  [
    'a system that the company does not have',
    '  meta-main: {',
    '  meta-mian: {',
    'there is no connector in firebreak.yaml `meta-mian`',
  ],
  ['a fault before no step', 'before: look', 'before: lokk', 'did you mean `look`?'],
  [
    'a check of a system that is not played',
    'sim.meta_main',
    'sim.meta_mian',
    'there is no system in this drill `meta_mian`',
  ],
  [
    'a time without its offset',
    '2026-11-20T02:10:00+00:00',
    '2026-11-20T02:10:00',
    'write a time with its offset',
  ],
])('%s is told', async (_, good, bad, message) => {
  expect(drill).toContain(good);
  expect((await lint(drill.replace(good, bad))).join('\n')).toContain(message);
});

test('a broken drill leaves its runbook usable', async () => {
  expect((await lint('title: x')).length).toBeGreaterThan(3);
});

test('a wrong check is told at the sign where it goes wrong', async () => {
  expect(await lint(drill.replace('sim.meta_main.tokens.all(', 'smi.meta_main.tokens.all('))).toEqual([
    '19:43  FB050  error  Unknown variable: smi',
  ]);
});
