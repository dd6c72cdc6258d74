import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spell } from '../../src/tui/binding.ts';
import { keymap } from '../../src/tui/keys.ts';
import { lineWidth, textOf } from '../../src/tui/parts/line.ts';
import { home, homeRows } from '../../src/tui/screens/home/state.ts';
import { frame } from '../../src/tui/shell/frame.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import { top } from '../../src/tui/shell/model.ts';
import { fakeApp } from '../fakes/app.ts';
import { key, look, opened, seen, size, toStep } from '../rig/keyboard.ts';

const WEBHOOKS = 5;

test('a clock that comes under a threshold alerts once', async () => {
  const { app, store } = opened();
  const alerts: string[] = [];
  store.connect({
    alert: (text) => void alerts.push(text),
    suspend: async () => {},
    repaint: async () => {},
  });
  app.advance(66 * 3_600_000);
  store.tick();
  store.tick();
  await store.idle();
  expect(alerts).toEqual([expect.stringContaining('6 h 00 min left') as string]);
});

test('the first screen comes before the definitions, and keys pressed meanwhile wait for them', async () => {
  let read = (): void => {};
  let there = false;
  const reading = new Promise<void>((resolve) => {
    read = () => {
      there = true;
      resolve();
    };
  });
  const app = fakeApp();
  const known = app.runbooks();
  const late = {
    ...app,
    learn: async () => reading,
    learned: () => there,
    runbooks: () => (there ? known : []),
  };
  const store = openStore(late, { screen: 'home' }, look, size);
  store.connect({ alert: () => {}, suspend: async () => {}, repaint: async () => {} });
  expect(seen(store)).toContain('reading the definitions');
  store.send({ is: 'key', key: key('/') });
  for (const one of known[0]?.id.slice(0, 4) ?? '') store.send({ is: 'key', key: key(one) });
  expect(top(store.model())).toMatchObject({ at: 'home', search: null });
  read();
  const typed = { at: 'home', search: { text: known[0]?.id.slice(0, 4) } };
  await expect.poll(() => top(store.model())).toMatchObject(typed);
  expect(seen(store)).toContain(known[0]?.title);
});

test('a title meant to attack the terminal is shown harmlessly', async () => {
  const { store } = opened({ title: '\u001b[2J\u202Eevil {{constructor}}' });
  expect(seen(store)).toContain('\\u{1b}[2J\\u{202e}evil');
});

test('every id of the key table is there once, and no key means two things on one screen', () => {
  const all = Object.values(keymap).flat();
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const bindings of Object.values(keymap)) {
    const spelt = bindings.flatMap((one) => [...one.keys]);
    expect(new Set(spelt).size).toBe(spelt.length);
  }
  expect(spell(key('ctrl+k'))).toBe('ctrl+k');
});

test('a frame has exactly as many rows as the terminal, at any size', () => {
  const { store } = opened();
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 200 }), fc.integer({ min: 3, max: 70 }), (columns, rows) => {
      const made = frame(store.model(), store.world(), { columns, rows });
      return made.length === rows && made.every((row) => lineWidth(row) <= columns);
    }),
    { numRuns: 60 },
  );
});

test('another process holds the incident: notes are written, and acting takes a typed name first', async () => {
  const { app, press, words, store } = opened({ readOnly: true });
  expect(seen(store)).toContain('READ-ONLY, T takes over');
  await press('enter');
  expect(seen(store)).toContain('Not now: read-only');
  await press('n');
  await words('seen from here');
  await press('enter');
  expect(app.commands).toEqual([{ do: 'note', text: 'seen from here' }]);
  await press('T');
  await words('HERO');
  await press('enter');
  expect(app.opened).toEqual([]);
  await words('N');
  await press('enter');
  expect(app.opened).toEqual([{ id: 'inc-01HERON', takeOver: true }]);
  expect(seen(store)).not.toContain('READ-ONLY');
  expect(seen(store)).toContain('Taken over');
});

test('opened for reading only it says so and how to write, and takes not a word that would be lost', async () => {
  const app = fakeApp({ readOnly: true });
  const start = { screen: 'incident', incident: app.incident() } as const;
  const store = openStore(app, start, look, { columns: 200, rows: 40 }, { readOnly: true });
  const said = (): string => store.lines({ columns: 200, rows: 40 }).map(textOf).join('\n');
  const how = `firebreak resume ${app.incident().view().id}`;
  expect(said()).toContain('[FOR READING ONLY]');
  expect(said()).toContain(how);
  for (const name of ['n', 'D', 'e', 'enter', 'T', 'E', 'r', 's', 'R', 'C']) {
    store.send({ is: 'key', key: key(name) });
    await store.idle();
    expect(top(store.model()).at).toBe('incident');
    expect(said()).toContain('Not now: opened for reading only (--read-only)');
    expect(said()).toContain(how);
    expect(said()).not.toContain('another process');
  }
  // Nor where the key itself is one that works: what it opens would write.
  for (const name of ['c', 's']) {
    store.send({ is: 'key', key: key(name) });
    await store.idle();
  }
  expect(top(store.model()).at).toBe('clocks');
  expect(said()).toContain('Not now: opened for reading only');
  expect(app.commands).toEqual([]);
  expect(app.opened).toEqual([]);
});

test('what can be looked after is on the first screen itself, with its key', async () => {
  const app = fakeApp();
  const store = openStore(app, { screen: 'home' }, look, size);
  store.tick();
  await store.idle();
  const named = seen(store);
  for (const binding of keymap.home)
    if ('command' in binding && binding.id !== 'home:search')
      expect(named, binding.id).toMatch(new RegExp(`^.*\\b${binding.keys[0]}[: ]`, 'm'));
  for (const at of ['doctor', 'audit', 'inventory'] as const) {
    const downs = homeRows(home, store.world()).findIndex((row) => row.is === 'look' && row.at === at);
    store.send({ is: 'key', key: key('g') });
    for (let i = 0; i < downs; i += 1) store.send({ is: 'key', key: key('j') });
    store.send({ is: 'key', key: key('enter') });
    await store.idle();
    expect(top(store.model()).at).toBe(at);
    store.send({ is: 'key', key: key('esc') });
    await store.idle();
  }
});

test('a line feed is Enter, but where it breaks a line of a long text', async () => {
  const { press, words, store } = opened();
  await press('ctrl+j');
  await words('one');
  await press('ctrl+j');
  await words('two');
  expect(seen(store)).toMatch(/one\n +two/);
  await press('esc', 'n');
  await words('a note');
  await press('ctrl+j');
  expect(seen(store)).toContain('Note saved');
});

test('a run is heard though a note is being written over it', async () => {
  const { press, store } = opened();
  await toStep(press, WEBHOOKS);
  await press('x');
  store.send({ is: 'key', key: key('y') });
  store.send({ is: 'key', key: key('n') });
  store.send({ is: 'key', key: key('z') });
  await store.idle();
  expect(seen(store)).toContain('Note (enter saves');
  await press('esc');
  expect(seen(store)).toContain('DONE and PROVED');
});

test('a key pressed while a preview is being asked for confirms nothing, and esc stops waiting for it', async () => {
  const { app, press, store } = opened();
  await toStep(press, WEBHOOKS);
  store.send({ is: 'key', key: key('x') });
  store.send({ is: 'key', key: key('y') });
  store.send({ is: 'key', key: key('enter') });
  await store.idle();
  expect(seen(store)).toContain('Preview: nothing has been sent');
  expect(app.sent).toHaveLength(0);
  await press('esc');
  store.send({ is: 'key', key: key('x') });
  store.send({ is: 'key', key: key('esc') });
  await store.idle();
  expect(seen(store)).not.toContain('Preview');
});

test('nothing is decided by pressing Enter alone', async () => {
  const { app, press, store } = opened();
  await toStep(press, 11);
  await press('enter', 'enter');
  expect(app.commands).toHaveLength(0);
  expect(seen(store)).toContain('choose one with up and down');
  await press('down', 'enter');
  expect(app.commands).toHaveLength(1);
});

test('what goes on stands before declaring, and practice after it', () => {
  const { store } = opened();
  const world = store.world();
  const summary = world.app.incidents()[0];
  if (summary === undefined) throw new Error('one is open');
  const incidents = () => [
    { ...summary, drill: true, codename: 'a-drill' },
    { ...summary, drill: false, codename: 'a-night' },
  ];
  const rows = homeRows(home, { ...world, app: { ...world.app, incidents } });
  expect(rows.slice(0, 4).map((row) => (row.is === 'incident' ? row.incident.codename : row.is))).toEqual([
    'a-night',
    'declare',
    'a-drill',
    'drill',
  ]);
});
