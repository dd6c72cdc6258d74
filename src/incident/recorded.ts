import type { Stamp } from '../base/beat.ts';
import type { JsonObject } from '../base/canonical.ts';
import { parseInstant } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { isEventKind } from '../model/private-fields.ts';
import type { Recorded } from '../model/event.ts';

/** What the fold needs of an entry of the journal; the journal's own type satisfies it. */
export type Line = Readonly<{
  n: number;
  actor: string;
  kind: string;
  at: Stamp;
  pub: JsonObject;
  priv: readonly Readonly<{ name: string }>[];
}>;

/**
 * Reads one entry as an event. Null for the journal's own book-keeping (`log.open`, `disk.full`, `key.shred`) and for kinds
 * that a newer version wrote. The shape of `pub` is held by the types on the writing side and by the hash ever after. A
 * fold needs no hash, so it is computed when somebody first looks at it.
 */
export const toRecorded = (line: Line, hash: () => string): Recorded | null => {
  if (!isEventKind(line.kind)) return null;
  let hashed: string | null = null;
  return {
    kind: line.kind,
    n: line.n,
    actor: line.actor,
    recorded_at: parseInstant(line.at.wall) ?? (0 as Instant),
    beat: { boot: line.at.boot, mono: line.at.mono },
    pub: line.pub,
    priv: line.priv.map((field) => field.name),
    get hash() {
      return (hashed ??= hash());
    },
  } as unknown as Recorded;
};
