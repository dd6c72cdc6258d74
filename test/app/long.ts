import { openLedger, type IncidentLedger } from '../../src/app/ledger.ts';
import type { Instant } from '../../src/base/instant.ts';
import type { Journal } from '../../src/journal/store.ts';
import type { Fresh } from '../../src/model/event.ts';
import { newJournal } from '../journal/journals.ts';

/** A journal that is longer than what stays in memory, with some of everything that is looked for later. */
export const SIZE = 5200;
const AT = Date.UTC(2026, 2, 1, 9) as Instant;
const anchored = new Set([1400, 4700]);

export const CANARY = 'the canary of conversation 4711';

const eventAt = (n: number): Fresh => {
  if (n % 1000 === 500)
    return { kind: 'export.written', pub: { format: 'md', sha256: String(n).padStart(64, '0'), size: n } };
  if (anchored.has(n))
    return {
      kind: 'anchor.made',
      pub: {
        anchor: 'shelf',
        type: 'folder',
        size: n - 10,
        seals: 1,
        receipt_sha256: '0'.repeat(64),
        at: AT,
      },
    } as Fresh;
  if (n % 10 === 0)
    return {
      kind: 'note.added',
      pub: { at: AT, star: n % 100 === 0, corrects: null, ...(n === 3030 ? { privileged: 'dara' } : {}) },
      priv: { text: { class: 'staff', value: `${CANARY}, ${n}` } },
    };
  return { kind: 'severity.set', pub: { severity: n % 2 === 0 ? 'high' : 'low' } } as Fresh;
};

export const longJournal = async (): Promise<Readonly<{ journal: Journal; ledger: IncidentLedger }>> => {
  const journal = newJournal();
  const ledger = openLedger(journal, 'ana');
  for (let n = journal.size(); n < SIZE; n = journal.size())
    await ledger.append(Array.from({ length: Math.min(500, SIZE - n) }, (_none, i) => eventAt(n + i)));
  return { journal, ledger };
};
