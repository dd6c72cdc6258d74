import { describe, expect, test } from 'vitest';
import type { Contact } from '../../src/model/inventory.ts';
import { OWN } from '../../src/model/own-duty.ts';
import { limits } from '../../src/model/limits.ts';
import type { ClockView } from '../../src/projections/countdowns.ts';
import { whoToRing, type WhoAbout, type WhoRow } from '../../src/projections/who.ts';
import { callWords, authorityWords, contactWords, dutyWords } from '../../src/projections/who-words.ts';
import { authorities, supervisory } from '../../src/regulations/authorities.ts';
import { regulations } from '../../src/regulations/index.ts';
import { placesAffected } from '../../src/regulations/reach.ts';
import { clock } from '../cli/fake-view.ts';
import { at } from '../fakes/clock.ts';

const TODAY = '2026-11-27';
const contact = (id: string, more: Partial<Contact> = {}): Contact => ({
  id,
  name: `Desk of ${id}`,
  duty: 'answers',
  phone: '+353 20 910 0100',
  checked: '2026-11-20',
  ...more,
});
const about = (more: Partial<WhoAbout> = {}): WhoAbout => ({
  organisation: { country: 'IE', takes_cards: false, dpo: null, acquirer: null },
  contacts: [],
  places: [],
  providers: [],
  calls: [],
  drill: false,
  today: TODAY,
  ...more,
});
const company = (country: string | null, takes_cards = false): WhoAbout['organisation'] => ({
  country,
  takes_cards,
  dpo: null,
  acquirer: null,
});
const authorityClock = clock({ contact: 'authority' });
const rows = (clocks: readonly ClockView[], more: Partial<WhoAbout> = {}): readonly WhoRow[] =>
  whoToRing(clocks, about(more));
const row = (id: string, clocks: readonly ClockView[], more: Partial<WhoAbout> = {}): WhoRow => {
  const found = rows(clocks, more).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
};
const told = ({ authorities: all }: WhoRow): readonly string[] => all.map(({ authority }) => authority.id);

describe('under the GDPR', () => {
  test('a main establishment in the EU has one authority, wherever people are', () => {
    const found = row('authority', [authorityClock], { places: ['DE', 'FR'] });
    expect(told(found)).toEqual(['dpa-ie']);
    expect(found.why).toMatch(/^One authority: the main establishment is in IE\..*Art\. 56.*Art\. 55/);
  });

  test('without an establishment in the EU each country of people affected has its own', () => {
    const found = row('authority', [authorityClock], {
      organisation: company('GB'),
      places: ['FR', 'GB', 'IE', 'US-CA'],
    });
    expect(told(found)).toEqual(['dpa-fr', 'dpa-ie']);
    expect(found.why).toMatch(/^Several, each by itself: 2\..*paragraph 73/);
  });

  test('where no place is known that is said, and no authority is guessed', () => {
    const found = row('authority', [authorityClock], { organisation: company('US') });
    expect(told(found)).toEqual([]);
    expect(found.why).toMatch(/^Not known yet which\./);
  });

  test('a sealed company is not taken for one in Ireland', () => {
    const found = row('authority', [authorityClock], { organisation: company(null), contacts: null });
    expect(told(found)).toEqual([]);
    expect(found.why).toContain('is not known here');
    expect(found.missing).toContain('sealed');
  });

  test('a fact of the incident outweighs what the inventory says of places', () => {
    const fact = (value: number | boolean) => ({ known: true, value, ruledOut: false });
    const facts = new Map([
      ['people-de', fact(0)],
      ['people-fr', fact(12)],
    ]);
    expect(placesAffected({ regions: ['DE', 'IE'], facts })).toEqual(['FR', 'IE']);
  });

  test('every member of the EEA is there once', () => {
    expect(supervisory).toHaveLength(30);
    expect(new Set(supervisory.map(({ country }) => country)).size).toBe(30);
  });
});

test('the United Kingdom has the ICO alone, beside whoever leads in the EU', () => {
  const uk = clock({ duty: 'uk.33-1', contact: 'uk-authority' });
  const found = row('uk-authority', [authorityClock, uk]);
  expect(told(found)).toEqual(['ico']);
  expect(found.why).toContain('ICO alone');
  expect(told(row('authority', [authorityClock, uk]))).toEqual(['dpa-ie']);
});

test.each([
  ['us-states.ca-attorney-general', 'ag-us-ca'],
  ['us-states.ny-residents', 'ag-us-ny'],
  ['us-states.tx-attorney-general', 'ag-us-tx'],
])('%s goes to the authority of that state', (duty, id) => {
  expect(told(row(duty, [clock({ duty })]))).toEqual([id]);
});

test('what stands by the name of a duty or a contact is one that the laws use', () => {
  const duties = Object.values(regulations).flatMap(({ obligations }) => obligations);
  const known = new Set(
    duties.flatMap(({ id, contact: wanted }) => [id, ...(wanted === undefined ? [] : [wanted])]),
  );
  const roles = ['brand-desk', 'pfi'];
  expect(Object.keys(authorities).filter((id) => !known.has(id) && !roles.includes(id))).toEqual([]);
});

test('duties without an office that takes a call are one row, a contract of our own is not', () => {
  const clocks = ['us-states.ca-residents', 'us-states.co-residents'].map((duty) =>
    clock({ duty, regime: 'us-states' }),
  );
  const contract = clock({ duty: 'own.acme', regime: OWN, to: 'Acme Ltd' });
  const found = rows([...clocks, contract]).filter(({ duties }) => duties.length > 0);
  expect(found.map(({ id, duties }) => [id, duties.length])).toEqual([
    ['in-house', 2],
    ['own.acme', 1],
  ]);
  expect(found[1]?.title).toBe('Acme Ltd');
});

describe('cards', () => {
  test('who takes cards rings acquirer, investigator and brand desks; who takes none does not', () => {
    const ids = (takes: boolean) => rows([], { organisation: company('IE', takes) }).map(({ id }) => id);
    expect(ids(true)).toEqual(['acquirer', 'pfi', 'brand-desk', 'insurer', 'bsp', 'dpo']);
    expect(ids(false)).toEqual(['insurer', 'bsp', 'dpo']);
  });

  test('a duty towards the acquirer and its role are one call', () => {
    const pci = clock({
      duty: 'pci.acquirer',
      contact: 'acquirer',
      due: null,
      dueLocal: null,
      wording: 'at once',
    });
    const found = rows([pci], { organisation: company('IE', true) }).filter(({ id }) => id === 'acquirer');
    expect(found.map(({ duties }) => duties.map(({ duty }) => duty))).toEqual([['pci.acquirer']]);
  });

  test('a row that firebreak.yaml names as the acquirer is the one', () => {
    const organisation = { ...company('IE', true), acquirer: 'bank' };
    const contacts = [contact('bank')];
    expect(row('acquirer', [], { organisation, contacts }).contacts[0]?.contact.id).toBe('bank');
  });
});

test('what others owe, what was sent and what is over is nobody to ring for', () => {
  const clocks = [
    clock({ duty: 'a', context: true }),
    clock({ duty: 'b', standing: 'sent' }),
    clock({ duty: 'c', standing: 'met' }),
    clock({ duty: 'd', standing: 'idle' }),
    clock({ duty: 'e', standing: 'ruled-out' }),
    clock({ duty: 'f', standing: 'provisional', provisional: true }),
    clock({ duty: 'g', standing: 'overdue' }),
  ];
  expect(rows(clocks).flatMap(({ duties }) => duties.map(({ duty }) => duty))).toEqual(['f', 'g']);
});

describe('entries of contacts.yaml', () => {
  test('who stands for the role comes before who is named for the duty alone', () => {
    const contacts = [
      contact('dpo', { for: ['gdpr.33-1'] }),
      contact('desk', { for: ['authority'] }),
      contact('by-law', { for: ['dpa-ie'] }),
    ];
    const ids = row('authority', [authorityClock], { contacts }).contacts.map((one) => one.contact.id);
    expect(ids).toEqual(['desk', 'by-law', 'dpo']);
  });

  test('nobody entered is said, with what to write where', () => {
    expect(row('insurer', []).missing).toBe(
      'Nobody is entered. Add a number to contacts.yaml with `for: [insurer]`.',
    );
    expect(row('insurer', [], { contacts: [contact('insurer')] }).missing).toBeNull();
  });

  test('the provider of a channel is who the data map names', () => {
    const contacts = [contact('meta-desk'), contact('mailer')];
    const found = row('bsp', [], { contacts, providers: ['meta-desk'] });
    expect(found.contacts.map((one) => one.contact.id)).toEqual(['meta-desk']);
  });

  test('whoever serves no duty is listed last, once', () => {
    const contacts = [contact('comms'), contact('dpo')];
    const last = rows([], { contacts }).at(-1);
    expect(last?.id).toBe('others');
    expect(last?.contacts.map((one) => one.contact.id)).toEqual(['comms']);
  });

  test('an entry is stale a day after the limit, and not on it', () => {
    const day = (ago: number): string =>
      new Date(Date.parse(`${TODAY}T00:00:00Z`) - ago * 86_400_000).toISOString().slice(0, 10);
    const old = (ago: number) => {
      const [one] = row('dpo', [], { contacts: [contact('dpo', { checked: day(ago) })] }).contacts;
      return one === undefined ? '' : contactWords(one);
    };
    expect(old(limits.contactStaleDays)).toBe('checked 180 days ago');
    expect(old(limits.contactStaleDays + 1)).toContain('checked 181 days ago: STALE');
  });

  test('attempts are counted, and the latest is told', () => {
    const call = (n: number, id: string, outcome: 'reached' | 'no-answer') => ({
      n,
      at: at(`2026-11-27T0${n}:00:00Z`),
      contact: id,
      outcome,
    });
    const calls = [call(1, 'dpo', 'no-answer'), call(2, 'dpa-ie', 'no-answer'), call(3, 'dpo', 'reached')];
    const [one] = row('dpo', [], { contacts: [contact('dpo')], calls }).contacts;
    expect(one).toMatchObject({ attempts: 2, last: { n: 3, outcome: 'reached' } });
    expect(one === undefined ? '' : callWords(one, 'UTC')).toMatch(
      /^Rung 2 times, last at 03:00.*: reached\.$/,
    );
    expect(row('authority', [authorityClock], { calls }).authorities[0]).toMatchObject({ attempts: 1 });
  });
});

test('in a drill no real office has a number, and each says not to ring it', () => {
  const ico = (drill: boolean) => {
    const clocks = [clock({ duty: 'uk.33-1', contact: 'uk-authority' })];
    return row('uk-authority', clocks, { drill }).authorities[0]?.authority;
  };
  expect(ico(false)?.phone).toBe('+44 303 123 1113');
  expect(ico(true)).toMatchObject({ phone: null, note: expect.stringContaining('do not ring') as string });
});

test('an authority says where it is from', () => {
  const words = (id: string) => {
    const one = [...supervisory, ...Object.values(authorities).flat()].find((other) => other.id === id);
    return one === undefined ? '' : authorityWords(one);
  };
  expect(words('dpa-at')).toContain('From memory');
  expect(words('dpa-mt')).toContain('Its own page, as a copy had it on 2026-11-27');
  expect(words('cert-in')).toContain("By somebody's account");
});

test.each([
  [{}, /^72 h 00 min left, due 2026-03-04 10:00 \+01:00: Notify the authority \(gdpr\.33-1\)$/],
  [{ standing: 'overdue', leftMs: -3_600_000 }, /^LATE by 1 h/],
  [{ due: null, dueLocal: null, leftMs: null, wording: 'at once' }, /^at once: Notify/],
  [{ standing: 'provisional', provisional: true }, /PROVISIONAL/],
] as const)('what is due is said first: %o', (more, words) => {
  const [duty] = row('authority', [clock({ contact: 'authority', ...more })]).duties;
  expect(duty === undefined ? '' : dutyWords(duty)).toMatch(words);
});
