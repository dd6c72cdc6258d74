import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { packageRoot } from '../../rig/app.ts';
import { withChanges, type Changes } from '../../rig/changed-program.ts';

/** The program with one protection off, for the controls: what a walk must find something in. */
export const protections = {
  /** Nothing is made visible any more, anywhere. */
  'the neutraliser': {
    'src/base/text.ts': [["].join('|'),\n  'gv'", "].slice(0, 0).concat('(?!)').join('|'),\n  'gv'"]],
  },
  /** Every letter is taken for one cell, and what is too wide stays so. */
  'the measure': {
    'src/base/cells.ts': [['if (NARROW.test(text))', "if (text !== '')"]],
    'src/tui/shell/fit.ts': [
      ['lineWidth(row) <= width ? [row]', 'lineWidth(row) <= width || row !== null ? [row]'],
    ],
  },
  'the bottom of the frame': {
    'src/tui/shell/frame.ts': [
      ['? lines.slice(0, rows)', '? lines'],
      ['page.lines.slice(from, from + height)', 'page.lines.slice(from)'],
      ['.slice(-room.rows)', ''],
    ],
  },
  'the place under the first line': { 'src/tui/parts/line.ts': [['const UNDER = 2;', 'const UNDER = 0;']] },
} as const satisfies Readonly<Record<string, Changes>>;

/**
 * A module of the tests with all that it imports of the program, without that protection. It stands two folders deep, where
 * the module finds the package and its libraries as usual.
 */
export const without = async <Module>(
  protection: keyof typeof protections,
  file: string,
): Promise<Module> => {
  const folder = mkdtempSync(join(packageRoot, 'node_modules/.without-'));
  try {
    await build({
      absWorkingDir: packageRoot,
      entryPoints: [join(packageRoot, file)],
      outfile: join(folder, 'walk.mjs'),
      bundle: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      target: 'node24',
      jsx: 'automatic',
      plugins: [withChanges(protections[protection])],
      logLevel: 'error',
    });
    return (await import(pathToFileURL(join(folder, 'walk.mjs')).href)) as Module;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
