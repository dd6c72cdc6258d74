import type { Recorded } from '../../src/model/event.ts';

type Changes = Readonly<{ n?: number; pub?: object; priv?: readonly string[] }>;

/** An entry like another one, changed, under the hash of that one: its fields by name, because a spread would lose the hash. */
export const like = (entry: Recorded, changes: Changes): Recorded => {
  const { kind, n, actor, recorded_at, beat, pub, priv, hash } = entry;
  return { kind, n, actor, recorded_at, beat, pub, priv, hash, ...changes } as Recorded;
};
