import { expect, test } from 'vitest';
import { Problem, type ProblemCode } from '../../src/base/problem.ts';
import { readKeymap } from '../../src/catalog/keymap/load.ts';
import { tree } from '../../src/cli/tree/index.ts';
import type { Binding } from '../../src/tui/binding.ts';
import { keyOf, keyRows, keyTable, keymap } from '../../src/tui/keys.ts';
import { textOf } from '../../src/tui/parts/line.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import { troubleOf } from '../../src/tui/trouble.ts';
import { fakeApp } from '../fakes/app.ts';
import { key, look, size } from '../rig/keyboard.ts';
import { keys, openScreen } from '../rig/screen.ts';

// A person's own keys: one file, checked against the one table that handlers, footer, help and palette are read from.

const read = (text: string) => readKeymap('keymap.yaml', text, keyTable);
const faults = (text: string) =>
  read(text).issues.map(({ line, col, message, hint }) => `${line}:${col} ${message} ${hint ?? ''}`.trim());

test('what is given takes the place of the own key, and enter, esc and ctrl+c stay beside it', () => {
  const { remap, issues } = read(
    'step:run: X\nincident:note: [n, "~"]\nstep:do: 1\napp:back: Z\nrun:hand: [h, ctrl+g]\n',
  );
  expect(issues).toEqual([]);
  expect(Object.fromEntries(remap)).toEqual({
    'step:run': ['X'],
    'incident:note': ['n', '~'],
    'step:do': ['1', 'enter'],
    'app:back': ['Z', 'esc'],
    'run:hand': ['h', 'ctrl+g'],
  });
});

test('two rows may change places', () => {
  expect(faults('step:run: d\nstep:preview: x\n')).toEqual([]);
  expect(faults('step:run: d\n')).toHaveLength(1);
});

test.each([
  ['step:rum: X', 'nothing called `step:rum`', 'did you mean `step:run`?'],
  ['step:run: F5', '`F5` does not arrive', ''],
  ['step:run: alt+x', '`alt+x` does not reach every terminal', ''],
  ['step:run: ctrl+i', '`ctrl+i` arrives as `tab`', ''],
  ['step:run: ctrl+m', '`ctrl+m` arrives as `enter`', ''],
  ['step:run: ctrl+j', '`ctrl+j` arrives as `enter`', ''],
  ['step:run: ctrl+X', 'capitals', 'write `ctrl+x`'],
  ['step:run: shift+x', 'is that capital', 'write `X`'],
  ['step:run: spcae', 'there is no key `spcae`', 'did you mean `space`?'],
  ['step:run: "\u202e"', 'not typed with one key', ''],
  ['step:run: "漢"', 'not typed with one key', ''],
  ['step:run: ctrl+c', '`ctrl+c` always leaves', ''],
  ['step:run: esc', '`esc` always goes one level up', ''],
  ['run:yes: enter', 'never confirms', ''],
  ['app:quit: Q', 'cannot be changed', ''],
  ['step:run: []', 'has no key left', ''],
  ['step:run: {}', 'takes a key or a list', ''],
  ['step:run: s', 'two things on the screen incident: `step:run` and `step:skip`', 'give `step:skip`'],
  ['people:ask: n', 'two things on the screen people: `people:ask` and `incident:note`', ''],
  ['form:next: n', 'needs a key that types nothing', '[n, tab]'],
  ['form:previous: ctrl+w', 'moves or deletes in the text field', ''],
  ['step:run: X\nstep:run: Y', 'stands twice', ''],
  ['step:run: *x', 'aliases', ''],
])('%s is refused with its place and the way out', (text, why, hint) => {
  const { remap, issues } = read(`${text}\nclocks:letter: [l]\n`);
  expect(remap.size).toBe(0);
  const all = issues.map(({ message, hint: way }) => `${message} ${way ?? ''}`).join('\n');
  expect(all).toContain(why);
  expect(all).toContain(hint);
  for (const { line, source } of issues) {
    expect(line).toBeGreaterThan(0);
    expect(source).not.toBe('');
  }
});

test('the table itself would pass: no screen of the program has a key that does two things by mistake', () => {
  const text = keyTable.rows
    .filter(({ id }) => id !== 'app:quit')
    .map(({ id, keys: own }) => `${id}: ${JSON.stringify(own)}`)
    .join('\n');
  expect(faults(text)).toEqual([]);
});

test('ids are there once, or the same key would move two screens', () => {
  const ids = keyTable.rows.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the example of the help is a file that holds', () => {
  const more = tree.find(({ name }) => name === 'keymap')?.more ?? '';
  const example = more
    .split('\n')
    .filter((line) => /^ {2}[a-z-]+:[a-z-]+: /.test(line))
    .map((line) => line.trim())
    .join('\n');
  expect(example).toContain('step:run: X');
  expect(faults(example)).toEqual([]);
});

test('an empty file, and one of remarks alone, is no fault', () => {
  for (const text of ['', '\n\n', '# nothing yet\n  # step:run: X\n']) expect(faults(text)).toEqual([]);
});

test('handlers, footer, help, palette and the words on the screen follow the file', async () => {
  const { remap } = read('step:run: X\nincident:note: "~"\napp:help: "&"\nstep:reopen: O\n');
  const app = fakeApp();
  const mine = { ...look, remap };
  const store = openStore(app, { screen: 'incident', incident: app.incident() }, mine, size);
  const press = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      store.send({ is: 'key', key: key(name) });
      await store.idle();
    }
  };
  const seen = (): string => store.lines(size).map(textOf).join('\n');
  await press('g', 'j', 'j', 'j', 'j');
  expect(seen()).toContain('enter or X: preview, then confirm');
  expect(seen()).toContain('X run');
  expect(seen()).toContain('& keys');
  await press('x');
  expect(store.model().stack).toHaveLength(2);
  await press('X');
  expect(store.model().stack.at(-1)?.at).toBe('run');
  await press('esc', '&');
  expect(seen()).toMatch(/^ {2}X +preview and run the action/m);
  await press('esc', ':', ...Array.from('step:run'));
  expect(seen()).toMatch(/> X +preview and run/);
  await press('esc', 'n');
  expect(store.model().stack).toHaveLength(2);
  await press('~');
  expect(store.model().stack.at(-1)?.at).toBe('form');
});

test('a trouble names the keys of the file: on the screen that could not go on too', async () => {
  const { remap, issues } = read('step:run: X\nstep:take-over: "%"\nincident:note: "~"\nstep:current: "-"\n');
  expect(issues).toEqual([]);
  const next = (code: ProblemCode, mine = true): string =>
    troubleOf(new Problem(code, {}), mine ? { remap } : {}).next.join('; ');
  expect(next('engine-held', false)).toBe('n still writes a note; T takes the incident over');
  expect(next('engine-held')).toBe('~ still writes a note; % takes the incident over');
  expect(next('step-not-ready')).toBe('- goes to the step to take now');
  expect(next('remote-failed')).toBe('esc, then X tries again, which is safe; h shows the way by hand');
  const app = fakeApp();
  const held = {
    ...app.incident(),
    prepare: async () => await Promise.reject(new Problem('engine-held', { owner: 'pid 7' })),
  };
  const store = openStore(app, { screen: 'incident', incident: held }, { ...look, remap }, size);
  for (const name of ['g', 'j', 'j', 'j', 'j', 'X']) {
    store.send({ is: 'key', key: key(name) });
    await store.idle();
  }
  expect(store.lines(size).map(textOf).join('\n')).toContain('~ still writes a note; % takes');
});

test('every row can be given another key, and that key then is the one that is named', () => {
  for (const { id } of keyTable.rows as readonly Binding[]) {
    const remap = new Map([[id, ['%']]]);
    expect(keyRows(remap).filter(({ changed }) => changed)).toHaveLength(1);
    expect(keyOf({ remap }, id as 'step:run')).toBe('%');
  }
  expect(keyOf({}, 'step:run')).toBe(keymap.incident.find(({ id }) => id === 'step:run')?.keys[0]);
});

test('a file with a fault is said on the first screen, and the own keys work', async () => {
  const { issues } = read('step:rum: X\n');
  const app = fakeApp({ keymap: { path: '/home/example/keymap.yaml', found: true, issues } });
  const at = openScreen(app, { start: { screen: 'incident', incident: app.incident() } });
  await at.still();
  expect(at.text().replaceAll(/\s+/g, ' ')).toMatch(
    /keymap.yaml is not used.*Line 1: there is nothing called/,
  );
  await at.type('jjjj', 'x');
  expect(at.text()).toContain('Preview: nothing has been sent');
  await at.type(keys.esc, keys.ctrlC, keys.ctrlC);
  await at.result;
});
