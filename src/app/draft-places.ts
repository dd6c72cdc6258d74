import { join } from 'node:path';
import type { World } from '../engine/world.ts';
import { openText, sealText } from '../journal/beside.ts';
import type { Journal } from '../journal/store.ts';
import { incidentFolder, type Base } from './base.ts';
import { DRAFTS_FILE, draftsAt, noDrafts, type Drafts } from './drafts.ts';
import type { Keyring } from './keyring.ts';

/** Where half-written words lie, and what seals them there. */

/** Sealed like what people write into the journal, and gone with its key. */
export const draftsBeside = (base: Base, world: Pick<World, 'drill'>, id: string, journal: Journal): Drafts =>
  draftsAt({
    path: join(incidentFolder(base.home, id, world.drill), DRAFTS_FILE),
    files: base.files,
    clock: base.clock,
    sealed: {
      ready: () => true,
      seal: (text) => journal.sealBeside('drafts', { class: 'staff', value: text }),
      open: (sealed) => journal.openBeside('drafts', sealed),
    },
  });

/** What is typed before there is an incident. Nobody is asked for a key because of it, and where there is none it is not kept. */
export const draftsOfHome = (base: Base, keyring: () => Keyring): Drafts => {
  if (base.live === null) return noDrafts;
  const about = { log: 'firebreak.invalid/home', name: 'drafts' };
  const key = (id: string): Uint8Array | null => keyring().atHand().get(id) ?? null;
  const now = (): Readonly<{ id: string; key: Uint8Array | null }> => {
    const { id } = keyring().source().now;
    return { id, key: key(id) };
  };
  return draftsAt({
    path: join(base.home, DRAFTS_FILE),
    files: base.files,
    clock: base.clock,
    sealed: {
      ready: () => now().key !== null,
      seal: (text) => {
        const { id, key: held } = now();
        return held === null ? null : sealText({ id, key: held }, about, text, base.random);
      },
      open: (sealed) => openText(key, about, sealed),
    },
  });
};
