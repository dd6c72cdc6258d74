import type { Beat } from '../../base/beat.ts';
import type { JsonObject } from '../../base/canonical.ts';
import type { Events } from '../../model/event.ts';
import { NONE, placeOf, proofLetters, resultLetters } from '../../model/item.ts';
import type { ItemSeen, Ledger } from '../ledger.ts';

/** What the rows of a batch say of its items, a letter each, and when the last of them was begun. */
const toldBy = (
  rows: readonly ItemSeen[],
): Readonly<{ results: string; proofs: string; last_begun?: Beat }> => {
  const items = rows.filter(({ kind }) => kind === 'plan').length;
  const results = new Map<number, string>();
  const proofs = new Map<number, string>();
  let begun: Beat | null = null;
  for (const { item, kind, pub } of rows) {
    if (kind === 'intent') {
      results.set(item, resultLetters.unknown);
      begun = beatOf(pub) ?? begun;
    }
    if (kind === 'outcome') results.set(item, letterOf(resultLetters, pub['result']));
    if (kind === 'proof') proofs.set(item, letterOf(proofLetters, pub['proof']));
  }
  const line = (of: ReadonlyMap<number, string>): string =>
    Array.from({ length: items }, (_none, place) => of.get(place) ?? NONE).join('');
  return { results: line(results), proofs: line(proofs), ...(begun === null ? {} : { last_begun: begun }) };
};

/** Writes the last entry of a batch from its rows: what they do not say did not happen as far as anybody knows. */
export const endBatch = async (
  ledger: Ledger,
  batch: number,
  step: string | null,
  ended: Events['batch.outcome']['ended'],
): Promise<void> => {
  await ledger.batches.end('batch.outcome', { batch, step, ...toldBy(ledger.batches.rows(batch)), ended });
};

/** The same for letters that were handed to a mail server: nothing is asked about them afterwards. */
export const endMailing = async (
  ledger: Ledger,
  batch: number,
  ended: Events['mail.outcome']['ended'],
): Promise<void> => {
  const { proofs: _none, ...told } = toldBy(ledger.batches.rows(batch));
  await ledger.batches.end('mail.outcome', { batch, ...told, ended });
};

const beatOf = ({ boot, mono }: JsonObject): Beat | null =>
  typeof boot === 'string' && typeof mono === 'string' ? { boot, mono } : null;

const letterOf = (letters: Readonly<Record<string, string>>, word: unknown): string =>
  typeof word === 'string' && Object.hasOwn(letters, word) ? (letters[word] ?? NONE) : NONE;

/** Batches and mailings that a crash or a full disk cut off: from now on everybody sees which of their items are in doubt, and which are left. */
export const endOpenBatches = async (ledger: Ledger): Promise<readonly number[]> => {
  const state = ledger.state();
  for (const batch of state.openBatches) {
    const step = [...state.acts.values()].find((act) => placeOf(act.intent).entry === batch)?.step ?? null;
    await endBatch(ledger, batch, step, 'cut');
  }
  for (const batch of state.openSendings.keys()) await endMailing(ledger, batch, 'cut');
  return [...state.openBatches, ...state.openSendings.keys()];
};
