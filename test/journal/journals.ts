import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Draft } from '../../src/journal/draft.ts';
import { signerFromSeed, type JournalKeys } from '../../src/journal/keys.ts';
import {
  createJournal,
  openJournal,
  type Journal,
  type OpenJournalOptions,
} from '../../src/journal/store.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeRandom } from '../fakes/random.ts';

/** Journals for tests: real files in a new folder, a fake clock, the same keys and bytes in every run. */
export const testKeys: JournalKeys = {
  signer: signerFromSeed(Buffer.alloc(32, 7)),
  kek: Buffer.alloc(32, 9),
};

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'firebreak-test-'));
}

export function newJournal(more: Partial<OpenJournalOptions> = {}): Journal {
  return createJournal({
    path: join(newFolder(), 'journal.sqlite'),
    incident: 'inc-01JTEST0000000000000000000',
    drill: false,
    tool: 'firebreak/0.1.0',
    actor: 'ana',
    clock: fakeClock(),
    random: fakeRandom(),
    keys: testKeys,
    ...more,
  });
}

export function reopen(path: string, more: Partial<OpenJournalOptions> = {}): Journal {
  return openJournal({ path, clock: fakeClock(), random: fakeRandom('again'), keys: testKeys, ...more });
}

export function note(i: number, text?: string): Draft {
  const draft = { kind: 'note', actor: 'ana', pub: { i } };
  return text === undefined ? draft : { ...draft, priv: { text: { class: 'staff', value: text } } };
}
