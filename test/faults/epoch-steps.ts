import { systemFiles, type Files } from '../../src/io/files.ts';
import { systemRandom } from '../../src/io/random.ts';
import { openSqlite } from '../../src/io/sqlite.ts';
import { epochKeysIn, type EpochKeys } from '../../src/journal/epoch-keys.ts';

/** The change of a journal's keys, step by step, in a program that dies in one of them. */

/** Between each two of: the next key on the disk, the transaction that names it, the old one overwritten, the next in its place. */
export const CHANGE_STEPS = [
  'before the next key',
  'before the transaction ends',
  'after the transaction',
  'while the old key is overwritten',
  'after all of it',
] as const;
export type ChangeStep = (typeof CHANGE_STEPS)[number];

type How = Readonly<{ folder: string; die: ChangeStep | null; order: 'safe' | 'erase-first' }>;

/** Whether a next key was made and no transaction has ended since; of this program alone. */
let changing = false;

const dieAt = (step: ChangeStep, { die }: How): void => {
  if (die === step) process.kill(process.pid, 'SIGKILL');
};

export const dyingEpochs = (how: How): EpochKeys => {
  const files = systemFiles();
  const slow: Files = {
    ...files,
    supersede(from, to) {
      dieAt('after the transaction', how);
      if (how.die === 'while the old key is overwritten') {
        files.writeAtomic(to, '\0'.repeat(119));
        dieAt('while the old key is overwritten', how);
      }
      files.supersede(from, to);
      dieAt('after all of it', how);
    },
  };
  const epochs = epochKeysIn(how.folder, slow, systemRandom());
  return {
    ...epochs,
    next(log) {
      dieAt('before the next key', how);
      // The order that loses a key: what signs now is gone before an entry names what comes next.
      if (how.order === 'erase-first') epochs.erase(log);
      const signer = epochs.next(log);
      changing = true;
      return signer;
    },
  };
};

export const dyingSqlite =
  (how: How): typeof openSqlite =>
  (path, options) => {
    const db = openSqlite(path, options);
    return {
      ...db,
      write: (work) =>
        db.write(() => {
          const done = work();
          if (changing) dieAt('before the transaction ends', how);
          changing = false;
          return done;
        }),
    };
  };
