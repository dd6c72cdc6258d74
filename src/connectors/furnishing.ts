import type { Json } from '../base/canonical.ts';

/**
 * How the simulator of a system is furnished for a drill of a team's own plan: with one thing for each row of its inventory, under
 * the ids that its actions take, and with the tool's own credentials. What a secret is stands as `$secret:NAME` until the drill
 * makes it up, and the public half of a private key as `$public:NAME`; no live secret is ever near.
 */
export type FurnishRow = Readonly<{
  id: string;
  title: string;
  kind: 'integration' | 'credential';
  params: Readonly<Record<string, string>>;
  /** Names of the actions that the row itself says pause, end or replace it. */
  does: readonly string[];
  /** The made-up value of it, where it is a credential. */
  secret: string;
}>;

export type Furnishing = Readonly<{
  config: Readonly<Record<string, string | number | boolean>>;
  rows: readonly FurnishRow[];
  /** The made-up value of a secret of the instance, by its name. */
  own: (name: string) => string;
  /** The public half of such a secret, where it is a private key. */
  ownPublic: (name: string) => string;
  /** Of a generic connector: the recipe that the tool acts by, and the script that the simulator plays. */
  recipe: Json;
  script: Json;
}>;

/** How a made-up credential must look for the actions to take it. */
export type Look = Readonly<{ prefix: string; length?: number }>;

/**
 * What a system is furnished with: the seed of its simulator, how its leaked credentials look, and which secrets of the tool's own
 * are private keys.
 */
export type Furnished = Readonly<{ seed: Json; credentials?: Look; keys?: readonly string[] }>;

/** One thing for each row that has this parameter; two rows about the same thing make one. */
export const having = <T>(
  { rows }: Pick<Furnishing, 'rows'>,
  param: string,
  make: (value: string, row: FurnishRow) => T,
): T[] => {
  const made = new Map<string, T>();
  for (const row of rows) {
    const value = row.params[param];
    if (value !== undefined && !made.has(value)) made.set(value, make(value, row));
  }
  return [...made.values()];
};

/** Credentials that are known by their value alone. */
export const nameless = (
  { rows }: Pick<Furnishing, 'rows'>,
  ...params: readonly string[]
): readonly FurnishRow[] =>
  rows.filter((row) => row.kind === 'credential' && params.every((param) => row.params[param] === undefined));

/** The same as text, for what has no id of its own. */
export const text = (value: string | number | boolean | undefined, otherwise: string): string =>
  value === undefined ? otherwise : String(value);

/** Where made-up hooks send to: reserved, and nowhere. */
export const HOOK_URL = 'https://hooks.drill.example/in';
