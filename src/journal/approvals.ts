import { APPROVAL_NAMESPACE, approvalText } from '../base/approval.ts';
import type { Json } from '../base/canonical.ts';
import { parseInstant } from '../base/instant.ts';
import { checkSshsig } from '../base/sshsig.ts';
import type { Entry } from './entry.ts';
import type { Findings } from './findings.ts';

/**
 * Whether every approval in a journal is one: signed by a known key of the person it names, over the request it names, by
 * somebody else than who asked, in time; and whether what says that it was approved was. Needs no key but what the entries hold.
 */
export function makeApprovals(findings: Findings) {
  const book: Book = { people: new Map(), signable: new Map(), valid: new Map() };
  return {
    check(entry: Entry, hash: string): void {
      const wrong = judged(book, entry, hash);
      if (wrong !== null) findings.add('approval', entry.n, `entry #${entry.n} ${wrong}`);
    },
  };
}

/** Filled in the order of the entries: what comes later changes nothing that was judged before. */
type Book = Readonly<{
  people: Map<string, readonly string[]>;
  signable: Map<number, Signable>;
  valid: Map<number, Valid>;
}>;

function judged(book: Book, entry: Entry, hash: string): string | null {
  switch (entry.kind) {
    case 'person.known': {
      const { person, keys } = entry.pub;
      if (typeof person === 'string' && Array.isArray(keys)) book.people.set(person, keys.map(String));
      return null;
    }
    case 'approval.asked':
    case 'override.taken':
      book.signable.set(entry.n, signableOf(entry, hash));
      return null;
    case 'approval.given':
      return given(book, entry);
    case 'approval.used':
      return used(book, entry);
    case 'clock.jump':
      // Nobody has more time because a clock went back.
      for (const [n, one] of book.signable)
        book.signable.set(n, { ...one, expiresAt: one.expiresAt + backBy(entry.pub['difference_ms']) });
      return null;
    case 'review.given':
      return reviewed(book, entry);
    default:
      return null;
  }
}

const named = (book: Book, kind: string, n: Json | undefined): Signable | null => {
  const found = typeof n === 'number' ? book.signable.get(n) : undefined;
  return found?.kind === kind ? found : null;
};

function given(book: Book, entry: Entry): string | null {
  const { asked, person, signature } = entry.pub;
  const request = named(book, 'approval.asked', asked);
  if (request === null) return 'approves a request that is not there';
  const wrong = fault(request, person, signature, book.people) ?? late(entry, request);
  if (wrong !== null) return `is no approval of #${request.n}: ${wrong}`;
  if (typeof person === 'string') book.valid.set(entry.n, { asked: request.n, person });
  return null;
}

function used(book: Book, entry: Entry): string | null {
  const { asked, given: numbers } = entry.pub;
  const request = named(book, 'approval.asked', asked);
  if (request === null || !Array.isArray(numbers)) return 'rests on a request that is not there';
  const found = numbers.map((n: Json) => (typeof n === 'number' ? book.valid.get(n) : undefined));
  const people = new Set(found.filter((one) => one?.asked === request.n).map((one) => one?.person));
  const wrong =
    people.size < request.need ? `${people.size} of ${request.need} approvals hold` : late(entry, request);
  return wrong === null ? null : `says that it was approved in #${request.n}, which it was not: ${wrong}`;
}

function reviewed(book: Book, entry: Entry): string | null {
  const { override, person, signature } = entry.pub;
  const taken = named(book, 'override.taken', override);
  if (taken === null) return 'reviews an override that is not there';
  const wrong =
    signature === null ? unsigned(taken, person, book) : fault(taken, person, signature, book.people);
  return wrong === null ? null : `is no review of #${taken.n}: ${wrong}`;
}

function unsigned(taken: Signable, person: Json | undefined, { people }: Book): string | null {
  if (typeof person !== 'string' || person === taken.by) return OWN;
  const keys = people.get(person) ?? [];
  return keys.length > 0 ? 'it is not signed, though a key of the person is known' : null;
}

type Signable = Readonly<{
  n: number;
  kind: string;
  hash: string;
  by: string;
  need: number;
  expiresAt: number;
}>;
type Valid = Readonly<{ asked: number; person: string }>;

const signableOf = ({ n, kind, actor, pub }: Entry, hash: string): Signable => ({
  n,
  kind,
  hash,
  by: actor,
  need: typeof pub['need'] === 'number' ? Math.max(1, pub['need']) : 1,
  expiresAt: typeof pub['expires_at'] === 'number' ? pub['expires_at'] : 0,
});

const backBy = (ms: Json | undefined): number => (typeof ms === 'number' ? Math.min(0, ms) : 0);

const OWN = 'it is by the one who asked for it';

function fault(
  request: Signable,
  person: Json | undefined,
  signature: Json | undefined,
  people: ReadonlyMap<string, readonly string[]>,
): string | null {
  if (typeof person !== 'string' || typeof signature !== 'string') return 'it lacks a person or a signature';
  if (person === request.by) return OWN;
  const check = checkSshsig(signature, approvalText(request.hash), APPROVAL_NAMESPACE);
  if (!check.ok) return faults[check.why];
  if (people.get(person)?.includes(check.key.line) !== true)
    return 'the key is not known as that of the person';
  return people.get(request.by)?.includes(check.key.line) === true ? OWN : null;
}

const faults = {
  'not-a-signature': 'what should be its signature is none',
  'other-namespace': 'its signature was made for something else',
  'does-not-fit': 'its signature is over another entry, or over an altered text',
} as const;

const late = (entry: Entry, { expiresAt }: Signable): string | null =>
  (parseInstant(entry.at.wall) ?? Number.POSITIVE_INFINITY) > expiresAt
    ? 'the request had expired by then'
    : null;
