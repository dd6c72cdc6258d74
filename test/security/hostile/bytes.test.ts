import xterm from '@xterm/headless';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { App, OpenIncident } from '../../../src/app/contract.ts';
import { fakeApp } from '../../fakes/app.ts';
import { keys, openScreen } from '../../rig/screen.ts';
import { actsIn } from './acts.ts';
import { poisoner } from './poison.ts';
import { poisons } from './poisons.ts';

// What the renderer really writes, on a terminal that draws every code point for itself.

/** Where the renderer puts the cursor, what it erases, and the modes it sets for the screen, the cursor and pasting. */
// oxlint-disable-next-line no-control-regex -- control sequences are what is taken out
const OWN = /\u001b\[(?:\d*(?:;\d+)?[A-HJK]|\?(?:25|1049|2004|2026)[hl]|[<>=]?\d*u)|\r?\n|\r/g;

/** Cells of a sign; what has none joins the sign before it, in the two lowest bits as the emulator wants them. */
const cells = (code: number): 0 | 1 | 2 => Math.min(2, stringWidth(String.fromCodePoint(code))) as 0 | 1 | 2;
const properties = (code: number, before: number): number => {
  const own = cells(code);
  const joins = own === 0 && ((before >> 1) & 3) > 0;
  return joins ? (((before >> 1) & 3) << 1) | 1 : own << 1;
};

const rowsOf = async (bytes: string, size: Readonly<{ columns: number; rows: number }>) => {
  const terminal = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
  terminal.unicode.register({ version: 'each for itself', wcwidth: cells, charProperties: properties });
  terminal.unicode.activeVersion = 'each for itself';
  await new Promise<void>((done) => {
    terminal.write(bytes.replaceAll(/\r?\n/g, '\r\n'), done);
  });
  const buffer = terminal.buffer.active;
  return Array.from({ length: size.rows }, (_, i) => buffer.getLine(buffer.viewportY + i));
};

test.each(Object.entries(poisons))(
  '%s leaves the renderer as words alone, and no row runs over',
  { timeout: 60_000 },
  async (_, text) => {
    const app = fakeApp();
    const { poison } = poisoner(() => text);
    const size = { columns: 60, rows: 18 };
    const incident = poison<OpenIncident>(app.incident());
    const screen = openScreen(poison<App>(app), {
      ...size,
      ascii: false,
      start: { screen: 'incident', incident },
    });
    await screen.type('c', keys.esc, 't', keys.enter, keys.esc, keys.esc, 'P');
    const shown = screen.bytes();
    expect(actsIn(shown.replaceAll(OWN, ''))).toEqual([]);
    const rows = await rowsOf(shown, size);
    expect(rows.filter((row) => row?.isWrapped === true).map((row) => row?.translateToString())).toEqual([]);
    expect(rows.at(-1)?.translateToString()).toContain('esc back');
    await screen.type(keys.ctrlC, keys.ctrlC);
    await screen.result;
  },
);

test('a row that is counted too short runs over on that terminal, and a sequence of somebody else is no own one', async () => {
  const rows = await rowsOf(`${'👩‍💻'.repeat(30)}\r\n`, { columns: 60, rows: 18 });
  expect(rows.filter((row) => row?.isWrapped === true)).toHaveLength(1);
  expect(actsIn(`${poisons.escapes}${poisons.controls}`.replaceAll(OWN, ''))).not.toEqual([]);
});
