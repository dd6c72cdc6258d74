import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson, type JsonObject } from '../../src/base/canonical.ts';
import { exportFileName } from '../../src/exports/export.ts';
import { exportFormats } from '../../src/exports/index.ts';
import { ALL_ROWS, isChosen, type Choice } from '../../src/projections/choice.ts';
import { rows } from '../../src/exports/words.ts';
import { at, leakedToken, told } from '../fixtures/incident.ts';
import { longIncident, longNow } from '../fixtures/long-incident.ts';
import { exportIds as ids, input, rendered, textForms, textOf } from './rig.ts';
import { readCsv } from './csv.ts';

test('the registry says of each format what the format says of itself', async () => {
  for (const id of ids) {
    const format = await exportFormats[id].load();
    expect(format).toMatchObject({ id, title: exportFormats[id].title });
    const extensions = format.forms.map(({ extension }) => extension);
    expect(extensions).toEqual(exportFormats[id].extensions);
    expect(new Set(extensions).size).toBe(extensions.length);
  }
  const helpers = [
    'disclosure.ts',
    'disclosure-check.ts',
    'export.ts',
    'index.ts',
    'words.ts',
    'hidden.ts',
    'calendar.ts',
    'drill-calendar.ts',
    'stamped.ts',
  ];
  const files = readdirSync(join(import.meta.dirname, '../../src/exports')).filter(
    (name) => name.endsWith('.ts') && !helpers.includes(name),
  );
  expect(files.map((name) => name.replace('.ts', '')).toSorted()).toEqual(ids.toSorted());
});

describe.each(textForms)('the export %s as %s', (id, extension, form) => {
  const render = (given: ReturnType<typeof input>): string => textOf(form, given);
  const golden = (name: string) =>
    join(import.meta.dirname, '../golden/exports', `${name}.${id}.${extension}`);

  test('reads as it always did', async () => {
    await expect(render(input(leakedToken()))).toMatchFileSnapshot(golden('leaked-token'));
    await expect(render(input(leakedToken(true)))).toMatchFileSnapshot(golden('leaked-token-drill'));
    const long = input(longIncident(), { now: longNow });
    await expect(render(long)).toMatchFileSnapshot(golden('long-night'));
  });

  test('gives the same bytes for the same input', () => {
    expect(render(input(leakedToken()))).toBe(render(input(leakedToken())));
  });

  test('says that a drill is one, in the text and in the file name', () => {
    const drill = input(leakedToken(true));
    expect(render(drill)).toMatch(/DRILL|"drill":true/);
    expect(exportFileName({ id, extension }, drill)).toBe(
      `DRILL-amber-otter-${id}-20261120T0600Z.${extension}`,
    );
    expect(render(input(leakedToken()))).not.toMatch(/DRILL|"drill":true/);
  });

  test('can be written at every moment of the incident, without the key too', () => {
    const { entries } = leakedToken();
    for (let size = 1; size <= entries.length; size += 1) {
      const whole = leakedToken();
      const part = told([]);
      const so = { ...part, entries: whole.entries.slice(0, size), reveal: whole.sealed };
      const text = render(input({ ...so, state: whole.state }));
      expect(text.length).toBeGreaterThan(100);
      expect(text).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  test('prints [sealed] where the key is missing and shows nothing private', () => {
    const whole = leakedToken();
    const text = render(input({ ...whole, reveal: whole.sealed }));
    // A calendar holds nothing private in the first place.
    if (id !== 'ics') expect(text.replaceAll('\\', '')).toContain('[sealed]');
    expect(text).not.toContain('repository');
  });

  test('never shows the leaked secret', () => {
    expect(render(input(leakedToken()))).not.toContain('never shown');
  });
});

describe('the brief', () => {
  const text = (changes = {}): string => rendered('brief', input(leakedToken(), changes));

  test('puts overrides before everything else', () => {
    const headings = text()
      .split('\n')
      .filter((line) => line.startsWith('## '));
    expect(headings).toEqual([
      '## OVERRIDES',
      '## Are we still bleeding?',
      '## Who is affected, and since when do we know?',
      '## What is due next, and who owns it?',
      '## What did we decide, and why?',
      '## What do we not know?',
      '## Costs, and who was brought in',
    ]);
  });

  test('answers whether it still bleeds, with the time of the last proof in both zones', () => {
    expect(text()).toContain(
      '**NO.** Everything that had to be stopped is stopped, and the systems themselves confirm it. Since 2026-11-20 02:31 +00:00 / 2026-11-20 02:31Z (last proof).',
    );
  });

  test('gives the number of people as a range with its basis', () => {
    expect(text()).toContain(
      '- People: about 1,200 (between 1,000 and 1,500) (basis: distinct telephone numbers in the access log (log); entry 15)',
    );
  });

  test('names an owner and a telephone number for what is due', () => {
    expect(text()).toContain('aoife; ring Aoife Byrne, +353 1 555 0100');
  });

  test('states what is not known, and that no costs are recorded', () => {
    expect(text()).toContain('- Number of records: asked, and not known yet (entry 18)');
    expect(text()).toContain('- Nobody has recorded yet: who is affected, kinds of data');
    expect(text()).toContain('Costs and vendors: none recorded');
  });
});

describe('the spreadsheet', () => {
  const render = (changes = {}): string => rendered('csv', input(leakedToken(), changes));

  test('has its columns in their order, CRLF, one row an entry, and the root hash in the last row', () => {
    const rows = readCsv(render());
    expect(rows[0]).toEqual([
      '#',
      'Time (local)',
      'Time (UTC)',
      '±',
      'Who (role)',
      'What',
      'Result',
      'Why',
      'Step',
      'Targets',
      'Clock',
      'Obligation',
      'Evidence',
      'Recorded at',
      'Lag',
      'Source',
      'Corrects',
      'Star',
      'Hash',
    ]);
    expect(rows).toHaveLength(leakedToken().entries.length + 2);
    expect(rows.at(-1)?.at(-1)).toBe(input(leakedToken()).checkpoint.root);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([19]));
    expect(render().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('starts with its headings and no byte order mark', () => {
    expect(render()).toMatch(/^"#"/);
  });

  test('leaves the time empty where nobody said when it happened', () => {
    const decision = readCsv(render()).find((row) => row[5]?.startsWith('Decision by') === true);
    expect(decision?.slice(1, 4)).toEqual(['', '', '?']);
    expect(decision?.[13]).toMatch(/^2026-11-20 /);
  });
});

describe('JSON Lines', () => {
  test('carry the root of the journal in the first line and an event a line after it', () => {
    const given = input(leakedToken());
    const lines = rendered('jsonl', given)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonObject);
    expect(lines[0]).toMatchObject({
      schema: 'firebreak.timeline/v1',
      events: 'firebreak.event/v1',
      journal: { root: given.checkpoint.root, size: 27 },
    });
    expect(lines.slice(1).map((event) => event['seq'])).toEqual(leakedToken().entries.map(({ n }) => n));
    const note = lines.find((event) => event['type'] === 'note.added');
    expect(note).toMatchObject({
      occurred_at: '2026-11-20T01:55:00.000Z',
      occurred_fidelity: 'minute',
      source: 'person',
      star: true,
    });
  });

  test('are canonical JSON, hidden characters apart', () => {
    for (const line of rendered('jsonl', input(leakedToken())).trimEnd().split('\n'))
      expect(canonicalJson(JSON.parse(line) as JsonObject)).toBe(line);
  });
});

test('a file name leads nowhere, whatever the codename holds', () => {
  const { state } = leakedToken();
  const name = exportFileName(
    { id: 'brief', extension: 'md' },
    { drill: false, state: { ...state, codename: '../../\u001b[2Jété' }, now: at('2026-11-20T06:00:00Z') },
  );
  expect(name).toBe('2jété-brief-20261120T0600Z.md');
});

describe('a choice of rows', () => {
  const given = (choice: Partial<Choice>) => input(leakedToken(), { choice: { ...ALL_ROWS, ...choice } });
  const shown = (choice: Partial<Choice>): readonly number[] =>
    rendered('jsonl', given(choice))
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => Number((JSON.parse(line) as JsonObject)['seq']));
  const all = shown({});

  test('by star, by words and by time is what the export shows, and nothing else', () => {
    expect(all).toHaveLength(27);
    for (const choice of [
      { starred: true },
      { words: 'TOKEN revoke' },
      { words: 'no such words' },
      { from: at('2026-11-20T02:20:00Z') },
      { to: at('2026-11-20T02:20:00Z') },
    ]) {
      const wanted = [...rows(given({}))].filter((row) => isChosen({ ...ALL_ROWS, ...choice }, row));
      expect(shown(choice)).toEqual(wanted.map(({ n }) => n));
      expect(wanted.length).toBeLessThan(all.length);
    }
    const [first, second] = [
      shown({ from: at('2026-11-20T02:20:00Z') }),
      shown({ to: at('2026-11-20T02:19:59Z') }),
    ];
    expect([...first, ...second].toSorted((a, b) => a - b)).toEqual(all);
  });

  test('places a row whose time nobody knows by when it was recorded, and gives it no time', () => {
    const unknown = [...rows(given({}))].find(({ occurredAt }) => occurredAt === null);
    const moment = unknown?.recordedAt ?? null;
    expect(shown({ from: moment, to: moment })).toContain(unknown?.n);
    const line = rendered('csv', given({ from: moment, to: moment }))
      .split('\r\n')
      .find((one) => one.startsWith(`"${unknown?.n}"`));
    expect(line).toMatch(/^"\d+","","","\?"/);
  });

  test.each(['md', 'csv', 'jsonl'] as const)('is said at the head of %s, with how much is left out', (id) => {
    const head = rendered(id, given({ starred: true, words: 'token' }))
      .split('\n')
      .slice(0, 8)
      .join('\n');
    const count = shown({ starred: true, words: 'token' }).length;
    if (id === 'jsonl') expect(head).toContain(`"left_out":${27 - count},"shown":${count},"starred":true`);
    else
      expect(head).toContain(
        `${count} of 27 rows are shown and ${27 - count} are left out. Chosen: starred rows alone; with the words`,
      );
    expect(rendered(id, given({}))).not.toMatch(/left.out/);
  });

  test('shows of the evidence what its rows name', () => {
    expect(rendered('md', given({}))).toContain('## Evidence');
    expect(rendered('md', given({ words: 'no such words' }))).not.toContain('## Evidence');
  });
});
