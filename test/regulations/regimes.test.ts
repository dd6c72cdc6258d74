import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { formatLocal, parseInstant, type Instant } from '../../src/base/instant.ts';
import { countdown } from '../../src/incident/countdown.ts';
import type { RegulatedAs } from '../../src/model/names.ts';
import type { FactView, Obligation } from '../../src/model/obligation.ts';
import { calendarsFor, lookUp } from '../../src/regulations/calendars.ts';
import { computeDuty } from '../../src/regulations/compute-duty.ts';
import { regulations } from '../../src/regulations/index.ts';
import type { Applicability, Regulation, Situation } from '../../src/regulations/regulation.ts';

const all: readonly Regulation[] = Object.values(regulations);
const duties: readonly Obligation[] = all.flatMap((one) => one.obligations);
const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (parsed === null) throw new Error(`${text} is no time`);
  return parsed;
};
type Facts = Readonly<Record<string, Json>>;
const factsOf = (facts: Facts): ReadonlyMap<string, FactView> =>
  new Map(
    Object.entries(facts).map(([id, value], n) => [
      id,
      { n, at: at('2026-11-20T06:00:00Z'), known: true, value, ruledOut: false },
    ]),
  );

type Who = Readonly<{
  country?: string;
  as?: readonly RegulatedAs[];
  regions?: readonly string[];
  uses?: readonly string[];
  facts?: Facts;
}>;
const judge = (
  id: string,
  { country = 'IE', as = [], regions = [], uses = [], facts = {} }: Who,
): Applicability => {
  const situation: Situation = {
    organisation: { country, acts_as: 'both', takes_cards: true, regulated_as: [...as] },
    holds: [],
    regions,
    uses,
    facts: factsOf(facts),
  };
  const found = all.flatMap((regulation) => regulation.applies(situation)).find(({ duty }) => duty.id === id);
  if (found === undefined) throw new Error(`no duty ${id}`);
  return found;
};

describe('which law reaches the company', () => {
  it.each<[string, Who, 'owed' | 'could' | 'facts' | 'company']>([
    // People of the inventory, the place of the company, or what the incident has shown.
    ['uk.33-1', {}, 'company'],
    ['uk.33-1', { country: 'GB' }, 'could'],
    ['uk.33-1', { regions: ['DE', 'GB'] }, 'could'],
    ['uk.33-1', { facts: { 'people-gb': true } }, 'could'],
    ['uk.33-1', { facts: { 'people-gb': { about: 12, from: 0, to: 40 } } }, 'could'],
    ['uk.33-1', { regions: ['GB'], facts: { 'people-gb': 0 } }, 'facts'],
    ['uk.33-1', { regions: ['GB'], facts: { 'people-gb': false } }, 'facts'],
    ['uk.33-1', { regions: ['GB'], facts: { aware: '2026-11-20T08:00:00Z' } }, 'owed'],
    ['uk.33-1', { facts: { aware: '2026-11-20T08:00:00Z' } }, 'company'],
    ['uk.pecr-5a', { country: 'GB' }, 'company'],
    ['uk.pecr-5a', { country: 'GB', as: ['telecom-provider'] }, 'could'],
    ['uk.complaint', { facts: { 'uk-complaint-received': '2026-11-20T08:00:00Z' } }, 'owed'],
    ['us-states.ca-residents', { regions: ['US'] }, 'could'],
    ['us-states.ny-residents', { regions: ['US-CA'] }, 'company'],
    ['us-states.tx-attorney-general', { facts: { 'people-us-tx': 249 } }, 'facts'],
    ['us-states.tx-attorney-general', { facts: { 'people-us-tx': 250 } }, 'could'],
    [
      'us-states.tx-attorney-general',
      { facts: { 'people-us-tx': { about: 240, from: 200, to: 300 } } },
      'could',
    ],
    [
      'us-states.ca-attorney-general',
      { facts: { 'people-us-ca': 500, 'ca-consumers-notified': true } },
      'facts',
    ],
    [
      'us-states.ca-attorney-general',
      { facts: { 'people-us-ca': 501, 'ca-consumers-notified': true } },
      'owed',
    ],
    ['hipaa.hhs', { as: ['hipaa-covered-entity'], facts: { 'phi-people': 499 } }, 'facts'],
    ['hipaa.hhs', { as: ['hipaa-covered-entity'], facts: { 'phi-people': 500 } }, 'could'],
    ['hipaa.hhs-annual', { as: ['hipaa-covered-entity'], facts: { 'phi-people': 500 } }, 'facts'],
    ['hipaa.media', { as: ['hipaa-covered-entity'], facts: { 'phi-people-one-state': 500 } }, 'facts'],
    ['hipaa.media', { as: ['hipaa-covered-entity'], facts: { 'phi-people-one-state': 501 } }, 'could'],
    ['hipaa.individuals', { as: ['hipaa-business-associate'] }, 'company'],
    ['hipaa.business-associate', { as: ['hipaa-business-associate'] }, 'could'],
    ['dora.initial', {}, 'company'],
    ['dora.initial', { as: ['credit-institution'] }, 'could'],
    ['dora.initial', { facts: { 'classified-major': '2026-11-20T08:00:00Z' } }, 'owed'],
    ['nis2.early-warning', { as: ['nis2-important'] }, 'could'],
    ['nis2.trust-service-notification', { as: ['nis2-important'] }, 'company'],
    ['sec.8k-1-05', { as: ['sec-registrant'] }, 'could'],
    ['sec.8k-1-05', { as: ['sec-registrant'], facts: { material: false } }, 'facts'],
    ['meta.platform-terms', { uses: ['slack'] }, 'company'],
    ['meta.platform-terms', { uses: ['meta'] }, 'could'],
    ['brazil.anpd', { regions: ['BR'] }, 'could'],
    ['india.cert-in', { country: 'IN', facts: { 'cert-in-listed': false } }, 'facts'],
    ['canada.pipeda', { facts: { 'people-ca': 3 } }, 'could'],
    ['us-states.ca-residents', { facts: { 'people-ca': 3 } }, 'company'],
    ['switzerland.fdpic', { country: 'CH', facts: { 'high-risk': false } }, 'facts'],
  ])('%s, %j: %s', (id, who, expected) => {
    const found = judge(id, who);
    expect(found.is === 'not' ? found.by : found.is).toBe(expected);
    expect(found.why).toMatch(/\.$/);
  });

  it('names what nobody has said yet', () => {
    expect(judge('uk.33-1', {}).missing).toEqual(['people-gb']);
    expect(judge('uk.33-1', { country: 'GB' }).missing).toEqual(['aware', 'personal-data', 'risk-unlikely']);
  });
});

const look = (id: string, facts: Facts, zone: string, now = '2026-11-20T08:00:00Z') => {
  const duty = duties.find((one) => one.id === id);
  if (duty === undefined) throw new Error(`no duty ${id}`);
  const holidays = lookUp(calendarsFor(['BR', 'US-FED'], 'IE'));
  const found = countdown(duty, factsOf(facts), new Map(), at(now), {
    zone,
    earliestAt: at('2026-11-20T06:00:00Z'),
    holidays,
  });
  if (!('due' in found)) return found.standing;
  return `${found.standing} ${found.due.is === 'at' ? formatLocal(found.due.at, duty.zone ?? zone, 'rfc3339') : found.due.wording}`;
};

describe('until when', () => {
  it.each([
    // Aware on a day before the law was in force starts nothing.
    ['india.dpdp-board-72h', { aware: '2026-11-20T08:00:00Z' }, 'Asia/Kolkata', 'idle'],
    [
      'india.cert-in',
      { 'incident-noticed': '2026-11-20T08:00:00Z' },
      'Asia/Kolkata',
      'running 2026-11-20T19:30:00+05:30',
    ],
    [
      'nis2.early-warning',
      { 'significant-incident': '2026-11-20T08:00:00Z' },
      'Europe/Berlin',
      'running 2026-11-21T09:00:00+01:00',
    ],
    // 26 November is Thanksgiving; the day ends where EDGAR closes, wherever the company is.
    [
      'sec.8k-1-05',
      { material: '2026-11-25T16:00:00Z' },
      'Europe/Dublin',
      'running 2026-12-02T17:30:00-05:00',
    ],
    [
      'brazil.anpd',
      { aware: '2026-11-18T14:00:00Z' },
      'America/Sao_Paulo',
      'running 2026-11-24T23:59:59-03:00',
    ],
    [
      'hipaa.hhs-annual',
      { 'phi-breach-discovered': '2027-05-10T13:00:00Z' },
      'America/New_York',
      'running 2028-02-29T23:59:59-05:00',
    ],
    [
      'singapore.pdpc',
      { 'singapore-notifiable': '2026-11-20T08:00:00Z' },
      'Asia/Singapore',
      'running 2026-11-23T23:59:59+08:00',
    ],
    [
      'us-states.ca-residents',
      { 'breach-discovered': '2026-11-20T08:00:00Z' },
      'America/Los_Angeles',
      'running 2026-12-20T23:59:59-08:00',
    ],
    ['uk.34', { 'high-risk': true }, 'Europe/London', 'running without undue delay'],
    ['canada.pipeda', {}, 'America/Toronto', 'idle'],
    // DORA: four hours from the classification, 24 from noticing at most; classified later than that, four hours again.
    ['dora.initial', {}, 'Europe/Dublin', 'provisional 2026-11-21T06:00:00+00:00'],
    [
      'dora.initial',
      { 'incident-noticed': '2026-11-20T04:00:00Z' },
      'Europe/Dublin',
      'overdue 2026-11-21T04:00:00+00:00',
    ],
    [
      'dora.initial',
      { 'incident-noticed': '2026-11-20T04:00:00Z', 'classified-major': '2026-11-20T07:00:00Z' },
      'Europe/Dublin',
      'running 2026-11-20T11:00:00+00:00',
    ],
    [
      'dora.initial',
      { 'incident-noticed': '2026-11-20T04:00:00Z', 'classified-major': '2026-11-21T02:00:00Z' },
      'Europe/Dublin',
      'running 2026-11-21T04:00:00+00:00',
    ],
    [
      'dora.initial',
      { 'incident-noticed': '2026-11-20T04:00:00Z', 'classified-major': '2026-11-21T09:00:00Z' },
      'Europe/Dublin',
      'running 2026-11-21T13:00:00+00:00',
    ],
  ])('%s from %j in %s: %s', (id, facts, zone, expected) => {
    const now = expected.startsWith('overdue') ? '2026-11-21T05:00:00Z' : '2026-11-20T08:00:00Z';
    expect(look(id, facts, zone, now)).toBe(expected);
  });
});

describe('one duty, computed by itself', () => {
  const asked = { trigger: '2026-10-24T11:00:00+01:00', zone: 'Europe/Dublin', country: null, capped: null };

  it('gives the due moment with its source and what to know beside it', () => {
    expect(computeDuty({ ...asked, obligation: 'gdpr.33-1' })).toMatchObject({
      due: '2026-10-27T10:00:00+00:00',
      source: 'GDPR Art. 33(1), (3), (4)',
    });
  });

  it('counts the working days of the country that is named', () => {
    const due = (country: string | null) =>
      computeDuty({
        ...asked,
        obligation: 'pci.visa-pfi-contract',
        trigger: '2026-10-23T09:00:00+01:00',
        country,
      });
    expect(due(null)).toMatchObject({ due: '2026-10-30T23:59:59+00:00' });
    // Monday 26 October is a holiday in Ireland.
    expect(due('IE')).toMatchObject({ due: '2026-11-02T23:59:59+00:00' });
  });

  it.each([
    ['a time without an offset', { trigger: '2026-10-24T11:00:00' }, 'not a time with its offset'],
    ['a zone that is none', { zone: 'Europe/Atlantis' }, 'not a known time zone'],
    ['a cap that is no time', { capped: 'yesterday' }, 'not a time with its offset'],
  ])('refuses %s', (_, change, words) => {
    expect(computeDuty({ ...asked, obligation: 'dora.initial', ...change })).toEqual({
      refused: expect.stringContaining(words) as string,
    });
  });

  it('names the duties there are, and starts none before its law', () => {
    expect(computeDuty({ ...asked, obligation: 'gdpr.99' })).toEqual({
      unknown: expect.stringContaining('gdpr.33-1') as string,
    });
    expect(
      computeDuty({ ...asked, obligation: 'uk.complaint', trigger: '2026-06-18T09:00:00Z' }),
    ).toMatchObject({
      due: null,
      wording: 'not in force on 2026-06-18: no clock starts',
    });
  });
});

describe('holidays', () => {
  it('are those of the company’s place, with what its region adds and takes away', () => {
    const own = calendarsFor([], 'DE', { add: ['2026-06-04'], remove: ['2026-05-01'] })['own'] ?? [];
    expect(own).toContain('2026-06-04');
    expect(own).toContain('2026-05-14');
    expect(own).not.toContain('2026-05-01');
  });

  it('of an unknown country are none, so that nothing is counted too late', () => {
    expect(calendarsFor(['ZZ'], 'ZZ')).toEqual({ ZZ: [], own: [] });
  });
});
