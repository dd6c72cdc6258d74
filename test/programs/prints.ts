import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Firebreak, Peer } from '../../src/dev/outside/peer.ts';
import { LONG_WORD, makeAwkward } from './awkward.ts';

const said = (command: string, ...args: readonly string[]): string =>
  spawnSync(command, args, { encoding: 'utf8' }).stdout;
const sound = (path: string): boolean => spawnSync('qpdf', ['--check', path]).status === 0;
/** A long word is broken at the end of a line, and nothing may stand there that a copy would hold. */
const unbroken = (text: string): string => text.replaceAll(/\s+/g, '');
const pages = (path: string): readonly string[] =>
  said('pdftotext', '-layout', path, '-').split('\f').slice(0, -1);

/** The part and the level of PDF/A that a file claims, as its metadata say it. */
const claims = (path: string): string =>
  /<pdfaid:part>(\d)<\/pdfaid:part>[^]*?<pdfaid:conformance>(\w)</
    .exec(said('pdfinfo', '-meta', path))
    ?.slice(1)
    .join('') ?? '';

/** Whether what stands outside the page is cut: poppler's boxes of words, against the page they are on. */
const cut = (path: string): number => {
  const boxes = said('pdftotext', '-bbox', path, '-');
  let [wide, high, out] = [0, 0, 0];
  for (const [, kind, attributes = ''] of boxes.matchAll(/<(page|word) ([^>]*)>/g)) {
    const of = (name: string): number =>
      Number(new RegExp(`${name}="([-\\d.]+)"`).exec(attributes)?.[1] ?? Number.NaN);
    if (kind === 'page') [wide, high] = [of('width'), of('height')];
    else if (of('xMin') < 0 || of('yMin') < 0 || of('xMax') > wide || of('yMax') > high) out += 1;
  }
  return out;
};

/**
 * Whether readers of PDF find brief and timeline whole, of words that are hard to set: sound, in PDF/A, every font inside, nothing outside
 * the page, in the order of the journal. The controls: half a file, and one that claims nothing.
 */
export const printsPeer = (firebreak: Firebreak, work: string, pictures: string | null): Peer => {
  const home = join(work, 'prints');
  const run = makeAwkward(firebreak, home);
  const written = (format: string): string => {
    const path = join(home, `${format}.pdf`);
    run('export', '--format', format, '--out', path);
    if (pictures !== null) said('pdftoppm', '-png', '-r', '70', path, join(pictures, format));
    return path;
  };
  const [brief, timeline] = [written('brief'), written('timeline')];
  const both = [brief, timeline];
  const half = join(home, 'half.pdf');
  const bytes = readFileSync(timeline);
  writeFileSync(half, bytes.subarray(0, Math.floor(bytes.length / 2)));
  const nameless = join(home, 'nameless.pdf');
  writeFileSync(
    nameless,
    Buffer.from(bytes.toString('latin1').replaceAll('pdfaid:part', 'pdfaid:pert'), 'latin1'),
  );
  const text = pages(timeline).join('\n');
  const order = ['Incident opened', 'Row 0 of many', 'Row 4 of many', 'Row 7 of many'].map((words) =>
    text.indexOf(words),
  );
  const fonts = both.flatMap((path) => said('pdffonts', path).trim().split('\n').slice(2));
  return {
    name: 'prints',
    checks: {
      'qpdf finds brief and timeline sound': both.every(sound),
      'both say that they are PDF/A-2a': both.every((path) => claims(path) === '2A'),
      'every font is inside': fonts.length > 0 && fonts.every((row) => /\byes +yes +yes\b/.test(row)),
      'the brief is one page whatever its title': pages(brief).length === 1,
      'nothing stands outside a page': both.every((path) => cut(path) === 0),
      'the timeline reads in the order of the journal': order.every(
        (at, i) => at >= 0 && (i === 0 || at > (order[i - 1] ?? 0)),
      ),
      'a word without an end is whole': unbroken(text).includes(LONG_WORD.slice(0, 200)),
      'every page says which of how many it is': pages(timeline).every((page, i, all) =>
        new RegExp(`${i + 1} of ${all.length}`).test(page),
      ),
    },
    controls: {
      'qpdf refuses half of it': !sound(half),
      'a file that claims no PDF/A is noticed': claims(nameless) === '',
    },
  };
};
