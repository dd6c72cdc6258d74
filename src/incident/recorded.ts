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

/** What the journal writes about itself. Some of it is written elsewhere as an event too; these kinds never are. */
const OF_THE_JOURNAL: ReadonlySet<string> = new Set(['log.open', 'disk.full', 'key.shred', 'key.rotate']);

/** A newer version wrote it: what it changed is in no state that this one folds, and in no row. */
export const isUnknown = (kind: string): boolean => !isEventKind(kind) && !OF_THE_JOURNAL.has(kind);

/**
 * Reads one entry as an event. Null for the journal's own book-keeping (`log.open`, `disk.full`, `key.shred`) and for kinds
 * that a newer version wrote. The shape of `pub` is held by the types on the writing side and by the hash ever after. A
 * fold needs no hash, so it is computed when somebody first looks at it.
 */
export const toRecorded = (line: Line, hash: () => string): Recorded | null =>
  isEventKind(line.kind) ? (new Read(line, hash) as unknown as Recorded) : null;

/**
 * A class for its getter: one written into each object makes each of them a table of its own, which costs a third of reading a journal
 * and twice the memory. A copy by spreading has no hash, and by its type is no `Recorded` until one is said (`Hashed`).
 */
class Read {
  readonly kind: string;
  readonly n: number;
  readonly actor: string;
  readonly recorded_at: Instant;
  readonly beat: Readonly<{ boot: string; mono: string }>;
  readonly pub: JsonObject;
  readonly priv: readonly string[];
  #hash: string | (() => string);

  constructor({ kind, n, actor, at, pub, priv }: Line, hash: () => string) {
    this.kind = kind;
    this.n = n;
    this.actor = actor;
    this.recorded_at = parseInstant(at.wall) ?? (0 as Instant);
    this.beat = { boot: at.boot, mono: at.mono };
    this.pub = pub;
    this.priv = priv.map(({ name }) => name);
    this.#hash = hash;
  }

  get hash(): string {
    if (typeof this.#hash !== 'string') this.#hash = this.#hash();
    return this.#hash;
  }
}
