import type { PrivateClass } from '../model/event.ts';

/**
 * Who must keep what for how long: duties that stand against deletion. A company names those that bind it under
 * `retention.keeps` of `firebreak.yaml`; they then win over a shorter number of days. Days are counted on the long side: a year
 * has 366.
 */
export type Keeping = Readonly<{
  id: string;
  who: string;
  what: string;
  classes: readonly PrivateClass[];
  days: number;
  source: string;
  version: string;
  confidence: 'primary' | 'third-party' | 'memory' | 'disputed';
  note?: string;
}>;

const years = (count: number): number => count * 366;

/** Messages with customers lie in evidence and exchanges; what was done about a breach lies in the words of the responders. */
const messages: readonly PrivateClass[] = ['evidence', 'exchange'];
const record: readonly PrivateClass[] = ['staff', 'definitions', 'exchange', 'evidence'];

export const keepings: readonly Keeping[] = [
  {
    id: 'sec.17a-4-b-4',
    who: 'US broker-dealers',
    what: 'communications relating to the business as such, on whichever channel',
    classes: messages,
    days: years(3),
    source: '17 CFR 240.17a-4(b)(4)',
    version: '2023-05-03',
    confidence: 'third-party',
    note: 'The first two years easily accessible. Off-channel messages count by content, not by channel.',
  },
  {
    id: 'sec.17a-4-a',
    who: 'US broker-dealers',
    what: 'listed core records',
    classes: record,
    days: years(6),
    source: '17 CFR 240.17a-4(a)',
    version: '2023-05-03',
    confidence: 'third-party',
  },
  {
    id: 'finra.4511',
    who: 'FINRA members',
    what: 'records for which no other period is set',
    classes: record,
    days: years(6),
    source: 'FINRA Rule 4511(b)',
    version: '2011-12-05',
    confidence: 'memory',
    note: 'Communications follow 17a-4(b)(4): three years.',
  },
  {
    id: 'fca.sysc-10a',
    who: 'UK firms in scope of SYSC 10A',
    what: 'recorded calls and electronic communications',
    classes: messages,
    days: years(5),
    source: 'FCA Handbook, SYSC 10A.1.15',
    version: '2018-01-03',
    confidence: 'third-party',
    note: 'Seven years where the FCA asks for it: set the days by hand then.',
  },
  {
    id: 'mifid2.16-7',
    who: 'EU investment firms',
    what: 'recorded calls and electronic communications',
    classes: messages,
    days: years(5),
    source: 'Directive 2014/65/EU Art. 16(7)',
    version: '2018-01-03',
    confidence: 'memory',
    note: 'Up to seven years where the authority asks for it: set the days by hand then.',
  },
  {
    id: 'certin.logs',
    who: 'entities in India',
    what: 'logs of ICT systems',
    classes: messages,
    days: 180,
    source: 'CERT-In Directions of 28 April 2022 under s. 70B(6) of the IT Act',
    version: '2022-04-28',
    confidence: 'third-party',
  },
  {
    id: 'ch.breach-record',
    who: 'controllers in Switzerland',
    what: 'the documentation of a breach',
    classes: record,
    days: years(2),
    source: 'Swiss Data Protection Ordinance Art. 15(4)',
    version: '2023-09-01',
    confidence: 'primary',
  },
  {
    id: 'ca.breach-record',
    who: 'organisations in Canada',
    what: 'records of breaches of security safeguards',
    classes: record,
    days: years(2),
    source: 'SOR/2018-64 s. 6',
    version: '2018-11-01',
    confidence: 'memory',
    note: '24 months from the day the breach was determined.',
  },
  {
    id: 'br.breach-record',
    who: 'controllers in Brazil',
    what: 'the record of an incident',
    classes: record,
    days: years(5),
    source: 'Resolution CD/ANPD 15/2024 Art. 10',
    version: '2024-04-26',
    confidence: 'memory',
  },
];

export const keepingIds: readonly string[] = keepings.map(({ id }) => id);
