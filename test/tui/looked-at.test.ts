import { expect, test } from 'vitest';
import type { ClockView } from '../../src/projections/countdowns.ts';
import { clockState, leftWords } from '../../src/tui/parts/clock.ts';
import { textOf } from '../../src/tui/parts/line.ts';
import { exhibits } from '../kitchen/exhibits.ts';
import { modes, type ModeName } from '../kitchen/modes.ts';
import { fakeApp } from '../fakes/app.ts';

/** What was seen to be wrong on pictures of the screens, so that it stays mended. */

const rowsOf = async (name: string, mode: ModeName, state = 'usual'): Promise<readonly string[]> => {
  const exhibit = exhibits.find((one) => one.name === name);
  if (exhibit === undefined) throw new Error(`the kitchen has no ${name}`);
  return (await exhibit.show(state, modes[mode])).lines.map(textOf);
};

const [clock] = fakeApp().incident().view().clocks;
const shown = (about: Partial<ClockView>): ClockView => {
  if (clock === undefined) throw new Error('the incident of the tests has a clock');
  return { ...clock, due: null, leftMs: null, startedBecause: '', ...about };
};

test.each([
  ['at once', 'due'],
  ['immediately, by telephone', 'due'],
  ['without undue delay', 'due'],
  ['no fixed period', 'open'],
  [null, 'open'],
] as const)('a duty that is due "%s" is never in order before it is done', (wording, state) => {
  for (const standing of ['running', 'provisional'] as const)
    expect(clockState(shown({ wording, standing }))).toBe(state);
  for (const standing of ['sent', 'met', 'ruled-out'] as const)
    expect(clockState(shown({ wording, standing }))).toBe('stopped');
  expect(clockState(shown({ wording: null, standing: 'running', leftMs: 72 * 3_600_000 }))).toBe('ok');
});

test('what was sent is called so, whatever the rule says of its time', () => {
  expect(leftWords(shown({ wording: 'at once', standing: 'sent' }))).toBe('SENT, NOT PROVED');
  expect(leftWords(shown({ wording: 'at once', standing: 'running' }))).toBe('at once');
});

test('late is said once, and of what is long late in days', async () => {
  const bar = (await rowsOf('incident', '80x24', 'overdue')).slice(0, 3).join('\n');
  expect(bar).toContain('✗ LATE by 28 h 00 min PROVISIONAL: Notify');
  const clocks = (await rowsOf('clocks', '80x24', 'overdue')).join('\n');
  expect(clocks).toMatch(/LATE +by 28 h 00 min PROVISIONAL Notify/);
  expect(clocks).not.toMatch(/LATE.*(?:LATE|OVERDUE)/);
  expect(leftWords(shown({ standing: 'overdue', leftMs: -292 * 3_600_000 }))).toBe('LATE by 12 d 4 h');
});

test.each(['proved', 'not stopped', 'failed'])('a result names each of its keys once: %s', async (name) => {
  const rows = await rowsOf(name, '80x24');
  expect(
    rows.filter((row) => /ask (?:the systems )?again/.test(row) && /^(?:r |enter)/.test(row)),
  ).toHaveLength(1);
  expect(rows.join('\n')).toContain('enter: go on');
});

test('a choice says how it is made, while it is in focus', async () => {
  for (const name of ['form severity', 'form end-clock', 'form decide', 'form approve', 'form own-message']) {
    const rows = await rowsOf(name, '80x24');
    expect(
      rows.filter((row) => row.endsWith('  up, down: choose')),
      name,
    ).toHaveLength(1);
  }
  const many = (await rowsOf('form scope-count', '80x24')).join('\n');
  expect(many).toContain('all could be  up, down: move\n');
  expect(many).toContain('space tick');
});

test('what is laid over a screen names its own keys and not those beneath', async () => {
  expect((await rowsOf('palette', '80x24')).at(-1)).toBe(
    'enter run it · up, down choose · esc close · ctrl+c leave',
  );
  expect((await rowsOf('help', '80x24')).at(-1)).toBe('pgdn page down · pgup page up · esc close');
});

test('a list that goes on below says so, and never in the place of what is chosen', async () => {
  expect((await rowsOf('home', '80x24', 'many')).join('\n')).toMatch(/^\.\.\. \d+ more lines$/m);
  for (const name of ['clocks', 'people, task', 'timeline, found', 'form close'])
    expect(
      (await rowsOf(name, '60x18', 'many')).some((row) => row.startsWith('> ')),
      name,
    ).toBe(true);
});

test('what can be chosen is in sight, however long the advice above it is', async () => {
  for (const mode of ['80x24', '60x18'] as const) {
    const rows = (await rowsOf('form decide', mode, 'too long')).join('\n');
    expect(rows).toContain('> Decision');
    expect(rows).toContain('    ( ) They said');
  }
});

test('one of them is not many', async () => {
  expect(await rowsOf('timeline', '80x24', 'one')).toContain('1 entry, newest first');
  const refused = (await rowsOf('form letters-again', '80x24', 'error')).join('\n');
  expect(refused).toContain('1 letter: for good; these people need another way');
});

test('what is wrong with a field is said once', async () => {
  const rows = await rowsOf('form take-over', '80x24', 'error');
  expect(rows.filter((row) => row.includes('not the codename'))).toEqual(['    ! not the codename']);
});

test('a drill is called one once, and its way out is no part of its name', async () => {
  const home = (await rowsOf('home', '80x24', 'drill')).join('\n');
  expect(home).toContain('  DRILL-HERON: ');
  expect(home).not.toContain('DRILL DRILL');
  expect((await rowsOf('incident', '80x24', 'drill'))[0]).toContain('REAL EVENT · DRILL-HERON');
});

test('at 60 columns no key of the facilitator is cut', async () => {
  const rows = await rowsOf('facilitate, messages', '60x18');
  expect(rows.filter((row) => row.includes(' · ')).join('\n')).not.toContain('…');
});

test('who listens hears words: no glyph, no bar, no table in columns, and of a starred entry that it is', async () => {
  const incident = await rowsOf('incident', 'screen-reader');
  expect(incident).toContain('NOW Write down what was reported');
  expect(incident[0]).toMatch(/^HERON, high, 0\/20 done, /);
  expect((await rowsOf('clocks', 'screen-reader')).join('\n')).toMatch(/^ +DUE NOW without undue delay/m);
  expect(await rowsOf('scope', 'screen-reader')).toContain(
    'country DE: at least 700, likely 740, at most 40,752',
  );
  const timeline = (await rowsOf('timeline', 'screen-reader')).join('\n');
  expect(timeline).toContain('entry 0, starred, 11-20 01:14: Incident opened');
  expect(timeline).not.toContain('...');
  // The same rows for who sees them: glyph and bar are there.
  expect(await rowsOf('incident', 'monochrome')).toContain('[>] NOW Write down what was reported');
});

test('of a choice it is said what is chosen, where nobody sees the button', async () => {
  const heard = await rowsOf('form severity', 'screen-reader');
  expect(heard.filter((row) => /chosen: /.test(row))).toEqual([expect.stringContaining('chosen: high')]);
  expect(heard.join('\n')).not.toContain('( )');
  expect((await rowsOf('form scope-count', 'screen-reader')).join('\n')).toContain('not ticked: WhatsApp');
  expect((await rowsOf('form severity', 'monochrome')).join('\n')).toContain('(o) high');
});

test('a banner is set off without its colours', async () => {
  const [without = ''] = await rowsOf('page, story', 'monochrome');
  expect(without).toContain('[DRILL]');
  const [first = ''] = await rowsOf('incident', 'monochrome', 'read-only');
  expect(first).toContain('[READ-ONLY, T takes over]');
  const [colour = ''] = await rowsOf('page, story', '80x24');
  expect(colour).toContain(' DRILL ');
  expect(colour).not.toContain('[');
});

test.each(['mailing, running', 'merge, running', 'scope-import, running'])(
  'while something goes on esc is said to stop it: %s',
  async (name) => {
    expect((await rowsOf(name, '80x24')).at(-1)).toContain('esc stop');
    expect((await rowsOf(name.replace(', running', ''), '80x24')).at(-1)).toContain('esc back');
  },
);

test('with three panes it is still said which role nobody has', async () => {
  expect((await rowsOf('incident', '120x40')).join('\n')).toContain('NOBODY:');
});

test('a step asks for nothing that cannot be done here', async () => {
  const rows = await rowsOf('incident, action', '80x24', 'read-only');
  expect(rows.join('\n')).toContain('> read-only here; T takes the incident over');
  expect(rows.join('\n')).not.toContain('preview, then confirm');
  expect((await rowsOf('incident, action', '80x24')).join('\n')).toContain('preview, then confirm');
});

test('closing names the steps that are open row by row, and leaves room for its fields', async () => {
  const rows = await rowsOf('form close', '80x24');
  expect(rows).toContain('20 steps are open:');
  expect(rows.some((row) => /^ {2}TODO +Revoke the leaked token/.test(row))).toBe(true);
  expect(rows).toContain('  and 15 more, in the list of steps');
  expect(rows.join('\n')).toContain('Type the codename to close: HERON');
});

test('a doctor that checked nothing does not say that all is well', async () => {
  const words = (await rowsOf('doctor', '80x24', 'empty')).join('\n');
  expect(words).toContain('Nothing was checked');
  expect(words).not.toContain('Nothing found');
});

test('where no clock counts, what was sent and is not proved is still said', async () => {
  const rows = await rowsOf('clocks, sent', '80x24');
  expect(rows.slice(0, 3).join('\n')).toContain('No legal clock is running; 2 notices are SENT, NOT PROVED');
});

test('from who was handed the incident away nothing is asked that happens there now', async () => {
  const rows = (await rowsOf('people, handed to another laptop', '80x24')).join('\n');
  expect(rows).toContain('The other laptop has the incident now');
  expect(rows).not.toMatch(/asks one person|ask somebody|hand over \/ yes/);
});

test('a long key and what it does stay two words', async () => {
  expect((await rowsOf('palette, all', 'screen-reader')).join('\n')).toMatch(/pgdn ctrl\+d scroll/);
});
