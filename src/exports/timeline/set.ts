import { assert } from '../../base/assert.ts';
import type { Instant } from '../../base/instant.ts';
import type { Typesetter, Typesetting } from '../../io/typeset.ts';
import { joined } from '../../letters/papers/join.ts';
import { PAGE } from './page.ts';
import type { Sheet } from './sheet.ts';

/**
 * A sheet as PDF/A-2a. The typesetter takes memory and, beyond some hundred rows, time by the square of the rows of a table; so a long one
 * is set in parts of whole pages, which are laid out first to know how many pages there will be.
 */
export function setSheet(typesetter: Typesetter, sheet: Sheet, at: Instant): Uint8Array {
  const parts = partsOf(typesetter, sheet, at);
  const total = parts.reduce((sum, { pages }) => sum + pages, 0);
  let before = 0;
  const files: Uint8Array[] = [];
  for (const part of parts) {
    // A sheet of one part was never laid out before, and counts its own pages.
    const counted = parts.length === 1 ? null : total;
    const { bytes, answers } = typesetter.set(jobOf(sheet, part, at, before, counted));
    const { pages } = seenIn(answers);
    assert(parts.length === 1 || pages === part.pages, 'a part is as long as it was when it was laid out');
    before += pages;
    files.push(bytes);
  }
  return joined(files);
}

/** Rows from `from` on and before `to`, and the pages they fill. */
type Part = Readonly<{ from: number; to: number; pages: number }>;

const ROWS = 120;

function partsOf(typesetter: Typesetter, sheet: Sheet, at: Instant): readonly Part[] {
  const { length } = sheet.rows;
  if (length <= ROWS) return [{ from: 0, to: length, pages: 0 }];
  const parts: Part[] = [];
  for (let from = 0; from < length || parts.length === 0;) {
    const to = Math.min(from + ROWS, length);
    const seen = seenIn(typesetter.ask(jobOf(sheet, { from, to, pages: 0 }, at, 0, 0, true)));
    const part = to === length ? { from, to, pages: seen.pages } : wholePages(from, to, seen);
    parts.push(part);
    from = part.to;
  }
  return parts;
}

type Seen = Readonly<{ pages: number; rows: readonly (readonly [page: number, y: number])[] }>;

function seenIn([answer]: readonly unknown[]): Seen {
  assert(typeof answer === 'object' && answer !== null && 'pages' in answer, 'the page says what it came to');
  return answer as Seen;
}

/** Points; rows that begin a page do so at the same height. */
const SAME = 0.5;

/** The last page is seldom full: its rows begin the next part, unless a row reaches into it. */
function wholePages(from: number, to: number, { pages, rows }: Seen): Part {
  const top = Math.min(...rows.filter(([page]) => page > 1).map(([, y]) => y));
  const first = rows.findIndex(([page, y]) => page === pages && Math.abs(y - top) < SAME);
  return first > 0 ? { from, to: from + first, pages: pages - 1 } : { from, to, pages };
}

const jobOf = (
  sheet: Sheet,
  { from, to }: Part,
  at: Instant,
  before: number,
  total: number | null,
  measured = false,
): Typesetting => {
  const { rows, ...around } = sheet;
  const about = JSON.stringify({
    ...around,
    before,
    total,
    measured,
    opening: from === 0 ? sheet.opening : null,
    closing: to === rows.length ? sheet.closing : null,
  });
  return {
    source: PAGE,
    data: {
      name: 'timeline.json',
      json: `${about.slice(0, -1)},"rows":[${rows.slice(from, to).join(',')}]}`,
    },
    at,
    standard: 'a-2a',
    ask: 'seen',
  };
};
