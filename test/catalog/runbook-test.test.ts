import { expect, test } from 'vitest';
import { lintTests } from '../../src/catalog/lint/runbook-test.ts';
import { parseYaml } from '../../src/catalog/yaml.ts';
import { validate } from '../../src/catalog/validate.ts';
import { drillSchema } from '../../src/model/drill.ts';
import { runbookTestSchema } from '../../src/model/runbook-test.ts';
import { runbookSchema } from '../../src/model/runbook.ts';
import { doIt, printed, runbookWith, step } from './rig.ts';

const read = <T>(schema: Parameters<typeof validate<T>>[0], file: string, text: string) => {
  const yaml = parseYaml(file, text);
  if (!yaml.ok) throw new Error(printed(yaml.issues).join('\n'));
  const checked = validate(schema, yaml.yaml);
  return { yaml: yaml.yaml, checked };
};

const valueOf = <T>(schema: Parameters<typeof validate<T>>[0], text: string): T => {
  const { checked } = read(schema, 'x.yaml', text);
  if (!checked.ok) throw new Error(printed(checked.issues).join('\n'));
  return checked.value;
};

const runbook = valueOf(
  runbookSchema,
  runbookWith(
    step('ask-people', 'ask: { question: Are there people?, fact: people, answer: yes-no, unknown: true }') +
      step('look', doIt) +
      step('stop-it', 'act: { action: meta.stop-webhooks, targets: { kind: integration } }') +
      step(
        'choose',
        'decide: { question: Which?, fact: choice, decider: legal, relies: [people], options: [{ id: a, title: A, consequence: a }, { id: b, title: B, consequence: b }] }',
      ) +
      step('write-it', 'write: { letter: gdpr-art33 }'),
  ),
);
const drill = valueOf(
  drillSchema,
  `title: A drill
version: 1.0.0
story: Something happens.
truth: It happened.
starts: '2026-11-20T02:10:00+00:00'
earliest: '2026-11-20T02:00:00+00:00'
duration_minutes: 30
systems: { meta-main: {} }
moves: { choose: { decide: a, because: It is clear. } }
injects: []
targets: { contain_minutes: 10, declare_minutes: 5 }
end: [{ id: dead, says: It is dead, check: 'true' }]
`,
);

const lint = (text: string): readonly string[] => {
  const { yaml, checked } = read(runbookTestSchema, 'test.yaml', text);
  if (!checked.ok) return printed(checked.issues);
  const issues = lintTests(yaml, checked.value, {
    runbook,
    drill,
    duties: new Set(['gdpr.33-1']),
    letters: new Set(['gdpr-art33', 'gdpr-art34']),
    items: new Set(['bridge']),
  });
  return printed(issues).map((line) => line.replace('  FB004  error', ''));
};

const good = `moves: { ask-people: { answer: true } }
tests:
  - id: one
    says: It goes so
    facts: { people: true }
    before: { look: [{ learn: { fact: people, value: false } }, { take: stop-it }] }
    faults: [{ instance: meta-main, before: stop-it, is: cut }]
    expect:
      path: [ask-people, choose]
      steps: { look: hand, stop-it: done }
      again: [choose]
      unsure: [stop-it]
      clocks: { gdpr.33-1: { is: provisional, started: earliest } }
      letters: { gdpr-art33: complete }
      contained: { bridge: proved }
      facts: { people: false }
      checks: ['steps.look == "hand"']
`;

test('tests that name what is there are accepted', () => {
  expect(lint(good)).toEqual([]);
});

test.each([
  [
    'ask-people, choose',
    'ask-peopel, choose',
    'test.yaml:9:14  there is no step in the runbook `ask-peopel` (did you mean `ask-people`?)',
  ],
  ['clocks: { gdpr.33-1', 'clocks: { gdpr.33-2', 'there is no duty `gdpr.33-2` (did you mean `gdpr.33-1`?)'],
  [
    'gdpr-art33: complete',
    'gdpr-art34: complete',
    'no step of this runbook writes `gdpr-art34`, so it is never reached',
  ],
  [
    'bridge: proved',
    'bridges: proved',
    'there is no row of the inventory `bridges` (did you mean `bridge`?)',
  ],
  ['facts: { people: false }', 'facts: { people: none }', '`people` takes true or false'],
  [
    'facts: { people: true }',
    'facts: { peopel: true }',
    'there is no fact in the runbook `peopel` (did you mean `people`?)',
  ],
  [
    'again: [choose]',
    'again: [look]',
    '`look` is no decision that names in `relies` what it rests on, so it is never asked again',
  ],
  ['unsure: [stop-it]', 'unsure: [look]', '`look` reaches no system, so it is never unsure'],
  ['look: hand,', 'look: void,', '`look` can never be void: it has no condition, so it is always needed'],
  ['look: hand,', 'look: done,', '`look` can never be done: a person does it: write hand'],
  [
    'ask-people: { answer: true }',
    'look: { record: Seen }',
    'no move answers `ask-people`, so the test would stop there',
  ],
  ['started: earliest', 'started: tonight', 'write a time with its offset'],
  [
    'instance: meta-main',
    'instance: meta-mian',
    'there is no system in these tests `meta-mian` (did you mean `meta-main`?)',
  ],
  [
    'steps.look == "hand"',
    'steps.lok == "hand"',
    'there is no step in the runbook `lok` (did you mean `look`?)',
  ],
  [
    '    expect:',
    '    until: choose\n    expect:',
    'the test ends in front of `choose`, so it never comes to `choose`',
  ],
  ['path: [ask-people, choose]', 'pth: [ask-people, choose]', 'did you mean `path`?'],
])('%s made %s is told', (from, to, said) => {
  const found = lint(good.replace(from, to));
  expect(found.join('\n')).toContain(said);
});

test('a test that expects nothing, and an id that stands twice, are told', () => {
  const nothing = good.slice(0, good.indexOf('      path:')).replace('expect:', 'expect: {}');
  expect(lint(nothing).join()).toContain('a test that expects nothing shows nothing');
  const twice = good + good.slice(good.indexOf('  - id: one'));
  expect(lint(twice).join()).toContain('test `one` is already taken');
});
