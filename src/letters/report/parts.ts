import type { Block, Runs } from '../body.ts';

/** The few pieces that a report is written with. */
export const plain = (text: string): Runs => [{ is: 'plain', text }];
export const strong = (text: string): Runs => [{ is: 'strong', text }];
export const mark = (text: string): Runs => [{ is: 'mark', text }];

export const title = (text: string): Block => ({ is: 'heading', level: 1, runs: plain(text) });
export const heading = (text: string): Block => ({ is: 'heading', level: 2, runs: plain(text) });
export const paragraph = (...lines: readonly Runs[]): Block => ({ is: 'paragraph', lines });

/** Something is said where there is nothing to list: an empty chapter looks like a forgotten one. */
export const list = (items: readonly string[], otherwise: string): Block =>
  items.length === 0 ? paragraph(plain(otherwise)) : { is: 'list', items: items.map(plain) };

type Row = Readonly<{ cells: readonly (string | Runs)[]; marked?: boolean }>;

export const table = (head: readonly string[], shares: readonly number[], rows: readonly Row[]): Block => ({
  is: 'table',
  head,
  shares,
  rows: rows.map(({ cells, marked = false }) => ({
    marked,
    cells: cells.map((cell) => (typeof cell === 'string' ? plain(cell) : cell)),
  })),
});
