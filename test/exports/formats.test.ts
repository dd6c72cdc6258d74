import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson, type JsonObject } from '../../src/base/canonical.ts';
import { exportFileName, type ExportFormat } from '../../src/exports/export.ts';
import { exportFormats, isExportId, type ExportId } from '../../src/exports/index.ts';
import { at, leakedToken, told } from '../fixtures/incident.ts';
import { input } from './rig.ts';
import { readCsv } from './csv.ts';

const ids = Object.keys(exportFormats).filter(isExportId);
const load = (id: ExportId): Promise<ExportFormat> => exportFormats[id].load();

test('the registry says of each format what the format says of itself', async () => {
  for (const id of ids)
    expect(await load(id)).toMatchObject({
      id,
      title: exportFormats[id].title,
      extension: exportFormats[id].extension,
    });
  const helpers = [
    'disclosure.ts',
    'disclosure-check.ts',
    'export.ts',
    'index.ts',
    'words.ts',
    'hidden.ts',
    'calendar.ts',
    'drill-calendar.ts',
  ];
  const files = readdirSync(join(import.meta.dirname, '../../src/exports')).filter(
    (name) => name.endsWith('.ts') && !helpers.includes(name),
  );
  expect(files.map((name) => name.replace('.ts', '')).toSorted()).toEqual(ids.toSorted());
});

describe.each(ids)('the export %s', (id) => {
  const golden = (name: string) =>
    join(import.meta.dirname, '../golden/exports', `${name}.${id}.${exportFormats[id].extension}`);

  test('reads as it always did', async () => {
    const { render } = await load(id);
    await expect(render(input(leakedToken()))).toMatchFileSnapshot(golden('leaked-token'));
    await expect(render(input(leakedToken(true)))).toMatchFileSnapshot(golden('leaked-token-drill'));
  });

  test('gives the same bytes for the same input', async () => {
    const { render } = await load(id);
    expect(render(input(leakedToken()))).toBe(render(input(leakedToken())));
  });

  test('says that a drill is one, in the text and in the file name', async () => {
    const format = await load(id);
    const drill = input(leakedToken(true));
    expect(format.render(drill)).toMatch(/DRILL|"drill":true/);
    expect(exportFileName(format, drill)).toBe(`DRILL-amber-otter-${id}-20261120T0600Z.${format.extension}`);
    expect(format.render(input(leakedToken()))).not.toMatch(/DRILL|"drill":true/);
  });

  test('can be written at every moment of the incident, without the key too', async () => {
    const { render } = await load(id);
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

  test('prints [sealed] where the key is missing and shows nothing private', async () => {
    const { render } = await load(id);
    const whole = leakedToken();
    const text = render(input({ ...whole, reveal: whole.sealed }));
    // A calendar holds nothing private in the first place.
    if (id !== 'ics') expect(text.replaceAll('\\', '')).toContain('[sealed]');
    expect(text).not.toContain('repository');
  });

  test('never shows the leaked secret', async () => {
    expect((await load(id)).render(input(leakedToken()))).not.toContain('never shown');
  });
});

describe('the brief', () => {
  const text = async (changes = {}): Promise<string> =>
    (await load('brief')).render(input(leakedToken(), changes));

  test('puts overrides before everything else', async () => {
    const headings = (await text()).split('\n').filter((line) => line.startsWith('## '));
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

  test('answers whether it still bleeds, with the time of the last proof in both zones', async () => {
    expect(await text()).toContain(
      '**NO.** Everything that had to be stopped is stopped, and the systems themselves confirm it. Since 2026-11-20 02:31 +00:00 / 2026-11-20 02:31Z (last proof).',
    );
  });

  test('gives the number of people as a range with its basis', async () => {
    expect(await text()).toContain(
      '- People: about 1,200 (between 1,000 and 1,500); basis: distinct telephone numbers in the access log (log); entry 15',
    );
  });

  test('names an owner and a telephone number for what is due', async () => {
    expect(await text()).toContain('aoife; ring Aoife Byrne, +353 1 555 0100');
  });

  test('states what is not known, and that no costs are recorded', async () => {
    expect(await text()).toContain('- records-count is not known yet');
    expect(await text()).toContain('costs and vendors: none recorded');
  });
});

describe('the spreadsheet', () => {
  const render = async (changes = {}): Promise<string> =>
    (await load('csv')).render(input(leakedToken(), changes));

  test('has its columns in their order, CRLF, one row an entry, and the root hash in the last row', async () => {
    const rows = readCsv(await render());
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
    expect((await render()).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('starts with its headings and no byte order mark', async () => {
    expect(await render()).toMatch(/^"#"/);
  });

  test('leaves the time empty where nobody said when it happened', async () => {
    const decision = readCsv(await render()).find((row) => row[5]?.startsWith('Decision by') === true);
    expect(decision?.slice(1, 4)).toEqual(['', '', '?']);
    expect(decision?.[13]).toMatch(/^2026-11-20 /);
  });
});

describe('JSON Lines', () => {
  test('carry the root of the journal in the first line and an event a line after it', async () => {
    const { render } = await load('jsonl');
    const given = input(leakedToken());
    const lines = render(given)
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

  test('are canonical JSON, hidden characters apart', async () => {
    const { render } = await load('jsonl');
    for (const line of render(input(leakedToken())).trimEnd().split('\n'))
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
