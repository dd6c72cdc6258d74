import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { World } from '../engine/world.ts';
import type { Clock } from '../io/clock.ts';
import type { Files } from '../io/files.ts';
import type { Keychain } from '../io/keychain.ts';
import type { Typesetter } from '../io/typeset.ts';
import type { Random } from '../io/random.ts';
import type { Connectors } from './definitions.ts';
import type { Keyring } from './keyring.ts';
import type { LedgerHooks } from './ledger.ts';

/** The real parts, put together by `wire.ts` and handed to the app; tests hand in others. */
export type Base = Readonly<{
  packageRoot: string;
  home: string;
  workspace: string | null;
  /** The handle that stands in the public part of the journal. */
  actor: string;
  /** Zone asked for by the person; null takes the company's. */
  zone: string | null;
  /** Zone of this machine, for a team that has written no other down. None: UTC. */
  machineZone?: () => string;
  files: Files;
  clock: Clock;
  random: Random;
  connectors: Connectors;
  /** Reads, checks and freezes the definitions, once; `again` after one of them was changed. */
  readCatalog: (workspace: string | null, again?: boolean) => Promise<Catalog>;
  /** The live outside. Null where only drills are wanted: then no live part exists at all. */
  live: World | null;
  /** Keys of live incidents. None: the key file alone, and nobody is asked. */
  keyring?: Keyring;
  /** Where the newest checkpoints seen are kept beside the data folder; none: in the folder alone. */
  keychain?: Keychain;
  /** Makes what sets pages, when a PDF is wanted. None: no PDF can be made. @throws Problem `not-installed` */
  typesetter?: () => Typesetter;
  /** Where the letters of drills go: a mail server on this machine that forwards nothing. None: a mailbox of the drill's own. */
  drillMail?: string;
  /** The person's own keys. None: the program's keys alone. */
  keymapFile?: string;
  /** Names the code that folds journals, where it is known: without it no snapshot is kept. */
  fold?: string;
  /** Tests let the tool die at a chosen entry. */
  hooks?: LedgerHooks;
  tool: string;
}>;

export const paths = (home: string) =>
  ({
    incidents: join(home, 'incidents'),
    drills: join(home, 'drills'),
    keys: join(home, 'keys'),
    exports: join(home, 'exports'),
    marks: join(home, 'marks'),
    ballast: join(home, 'ballast'),
    actor: join(home, 'actor'),
    packSigners: join(home, 'pack_signers'),
  }) as const;

/** An id as the program makes them; anything else could name a folder elsewhere. */
export const isIncidentId = (id: string): boolean => /^[A-Za-z0-9_-]{1,80}$/.test(id);

/** @throws Problem `not-found` for what cannot be an id */
export const incidentFolder = (home: string, id: string, drill: boolean): string => {
  if (!isIncidentId(id)) throw new Problem('not-found', { what: 'incident', id });
  return join(drill ? paths(home).drills : paths(home).incidents, id);
};
export const journalPath = (folder: string): string => join(folder, 'journal.sqlite');
