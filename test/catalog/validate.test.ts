import { expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { didYouMean, nearest } from '../../src/catalog/nearest.ts';
import { validate } from '../../src/catalog/validate.ts';
import { parseYaml } from '../../src/catalog/yaml.ts';
import { companySchema } from '../../src/model/company.ts';
import { drillSchema } from '../../src/model/drill.ts';
import { runbookSchema } from '../../src/model/runbook.ts';
import { company, doIt, printed, runbookWith, step } from './rig.ts';

const faults = (schema: ZodType, text: string): readonly string[] => {
  const parsed = parseYaml('a.yaml', text);
  if (!parsed.ok) return printed(parsed.issues);
  const checked = validate(schema, parsed.yaml);
  return checked.ok
    ? []
    : printed(checked.issues).map((line) => line.replace('a.yaml:', '').replace('  error', ''));
};

test('a good file has no faults', () => {
  expect(faults(runbookSchema, runbookWith(step('look', doIt)))).toEqual([]);
  expect(faults(companySchema, company)).toEqual([]);
});

test('all faults come at once, in the order of the file', async () => {
  const text = `title: x
version: 1
sumary: A misspelt key.
severity: hgh
words: []
duties: []
reviewed: soon
phases:
  - id: declre
    title: Declare
    goal: ''
    steps:
      - id: Not An Id
        title: ${'A title that goes on and on '.repeat(4)}
        ask: { question: What?, fct: report, answer: txt }
        servs: ['gdpr 33']
      - id: two-kinds
        ask: { question: What?, fact: a, answer: text }
        do: { instruction: Look., record: what }
      - id: no-kind
      - id: slip
        dceide: { question: What? }
`;
  await expect(`${faults(runbookSchema, text).join('\n')}\n`).toMatchFileSnapshot(
    '../golden/catalog/wrong-shape.txt',
  );
});

test('a misspelt key is told once, not again as the key that is missing', () => {
  const found = faults(companySchema, company.replace('country:', 'contry:'));
  expect(found).toEqual(['3:3  FB002  unknown key `contry` (did you mean `country`?)']);
});

test('a step is explained as the kind it is meant to be', () => {
  const found = faults(
    runbookSchema,
    runbookWith(step('look', 'act: { action: meta, targets: { chanel: whatsapp } }')),
  );
  expect(found).toEqual([
    '21:24  FB001  `action`: write connector.action, for example meta.stop-webhooks',
    '21:41  FB002  unknown key `chanel` (did you mean `channel`?)',
  ]);
});

test('what a step lacks carries the rule about it', () => {
  const text = runbookWith(step('look', doIt))
    .split('\n')
    .filter((line) => !/verify|fallback|role|minutes/.test(line))
    .join('\n');
  expect(faults(runbookSchema, text).map((line) => line.split('  ')[1])).toEqual([
    'FB014',
    'FB014',
    'FB010',
    'FB011',
  ]);
});

test('a secret cannot be written where its reference belongs', () => {
  const found = faults(companySchema, company.replace('{ env: META_TOKEN }', 'EAAsecret'));
  expect(found.join()).toContain('`token` must be a group of `key: value`');
  expect(found.join()).not.toContain('EAAsecret');
});

test('a move of a drill that is none of the known ones is explained', () => {
  const found = faults(drillSchema, 'title: A\nmoves:\n  one: { answr: 1 }\n  two: { decide: x }\n');
  expect(found).toContain('3:10  FB002  unknown key `answr` (did you mean `answer`?)');
  expect(found).toContain('4:8  FB001  `because` is missing');
});

test('hostile names are shown harmlessly or not at all', () => {
  const found = faults(companySchema, company.replace('meta-main', '"{{constructor}}\\u001b[2J"'));
  expect(found.join()).toContain('FB001');
});

test('the nearest name is the one a finger would have slipped from', () => {
  expect(nearest('meta.stop-webhook', ['meta.stop-webhooks', 'meta.revoke-token'])).toEqual([
    'meta.stop-webhooks',
  ]);
  expect(nearest('vreify', ['verify', 'serves'])).toEqual(['verify']);
  expect(nearest('banana', ['verify', 'serves'])).toEqual([]);
  expect(nearest('x'.repeat(100_000), ['verify'])).toEqual([]);
  expect(didYouMean('banana', ['verify', 'serves'])).toBe('there is `serves`, `verify`');
  expect(
    didYouMean(
      'banana',
      Array.from({ length: 50 }, (_, i) => `verify-${i}`),
    ),
  ).toBeUndefined();
});
