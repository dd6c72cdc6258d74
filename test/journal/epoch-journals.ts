import { join } from 'node:path';
import { systemFiles } from '../../src/io/files.ts';
import { openSqlite, type Sqlite } from '../../src/io/sqlite.ts';
import type { Signer } from '../../src/journal/checkpoint.ts';
import { formatCheckpoint, signedNames, signNote, type NoteSigner } from '../../src/journal/checkpoint.ts';
import { epochKeysIn, type EpochKeys } from '../../src/journal/epoch-keys.ts';
import { leafHash, treeRoot } from '../../src/journal/merkle.ts';
import { systemRandom } from '../../src/io/random.ts';
import { newFolder, testKeys } from './journals.ts';
import { treeOf } from './trees.ts';

// Journals whose keys change with time, and what somebody does to them who has taken the keys of the machine.

export const epochFolder = (): string => join(newFolder(), 'epochs');

export const epochsIn = (folder: string): EpochKeys => epochKeysIn(folder, systemFiles(), systemRandom());

/** As the real one, and nothing is destroyed: every key that ever signed is kept here, in order. */
export const keptEpochs = (
  folder = epochFolder(),
): Readonly<{ epochs: EpochKeys; kept: readonly Signer[] }> => {
  const epochs = epochsIn(folder);
  const kept: Signer[] = [];
  return {
    kept,
    epochs: {
      ...epochs,
      next(log) {
        const signer = epochs.next(log);
        kept.push(signer);
        return signer;
      },
    },
  };
};

/** What somebody has who took the keys: a store of their own for what comes, and for what runs this key, whatever the journal names. */
export const stolen = (signer: Signer | null): EpochKeys => {
  const own = epochsIn(epochFolder());
  return { ...own, take: (log, publicKey) => own.take(log, publicKey) ?? signer };
};

/** Changes a copy of a journal as a person with the file would. */
export const withFile = (path: string, change: (db: Sqlite) => void): void => {
  const db = openSqlite(path, { mode: 'write' });
  db.exec('DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_removed');
  change(db);
  db.close();
};

/** Cuts off what is behind so many entries, the tree and the checkpoints with it. */
export const cutTo = (size: number) => (db: Sqlite) => {
  db.exec(`DELETE FROM entry WHERE n >= ${size}; DELETE FROM checkpoint WHERE size > ${size}`);
  db.exec(`DELETE FROM node WHERE (idx + 1) * (1 << level) > ${size}`);
  db.exec(`DELETE FROM blob WHERE id >= ${size} * 512`);
};

/** Writes the checkpoint over a size anew: over what is there now. @param by who signs, by the name in the old note */
export type Resign = (name: string, note: string) => readonly NoteSigner[] | string;

/** Changes an entry and makes everything fit again, as whoever has the signers can: hashes, tree, every checkpoint from there on. */
export const resealed = (n: number, from: string, to: string, resign: Resign) => (db: Sqlite) => {
  let prev = '';
  const leaves = db.all('SELECT leaf FROM entry ORDER BY n').map((row, at) => {
    let text = Buffer.from(row['leaf'] as Uint8Array).toString('utf8');
    if (at === n) text = text.replace(from, to);
    if (at > n) text = text.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`);
    const leaf = Buffer.from(text, 'utf8');
    prev = Buffer.from(leafHash(leaf)).toString('hex');
    if (at >= n) db.run('UPDATE entry SET leaf = ?, hash = ? WHERE n = ?', leaf, leafHash(leaf), at);
    return leaf;
  });
  const { read } = treeOf(leaves);
  for (const row of db.all('SELECT level, idx FROM node')) {
    const [level, index] = [Number(row['level']), Number(row['idx'])];
    db.run('UPDATE node SET hash = ? WHERE level = ? AND idx = ?', read(level, index), level, index);
  }
  for (const row of db.all('SELECT log, size, note FROM checkpoint WHERE size > ? ORDER BY size', n)) {
    const [origin, size, note] = [String(row['log']), Number(row['size']), String(row['note'])];
    const text = formatCheckpoint({ origin, size, root: treeRoot(size, read) });
    let made = `${text}\n`;
    for (const name of signedNames(note)) {
      const line = name === origin ? [{ name, signer: testKeys.signer }] : resign(name, note);
      made += typeof line === 'string' ? line : signNote(text, line).slice(text.length + 1);
    }
    db.run('UPDATE checkpoint SET note = ? WHERE size = ?', made, size);
  }
};
