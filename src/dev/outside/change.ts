import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../io/sqlite.ts';
import type { Input } from './tools.ts';

/** One change of a bundle and what it touches: whoever reads any of that must refuse the bundle. */
export type Mutation = Readonly<{
  name: string;
  touches: readonly Input[];
  change: (bundle: string) => void;
}>;

export const entryFile = (n: number): string => `entries/${String(n).padStart(6, '0')}.json`;
export const proofFile = (n: number): string => `proofs/${String(n).padStart(6, '0')}.tlog-proof`;

/** Turns one bit over; a negative place counts from the end. */
export const flip =
  (file: string, at: number): Mutation['change'] =>
  (bundle) => {
    const path = join(bundle, file);
    const bytes = readFileSync(path);
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };

/** Rewrites a text; a change that changes nothing is a mistake of the test. */
export const edit =
  (file: string, change: (text: string) => string): Mutation['change'] =>
  (bundle) => {
    const path = join(bundle, file);
    const before = readFileSync(path, 'latin1');
    const after = change(before);
    if (after === before) throw new Error(`${file} was not changed`);
    writeFileSync(path, after, 'latin1');
  };

/** The same of one line: of a checkpoint the first three are signed, and the signature follows an empty one. */
export const withLine = (file: string, at: number, change: (line: string) => string): Mutation['change'] =>
  edit(file, (text) =>
    text
      .split('\n')
      .map((line, i) => (i === at ? change(line) : line))
      .join('\n'),
  );

/** A checkpoint as it was signed when there were so many entries. */
export function checkpointOver(bundle: string, size: number): string {
  const db = openSqlite(join(bundle, 'journal.sqlite'), { mode: 'read' });
  try {
    return String(db.get('SELECT note FROM checkpoint WHERE size = ?', size)?.['note']);
  } finally {
    db.close();
  }
}

export const swap =
  (one: string, other: string): Mutation['change'] =>
  (bundle) => {
    const [a, b] = [readFileSync(join(bundle, one)), readFileSync(join(bundle, other))];
    writeFileSync(join(bundle, one), b);
    writeFileSync(join(bundle, other), a);
  };

export type Change = readonly [name: string, change: Mutation['change']];

export const touching = (touches: readonly Input[], changes: readonly Change[]): readonly Mutation[] =>
  changes.map(([name, change]) => ({ name, touches, change }));

export const remove =
  (file: string): Mutation['change'] =>
  (bundle) => {
    rmSync(join(bundle, file));
  };

/** Turns a bit over in what a line says in base64 from a place on. */
export const inBase64 = (line: string, from: number, byte: number): string => {
  const bytes = Buffer.from(line.slice(from), 'base64');
  bytes[byte] = (bytes[byte] ?? 0) ^ 1;
  return line.slice(0, from) + bytes.toString('base64');
};
