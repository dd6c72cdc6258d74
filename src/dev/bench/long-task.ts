import { existsSync } from 'node:fs';
import { timelineContext, timelineRow } from '../../projections/timeline.ts';
import { toRecorded } from '../../incident/recorded.ts';
import { unopened } from '../../incident/state.ts';
import { openLedger } from '../../app/ledger.ts';
import { verifyJournal } from '../../journal/check.ts';
import { openJournal, type Journal } from '../../journal/store.ts';
import { world } from './journals.ts';
import { timed } from './rounds.ts';

// One task on a journal, in a process of its own: `node long-task.ts TASK PATH ENTRIES` prints what it took.

const [task = '', path = '', entries = ''] = process.argv.slice(2);
const PAGE = 50;

const must = (is: boolean, what: string): void => {
  if (!is) throw new Error(`${task}: ${what}`);
};

function withJournal<T>(work: (journal: Journal) => T): T {
  const journal = openJournal({ ...world, path, readOnly: true });
  try {
    return work(journal);
  } finally {
    journal.close();
  }
}

/** As a person scrolls to the middle of a long night: rows with their sentences, sealed text opened. */
function page(journal: Journal): void {
  const context = timelineContext(unopened, [], 'UTC', () => null);
  const rows: string[] = [];
  for (const entry of journal.entries(Math.floor(journal.size() / 2))) {
    const recorded = toRecorded(entry, () => entry.prev);
    if (recorded !== null) rows.push(timelineRow(recorded, (ref) => journal.reveal(ref), context).what);
    if (rows.length === PAGE) break;
  }
  must(rows.length === PAGE && rows.every((row) => row !== ''), 'the page is not full');
}

/** What each takes, in milliseconds. A page is turned in a journal that is open. */
const tasks: Readonly<Record<string, () => number>> = {
  verify: () =>
    timed(() => {
      const { ok, size, findings } = verifyJournal(path);
      must(ok && size === Number(entries), findings[0]?.says ?? `${size} entries were found`);
    }),
  open: () =>
    timed(() => withJournal((journal) => must(journal.size() === Number(entries), 'entries are missing'))),
  page: () => withJournal((journal) => timed(() => page(journal))),
  fold: () =>
    timed(() =>
      withJournal((journal) =>
        must(openLedger(journal, 'ana').size() === journal.size(), 'not all were folded'),
      ),
    ),
};

const work = tasks[task];
if (work === undefined || !existsSync(path)) throw new Error(`there is no task "${task}" or no ${path}`);
const ms = work();
console.log(JSON.stringify({ ms, rssMiB: process.resourceUsage().maxRSS / 1024 }));
