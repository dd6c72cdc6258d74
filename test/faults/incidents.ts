import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/app/ledger.ts';
import { systemClock } from '../../src/io/clock.ts';
import type { RetryClass } from '../../src/model/action.ts';
import { createHere } from './acks.ts';
import { newFolderInMemory, type Rig } from './rig.ts';
import { opening } from './system.ts';

/** A new incident of one step, with its plan adopted. Its files are in memory: no kill takes from them what was written. */
export type Incidents = (
  retry: RetryClass,
  targets: readonly string[],
) => Promise<Readonly<{ folder: string; path: string }>>;

/** Each kind is written once and copied from then on. */
export const incidentsFor = (rig: Rig): Incidents => {
  const written = new Map<string, Promise<string>>();
  const write = async (retry: RetryClass, targets: readonly string[]): Promise<string> => {
    const path = join(newFolderInMemory(rig, 'incident'), 'journal.sqlite');
    const journal = createHere(path);
    await openLedger(journal, 'ana').append(opening(retry, systemClock().now(), targets));
    journal.close();
    return path;
  };
  return async (retry, targets) => {
    const kind = `${retry} ${targets.join(' ')}`;
    const original = written.get(kind) ?? write(retry, targets);
    written.set(kind, original);
    const folder = newFolderInMemory(rig, 'run');
    const path = join(folder, 'journal.sqlite');
    copyFileSync(await original, path);
    return { folder, path };
  };
};
