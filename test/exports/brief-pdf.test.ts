import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brief } from '../../src/exports/brief.ts';
import type { ExportInput } from '../../src/exports/export.ts';
import { systemTypesetter } from '../../src/io/typeset.ts';
import { leakedToken } from '../fixtures/incident.ts';
import { longIncident, longNow } from '../fixtures/long-incident.ts';
import { hostileTexts } from '../security/corpus.ts';
import { hostileInput } from './hostile-rig.ts';
import { pagesIn } from './pdf-text.ts';
import { input } from './rig.ts';

const typesetter = systemTypesetter(join(import.meta.dirname, '../../src/letters/papers/fonts'));

const pdf = async (given: ExportInput): Promise<Uint8Array> => {
  const form = brief.forms.find(({ extension }) => extension === 'pdf');
  if (form?.is !== 'bytes') throw new Error('the brief comes as a PDF');
  return await form.bytes(given, { typesetter: () => typesetter });
};
/** The one page of it, its lines joined. */
const page = async (given: ExportInput): Promise<string> => {
  const pages = pagesIn(await pdf(given));
  expect(pages).toHaveLength(1);
  return (pages[0] ?? '').replaceAll(/\s+/g, ' ');
};

test('answers first what a manager asks, and says what is not known', async () => {
  const text = await page(input(leakedToken()));
  const asked = [
    'OVERRIDE: no second person approved',
    'Are we still bleeding? NO.',
    'What is due next, and who owns it? Tell the people affected',
    'Who is affected, and since when do we know?',
    'Duties',
    'Containment',
    'What did we decide, and why?',
  ];
  const places = asked.map((words) => text.indexOf(words));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(text).toContain('People: about 1,200 (between 1,000 and 1,500) (basis: distinct telephone numbers');
  expect(text).toContain('Records: not known yet');
  expect(text).toContain('ring Aoife Byrne, +353 1 555 0100');
  expect(text.match(/TLP:AMBER/g)).toHaveLength(2);
  expect(text).not.toMatch(/does not say everything|DRILL/);
});

test('tells of a long night what happened last: what answers again, what is unsure, the newest decision', async () => {
  const text = await page(input(longIncident(), { now: longNow }));
  expect(text).toContain('ALARM');
  expect(text).toMatch(/about 3,150 \(between 3,100 and 3,200\)/);
  expect(text).toContain(
    'Revoke the leaked token: the outcome on wa-token is not known: it may have happened',
  );
  expect(text).toContain('How are the people told?');
});

test('is one page however much there is to say, and then says what it left out', async () => {
  const told = leakedToken();
  const [decision] = told.state.decisions;
  if (decision === undefined) throw new Error('something was decided');
  const state = { ...told.state, decisions: Array.from({ length: 60 }, () => decision) };
  const much = await page(input({ ...told, state }));
  const shown = much.match(/Why: The messages contain/g)?.length ?? 0;
  expect(shown).toBeGreaterThan(3);
  expect(much).toContain(`Left out: ${60 - shown} earlier decisions`);
  expect(much).toContain('firebreak export 01KAMBEROTTER --format brief --out brief.md');
  const long = await page(hostileInput('a title of many words '.repeat(300)));
  expect(long).toMatch(/Shortened, with …: \d+ texts/);
  expect(await page(hostileInput('x'.repeat(5000)))).toMatch(/Shortened/);
});

test('says of a drill that it is one', async () => {
  const text = await page(input(leakedToken(true)));
  expect(text).toContain('DRILL: an exercise. Nothing in this document has happened.');
  expect(text.match(/\bDRILL\b/g)?.length).toBeGreaterThanOrEqual(4);
});

test('is the same bytes for the same input, and nothing private without the key', async () => {
  const whole = leakedToken();
  const one = await pdf(input(whole));
  expect(one).toEqual(await pdf(input(whole)));
  expect(one).not.toEqual(await pdf(input(whole, { tlp: 'green' })));
  const sealed = await page(input({ ...whole, reveal: whole.sealed }));
  expect(sealed).toContain('[sealed]');
  expect(sealed).not.toMatch(/repository|never shown/);
});

test('takes hostile texts as words', async () => {
  for (const text of hostileTexts.filter((_, i) => i % 16 === 0)) await page(hostileInput(text));
  expect(await page(hostileInput('#panic("boo") *x* $y$ @z'))).toContain('#panic("boo") *x* $y$ @z');
});
