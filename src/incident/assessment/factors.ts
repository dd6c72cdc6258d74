import { countOf, exactly, uncounted, type Count } from './count.ts';

/**
 * What is said about a breach, as factors that each can be known, unknown (null) or not mentioned. Reading turns all three into
 * one set of facts by two columns of one table: what an unknown value counts as (always the worst), and what silence counts as.
 * Silence about what every breach has (who, which data, how many) is unknown; silence about what only some have is a no.
 */
export const sides = ['confidentiality', 'integrity', 'availability'] as const;
export const recipients = [
  'trusted_professional_secrecy',
  'known_small_group',
  'known_other_customer',
  'large_uncontrolled_group',
] as const;
export const backups = ['available', 'paper_only', 'also_encrypted', 'none'] as const;
export const impacts = ['none', 'minor', 'significant', 'major'] as const;

export type Facts = Readonly<{
  breach: readonly (typeof sides)[number][];
  exfiltration: boolean | 'unsaid';
  data_unintelligible: boolean;
  key_compromised: boolean | 'unsaid';
  special_categories: false | 'marginal_health' | true;
  financial: boolean;
  national_id: boolean;
  vulnerable: boolean;
  identifiable: 'low' | 'high';
  data: 'basic_contact' | 'unsaid';
  subjects: Count;
  malicious: boolean;
  insider: boolean;
  social_engineering: boolean;
  accounts_entered: Count;
  undetected_days: Count;
  recipient: (typeof recipients)[number] | 'unsaid';
  recipient_count: Count;
  deletion_confirmed: boolean | 'unsaid';
  /** What is not known may have been stolen, and explains nothing else. */
  device: 'stolen' | 'unknown' | 'unsaid';
  remote_wipe: boolean;
  medium: 'paper' | 'unsaid';
  channel: 'contact_centre' | 'email' | 'unsaid';
  backup: (typeof backups)[number];
  restore_hours: Count;
  service_impact: (typeof impacts)[number];
}>;
export type Factor = keyof Facts;

/** `silence: 'unknown'` reads a factor that is not mentioned as one that is not known. */
type Row<T> = Readonly<{
  read: (value: unknown) => T | null;
  worst: T;
  silence: 'unknown' | Readonly<{ counts: T }>;
  says: string;
}>;

const counts = <T>(value: T) => ({ counts: value });

function word<T extends string | boolean>(...values: readonly T[]) {
  return (value: unknown): T | null =>
    values.find((one) => one === value || String(one) === String(value).trim().toLowerCase()) ?? null;
}
const yesNo = word<boolean>(true, false);

function sideList(value: unknown): Facts['breach'] | null {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const known = sides.filter((side) => given.includes(side));
  return known.length > 0 && known.length === new Set(given).size ? known : null;
}

/** One row a factor; `says` finishes "it is not known ...". */
const table: { readonly [F in Factor]: Row<Facts[F]> } = {
  breach: {
    read: sideList,
    worst: [...sides],
    silence: 'unknown',
    says: 'what was hit: confidentiality, integrity or availability',
  },
  exfiltration: { read: yesNo, worst: true, silence: counts('unsaid'), says: 'whether anything was taken' },
  data_unintelligible: {
    read: yesNo,
    worst: false,
    silence: 'unknown',
    says: 'whether the data can be read, or are encrypted or hashed',
  },
  key_compromised: { read: yesNo, worst: true, silence: counts('unsaid'), says: 'whether the key is safe' },
  special_categories: {
    read: word<Facts['special_categories'] & (string | boolean)>(false, 'marginal_health', true),
    worst: true,
    silence: 'unknown',
    says: 'whether health or other special categories of data are among them',
  },
  financial: { read: yesNo, worst: true, silence: 'unknown', says: 'whether financial data are among them' },
  national_id: {
    read: yesNo,
    worst: true,
    silence: counts(false),
    says: 'whether national identity numbers or documents are among them',
  },
  vulnerable: {
    read: yesNo,
    worst: true,
    silence: 'unknown',
    says: 'whether patients, children or other vulnerable people are among them',
  },
  identifiable: {
    read: word('low', 'high'),
    worst: 'high',
    silence: counts('high'),
    says: 'how easily the data lead to a person',
  },
  data: {
    read: word('basic_contact'),
    worst: 'unsaid',
    silence: counts('unsaid'),
    says: 'which data they are',
  },
  subjects: { read: countOf, worst: uncounted, silence: 'unknown', says: 'how many people are concerned' },
  malicious: { read: yesNo, worst: true, silence: 'unknown', says: 'whether somebody meant to do it' },
  insider: {
    read: yesNo,
    worst: false,
    silence: counts(false),
    says: 'whether it was one of our own people',
  },
  social_engineering: {
    read: yesNo,
    worst: true,
    silence: counts(false),
    says: 'whether somebody was deceived into it',
  },
  accounts_entered: {
    read: countOf,
    worst: uncounted,
    silence: counts(exactly(0)),
    says: 'how many accounts were entered',
  },
  undetected_days: {
    read: countOf,
    worst: uncounted,
    silence: counts(exactly(0)),
    says: 'how long nobody noticed',
  },
  recipient: {
    read: word(...recipients),
    worst: 'large_uncontrolled_group',
    silence: counts('unsaid'),
    says: 'who received the data',
  },
  recipient_count: {
    read: countOf,
    worst: uncounted,
    silence: counts(exactly(0)),
    says: 'how many received the data',
  },
  deletion_confirmed: {
    read: yesNo,
    worst: false,
    silence: counts('unsaid'),
    says: 'whether the recipient deleted the data',
  },
  device: {
    read: word<Facts['device']>('stolen'),
    worst: 'unknown',
    silence: counts('unsaid'),
    says: 'what became of the device',
  },
  remote_wipe: { read: yesNo, worst: false, silence: counts(false), says: 'whether the device was wiped' },
  medium: {
    read: word('paper'),
    worst: 'paper',
    silence: counts('unsaid'),
    says: 'what the data are written on',
  },
  channel: {
    read: word('contact_centre', 'email'),
    worst: 'unsaid',
    silence: counts('unsaid'),
    says: 'which way it came',
  },
  backup: {
    read: word(...backups),
    worst: 'none',
    silence: 'unknown',
    says: 'whether there is a copy to restore from',
  },
  restore_hours: {
    read: countOf,
    worst: uncounted,
    silence: counts(exactly(0)),
    says: 'how long it takes until all is there again',
  },
  service_impact: {
    read: word(...impacts),
    worst: 'major',
    silence: counts('none'),
    says: 'what it did to the service',
  },
};
export const factorNames = Object.keys(table) as readonly Factor[];

/** `unknown` are the factors that count as their worst; `warnings` is what of the input was not understood. */
export type Read = Readonly<{ facts: Facts; unknown: readonly Factor[]; warnings: readonly string[] }>;

export const saysOf = (factor: Factor): string => table[factor].says;

export function readFactors(given: Readonly<Record<string, unknown>>): Read {
  const unknown: Factor[] = [];
  const warnings: string[] = [];
  const one = <F extends Factor>(factor: F): Facts[F] => {
    const row: Row<Facts[F]> = table[factor];
    const value = Object.hasOwn(given, factor) ? given[factor] : undefined;
    if (value === undefined && row.silence !== 'unknown') return row.silence.counts;
    const read = value === undefined || value === null ? null : row.read(value);
    if (read !== null) return read;
    unknown.push(factor);
    if (value !== undefined && value !== null)
      warnings.push(`${factor}: ${shown(value)} is not a value that is known here; it counts as not known`);
    return row.worst;
  };
  const facts = Object.fromEntries(factorNames.map((factor) => [factor, one(factor)])) as unknown as Facts;
  for (const name of Object.keys(given))
    if (!Object.hasOwn(table, name))
      warnings.push(`${name} is not a factor that is known here; it was left out`);
  return { facts, unknown, warnings };
}

const SHOWN_MAX = 60;
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
}
