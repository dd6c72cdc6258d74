import { StorageError } from '../io/storage.ts';
import { fileBallast } from '../journal/ballast.ts';
import type { Ballast } from '../journal/ballast.ts';
import type { Base } from './base.ts';
import { paths } from './base.ts';

/** Space kept back in the data folder: given up when the disk is full, so that what happened can still be read and written. */
export const ballastOf = (base: Base): Ballast =>
  fileBallast(paths(base.home).ballast, base.files, base.random);

/** Even opening a journal takes a little room. On a full disk the ballast is given up and it is tried once more. */
export const withRoom = <T>(base: Base, open: () => T): T => {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== 'full') throw error;
    ballastOf(base).drop();
    return open();
  }
};
