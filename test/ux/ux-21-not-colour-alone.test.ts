import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../rig/app.ts';
import { onTerminal } from './terminal.ts';

// UX-21: every state has a word; without colour not one style sequence is written.

// oxlint-disable-next-line no-control-regex -- the sequences are what is looked for
const STYLE = /\u001B\[[\d;]*m/;
const ways: Readonly<Record<string, Readonly<{ args: string; env: Readonly<Record<string, string>> }>>> = {
  NO_COLOR: { args: '', env: { NO_COLOR: '1' } },
  '--no-color': { args: '--no-color', env: {} },
  'TERM=dumb': { args: '', env: { TERM: 'dumb' } },
};

const bytesOf = async (args: string, env: Readonly<Record<string, string>>): Promise<string> => {
  const { pty, home, command } = onTerminal({}, env);
  try {
    await pty.until('READY$');
    const from = (await pty.bytes()).length;
    await pty.type(`${command(args)}; echo code=$?.\r`);
    if (env['TERM'] !== 'dumb') {
      await pty.until('Declare', from);
      await pty.type('\u0003\u0003');
    }
    return await pty.until(/code=\d+\./, from);
  } finally {
    await pty[Symbol.asyncDispose]();
    rmSync(home, { recursive: true, force: true });
  }
};

test.each(Object.entries(ways))('%s writes none', { timeout: 60_000 }, async (_name, { args, env }) => {
  expect(await bytesOf(args, env)).not.toMatch(STYLE);
});

test('with colour there are some: the pattern finds them', { timeout: 60_000 }, async () => {
  expect(await bytesOf('', {})).toMatch(STYLE);
});

test('the screens in ASCII say the same as those with signs', () => {
  const folder = join(packageRoot, 'test/golden/screens');
  const all = new Set(readdirSync(folder));
  const plain = [...all].filter(
    (name) => name.endsWith('-80x24-ascii.txt') && all.has(name.replace('-ascii', '')),
  );
  expect(plain.length).toBeGreaterThan(8);
  // A mark of a cut is one cell in both, and the words in front of it end elsewhere.
  const rowsOf = (name: string): readonly string[] => readFileSync(join(folder, name), 'utf8').split('\n');
  const isCut = (row: string): boolean => /[~…]/.test(row);
  for (const name of plain) {
    const [ascii, signs] = [rowsOf(name), rowsOf(name.replace('-ascii', ''))];
    for (const [i, row] of ascii.entries()) {
      const other = signs[i] ?? '';
      if (isCut(row) || isCut(other)) continue;
      expect(row.match(/[A-Za-z]{2,}/g)).toEqual(other.match(/[A-Za-z]{2,}/g));
    }
  }
});
