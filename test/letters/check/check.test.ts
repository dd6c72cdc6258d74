import { describe, expect, test } from 'vitest';
import { claimIds, type ClaimId, type LetterReport } from '../../../src/letters/check/report.ts';
import { at, leakedToken, told, type Told } from '../../fixtures/incident.ts';
import { learned, nothing, opened, reportOn } from './rig.ts';
import { counted, sentences } from './sentences.ts';

const claimed = ({ claims }: LetterReport): readonly string[] =>
  claims.filter(({ rule }) => rule !== 'number').map(({ rule }) => rule.slice('claim.'.length));

describe.each(Object.entries(sentences))('what a sentence claims: %s', (language, rows) => {
  test.each(rows)('%s', (sentence, claims) => {
    const report = reportOn(sentence, nothing(), { language });
    expect(claimed(report)).toEqual(claims);
    // Nothing in this journal carries anything.
    expect(report.claims.every(({ is }) => is === 'refused')).toBe(true);
  });

  test('each claim is found in this language, and something like it is not', () => {
    const found = new Set(rows.flatMap(([, claims]) => claims));
    expect([...found].toSorted()).toEqual([...claimIds].toSorted());
    expect(rows.filter(([, claims]) => claims.length === 0).length).toBeGreaterThanOrEqual(claimIds.length);
  });
});

describe.each(Object.entries(counted))('what a letter counts: %s', (language, rows) => {
  test.each(rows)('%s', (sentence, numbers) => {
    const { claims } = reportOn(sentence, leakedToken(), { language });
    const refused = claims.flatMap((one) =>
      one.rule === 'number' && one.is === 'refused' ? [one.words] : [],
    );
    expect(refused).toEqual(numbers);
  });
});

const only = (report: LetterReport, claim: ClaimId) =>
  report.claims.find(({ rule }) => rule === `claim.${claim}`);

describe('what carries a claim', () => {
  test('stopped: the proof of the systems, not that they accepted it', () => {
    const words = 'The token was revoked.';
    const entries = leakedToken().entries;
    const upTo = (n: number): Told =>
      told(
        entries
          .slice(0, n)
          .map((entry) => ({ fresh: { kind: entry.kind, pub: entry.pub } as never, actor: entry.actor })),
      );
    expect(only(reportOn(words, upTo(11)), 'stopped')).toMatchObject({
      is: 'refused',
      command: 'firebreak status --recheck',
    });
    expect(only(reportOn(words, upTo(12)), 'stopped')).toMatchObject({ is: 'carried' });
  });

  test('stopped: a basis carries it where nobody could ask, and never against a system that still answers', () => {
    const basis = learned('claim-stopped', true, 'the provider closed the account, mail of 03:10');
    expect(only(reportOn('The account was blocked.', told([opened, basis])), 'stopped')).toMatchObject({
      is: 'carried',
    });
    const answers = leakedToken()
      .entries.slice(0, 12)
      .map((entry) => ({
        fresh: {
          kind: entry.kind,
          pub: entry.kind === 'act.verified' ? { ...entry.pub, proof: 'refuted' } : entry.pub,
        } as never,
        actor: entry.actor,
      }));
    expect(only(reportOn('The token was revoked.', told([...answers, basis])), 'stopped')).toMatchObject({
      is: 'refused',
    });
  });

  test('a basis recorded with the fact carries what the fact says, and nothing that the template says beside it', () => {
    const measures = (reason: string | null) =>
      told([opened, learned('measures', 'The copies were deleted.', reason)]);
    expect(only(reportOn('Hello.', measures(null)), 'deleted')).toMatchObject({
      is: 'refused',
      element: 'measures',
    });
    expect(only(reportOn('Hello.', measures('confirmed in writing by the host')), 'deleted')).toMatchObject({
      is: 'carried',
    });
    const both = reportOn('All files were deleted.', measures('confirmed in writing by the host'));
    expect(both.claims.map(({ element, is }) => [element, is])).toEqual([
      [null, 'refused'],
      ['measures', 'carried'],
    ]);
  });

  test('no evidence of access: a log, and where it has a gap a letter that says so', () => {
    const log = (gaps: readonly string[]): Told =>
      told([
        opened,
        {
          kind: 'collection.begun',
          pub: {
            instance: 'meta',
            connector: 'meta',
            log: 'access',
            since: at('2026-11-16T00:00:00Z'),
            until: at('2026-11-20T00:00:00Z'),
            step: null,
          },
        },
        {
          kind: 'collection.ended',
          pub: {
            collection: 1,
            ended: gaps.length === 0 ? 'whole' : 'partial',
            records: 40,
            parts: 1,
            size: 400,
            got_from: at('2026-11-16T00:00:00Z'),
            got_to: at('2026-11-20T00:00:00Z'),
            gaps,
            parts_sha256: 'ab'.repeat(32),
          },
        },
      ]);
    const words = 'There is no evidence that messages were read.';
    expect(only(reportOn(words, nothing()), 'no-access')).toMatchObject({
      is: 'refused',
      command: 'firebreak evidence collect',
    });
    expect(only(reportOn(words, log([])), 'no-access')).toMatchObject({ is: 'carried', entries: [1] });
    expect(only(reportOn(words, log(['not-kept'])), 'no-access')).toMatchObject({
      is: 'refused',
      why: 'the logs have gaps (not-kept) and the letter does not say so',
    });
    const named = reportOn(`${words} Our logs reach back to Tuesday only.`, log(['not-kept']));
    expect(only(named, 'no-access')).toMatchObject({ is: 'carried' });
  });

  test('encryption on the way is never a reason once the messages were opened, whatever was recorded', () => {
    const basis = learned('claim-encrypted', true, 'AES-256, the key was not taken');
    const incident = leakedToken();
    const happened = incident.entries.map((entry) => ({
      fresh: { kind: entry.kind, pub: entry.pub } as never,
      actor: entry.actor,
    }));
    const whatsapp = reportOn('Your WhatsApp messages were encrypted.', told([...happened, basis]));
    expect(only(whatsapp, 'encrypted')).toMatchObject({
      is: 'refused',
      command: null,
      why: 'encryption on the way ends where the messages are opened: WhatsApp support (opened by Meta Platforms Ireland); it is never Art. 34(3)(a)',
    });
    // Data at rest can be unintelligible, and a basis carries that.
    const backup = 'The stolen backup was encrypted.';
    expect(only(reportOn(backup, told([...happened, basis])), 'encrypted')).toMatchObject({ is: 'carried' });
    expect(only(reportOn(backup, incident), 'encrypted')).toMatchObject({ is: 'refused' });
  });

  test('no, an estimate, and a fact without a basis carry nothing', () => {
    const words = 'The copies were deleted.';
    for (const [value, reason] of [
      [true, null],
      [true, '  '],
      ['No', 'the host refused'],
      ['not yet', 'the host will tell us'],
      [0, 'mail of the host'],
    ] as const)
      expect(
        only(reportOn(words, told([opened, learned('claim-deleted', value, reason)])), 'deleted'),
      ).toMatchObject({ is: 'refused' });
    for (const yes of [true, 'Yes'] as const)
      expect(
        only(reportOn(words, told([opened, learned('claim-deleted', yes, 'mail of the host')])), 'deleted'),
      ).toMatchObject({ is: 'carried' });
  });
});
