import { nextTurn } from '../../../io/clock.ts';
import type { IncidentLedger } from '../../../app/ledger.ts';
import type { ItemFresh, Ledger } from '../../../engine/ledger.ts';

/** The same ledger, but what is written of a batch's items goes nowhere: what the engine takes without a journal of them. */
export const forgetful = (ledger: IncidentLedger): Ledger => {
  const rows: ItemFresh[] = [];
  return {
    ...ledger,
    batches: {
      begin: async (kind, pub, items) => {
        rows.push(...items);
        return await ledger.batches.begin(kind, pub, items);
      },
      write: async (_batch, more) => {
        await nextTurn();
        rows.push(...more);
      },
      rows: () => rows,
      end: (kind, pub) => ledger.batches.end(kind, pub),
    },
  };
};
