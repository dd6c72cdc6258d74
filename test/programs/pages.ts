import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Firebreak, Peer } from '../../src/dev/outside/peer.ts';
import { openBrowser, type Page } from './browser.ts';
import { makeAwkward } from './awkward.ts';

const WIDE = 1280;
const NARROW = 390;

/** Rows that are in sight after these words were typed into the filter. */
const filtered = async (page: Page, words: string): Promise<number> =>
  Number(
    await page.run(`(async () => {
      const field = document.getElementById('words');
      field.value = ${JSON.stringify(words)};
      field.dispatchEvent(new Event('input'));
      await new Promise((resolve) => setTimeout(resolve, 300));
      return [...document.querySelectorAll('#rows > tr')].filter((row) => !row.hidden).length;
    })()`),
  );

/** What is wider than the window, and so is cut or must be pushed aside to be read; a table may scroll in its own box. */
const sticksOut = async (page: Page): Promise<number> =>
  Number(
    await page.run(
      `Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)`,
    ),
  );

/**
 * Whether Chromium, with its scripts on, shows the timeline as one page that asks nobody: the filter finds, nothing sticks out in a wide
 * window or a narrow one, and nothing that people wrote runs. The controls: a page that asks for a picture, and one whose script fails.
 */
export const pagesPeer = async (
  firebreak: Firebreak,
  work: string,
  pictures: string | null,
): Promise<Peer> => {
  const home = join(work, 'pages');
  const run = makeAwkward(firebreak, home);
  const path = join(home, 'timeline.html');
  run('export', '--format', 'timeline-html', '--out', path);
  const html = readFileSync(path, 'utf8');
  const open = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  const asking = join(home, 'asking.html');
  writeFileSync(asking, open.replace('</body>', '<img src="http://127.0.0.1:9/seen.png"></body>'));
  const broken = join(home, 'broken.html');
  writeFileSync(broken, open.replace("'use strict';", "'use strict'; nowhere();"));
  await using browser = await openBrowser();
  const [wide, narrow] = [await browser.open(path, WIDE), await browser.open(path, NARROW)];
  if (pictures !== null) {
    await wide.picture(join(pictures, 'timeline-wide.png'));
    await narrow.picture(join(pictures, 'timeline-narrow.png'));
  }
  const rows = Number(await wide.run(`document.querySelectorAll('#rows > tr').length`));
  const found = await filtered(wide, 'quagga');
  const all = await filtered(wide, '');
  return {
    name: 'browser',
    checks: {
      'Chromium shows every row': rows > 25 && all === rows,
      'its filter finds the one row with a word': found === 1,
      'it asks for nothing beside the page': [...wide.asked(), ...narrow.asked()].length === 0,
      'no script of it fails': [...wide.errors(), ...narrow.errors()].length === 0,
      'nothing that was written runs': (await wide.run('typeof window.owned')) === 'undefined',
      'nothing sticks out of a wide window': (await sticksOut(wide)) === 0,
      'nothing sticks out of a narrow one': (await sticksOut(narrow)) === 0,
    },
    controls: {
      'a page that asks for a picture is noticed': (await browser.open(asking, WIDE)).asked().length > 0,
      'and one whose script fails': (await browser.open(broken, WIDE)).errors().length > 0,
      'and a row that is not there': (await filtered(wide, 'no such word anywhere')) === 0,
    },
  };
};
