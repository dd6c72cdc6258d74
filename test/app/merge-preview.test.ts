import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MergeAsked } from '../../src/app/merge-contract.ts';
import { scene } from './sending-rig.ts';

/** What is shown before letters are written is what is written then, and nothing stands anywhere because of it. */

const asking = (box: string, list: string): MergeAsked => ({
  letter: 'gdpr-art34',
  list: join(box, list),
  format: { is: 'stream', form: 'jsonl' },
  out: join(box, 'all.jsonl'),
  report: join(box, 'left-out.csv'),
  language: 'en',
  from: null,
  resume: false,
  trial: null,
});

const LIST = 'address,name\na@example.org,Anna Weber\nnobody,B\na@example.org,Again\nc@example.org,\n';

test('a look at a list counts what the merge then writes', async () => {
  const { incident, box } = await scene();
  writeFileSync(join(box, 'people.csv'), LIST);
  const asked = asking(box, 'people.csv');
  const before = incident.view().state.size;
  const preview = await incident.previewMerge(asked);
  expect(preview).toMatchObject({
    tally: { rows: 4, written: 2, rejected: 1, duplicates: 1 },
    whole: true,
    before: { is: 'nothing' },
    out: asked.out,
  });
  expect(preview.first.map(({ line, to }) => [line, to])).toEqual([
    [2, 'a@example.org'],
    [5, 'c@example.org'],
  ]);
  expect(preview.first[0]?.salutation).toMatch(/Anna Weber/);
  expect(preview.bad.map(({ line }) => line)).toEqual([3, 4]);
  expect(existsSync(asked.out)).toBe(false);
  expect(incident.view().state.size).toBe(before);
  const report = await incident.merge(asked, () => undefined, new AbortController().signal);
  expect(report).toMatchObject(preview.tally);
  expect((await incident.previewMerge(asked)).before).toEqual({ is: 'finished' });
}, 60_000);

test('a merge that was stopped is found, and how far it came', async () => {
  const { incident, box } = await scene();
  const rows = Array.from({ length: 20_000 }, (_, i) => `p${i}@example.org,Reader ${i}`);
  writeFileSync(join(box, 'people.csv'), `address,name\n${rows.join('\n')}\n`);
  const asked = asking(box, 'people.csv');
  const stop = new AbortController();
  const report = await incident.merge(asked, () => stop.abort(), stop.signal);
  expect(report.finished).toBe(false);
  const { before } = await incident.previewMerge(asked);
  expect(before).toMatchObject({ is: 'unfinished', written: report.written });
}, 60_000);
