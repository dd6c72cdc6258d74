import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { validate } from '../../src/catalog/validate.ts';
import { parseYaml } from '../../src/catalog/yaml.ts';
import { companySchema } from '../../src/model/company.ts';
import { inventorySchema } from '../../src/model/inventory.ts';
import { limits } from '../../src/model/limits.ts';
import { runbookSchema } from '../../src/model/runbook.ts';
import { packageRoot } from '../rig/app.ts';
import { processorMs } from '../rig/processor.ts';

/** Files at the largest size that is read at all, each wrong in a way that keeps a careless reader busy. */

const full = (piece: (i: number) => string, head = ''): string => {
  let text = head;
  for (let i = 0; text.length < limits.yamlBytesMax - 300; i += 1) text += piece(i);
  return text;
};

/** As long as a file may be that is looked at: one that is longer costs less, because it is not. */
const long = (piece: (i: number) => string, signs: number, head = ''): string =>
  head + Array.from({ length: Math.floor((limits.yamlSignsMax - 10) / signs) }, (_, i) => piece(i)).join('');

const schemas: Readonly<Record<string, ZodType>> = {
  'firebreak.yaml': companySchema,
  'inventory.yaml': inventorySchema,
  'runbook.yaml': runbookSchema,
};

const attacks: Readonly<Record<string, string>> = {
  'many keys': long((i) => `key${i.toString(36)}: 1\n`, 2),
  'many keys, more than are read': full((i) => `key${i.toString(36)}: 1\n`),
  'one key again and again': long(() => 'a: 1\n', 2),
  'keys in braces': `a: {${long((i) => `k${i.toString(36)}: 1, `, 2)}}`,
  'keys of nothing': long(() => '?\n', 2),
  'items in brackets': `a: [${long(() => 'a,', 1)}]`,
  'commas alone': `a: [${long(() => ',', 1)}]`,
  'brackets after the end': `a: ${long(() => '[]', 1)}`,
  aliases: long(() => '- *a\n', 2, 'a: &a x\nb:\n'),
  anchors: long((i) => `- &a${i} x\n`, 2, 'b:\n'),
  tags: long(() => '- !x y\n', 2, 'b:\n'),
  'merge keys': long(() => '<<: x\n', 2),
  'dashes, thirty on a line': long(() => `${'- '.repeat(30)}x\n`, 31, 'a:\n'),
  'text blocks': long((i) => `k${i}: |\n  x\n`, 3),
  'an open quote': full(() => 'x '.repeat(100), 'a: "'),
  'one long word': `a: ${'x'.repeat(limits.yamlBytesMax - 300)}`,
  'an alias that opens a thousandfold': Array.from(
    { length: 12 },
    (_, i) => `a${i}: &a${i} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join(', ')}]`,
  ).join('\n'),
  'unknown keys of the organisation': long((i) => `  nam${i}: 1\n`, 2, 'organisation:\n'),
  'steps without anything': long((i) => `      - id: s${i}\n`, 3, 'phases:\n  - id: declare\n    steps:\n'),
  'channels without anything': long((i) => `  - { id: c${i}, feeds: [x] }\n`, 7, 'channels:\n'),
};

const issuesOf = (file: string, schema: ZodType, text: string) => {
  const parsed = parseYaml(file, text);
  if (!parsed.ok) return parsed.issues;
  const checked = validate(schema, parsed.yaml);
  return checked.ok ? [] : checked.issues;
};

const took = processorMs;

const shipped = readFileSync(join(packageRoot, 'runbooks/unknown-chat-breach/runbook.yaml'), 'utf8');

/** A right file of that size: what anybody waits for it. It is looked at together with each wrong one, on the same machine. */
const ordinary = `channels:\n${long(
  (i) =>
    `  - id: channel-${i}\n    title: Channel ${i}\n    medium: whatsapp\n    holds: [transcripts]\n    data: [contact]\n    owner: Somebody\n`,
  20,
)}integrations: []\ncredentials: []\n`;
const floor = (): number => took(() => issuesOf('inventory.yaml', inventorySchema, ordinary));
/** A quarter of a second times this is what the tool may take; it takes half of that. */
const TIMES = 8;

/** What keeps the parser busy is met in any file alike; what keeps a schema busy, in each with keys that it knows. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  'firebreak.yaml': ['many keys', 'unknown keys of the organisation'],
  'inventory.yaml': ['many keys', 'channels without anything'],
  'runbook.yaml': Object.keys(attacks),
};

describe.each(Object.entries(schemas))('%s', (file, schema) => {
  test.each(Object.entries(attacks).filter(([name]) => OWN[file]?.includes(name)))(
    '%s: refused with a line and a word about it, in time',
    { timeout: 120_000 },
    (_, text) => {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limits.yamlBytesMax);
      let issues = issuesOf(file, schema, '');
      const time = took(() => (issues = issuesOf(file, schema, text)));
      expect(issues.length).toBeGreaterThan(0);
      expect(issues.length).toBeLessThanOrEqual(limits.issuesMax);
      for (const issue of issues) {
        expect(issue.file).toBe(file);
        expect(issue.line).toBeGreaterThan(0);
        expect(issue.message).not.toBe('');
      }
      expect(time / floor()).toBeLessThan(TIMES);
    },
  );
});

test('what ships is read, and far from every bound', () => {
  expect(issuesOf('runbook.yaml', runbookSchema, shipped)).toEqual([]);
  expect(shipped.length * 4).toBeLessThan(limits.yamlBytesMax);
  expect((shipped.match(/[\n,[{?:-]/g) ?? []).length * 3).toBeLessThan(limits.yamlSignsMax);
});
