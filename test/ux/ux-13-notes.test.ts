import { expect, test } from 'vitest';
import { noteForm } from '../../src/tui/forms/note.ts';
import { company } from '../app/company.ts';
import { opened, seen } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

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

const marking = (legal: string | null) => {
  const at = opened();
  const { view } = at.store.world();
  if (view === null) throw new Error('an incident is open');
  const roles = new Map(legal === null ? [] : [['legal', legal] as const]);
  const world = { ...at.store.world(), view: { ...view, state: { ...view.state, roles } } };
  const field = noteForm.spec({ for: 'note' }, world).fields.find(({ id }) => id === 'privileged');
  const options =
    field?.is === 'one' ? field.options.map(({ title, note = '' }) => `${title} ${note}`.trim()) : [];
  const [, done] = noteForm.complete({ for: 'note' }, { text: 'Advice', privileged: 'yes' }, world);
  return { actor: view.actor, options, command: done?.do === 'act' ? done.command : null };
};

test('what counsel asks for is marked in the form; only a mark that holds is offered', () => {
  const { actor, options } = marking(null);
  expect(options).toEqual(['no nobody is legal tonight: R says who is']);
  const own = marking(actor);
  expect(own.options).toEqual(['no', 'yes']);
  expect(own.command).toEqual({ do: 'note', text: 'Advice', privileged: { directedBy: null } });
  const other = marking('lex');
  expect(other.options).toEqual(['no', 'yes, lex (legal) asked for it']);
  expect(other.command).toEqual({ do: 'note', text: 'Advice', privileged: { directedBy: 'lex' } });
});

test('on a terminal: n, the words, Enter, and nothing else is asked', { timeout: 120_000 }, async () => {
  await using person = await sitDown('resume', await declared());
  await person.until(FIRST_STEP);
  await person.press('n', '> Note');
  await person.press('Agency says it was their laptop', 'their laptop');
  await person.press(keys.enter, 'Note saved.');
  expect(await person.press('t', 'newest first')).toContain('Note: Agency says it was their laptop');
});
