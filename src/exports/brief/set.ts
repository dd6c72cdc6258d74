import type { Typesetter, Typesetting } from '../../io/typeset.ts';
import { universal } from '../../letters/papers/universal.ts';
import type { ExportInput } from '../export.ts';
import { PAGE } from './page.ts';
import { briefSheet, type Budget } from './sheet.ts';

/**
 * The brief as one page, PDF/A-2a: first in smaller letters, then with less of each list and shorter texts, until it fits. What it had to
 * leave out stands on it.
 */
export function setBrief(typesetter: Typesetter, input: ExportInput): Uint8Array {
  const jobs = BUDGETS.map((budget) => () => jobOf(input, budget));
  const fits = jobs.find((job) => Number(typesetter.ask(job())[0]) === 1);
  return universal(typesetter.set((fits ?? jobs.at(-1) ?? (() => jobOf(input, LEAST)))()).bytes);
}

const LEAST: Budget = { size: 7, items: 1, others: 1, chars: 60 };
const WHOLE = { items: Infinity, others: Infinity, chars: Infinity };
/** Clocks of others are for information, so they give way before our own duties do. */
const BUDGETS: readonly Budget[] = [
  { size: 9.5, ...WHOLE },
  { size: 8.7, ...WHOLE },
  { size: 8, ...WHOLE },
  { size: 8, items: 12, others: 3, chars: 600 },
  { size: 8, items: 9, others: 3, chars: 400 },
  { size: 7.8, items: 8, others: 2, chars: 300 },
  { size: 7.6, items: 7, others: 2, chars: 240 },
  { size: 7.6, items: 6, others: 2, chars: 240 },
  { size: 7.4, items: 5, others: 1, chars: 180 },
  { size: 7.4, items: 4, others: 1, chars: 180 },
  { size: 7.2, items: 3, others: 1, chars: 120 },
  { size: 7, items: 2, others: 1, chars: 80 },
  LEAST,
];

const jobOf = (input: ExportInput, budget: Budget): Typesetting => ({
  source: PAGE,
  data: { name: 'brief.json', json: JSON.stringify(briefSheet(input, budget)) },
  at: input.now,
  standard: 'a-2a',
  ask: 'pages',
});
