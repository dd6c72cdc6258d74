import { canonicalJson, type JsonObject } from '../../base/canonical.ts';
import type { IncidentState } from '../../incident/state.ts';
import { fold } from '../../incident/evolve.ts';
import type { Recorded, Reveal } from '../../model/event.ts';
import type { Contact } from '../../model/inventory.ts';
import { isPrivileged } from '../privileged.ts';
import type { TimelineRow } from '../row.ts';
import { withheldMark, type Audience, type Reason } from './audience.ts';
import { commitmentOf, saltOf, type Place } from './commitment.ts';
import { matterOf, subjectOf } from './matter.ts';
import { pseudonyms } from './pseudonyms.ts';

/**
 * An incident as one audience gets it. What is withheld is taken out here, before any format sees it: a format cannot print what it was not
 * handed. It remembers what it was asked for and did not give, which is the list that goes with the copy.
 */
export type Redaction = Readonly<{
  entries: readonly Recorded[];
  state: IncidentState;
  reveal: Reveal;
  contacts: readonly Contact[];
  /** The row as it is given; of one that is withheld whole stay number, kind, hash, star and the time of writing. */
  row: (row: TimelineRow) => TimelineRow;
  /** What was asked for up to now: of these entries, or of all, and those of `names` who are in the copy. */
  asked: (copy: Read) => Asked;
  /** What stands in the place of people. */
  names: readonly string[];
}>;

/** What a copy says: rows of these entries (null: all that was asked for), and these names. */
export type Read = Readonly<{ entries: ReadonlySet<number> | null; names: ReadonlySet<string> }>;

export type Removal = Readonly<{ place: Place; reason: Reason; commitment: string }>;
/** `texts`: sealed texts that were asked for, given or not. */
export type Asked = Readonly<{ texts: number; removed: readonly Removal[] }>;

export type RedactionSource = Readonly<{
  entries: readonly Recorded[];
  state: IncidentState;
  reveal: Reveal;
  contacts: readonly Contact[];
}>;

type How = Readonly<{
  audience: Audience;
  secret: Uint8Array;
  /** Duties that were agreed with somebody. */
  contracts: ReadonlySet<string>;
  /** A text without what can be known by its form as somebody's address or number. */
  withoutIdentifiers: (text: string) => string;
}>;

export function redact(source: RedactionSource, how: How): Redaction {
  const { audience, secret } = how;
  const names =
    audience.people === 'roles' ? pseudonyms(source.entries, source.reveal, source.contacts) : null;
  const entries = names === null ? source.entries : source.entries.map(names.entry);
  const original = new Map(source.entries.map((entry) => [entry.n, entry]));
  const removed = new Map<string, Removal>();
  const asked = new Map<string, number>();
  const remove = (place: Place, reason: Reason, text: string): void => {
    const key = JSON.stringify(place);
    if (!removed.has(key))
      removed.set(key, { place, reason, commitment: commitmentOf(saltOf(secret, place), place, text) });
  };
  for (const [handle, name] of names?.people ?? []) remove({ name }, 'personal', handle);
  const cleaned = (text: string): string => {
    const nameless = names === null ? text : names.text(text);
    return audience.identifiers ? nameless : how.withoutIdentifiers(nameless);
  };
  const reveal: Reveal = (ref) => {
    const text = source.reveal(ref);
    const entry = original.get(ref.n);
    if (text === null || entry === undefined) return text;
    asked.set(`${ref.n} ${ref.name}`, ref.n);
    const reason = wholeReason(entry, how) ?? textReason(entry, ref.name, audience);
    const given = reason === null ? cleaned(text) : withheldMark(reason);
    if (given !== text) remove({ entry: ref.n, field: ref.name }, reason ?? 'personal', text);
    return given;
  };
  const row = (one: TimelineRow): TimelineRow => {
    const entry = original.get(one.n);
    const reason = entry === undefined ? null : wholeReason(entry, how);
    if (entry === undefined || reason === null) return one;
    remove({ entry: one.n, field: 'entry' }, reason, publicText(entry));
    return blank(one, reason);
  };
  return {
    entries,
    state: names === null ? source.state : fold(entries),
    reveal,
    contacts: audience.contacts ? source.contacts : [],
    row,
    names: [...(names?.people.values() ?? [])],
    asked: (copy) => {
      const isOf = (n: number): boolean => copy.entries?.has(n) ?? true;
      return {
        texts: [...asked.values()].filter(isOf).length,
        removed: [...removed.values()].filter(({ place }) =>
          'entry' in place ? isOf(place.entry) : copy.names.has(place.name),
        ),
      };
    },
  };
}

/** What an entry says in public, as it is committed to where the row is withheld whole. */
export const publicText = ({ actor, kind, n, pub }: Recorded): string =>
  canonicalJson({ actor, kind, n, pub: pub as JsonObject });

/** Why the whole row is withheld; null where it is given. */
function wholeReason(
  { kind, pub }: Recorded,
  { audience, contracts }: Pick<How, 'audience' | 'contracts'>,
): Reason | null {
  if (!audience.contracts && 'duty' in pub && pub.duty !== null && contracts.has(pub.duty))
    return 'third-party';
  if (audience.facts !== null && 'fact' in pub && !audience.facts.includes(pub.fact)) return 'security';
  return audience.rows[subjectOf(kind)] ?? null;
}

function textReason(entry: Recorded, field: string, audience: Audience): Reason | null {
  if (isPrivileged(entry) && !audience.privileged) return 'privileged';
  return audience.texts[matterOf(entry.kind, field)] ?? null;
}

const blank = ({ n, kind, recordedAt, star, hash, source }: TimelineRow, reason: Reason): TimelineRow => ({
  n,
  kind,
  occurredAt: null,
  occurredFidelity: 'unknown',
  occurredBasis: null,
  recordedAt,
  actor: withheldMark(reason),
  role: null,
  what: withheldMark(reason),
  detail: '',
  result: '',
  outcome: 'n/a',
  why: '',
  phase: null,
  step: null,
  targets: [],
  clock: '',
  obligations: [],
  evidence: [],
  lagMs: null,
  source,
  corrects: null,
  star,
  hash,
});
