import { z } from 'zod';
import { canonicalJson, type JsonObject } from '../../base/canonical.ts';
import { fromHex, toHex } from '../../base/hash.ts';
import { reasons } from '../../projections/audience/audience.ts';
import { commitmentOf, type Place } from '../../projections/audience/commitment.ts';
import type { Removal } from '../../projections/audience/redaction.ts';

/**
 * The list that goes with a redacted copy, and its openings. The list says where something was taken out, why, and commits to what; an
 * opening is the salt and the text, for whoever is to be shown that this is what was taken out.
 */

const isName = (place: Place): place is Extract<Place, { name: string }> => 'name' in place;

/** JSON Lines: a head, then people, then what was taken out in the order of the journal. */
export function withheldList(head: JsonObject, removed: readonly Removal[]): string {
  const ordered = removed.toSorted((a, b) => orderOf(a.place) - orderOf(b.place));
  return linesOf(
    { ...head, schema: LIST },
    ordered.map(({ place, reason, commitment }) => ({ ...place, reason, commitment })),
  );
}

/** Stable: what has the same number keeps the order in which it was met. */
const orderOf = (place: Place): number => (isName(place) ? -1 : place.entry);

export type Opening = Readonly<{ place: Place; salt: Uint8Array; text: string }>;

/** `list` names the list that it opens, by its SHA-256. */
export const openingsText = (list: string, openings: readonly Opening[]): string =>
  linesOf(
    { schema: OPENINGS, list },
    openings.map(({ place, salt, text }) => ({ ...place, salt: toHex(salt), text: text.toWellFormed() })),
  );

const linesOf = (head: JsonObject, lines: readonly JsonObject[]): string =>
  [head, ...lines].map((line) => `${canonicalJson(line)}\n`).join('');

const LIST = 'firebreak.withheld/v1';
const OPENINGS = 'firebreak.openings/v1';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const place = z.union([
  z.object({ entry: z.number().int().min(0), field: z.string().max(100) }),
  z.object({ name: z.string().max(200) }),
]);
const listHead = z.object({ schema: z.literal(LIST), incident: z.string().max(200) });
const listLine = z.intersection(place, z.object({ reason: z.enum(reasons), commitment: hex }));
const openingsHead = z.object({ schema: z.literal(OPENINGS), list: hex });
const openingLine = z.intersection(place, z.object({ salt: hex, text: z.string() }));

/** Null for any other file. */
export function parseList(text: string): Readonly<{ incident: string; removed: readonly Removal[] }> | null {
  const read = parsed(text, listHead, listLine);
  if (read === null) return null;
  const removed = read.lines.map(({ reason, commitment, ...rest }) => ({
    place: placeIn(rest),
    reason,
    commitment,
  }));
  return { incident: read.head.incident, removed };
}

export function parseOpenings(text: string): Readonly<{ list: string; openings: readonly Opening[] }> | null {
  const read = parsed(text, openingsHead, openingLine);
  if (read === null) return null;
  const openings = read.lines.map(({ salt, text: said, ...rest }) => ({
    place: placeIn(rest),
    salt: fromHex(salt) ?? new Uint8Array(),
    text: said,
  }));
  return { list: read.head.list, openings };
}

const placeIn = (line: z.infer<typeof place>): Place =>
  'name' in line ? { name: line.name } : { entry: line.entry, field: line.field };

function parsed<H, L>(
  text: string,
  headOf: z.ZodType<H>,
  lineOf: z.ZodType<L>,
): Readonly<{ head: H; lines: readonly L[] }> | null {
  const [first = '', ...rest] = text.trimEnd().split('\n').map(jsonOf);
  const head = headOf.safeParse(first);
  const lines = rest.map((line) => lineOf.safeParse(line));
  if (!head.success || !lines.every(({ success }) => success)) return null;
  return { head: head.data, lines: lines.flatMap(({ data }) => (data === undefined ? [] : [data])) };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

/** `in entry 12, text`; for a person the role that stands in the place. */
export const placeWords = (one: Place): string =>
  isName(one) ? `the name of ${one.name}` : `entry ${one.entry}, ${one.field}`;

/** Which of the openings are what the list commits to; `unlisted` are of places that it does not name. */
export function compare(
  removed: readonly Removal[],
  openings: readonly Opening[],
): Readonly<{ same: number; different: readonly Place[]; unlisted: readonly Place[] }> {
  const known = new Map(removed.map((one) => [canonicalJson(one.place as JsonObject), one.commitment]));
  const commitment = ({ place: at }: Opening): string | undefined =>
    known.get(canonicalJson(at as JsonObject));
  const listed = openings.filter((one) => commitment(one) !== undefined);
  const different = listed.filter((one) => commitmentOf(one.salt, one.place, one.text) !== commitment(one));
  const unlisted = openings.filter((one) => commitment(one) === undefined);
  return {
    same: listed.length - different.length,
    different: different.map(({ place: at }) => at),
    unlisted: unlisted.map(({ place: at }) => at),
  };
}
