import type { Recorded, Reveal } from '../../model/event.ts';
import { roles, type Role } from '../../model/names.ts';

/** Keys of a public part whose value can be the handle of a person. */
const PERSON_KEYS: ReadonlySet<string> = new Set(['person', 'from', 'to', 'decider', 'privileged']);

/** Roles in the place of people, the same one throughout an export: `commander-1`. By order in the journal, so the same journal gives the same. */
export type Pseudonyms = Readonly<{
  /** Handle to pseudonym. */
  people: ReadonlyMap<string, string>;
  /** The entry with nobody's handle in it. */
  entry: (entry: Recorded) => Recorded;
  /** A text without the handles and names that the journal knows; whoever is merely mentioned keeps the name. */
  text: (text: string) => string;
}>;

export function pseudonyms(
  entries: readonly Recorded[],
  reveal: Reveal,
  contacts: readonly Readonly<{ id: string; name: string }>[],
): Pseudonyms {
  const people = numbered(handlesIn(entries), firstRoles(entries));
  const text = replacer(namesOf(entries, reveal, people, contacts));
  return { people, text, entry: (entry) => withoutPeople(entry, people, text) };
}

/** Every handle, in the order in which the journal names them first. Only people act and hold roles; `to` and `from` may be words. */
function handlesIn(entries: readonly Recorded[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const entry of entries) {
    found.add(entry.actor);
    const { pub } = entry;
    if ('person' in pub) found.add(pub.person);
    if ('decider' in pub) found.add(pub.decider);
    if (entry.kind === 'handover.offered') found.add(entry.pub.from).add(entry.pub.to);
  }
  found.delete('');
  return found;
}

function firstRoles(entries: readonly Recorded[]): ReadonlyMap<string, Role> {
  const first = new Map<string, Role>();
  const set = (person: string, role: Role | undefined): void => {
    if (role !== undefined && !first.has(person)) first.set(person, role);
  };
  for (const { kind, pub } of entries)
    if (kind === 'role.claimed' || kind === 'handover.taken') set(pub.person, pub.role);
  for (const { kind, pub } of entries)
    if (kind === 'person.known')
      set(
        pub.person,
        roles.find((role) => pub.roles.includes(role)),
      );
  return first;
}

function numbered(
  handles: ReadonlySet<string>,
  role: ReadonlyMap<string, Role>,
): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    [...handles].map((handle) => {
      const word = role.get(handle) ?? 'person';
      const count = (counts.get(word) ?? 0) + 1;
      counts.set(word, count);
      return [handle, `${word}-${count}`];
    }),
  );
}

type Names = Readonly<{ anyCase: ReadonlyMap<string, string>; asWritten: ReadonlyMap<string, string> }>;

/** Handles and full names in any case; a first or last name by itself only with its capital, because many are words too. */
function namesOf(
  entries: readonly Recorded[],
  reveal: Reveal,
  people: ReadonlyMap<string, string>,
  contacts: readonly Readonly<{ id: string; name: string }>[],
): Names {
  const anyCase = new Map<string, string>();
  const asWritten = new Map<string, string>();
  const add = (name: string, as: string): void => {
    const whole = name.trim().toLowerCase();
    if (whole !== '' && !anyCase.has(whole)) anyCase.set(whole, as);
    for (const part of name.split(/\s+/))
      if (/^\p{Lu}.{2,}/u.test(part) && !asWritten.has(part)) asWritten.set(part, as);
  };
  for (const [handle, as] of people) anyCase.set(handle.toLowerCase(), as);
  for (const { n, kind, pub, priv } of entries) {
    if (kind !== 'role.claimed' && kind !== 'person.known') continue;
    const name = priv.includes('name') ? reveal({ n, name: 'name' }) : null;
    if (name !== null) add(name, people.get(pub.person) ?? 'person');
  }
  contacts.forEach(({ name }, i) => add(name, `contact-${i + 1}`));
  return { anyCase, asWritten };
}

const replacer = ({ anyCase, asWritten }: Names): ((text: string) => string) => {
  const loose = wholeWords(anyCase.keys(), 'giu');
  const strict = wholeWords(asWritten.keys(), 'gu');
  return (text) => {
    const once =
      loose === null ? text : text.replace(loose, (word) => anyCase.get(word.toLowerCase()) ?? word);
    if (strict === null) return once;
    return oncePerPerson(once.replace(strict, (word) => asWritten.get(word) ?? word));
  };
};

/** A first name beside a last name is one person, and is told once. */
const oncePerPerson = (text: string): string =>
  text.replaceAll(/(?<![\p{L}\p{N}_-])([a-z]{1,20}-\d{1,6})(?: \1(?![\p{L}\p{N}_-])){1,8}/gu, '$1');

/** The longest first: a full name before its parts. */
function wholeWords(words: Iterable<string>, flags: string): RegExp | null {
  const escaped = [...words]
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`));
  if (escaped.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_])`, flags);
}

function withoutPeople(
  entry: Recorded,
  people: ReadonlyMap<string, string>,
  text: (text: string) => string,
): Recorded {
  const pub = Object.fromEntries(
    Object.entries(entry.pub).map(([key, value]: readonly [string, unknown]) => {
      if (typeof value !== 'string') return [key, value];
      if (PERSON_KEYS.has(key)) return [key, people.get(value) ?? value];
      // What was overridden is said in public, in words that a person typed.
      return [key, key === 'what' ? text(value) : value];
    }),
  );
  const { kind, n, recorded_at, beat, priv } = entry;
  return {
    kind,
    n,
    recorded_at,
    beat,
    priv,
    actor: people.get(entry.actor) ?? entry.actor,
    pub,
    get hash() {
      return entry.hash;
    },
    // The shape is that of the entry it was made of: strings took the place of strings.
  } as unknown as Recorded;
}
