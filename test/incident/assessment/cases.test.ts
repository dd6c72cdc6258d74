import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/incident/assessment/assess.ts';

type Expected = Readonly<{ document: boolean; notify_sa: boolean; notify_subjects: boolean }>;
type Case = Readonly<{
  id: string;
  title: string;
  factors: Readonly<Record<string, unknown>>;
  expected: Expected;
}>;

const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/edpb-cases.json', import.meta.url), 'utf8'),
) as Readonly<{ cases: readonly Case[] }>;

const advised = (factors: Case['factors']): Expected => {
  const { document, authority, people } = assess(factors);
  return { document: document.yes, notify_sa: authority.yes, notify_subjects: people.yes };
};

describe('the practice cases of the guidelines', () => {
  it('are all in the file, with every kind of outcome', () => {
    expect(cases).toHaveLength(6);
    expect(
      new Set(cases.map(({ expected }) => `${expected.notify_sa} ${expected.notify_subjects}`)).size,
    ).toBe(3);
  });

  it.each(cases)('$id: $title', ({ factors, expected }) => {
    expect(advised(factors)).toEqual(expected);
  });

  it.each(cases)('$id is understood whole, and both sides of every answer are given', ({ factors }) => {
    const { document, authority, people, warnings } = assess(factors);
    expect(warnings).toEqual([]);
    for (const { because, against } of [document, authority, people]) {
      expect(because.length).toBeGreaterThan(0);
      expect(against.length).toBeGreaterThan(0);
    }
  });
});

const harmless = { special_categories: false, financial: false, vulnerable: false };
const accident = { breach: ['confidentiality'], malicious: false, ...harmless };
const attack = { breach: ['confidentiality'], malicious: true, exfiltration: true, ...harmless };
const ransom = {
  breach: ['availability', 'integrity'],
  malicious: true,
  exfiltration: false,
  subjects: 'dozens',
  ...harmless,
};
const theft = { ...accident, malicious: true, device: 'stolen' };

/** 0 record only, 1 tell the authority, 2 tell the people too. */
const situations: readonly (readonly [number, string, Readonly<Record<string, unknown>>])[] = [
  [
    1,
    'ransomware, restored from paper in a week',
    { ...ransom, backup: 'paper_only', restore_hours: 120, service_impact: 'minor' },
  ],
  [
    0,
    'ransomware, restored by the evening',
    { ...ransom, backup: 'available', restore_hours: 8, service_impact: 'minor' },
  ],
  [1, 'ransomware, the copy encrypted too', { ...ransom, backup: 'also_encrypted' }],
  [2, 'ransomware, the only patient files lost', { ...ransom, backup: 'none', special_categories: true }],
  [
    2,
    'ransomware, and the copy and the cards taken',
    { ...ransom, exfiltration: true, backup: 'also_encrypted', financial: true },
  ],
  [
    2,
    'ransomware, and nobody can say whether data left',
    { ...ransom, exfiltration: null, backup: 'available', restore_hours: 4 },
  ],
  [
    2,
    'applications taken from a website, logs wiped',
    { ...attack, exfiltration: null, subjects: 213, undetected_days: 30 },
  ],
  [
    2,
    'passwords from elsewhere tried on a shop, some fit',
    { ...attack, exfiltration: false, accounts_entered: '2000', subjects: '100,000' },
  ],
  [
    0,
    'an agent bound to secrecy got a list and deleted it',
    {
      ...accident,
      recipient: 'trusted_professional_secrecy',
      deletion_confirmed: true,
      subjects: 'two dozen',
    },
  ],
  [
    1,
    'the same with patients in it',
    {
      ...accident,
      recipient: 'trusted_professional_secrecy',
      deletion_confirmed: true,
      subjects: 24,
      special_categories: true,
    },
  ],
  [
    0,
    'locked tablets stolen from a kindergarten, and wiped',
    { ...theft, vulnerable: true, data_unintelligible: true, remote_wipe: true, subjects: 40 },
  ],
  [
    2,
    'an open notebook stolen',
    { ...theft, data_unintelligible: false, subjects: '100000+', special_categories: null },
  ],
  [
    2,
    'the paper register of a clinic stolen',
    {
      ...theft,
      medium: 'paper',
      special_categories: true,
      vulnerable: true,
      backup: 'none',
      breach: ['confidentiality', 'availability'],
    },
  ],
  [
    0,
    'two parcels with each other’s bill',
    {
      ...accident,
      recipient: 'known_other_customer',
      recipient_count: 2,
      data: 'basic_contact',
      subjects: 2,
    },
  ],
  [
    0,
    'a strange letter that came back unread',
    {
      ...accident,
      recipient: 'known_other_customer',
      recipient_count: 1,
      deletion_confirmed: true,
      subjects: 1,
    },
  ],
  [
    2,
    'a list with social security numbers to all on the list',
    { ...accident, recipient: 'large_uncontrolled_group', national_id: true, subjects: '60000' },
  ],
  [
    1,
    'a newsletter with all addresses in sight',
    { ...accident, recipient: 'large_uncontrolled_group', data: 'basic_contact', subjects: 80 },
  ],
  [
    0,
    'the list of a course to last year’s course',
    {
      ...accident,
      recipient: 'known_small_group',
      recipient_count: 15,
      subjects: 15,
      special_categories: 'marginal_health',
    },
  ],
  [
    1,
    'the same, and one of them refuses to delete it',
    {
      ...accident,
      recipient: 'known_small_group',
      recipient_count: 15,
      subjects: 15,
      deletion_confirmed: false,
    },
  ],
  [
    2,
    'a caller who plays a customer gets the bills',
    { ...attack, social_engineering: true, channel: 'contact_centre', subjects: 1 },
  ],
  [2, 'a chat token leaked, transcripts read by somebody unknown', { ...attack, subjects: 'thousands' }],
  [
    1,
    'an intruder was seen in the address book, nothing left',
    { ...attack, exfiltration: false, data: 'basic_contact', subjects: 500 },
  ],
  [1, 'a small address book taken', { ...attack, data: 'basic_contact', subjects: 80 }],
  [2, 'the same, and for months', { ...attack, data: 'basic_contact', subjects: 80, undetected_days: 60 }],
  [
    1,
    'a curious colleague looked up customers',
    { ...accident, insider: true, exfiltration: false, subjects: 3 },
  ],
  [2, 'an address book of a million taken', { ...attack, data: 'basic_contact', subjects: '1 million' }],
  [
    0,
    'an hour without service, nothing lost',
    { breach: ['availability'], malicious: false, backup: 'available', service_impact: 'none', ...harmless },
  ],
];

describe('a situation', () => {
  it.each(situations)('that asks for step %d: %s', (step, _, factors) => {
    const { authority, people } = assess(factors);
    expect(Number(authority.yes) + Number(people.yes)).toBe(step);
  });
});

describe('encryption', () => {
  const safe = { ...attack, data_unintelligible: true, key_compromised: false };
  it('holds while the key is safe, and only then', () => {
    expect(assess(safe).authority.yes).toBe(false);
    for (const key_compromised of [true, null, undefined])
      expect(assess({ ...safe, key_compromised }).authority.yes).toBe(true);
    expect(assess({ ...safe, medium: 'paper' }).authority.yes).toBe(true);
    expect(assess({ ...safe, accounts_entered: 3 }).authority.yes).toBe(true);
  });

  it('is flagged beside a score that it does not change', () => {
    expect(assess(safe).severity.flags).toContain('unintelligible');
    expect(assess({ ...safe, key_compromised: true }).severity.flags).not.toContain('unintelligible');
  });
});

describe('what is not known', () => {
  it('is said, with what alone could change the advice', () => {
    const { unknown, people } = assess({
      ...accident,
      recipient: 'known_other_customer',
      special_categories: null,
      subjects: 1,
    });
    expect(unknown.find(({ factor }) => factor === 'special_categories')).toMatchObject({ decisive: true });
    expect(people.because.join('\n')).toContain('not known whether health');
  });

  it('is everything where nothing is said', () => {
    const { authority, people, warnings } = assess({});
    expect([authority.yes, people.yes, warnings]).toEqual([true, true, []]);
  });

  it.each([
    ['colour', 'red', 'colour is not a factor'],
    ['malicious', 'perhaps', 'malicious: "perhaps"'],
    ['breach', ['confidentiality', 'reputation'], 'breach: '],
    ['subjects', -4, 'subjects: -4'],
    ['toString', 1, 'toString is not a factor'],
    ['exfiltration', { deep: ['x'.repeat(100)] }, 'exfiltration: '],
  ])('or not understood, %s %j, is a warning', (name, value, warning) => {
    const { warnings, authority } = assess({ ...accident, [name]: value });
    expect(warnings).toEqual([expect.stringContaining(warning)]);
    expect(authority.yes).toBe(true);
  });
});
