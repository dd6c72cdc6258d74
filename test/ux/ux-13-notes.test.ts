import { expect, test } from 'vitest';
import { company } from '../app/company.ts';
import { opened, seen } from '../rig/keyboard.ts';

// UX-13: a note takes one key, its words and Enter; when it happened can be earlier, when it was written down cannot.

test('one key, the words, Enter', async () => {
  const { app, press, words, store } = opened();
  await press('n');
  await words('Agency says it was their laptop');
  await press('enter');
  expect(app.commands).toEqual([{ do: 'note', text: 'Agency says it was their laptop' }]);
  await press('t');
  expect(seen(store)).toContain('Agency says it was their laptop');
});

test('it may have happened earlier; both times stand, and a correction is an entry of its own', async () => {
  const app = await (await company()).app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Notes' });
  const { now } = incident.view();
  const earlier = (now - 3_600_000) as typeof now;
  await incident.act({ do: 'note', text: 'Saw it on the train', at: earlier });
  const note = incident.timeline().find(({ kind }) => kind === 'note.added');
  expect(note?.occurredAt).toBe(earlier);
  expect(note?.recordedAt ?? 0).toBeGreaterThanOrEqual(now);
  await incident.act({ do: 'note', text: 'It was on the bus', at: earlier, corrects: note?.n ?? -1 });
  const all = incident.timeline().filter(({ kind }) => kind === 'note.added');
  expect(all.map(({ corrects }) => corrects)).toEqual([null, note?.n]);
  expect(all[0]?.what).toContain('Saw it on the train');
});
