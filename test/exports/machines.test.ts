import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/canonical.ts';
import { ALL_ROWS } from '../../src/projections/choice.ts';
import { ocsfEvent, type WholeLine } from '../../src/projections/ocsf.ts';
import { contextOf } from '../../src/exports/words.ts';
import { leakedToken, told, openedIn } from '../fixtures/incident.ts';
import { hostileTexts } from '../security/corpus.ts';
import { readCsv } from './csv.ts';
import { input, textForms, textOf } from './rig.ts';

const as = (id: string, extension: string, given = input(leakedToken())): string => {
  const form = textForms.find(([one, ending]) => one === id && ending === extension)?.[2];
  return form === undefined ? '' : textOf(form, given);
};
const linesOf = (text: string): readonly JsonObject[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonObject);
const note = (text: string) =>
  told([
    openedIn('UTC'),
    {
      kind: 'note.added',
      pub: { at: leakedToken().state.openedAt, star: false, corrects: null },
      priv: { text: { class: 'staff', value: text } },
    },
  ]);
const starred = input(leakedToken(), { choice: { ...ALL_ROWS, starred: true } });

describe('the timeline for Timesketch', () => {
  const rows = readCsv(as('timesketch', 'csv'));
  const [head = []] = rows;
  const column = (row: readonly string[] | undefined, name: string): string =>
    row?.[head.indexOf(name)] ?? '';

  test('begins with the three mandatory fields, and every row has all of them', () => {
    expect(head.slice(0, 3)).toEqual(['message', 'datetime', 'timestamp_desc']);
    for (const row of rows.slice(1)) {
      expect(row).toHaveLength(head.length);
      expect(row.slice(0, 3)).not.toContain('');
      expect(row[1]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
    }
  });

  test('says of a time that is only that of writing down that it is', () => {
    const decision = rows.find((row) => column(row, 'event_type') === 'decision.made');
    expect(column(decision, 'timestamp_desc')).toBe('Recorded, time of occurrence not known');
    expect(column(decision, 'datetime')).toBe(column(decision, 'recorded_at'));
    const written = rows.find((row) => column(row, 'event_type') === 'note.added');
    expect(column(written, 'timestamp_desc')).toBe('Occurred');
    expect(column(written, 'datetime')).toBe('2026-11-20T01:55:00.000+00:00');
  });

  test('holds the same events as lines of JSON, as strings in both', () => {
    const events = linesOf(as('timesketch', 'jsonl'));
    expect(events.map((event) => event['message'])).toEqual(rows.slice(1).map((row) => row[0]));
    for (const [at, event] of events.entries())
      for (const name of head) expect(event[name] ?? '').toBe(column(rows[at + 1], name));
  });

  test('ends with the journal and its root hash, and with what a choice left out', () => {
    expect(rows.at(-1)?.[0]).toContain(`root hash ${'5f'.repeat(32)}`);
    const chosen = readCsv(as('timesketch', 'csv', starred));
    expect(chosen.length).toBeLessThan(rows.length);
    expect(chosen.at(-1)?.[0]).toContain(`${chosen.length - 2} of 27 rows are shown`);
  });
});

describe('the timeline for DFIR-IRIS', () => {
  const COLUMNS =
    'event_date,event_tz,event_title,event_category,event_content,event_raw,event_source,event_assets,event_iocs,event_tags';

  test('has exactly its ten columns, and names no asset, indicator or category', () => {
    const rows = readCsv(as('iris', 'csv'));
    expect(rows[0]).toEqual(COLUMNS.split(','));
    for (const row of rows.slice(1)) {
      expect(row).toHaveLength(10);
      expect([row[3], row[7], row[8]]).toEqual(['', '', '']);
      expect(row[2]?.length).toBeGreaterThan(1);
    }
    expect(rows.find((row) => row[2]?.includes('is proved') === true)?.[4]).toContain('Assets: wa-bridge');
  });

  test('writes the moment as its import reads it, in the zone that was asked for', () => {
    const rows = readCsv(as('iris', 'csv', input(leakedToken(), { zone: 'Asia/Kolkata' }))).slice(1);
    for (const [date, offset] of rows) {
      expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
      expect(offset).toBe('+05:30');
    }
    expect(rows[0]?.[0]).toBe('2026-11-20T07:50:00.000');
  });

  test('is read line by line: a row never holds the end of one, whatever somebody wrote', () => {
    for (const text of hostileTexts) {
      const written = as('iris', 'csv', input(note(text)));
      // What Python's splitlines takes for an end of a line.
      // oxlint-disable-next-line no-control-regex -- three of them are controls
      expect(written.split(/\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/)).toHaveLength(5);
    }
  });

  test('marks what stands at the time of writing it down', () => {
    const decision = readCsv(as('iris', 'csv')).find((row) => row[9]?.includes('decision.made') === true);
    expect(decision?.[9]).toContain('time-of-writing');
    expect(decision?.[4]).toMatch(/^Nobody said when it happened/);
  });
});

describe('events of OCSF', () => {
  const events = linesOf(as('ocsf', 'jsonl'));
  const { entries } = leakedToken();

  test('have what the schema requires of their class', () => {
    for (const event of events) {
      expect(event).toMatchObject({
        metadata: { version: '1.3.0', product: { name: 'firebreak', vendor_name: 'firebreak' } },
        category_uid: Math.floor(Number(event['class_uid']) / 1000),
        type_uid: Number(event['class_uid']) * 100 + Number(event['activity_id']),
      });
      for (const name of ['time', 'severity_id', 'activity_id', 'status_id'])
        expect(Number.isInteger(event[name]), name).toBe(true);
      if (event['class_uid'] === 2005) {
        expect(event['finding_info_list']).toEqual([{ uid: '01KAMBEROTTER', title: 'amber-otter' }]);
        expect(event['assignee']).toHaveProperty('name');
      }
      if (event['class_uid'] === 7001) expect(event['command_uid']).toMatch(/^01KAMBEROTTER#\d+$/);
    }
    expect(new Set(events.map((event) => event['class_uid']))).toEqual(new Set([2005, 3004, 7001]));
  });

  test('are those that are sent while it is open: same class, id, time and status', () => {
    const given = input(leakedToken());
    const about = {
      incident: given.incidentId,
      tool: given.tool,
      state: given.state,
      names: contextOf(given),
      open: new Set<string>(),
      reveal: () => null,
    };
    for (const [at, entry] of entries.entries()) {
      const line = {
        n: entry.n,
        actor: entry.actor,
        kind: entry.kind,
        pub: entry.pub,
        log: given.checkpoint.origin,
        prev: '',
        at: { ...entry.beat, wall: new Date(entry.recorded_at).toISOString() },
        priv: [],
        v: 1,
      } as unknown as WholeLine;
      const sent = JSON.parse(ocsfEvent(line, entry.hash, entry, about, 100_000)) as JsonObject;
      const { message: _mine, unmapped: _own, ...file } = events[at] ?? {};
      const { message: _theirs, unmapped: _entry, ...live } = sent;
      expect(file).toEqual(live);
    }
  });

  test('say what the schema has no place for, and when it happened', () => {
    const event = events.find((one) => (one['metadata'] as JsonObject)['event_code'] === 'note.added');
    expect(event).toMatchObject({
      message: 'Note: The repository owner wrote to us at 01:55.',
      unmapped: {
        firebreak: { occurred_at: '2026-11-20T01:55:00.000Z', starred: true, hash: entries[23]?.hash },
      },
    });
  });

  test('end with the journal, and with what a choice left out', () => {
    expect(events).toHaveLength(entries.length + 1);
    const chosen = linesOf(as('ocsf', 'jsonl', starred));
    expect(chosen.at(-1)?.['message']).toContain(`${chosen.length - 1} of 27 rows are shown`);
  });
});
