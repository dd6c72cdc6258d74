import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { timeline } from '../../src/exports/timeline.ts';
import { tooMany } from '../../src/exports/timeline/limit.ts';
import type { ExportInput } from '../../src/exports/export.ts';
import { systemTypesetter, type Typesetter } from '../../src/io/typeset.ts';
import { tlpLabel, tlps } from '../../src/model/tlp.ts';
import { ALL_ROWS } from '../../src/projections/choice.ts';
import type { Fresh } from '../../src/model/event.ts';
import { at, leakedToken, openedIn, told } from '../fixtures/incident.ts';
import { hostileTexts } from '../security/corpus.ts';
import { hostileInput } from './hostile-rig.ts';
import { pagesIn } from './pdf-text.ts';
import { input } from './rig.ts';
import { like } from '../fakes/recorded.ts';

const typesetter = systemTypesetter(join(import.meta.dirname, '../../src/letters/papers/fonts'));
const [form] = timeline.forms;

const pdf = async (given: ExportInput, by: Typesetter = typesetter): Promise<Uint8Array> => {
  if (form.is !== 'bytes') throw new Error('a PDF is bytes');
  return await form.bytes(given, { typesetter: () => by });
};
const pages = async (given: ExportInput): Promise<readonly string[]> => pagesIn(await pdf(given));
const said = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** The same incident again and again: as long as it takes to need several parts. */
const long = (times: number): ExportInput => {
  const told = leakedToken();
  const entries = Array.from({ length: times }, () => told.entries)
    .flat()
    .map((entry, n) => like(entry, { n }));
  return input(told, { entries: () => entries, reveal: () => 'words' });
};

describe('the timeline on paper', () => {
  test('has label, page of pages, incident, time, tool and root on each page, and its head repeated', async () => {
    const found = await pages(input(leakedToken()));
    expect(found.length).toBeGreaterThan(1);
    for (const [i, page] of found.entries()) {
      expect(page.match(/^TLP:AMBER$/gm)).toHaveLength(2);
      expect(page).toContain(`page ${i + 1} of ${found.length}`);
      expect(said(page)).toContain(
        'Incident 01KAMBEROTTER · made 2026-11-20T06:00:00Z · firebreak/0.0.0 · journal root 5f5f5f5f5f5f5f5f',
      );
      expect(said(page)).toContain('# Happened UTC ± Who (role) What Result Why Recorded (UTC)');
      expect(page).not.toContain('DRILL');
    }
    expect(said(found[0] ?? '')).toContain('Happened: when it took place, in Europe/Dublin');
    expect(said(found[0] ?? '')).toContain('Recorded: when it was written into the journal');
    expect(said(found.at(-1) ?? '').replaceAll(' ', '')).toContain('5f'.repeat(32));
  });

  test.each(tlps)('is marked as it is asked to be: %s', async (tlp) => {
    const [page = ''] = await pages(input(leakedToken(), { tlp }));
    expect(page).toContain(`\n${tlpLabel(tlp)}\n`);
    expect(tlpLabel(tlp)).toMatch(/^TLP:[A-Z+]+$/);
  });

  test('says of a drill on each page that it is one', async () => {
    for (const page of await pages(input(leakedToken(true)))) expect(page.match(/^DRILL$/gm)).toHaveLength(2);
  });

  test('gives no time to a row whose time nobody said, and says how late a row was written down', async () => {
    const text = said((await pages(input(leakedToken()))).join('\n'));
    expect(text).toMatch(/ 19 not known \? mara \(commander\) Rang Aoife Byrne/);
    expect(text).toMatch(/02:43:00Z 48 min 00 s after/);
  });

  test('is PDF/A-2a, the same bytes for the same input, and other bytes for another one', async () => {
    const one = await pdf(input(leakedToken()));
    expect(one).toEqual(await pdf(input(leakedToken())));
    expect(one).not.toEqual(await pdf(input(leakedToken(), { tlp: 'red' })));
    expect(Buffer.from(one).toString('latin1')).toMatch(
      /<pdfaid:part>2<\/pdfaid:part><pdfaid:conformance>A<\/pdfaid:conformance>/,
    );
  });

  test('in several parts is one file: each row once, in order, on pages that are counted through', async () => {
    const given = long(14);
    const bytes = await pdf(given);
    expect(bytes).toEqual(await pdf(given));
    const found = pagesIn(bytes);
    for (const [i, page] of found.entries()) expect(page).toContain(`page ${i + 1} of ${found.length}`);
    const numbers = found.flatMap((page) => page.match(/^\d+ ?$/gm) ?? []).map(Number);
    let next = 0;
    for (const n of numbers) if (n === next) next += 1;
    expect(next).toBe(14 * 27);
    // A part ends where a page is full, so that no page is half empty but the last.
    const lines = found.map((page) => page.split('\n').length);
    expect(Math.min(...lines.slice(0, -1))).toBeGreaterThan(Math.max(...lines) / 2);
    const clear = Buffer.from(bytes).toString('latin1');
    expect(clear).toContain(`<xmpTPg:NPages>${found.length}<`);
    expect(clear.match(/\/Type \/(?:Catalog|Pages|StructTreeRoot)\n/g)).toHaveLength(3);
    expect(new Set(clear.match(/\/StructParents \d+/g)).size).toBe(found.length);
  });

  test('is refused where it would be too long to be printed, with the way out', async () => {
    const { entries } = leakedToken();
    const many = function* () {
      for (let n = 0; n <= tooMany; n += entries.length) yield* entries;
    };
    const never: Typesetter = { fonts: '', set: () => expect.unreachable(), ask: () => expect.unreachable() };
    await expect(pdf(input(leakedToken(), { entries: many }), never)).rejects.toThrow(/rows are too many/);
  });

  test('shows what was chosen and says what was left out', async () => {
    const given = input(leakedToken(), { choice: { ...ALL_ROWS, starred: true } });
    const [first = ''] = await pages(given);
    expect(said(first)).toMatch(/Not everything is here: \d+ of 27 rows are shown/);
    const none = await pages(input(leakedToken(), { choice: { ...ALL_ROWS, words: 'no such words' } }));
    expect(said(none.join())).toContain('No row of the timeline is shown.');
  });

  test('can be made without the key, and shows nothing private then', async () => {
    const whole = leakedToken();
    const text = (await pages(input({ ...whole, reveal: whole.sealed }, { title: '[sealed]' }))).join('\n');
    expect(text).toContain('[sealed]');
    expect(text).not.toMatch(/repository|never shown/);
  });

  test('takes every hostile text as words', async () => {
    const notes = hostileTexts.map((text): Fresh => ({
      kind: 'note.added',
      pub: { at: at('2026-11-20T02:00:00Z'), star: true, corrects: null },
      priv: { text: { class: 'staff', value: text } },
    }));
    const found = await pages(input(told([openedIn('UTC'), ...notes])));
    expect(found.at(-1)).toContain(`page ${found.length} of ${found.length}`);
    for (const text of hostileTexts.filter((_, i) => i % 20 === 0))
      expect((await pages(hostileInput(text)))[0]).toContain('page 1 of');
    expect((await pages(hostileInput('#panic("boo") *x* $y$ @z'))).join('\n')).toContain(
      '#panic("boo") *x* $y$ @z',
    );
  });
});
