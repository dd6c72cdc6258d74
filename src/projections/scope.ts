import { grouped } from '../base/grouped.ts';
import { formatUtc } from '../base/instant.ts';
import type { ScopeState } from '../incident/state.ts';
import type { Counted, CountedGroup, Reveal } from '../model/event.ts';
import { SEALED } from './facts.ts';
import { joined, type Of, type Private, type Sentence } from './sentence.ts';

/** Who is affected, as a person reads it: counts, what they rest on, and what is missing. No person is in it. */
export type ScopeView = Readonly<{
  counted: ScopeState['counted'];
  /** By country, kind of data, brand and kind of card; the last two only with the key. */
  groups: readonly CountedGroup[];
  /** What the counts rest on and what they leave open, a sentence each; `[sealed]` without the key. */
  basis: readonly string[];
  /** Exports that came after the last count, so that it does not know them. */
  uncounted: number;
  imports: readonly Readonly<ScopeState['imports'][number] & { source: string }>[];
}>;

export function scopeView({ imports, counted }: ScopeState, reveal: Reveal): ScopeView {
  const words = counted === null ? '' : (reveal({ n: counted.n, name: 'basis' }) ?? SEALED);
  const sealed = counted === null ? null : reveal({ n: counted.n, name: 'brands' });
  return {
    counted,
    groups: counted === null ? [] : [...counted.groups, ...brandsIn(sealed)],
    basis: words === '' ? [] : words.split('\n'),
    uncounted: imports.filter(({ scope }) => counted?.imports.includes(scope) !== true).length,
    imports: imports.map((one) => ({ ...one, source: reveal({ n: one.n, name: 'source' }) ?? SEALED })),
  };
}

/** Content that was destroyed says so in words, which are no list. */
function brandsIn(sealed: string | null): readonly CountedGroup[] {
  try {
    const found: unknown = JSON.parse(sealed ?? '[]');
    return Array.isArray(found) ? (found as readonly CountedGroup[]) : [];
  } catch {
    return [];
  }
}

/** `1,000 to 1,500, likely 1,200`. */
export const rangeWords = ([least, likely, most]: Counted): string =>
  least === most ? grouped(likely) : `${grouped(least)} to ${grouped(most)}, likely ${grouped(likely)}`;

export function scopeSentence(
  entry: Of<'scope.kept' | 'scope.imported' | 'scope.counted'>,
  own: Private,
): Sentence {
  switch (entry.kind) {
    case 'scope.kept': {
      const { list, part, records, size, sha256 } = entry.pub;
      return {
        what: `Kept piece ${part + 1} of the ${list === 'sightings' ? 'people of an export' : 'list of recipients'}: ${grouped(records)} lines, ${grouped(size)} bytes`,
        detail: `sealed; sha256 ${sha256}`,
      };
    }
    case 'scope.imported': {
      const { mapping, channel, rows, bad, nobody, hidden, sha256, first, last } = entry.pub;
      return {
        what: `Read an export for who is affected: ${grouped(rows)} rows${bad === 0 ? '' : `, ${grouped(bad)} more could not be read`}`,
        detail: joined(
          `${mapping}${channel === null ? '' : `, channel ${channel}`}`,
          first === null || last === null ? 'no times' : `${formatUtc(first)} to ${formatUtc(last)}`,
          nobody === 0 ? '' : `${grouped(nobody)} rows name nobody`,
          hidden === 0 ? '' : `${grouped(hidden)} cells with secrets or card numbers were left out`,
          own('source'),
          `sha256 ${sha256}`,
        ),
        result: bad === 0 ? 'whole' : 'in part',
      };
    }
    case 'scope.counted': {
      const { people_counted, records_counted, listed, gaps, list_sha256 } = entry.pub;
      return {
        what: `Counted who is affected: ${rangeWords(people_counted)} people, ${rangeWords(records_counted)} records`,
        detail: joined(
          `${grouped(listed)} in the list of recipients`,
          gaps === 0 ? '' : `${gaps} ${gaps === 1 ? 'gap' : 'gaps'}`,
          own('basis').replaceAll('\n', ' '),
          `list sha256 ${list_sha256}`,
        ),
      };
    }
  }
}
