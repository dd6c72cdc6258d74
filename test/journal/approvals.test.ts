import { describe, expect, test } from 'vitest';
import { APPROVAL_NAMESPACE, approvalText } from '../../src/base/approval.ts';
import type { JsonObject } from '../../src/base/canonical.ts';
import { signSshsig } from '../../src/base/sshsig.ts';
import { makeApprovals } from '../../src/journal/approvals.ts';
import { encodeEntry } from '../../src/journal/entry.ts';
import type { Entry } from '../../src/journal/entry.ts';
import { makeFindings } from '../../src/journal/findings.ts';
import { leafHash } from '../../src/journal/merkle.ts';
import { lineOf, seedOf } from '../fakes/people.ts';

type Told = Readonly<{ kind: string; pub: JsonObject; actor?: string; wall?: string }>;

const entryOf = (
  { kind, pub, actor = 'ada', wall = '2026-11-20T03:00:00.000Z' }: Told,
  n: number,
): Entry => ({
  actor,
  at: { boot: 'b', mono: '1', wall },
  kind,
  log: 'example/l/00',
  n,
  prev: '0'.repeat(64),
  priv: [],
  pub,
  v: 1,
});

const expires = Date.parse('2026-11-20T05:00:00Z');
const person = (name: string, keys: readonly string[] = [lineOf(name)]): Told => ({
  kind: 'person.known',
  pub: { person: name, roles: [], keys: [...keys] },
});
const asked = (need = 1): Told => ({
  kind: 'approval.asked',
  pub: { step: 'send', need, expires_at: expires, intended_sha256: 'ab' },
});
const opening = [person('ada'), person('ben'), person('cem'), person('dora', [])];
const hash = (told: Told, n: number): string =>
  Buffer.from(leafHash(encodeEntry(entryOf(told, n)))).toString('hex');
const sign = (who: string, what: string, namespace = APPROVAL_NAMESPACE): string =>
  signSshsig(seedOf(who), approvalText(what), namespace);
const given = (request: Told, n: number, who: string, signer = who, more: Partial<Told> = {}): Told => ({
  kind: 'approval.given',
  pub: { asked: n, person: who, signature: sign(signer, hash(request, n)) },
  ...more,
});
const used = (n: number, ...numbers: number[]): Told => ({
  kind: 'approval.used',
  pub: { asked: n, given: numbers },
});

/** What a verifier finds in these entries, the people being the first four. */
const found = (...told: readonly Told[]): readonly string[] => {
  const findings = makeFindings();
  const approvals = makeApprovals(findings);
  for (const [n, one] of [...opening, ...told].entries()) approvals.check(entryOf(one, n), hash(one, n));
  return findings.report().findings.map(({ kind, entry, says }) => {
    expect(kind).toBe('approval');
    expect(says).toContain(`#${entry ?? ''}`);
    return says;
  });
};

const request = asked();
const late = { wall: '2026-11-20T05:00:00.001Z' };

describe('a verifier', () => {
  test('has nothing to say about approvals that hold', () => {
    const two = asked(2);
    expect(found(request, given(request, 4, 'ben'), used(4, 5))).toEqual([]);
    expect(found(two, given(two, 4, 'ben'), given(two, 4, 'cem'), used(4, 5, 6))).toEqual([]);
  });

  test.each<[string, readonly Told[], RegExp]>([
    [
      "the asker's own",
      [request, given(request, 4, 'ada')],
      /#5 is no approval of #4: it is by the one who asked/,
    ],
    ["a stranger's key", [request, given(request, 4, 'ben', 'eve')], /key is not known/],
    ["a colleague's key", [request, given(request, 4, 'ben', 'cem')], /key is not known/],
    ['somebody without a key', [request, given(request, 4, 'dora')], /key is not known/],
    ['one that comes too late', [request, given(request, 4, 'ben', 'ben', late)], /had expired/],
    ['a request that is not there', [given(request, 4, 'ben')], /#4 approves a request that is not there/],
    [
      'a signature over another request',
      [
        request,
        asked(2),
        given(asked(2), 5, 'ben'),
        { ...given(asked(2), 5, 'ben'), pub: { ...given(asked(2), 5, 'ben').pub, asked: 4 } },
      ],
      /#7 is no approval of #4: its signature is over another entry/,
    ],
    [
      'a signature for something else',
      [
        request,
        {
          kind: 'approval.given',
          pub: { asked: 4, person: 'ben', signature: sign('ben', hash(request, 4), 'git') },
        },
      ],
      /something else/,
    ],
    ['no signature', [request, { kind: 'approval.given', pub: { asked: 4, person: 'ben' } }], /lacks/],
    [
      'an act that nobody approved',
      [request, used(4)],
      /#5 says that it was approved in #4, which it was not: 0 of 1/,
    ],
    [
      'an act that too few approved',
      [asked(2), given(asked(2), 4, 'ben'), used(4, 5, 5)],
      /1 of 2 approvals hold/,
    ],
    [
      'an act that rests on an approval of something else',
      [request, asked(1), given(request, 4, 'ben'), used(5, 6)],
      /#7 says that it was approved in #5, which it was not/,
    ],
    [
      'an act begun after the request expired',
      [request, given(request, 4, 'ben'), { ...used(4, 5), ...late }],
      /had expired/,
    ],
    [
      'a key that was made known only afterwards',
      [{ ...request }, given(request, 4, 'fred'), person('fred')],
      /not known/,
    ],
  ])('names %s', (_, told, says) => {
    const all = found(...told);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatch(says);
  });

  test('looks at reviews as well', () => {
    const override: Told = { kind: 'override.taken', pub: { step: 'stop', what: 'approval', review_by: 0 } };
    const review = (who: string, signature: string | null): Told => ({
      kind: 'review.given',
      pub: { override: 4, person: who, agrees: true, signature },
    });
    expect(found(override, review('ben', sign('ben', hash(override, 4))))).toEqual([]);
    expect(found(override, review('dora', null))).toEqual([]);
    expect(found(override, review('ada', null))[0]).toMatch(/no review of #4: it is by the one who asked/);
    expect(found(override, review('ben', null))[0]).toMatch(/not signed/);
    expect(found(override, review('ben', sign('cem', hash(override, 4))))[0]).toMatch(/not known/);
    expect(found(review('ben', null))[0]).toMatch(/not there/);
  });

  test('is not thrown by entries of any shape', () => {
    for (const kind of ['person.known', 'approval.asked', 'approval.given', 'approval.used', 'review.given'])
      for (const pub of [{}, { asked: 'x', given: 7, person: 3, keys: 'x', override: null, signature: [] }])
        expect(() => found({ kind, pub })).not.toThrow();
  });
});
