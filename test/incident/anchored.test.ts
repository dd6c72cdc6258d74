import { expect, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import { anchoredSize, openIn, windowOf } from '../../src/incident/anchored.ts';
import { fold } from '../../src/incident/evolve.ts';
import type { EventKind, Recorded } from '../../src/model/event.ts';

let next = 0;
const entry = (kind: EventKind, pub: object, s: number): Recorded =>
  ({
    kind,
    n: (next += 1),
    actor: 'ana',
    recorded_at: instant(s * 1000),
    pub,
    priv: [],
    hash: '',
  }) as unknown as Recorded;
const note = (s: number) => entry('note.added', { at: 0, star: false, corrects: null }, s);
const made = (anchor: string, size: number, s: number) =>
  entry('anchor.made', { anchor, type: 'folder', size, seals: size, receipt_sha256: '', at: 0 }, s);
const intent = (effect: string, s: number) => entry('act.intent', { effect, step: null, target: 't' }, s);

const seen = (make: () => readonly Recorded[]) => {
  next = 0;
  const entries = make();
  const state = fold(entries);
  const size = anchoredSize(state.anchors);
  const open = openIn(
    entries.filter(({ n }) => n >= size),
    state.acts,
  );
  return { state, window: windowOf(size, open, next + 1), size };
};

test('before any anchor everything is behind, since its first entry', () => {
  const { window } = seen(() => [note(1), note(2)]);
  expect(window).toEqual({ size: 0, behind: 3, since: 1000, urgentSince: null });
});

test('an anchor covers what was before it, and the entry about it asks for no other', () => {
  const { window } = seen(() => [note(1), note(2), made('a', 3, 3)]);
  expect(window).toEqual({ size: 3, behind: 0, since: null, urgentSince: null });
  const later = seen(() => [note(1), made('a', 2, 2), note(3), note(4)]);
  expect(later.window).toEqual({ size: 2, behind: 2, since: 3000, urgentSince: null });
});

test('what cannot be undone is urgent from its intent on, what can be is not', () => {
  expect(seen(() => [intent('reversible', 1)]).window.urgentSince).toBeNull();
  for (const effect of ['irreversible', 'destroys-evidence'])
    expect(seen(() => [note(1), intent(effect, 5), note(6)]).window.urgentSince).toBe(5000);
  // Its outcome too: anchored between the two, it is still open what became of it.
  const after = seen(() => [
    intent('irreversible', 1),
    made('a', 2, 2),
    entry('act.outcome', { intent: 1, result: 'done' }, 9),
  ]);
  expect(after.window).toEqual({ size: 2, behind: 1, since: 9000, urgentSince: 9000 });
});

test('the window is that of the best anchor, and goes back when the best one is found edited', () => {
  const lost = entry.bind(null, 'anchor.lost', { anchor: 'b', type: 'slack', size: 4, found: 'changed' });
  const before = seen(() => [note(1), made('a', 2, 2), note(3), made('b', 4, 4)]);
  expect(before.size).toBe(4);
  const after = seen(() => [note(1), made('a', 2, 2), note(3), made('b', 4, 4), lost(9)]);
  expect(after.size).toBe(2);
  expect(after.window).toMatchObject({ behind: 2, since: 3000 });
  expect(after.state.anchors.alarms).toMatchObject([{ is: 'changed', anchor: 'b', size: 4 }]);
});

test('a copy that nobody read back anchors nothing, and a failure stands until the next success', () => {
  const copied = () =>
    entry('anchor.copied', { anchor: 's', type: 'syslog', size: 2, seals: 2, receipt_sha256: '', at: 0 }, 2);
  const failed = (s: number) =>
    entry('anchor.failed', { anchor: 'a', type: 'folder', size: 2, fault: 'unreachable' }, s);
  expect(seen(() => [note(1), copied()]).window).toMatchObject({ size: 0, behind: 2 });
  const failing = seen(() => [note(1), failed(2), failed(62)]).state.anchors.by.get('a')?.failing;
  expect(failing).toMatchObject({ since: 2000, last: 62_000, fault: 'unreachable' });
  expect(seen(() => [note(1), failed(2), made('a', 2, 3)]).state.anchors.by.get('a')?.failing).toBeNull();
});
