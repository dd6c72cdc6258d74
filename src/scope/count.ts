import type { Person } from './people.ts';
import { EMAIL, ID, PHONE } from './people.ts';

/** How many, and why not fewer and not more. All are people but for `records`. */
export type Range = Readonly<{ minimum: number; likely: number; maximum: number }>;

export type Counts = Readonly<
  Range & {
    records: Range;
    countries: Readonly<Record<string, Range>>;
    classes: Readonly<Record<string, Range>>;
    brands: Readonly<Record<string, Range>>;
    cards: Readonly<Record<string, Range>>;
    /** Of the likely ones: known by a telephone number alone, or by an id alone, so that no mail reaches them. */
    phoneOnly: number;
    idOnly: number;
    /** How many were met again, by what they had in common. */
    joined: Readonly<{ email: number; phone: number; id: number }>;
    /** What makes the difference: people without a time, rows without anybody, names that may be more people, others by the data map. */
    untimed: number;
    nobody: number;
    names: number;
    outside: number;
    unseen: number;
  }
>;

/** What the imports leave open: rows that name nobody, and people that the data map counts in channels nothing came from. */
export type Left = Readonly<{
  nobody: number;
  unseen: number;
  /** Kinds of data by source. */
  classes: readonly (readonly string[])[];
}>;

export interface Counting {
  take(person: Person): void;
  done(): Counts;
}

export function counting(left: Left): Counting {
  const all = tally();
  const by = { countries: groups(), classes: groups(), brands: groups(), cards: groups() };
  const more = {
    records: 0,
    certain: 0,
    phoneOnly: 0,
    idOnly: 0,
    outside: 0,
    names: 0,
    email: 0,
    phone: 0,
    id: 0,
  };
  return {
    take(person) {
      if (person.when === 'outside') return void (more.outside += 1);
      all.take(person);
      more.records += person.records;
      if (person.when === 'inside') more.certain += person.records;
      more.names += person.names - 1;
      if (person.email === '') more[person.phone === '' ? 'idOnly' : 'phoneOnly'] += 1;
      if ((person.joined & EMAIL) !== 0) more.email += 1;
      if ((person.joined & PHONE) !== 0) more.phone += 1;
      if ((person.joined & ID) !== 0) more.id += 1;
      by.countries.take(person, person.country === '' ? [] : [person.country]);
      by.classes.take(person, [...new Set(person.sources.flatMap((one) => left.classes[one] ?? []))]);
      by.brands.take(person, person.brands);
      by.cards.take(person, person.cards);
    },
    done() {
      const range = all.range();
      const open = left.nobody + left.unseen + more.names;
      return {
        ...range,
        maximum: range.likely + open,
        records: { minimum: more.certain, likely: more.records, maximum: more.records + left.nobody },
        countries: by.countries.ranges(open),
        classes: by.classes.ranges(open),
        brands: by.brands.ranges(open),
        cards: by.cards.ranges(open),
        phoneOnly: more.phoneOnly,
        idOnly: more.idOnly,
        joined: { email: more.email, phone: more.phone, id: more.id },
        untimed: all.untimed(),
        nobody: left.nobody,
        names: more.names,
        outside: more.outside,
        unseen: left.unseen,
      };
    },
  };
}

/**
 * The least is not the sum: somebody who is known here by a telephone number and there by an address, and by nothing in common, is
 * counted twice. So it is the largest number that are all known by the same kind of key.
 */
function tally() {
  const certain = { [EMAIL]: 0, [PHONE]: 0, [ID]: 0 };
  let [likely, untimed] = [0, 0];
  return {
    take({ when, keys }: Person): void {
      likely += 1;
      if (when !== 'inside') return void (untimed += 1);
      for (const kind of [EMAIL, PHONE, ID] as const) if ((keys & kind) !== 0) certain[kind] += 1;
    },
    range: (): Range => ({ minimum: Math.max(...Object.values(certain)), likely, maximum: likely }),
    untimed: () => untimed,
  };
}

/** Of everybody whose group is not known, each could be in any. */
function groups() {
  const known = new Map<string, ReturnType<typeof tally>>();
  let without = 0;
  return {
    take(person: Person, names: readonly string[]): void {
      if (names.length === 0) without += 1;
      for (const name of names) {
        const group = known.get(name) ?? tally();
        known.set(name, group);
        group.take(person);
      }
    },
    ranges: (open: number): Readonly<Record<string, Range>> =>
      Object.fromEntries(
        [...known]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, group]) => {
            const range = group.range();
            return [name, { ...range, maximum: range.likely + without + open }] as const;
          }),
      ),
  };
}
