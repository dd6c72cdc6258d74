import { systemClock } from '../../src/io/clock.ts';
import { systemRandom } from '../../src/io/random.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { encodeEntry } from '../../src/journal/entry.ts';
import { leafHash } from '../../src/journal/merkle.ts';
import { createJournal, openJournal, type Journal } from '../../src/journal/store.ts';
import { keys } from './keys.ts';

/** What a program was told as durable, and whether it is there. */

export type Acks = Readonly<{ hashes: Map<number, string>; notes: string[] }>;

export const noAcks = (): Acks => ({ hashes: new Map(), notes: [] });

/** Reads `ack N HASH [CHECKPOINT]` lines. */
export const hear = (lines: readonly string[], into: Acks): void => {
  for (const line of lines) {
    const [word, n, hash, note] = line.split(' ');
    if (word !== 'ack') continue;
    into.hashes.set(Number(n), hash ?? '');
    if (note !== undefined) into.notes.push(Buffer.from(note, 'base64').toString('utf8'));
  }
};

const parts = () => ({ clock: systemClock(), random: systemRandom(), keys });

const openHere = (path: string, more: Readonly<{ readOnly?: boolean }> = {}): Journal =>
  openJournal({ path, ...parts(), ...more });

export const createHere = (path: string): Journal =>
  createJournal({
    path,
    incident: 'inc-01JFAULTS00000000000000000',
    drill: false,
    tool: 'firebreak/faults',
    actor: 'ana',
    ...parts(),
  });

export const hashesIn = (path: string, readOnly = true): readonly string[] => {
  const journal = openHere(path, { readOnly });
  try {
    return [...journal.entries()].map((one) => Buffer.from(leafHash(encodeEntry(one))).toString('hex'));
  } finally {
    journal.close();
  }
};

/** An entry that was acknowledged before it had a hash counts as there when any entry has its number. */
export const lostOf = (hashes: readonly string[], acks: Acks): number =>
  [...acks.hashes].filter(([n, hash]) => (hash === 'early' ? hashes[n] === undefined : hashes[n] !== hash))
    .length;

export type Standing = Readonly<{ lost: number; findings: readonly string[] }>;

/** How many acknowledged entries are not there as they were acknowledged, and whether the journal is whole. */
export const standingOf = (path: string, acks: Acks): Standing => ({
  lost: lostOf(hashesIn(path), acks),
  findings: verifyJournal(path, { known: acks.notes.slice(-1) }).findings.map(({ says }) => says),
});
