import type { Definitions, World } from '../engine/world.ts';
import type { Alarm } from '../incident/anchored.ts';
import type { Files } from '../io/files.ts';
import type { Typesetter } from '../io/typeset.ts';
import type { Journal } from '../journal/store.ts';
import type { Bindings } from '../plan/compile.ts';
import type { Connectors, Frozen } from './definitions.ts';
import type { Retention } from '../model/retention.ts';
import type { Drafts } from './drafts.ts';
import type { IncidentLedger } from './ledger.ts';
import type { Marks } from './marks.ts';

/** What one open incident is made of; the pieces of the app hand it on. */
export type IncidentParts = Readonly<{
  id: string;
  actor: string;
  /** The zone times are shown in; the incident's own zone counts the days. */
  zone: string;
  journal: Journal;
  ledger: IncidentLedger;
  frozen: Frozen;
  bindings: () => Promise<Bindings>;
  connectors: Connectors;
  world: World;
  files: Files;
  /** Where exports go when no place is named. */
  exportsFolder: string;
  /** @throws Problem `not-installed` */
  typesetter: () => Typesetter;
  /** The policies of keeping: the one that was frozen, and the one of the workspace today. */
  policies: () => Promise<readonly Retention[]>;
  /** The definitions of the workspace today, which may name other receivers; null where there is none. */
  today: () => Promise<Definitions | null>;
  /** Wraps the data keys; null while it is not at hand. */
  kek: Uint8Array | null;
  /** The public key that signs here. */
  device: Uint8Array;
  /** Name and version of the program. */
  tool: string;
  readOnly: boolean;
  drafts: Drafts;
  marks: Marks;
  /** What contradicts this journal and could not be written into it, because another process holds it. */
  unrecorded: readonly Alarm[];
  /** Attempts without an outcome when it was opened: what was in flight when the tool died. */
  inFlight: readonly string[];
  /** Names a secret in public; keyed, so that only a holder of the data key can check a guess against it. */
  fingerprint: (secret: string) => string;
  /** Names this process in the lease. */
  owner: string;
}>;
