import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { exportFormats, isExportId } from '../../src/exports/index.ts';
import type { Fresh } from '../../src/model/event.ts';
import { at, hostile, plan, told } from '../fixtures/incident.ts';
import { readCsv } from './csv.ts';
import { input } from './rig.ts';

// What was found to leave its place in a terminal, a spreadsheet, a page or a template; the first group is that of the
// journal format's known answers for output.
const corpus: readonly string[] = [
  ...hostile,
  'plain',
  "+cmd|' /C calc'!A0",
  '@SUM(1)',
  '-2',
  '\t=1',
  '\u001b]8;;file:///etc/passwd\u001b\\click\u001b]8;;\u001b\\',
  '\u001b[2J\u001b[1;1HAPPROVED',
  'a\u200bb',
  'two\r\nlines',
  '\u{1f9d1}\u200d\u{1f692}',
  'M\u00fcller',
  '"quoted",x',
  '\u{e0041}\u{e0042}',
  '| a | b |',
  '<img src=x onerror=alert(1)>',
  '![x](https://evil.example/p.png)',
  'https://evil.example www.evil.example',
  '# heading',
  '\uff1d1+1',
  '\ud800 half a pair',
];

const ACTS =
  // oxlint-disable-next-line no-control-regex -- that there are none is the point; line ends belong to the formats
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Cs}]/u;

const staff = (value: string) => ({ class: 'staff', value }) as const;

/** The same text in every place where a person or a system can put one. */
const incident = (text: string) => {
  const fact = (id: string, value: Json): Fresh => ({
    kind: 'fact.learned',
    pub: { fact: id, value, known: true, at: at('2026-11-20T02:40:00Z'), basis: 'told', step: null },
    priv: value === null ? { text: staff(text), reason: staff(text) } : { reason: staff(text) },
  });
  return told(
    [
      {
        kind: 'incident.opened',
        pub: {
          codename: 'x',
          runbook: 'r',
          severity: 'high',
          drill: false,
          zone: 'UTC',
          earliest_at: at('2026-11-20T01:00:00Z'),
        },
        priv: { title: staff(text) },
      },
      {
        kind: 'plan.adopted',
        pub: { plan_sha256: '', runbook: 'r', part: 0, of: 1, text: JSON.stringify(plan) },
      },
      { kind: 'role.claimed', pub: { role: 'legal', person: 'aoife' }, priv: { name: staff(text) } },
      fact('nature', null),
      fact('data-categories', [text.toWellFormed()]),
      fact('subjects-count', { about: 1, from: 1, to: 2 }),
      { kind: 'override.taken', pub: { step: null, what: text }, priv: { reason: staff(text) } },
      {
        kind: 'decision.made',
        pub: { decision: 'd', option: 'free', decider: text, step: null, star: true },
        priv: { question: staff(text), options: staff(text), rationale: staff(text) },
      },
      {
        kind: 'note.added',
        pub: { at: at('2026-11-20T02:00:00Z'), star: true, corrects: null },
        priv: { text: staff(text) },
      },
      {
        kind: 'contact.called',
        pub: { contact: 'dpo', outcome: 'reached' },
        priv: { name: staff(text), note: staff(text) },
      },
      {
        kind: 'drill.injected',
        pub: { inject: 'i', channel: 'mail', to: 'legal' },
        priv: { body: staff(text), sender: staff(text) },
      },
    ],
    { actor: text },
  );
};
const given = (text: string) => {
  const contact = {
    id: 'dpo',
    name: text,
    duty: text,
    phone: text,
    checked: '2026-01-01',
    for: ['gdpr.33-1'],
  };
  return input(incident(text), { company: text, titles: () => text, contacts: [contact] });
};

describe.each(Object.keys(exportFormats).filter(isExportId))('hostile text in the export %s', (id) => {
  test.each(corpus.map((text) => [JSON.stringify(text), text] as const))(
    '%s is shown harmlessly',
    async (_, text) => {
      const { render } = await exportFormats[id].load();
      expect(render(given(text))).not.toMatch(ACTS);
    },
  );
});

test('no cell of the spreadsheet starts a formula', async () => {
  const { render } = await exportFormats.csv.load();
  for (const text of corpus) {
    for (const cell of readCsv(render(given(text))).flat())
      expect(cell).not.toMatch(/^[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]/);
  }
});

test('JSON Lines give the original text back', async () => {
  const { render } = await exportFormats.jsonl.load();
  for (const text of corpus) {
    const lines = render(given(text)).trimEnd().split('\n');
    const note = lines
      .map((line) => JSON.parse(line) as Readonly<Record<string, Json>>)
      .find((event) => event['type'] === 'note.added');
    expect(note?.['title']).toBe(`Note: ${text.toWellFormed()}`);
  }
});

test.each(['md', 'brief'] as const)('no tag, link or picture comes out of the Markdown of %s', async (id) => {
  const { render } = await exportFormats[id].load();
  for (const text of corpus) {
    const page = marked.parse(render(given(text)), { async: false, gfm: true });
    expect(page).not.toMatch(/<script|<img|<a /);
  }
});

test('a table row stays one row with its columns, whatever stands in it', async () => {
  const { render } = await exportFormats.md.load();
  for (const text of corpus) {
    const rows = render(given(text))
      .split('\n')
      .filter((line) => line.startsWith('| '));
    // One heading and eleven entries; an escaped bar is text.
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(11);
  }
});
