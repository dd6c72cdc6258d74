import { conditionName } from '../../base/condition.ts';
import type { SeedValue } from '../../model/move.ts';

/** The names of one company in the words of another: in seeds, requests, conditions and sentences. Pure. */
export type Names = Readonly<{
  /** Ids at the vendors, and other values of parameters. */
  ids: ReadonlyMap<string, string>;
  /** Ids of what the team has nothing for. */
  gone: ReadonlySet<string>;
  systems: ReadonlyMap<string, string>;
  /** Credentials of the scenario by the name of their secret; null for one that nobody of the team has. */
  secrets: ReadonlyMap<string, string | null>;
  /** Rows of the inventory and the names of the company, as sentences have them. */
  words: readonly (readonly [string, string])[];
}>;

export const GONE = Symbol('what the team has nothing for');
type Kept<T> = T | typeof GONE;

/** `$secret:NAME` in our names. */
const ourSecret = (name: string, { systems, secrets }: Names): Kept<string> => {
  if (secrets.has(name)) return secrets.get(name) ?? GONE;
  const at = name.indexOf('.');
  const system = at === -1 ? undefined : systems.get(name.slice(0, at));
  if (at === -1) return name;
  return system === undefined ? GONE : `${system}${name.slice(at)}`;
};

const MARKER = '$secret:';

const leaf = (value: string, names: Names): Kept<string> => {
  if (value.startsWith(MARKER)) {
    const secret = ourSecret(value.slice(MARKER.length), names);
    return secret === GONE ? GONE : MARKER + secret;
  }
  return names.gone.has(value) ? GONE : (names.ids.get(value) ?? value);
};

type Record_ = Readonly<Record<string, SeedValue>>;

/** A row that names what the team has nothing for is left out as a whole: half a row would be another thing. */
export const ourSeed = (value: SeedValue, names: Names): Kept<SeedValue> => {
  if (typeof value === 'string') return leaf(value, names);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const rows = (value as readonly SeedValue[]).map((one) => ourSeed(one, names));
    return rows.filter((one) => one !== GONE);
  }
  const made: Record<string, SeedValue> = {};
  for (const [key, one] of Object.entries(value as Record_)) {
    if (names.gone.has(key)) continue;
    const next = ourSeed(one, names);
    const plain = typeof one !== 'object' || one === null;
    if (next === GONE && plain) return GONE;
    if (next !== GONE) made[names.ids.get(key) ?? key] = next;
  }
  return made;
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const WORD_START = String.raw`(?<![A-Za-z0-9_-])`;
const WORD_END = String.raw`(?![A-Za-z0-9_-])`;

/** Longest first, so that no name is replaced inside another. */
const replaced = (text: string, by: ReadonlyMap<string, string>): string => {
  const found = [...by.keys()].filter((one) => one !== '').toSorted((a, b) => b.length - a.length);
  if (found.length === 0) return text;
  const pattern = new RegExp(`${WORD_START}(?:${found.map(escaped).join('|')})${WORD_END}`, 'g');
  return text.replaceAll(pattern, (one) => by.get(one) ?? one);
};

const names = (text: string, one: string): boolean =>
  one !== '' && new RegExp(WORD_START + escaped(one) + WORD_END).test(text);

export const inOurWords = (text: string, { words }: Pick<Names, 'words'>): string =>
  replaced(text, new Map(words));

/** Text of a request: ids and secrets in the middle of it. */
export const ourRequest = (text: string, known: Names): Kept<string> => {
  if ([...known.gone].some((one) => names(text, one))) return GONE;
  let missing = false;
  const filled = text.replaceAll(/\$secret:([\w.-]+)/g, (_all, name: string) => {
    const secret = ourSecret(name, known);
    if (secret === GONE) missing = true;
    return secret === GONE ? '' : MARKER + secret;
  });
  return missing ? GONE : replaced(filled, known.ids);
};

export type OurCondition = Readonly<{ ok: true; text: string }> | Readonly<{ ok: false; because: string }>;

/** A condition that asks of our systems and ids, or why it cannot. */
export const ourCondition = (text: string, known: Names): OurCondition => {
  let because = '';
  const systems = new Map([...known.systems].map(([from, to]) => [conditionName(from), conditionName(to)]));
  const lost = (what: string): string => ((because ||= `there is nothing of yours for ${what}`), what);
  const asked = text
    .replaceAll(/\bsim\.([a-z0-9_]+)/g, (_all, name: string) => `sim.${systems.get(name) ?? lost(name)}`)
    .replaceAll(/"([^"\\]*)"/g, (_all, inner: string) => {
      if (known.gone.has(inner)) lost(inner);
      const row = /^([\w.-]+):([\w-]+)$/.exec(inner);
      const our = row === null ? undefined : new Map(known.words).get(row[2] ?? '');
      return our === undefined ? JSON.stringify(known.ids.get(inner) ?? inner) : `"${row?.[1] ?? ''}:${our}"`;
    })
    .replaceAll(/\.([A-Za-z_]\w*)(?![\w(])/g, (all, name: string) => {
      if (known.gone.has(name)) lost(name);
      const our = known.ids.get(name);
      return our === undefined || our === name ? all : `[${JSON.stringify(our)}]`;
    });
  return because === '' ? { ok: true, text: asked } : { ok: false, because };
};
