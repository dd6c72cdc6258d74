import { answerOf, type Element, type Obligation, type Period } from '../model/obligation.ts';
import {
  byFacts,
  outOfReach,
  started,
  type Applicability,
  type Item,
  type Regulation,
  type Situation,
} from './regulation.ts';

// PCI DSS sets no time to notify. The merchant's duty comes from its agreement with the acquirer; the brands' clocks bind
// mostly the acquirer and are shown so that a merchant knows what the acquirer will ask for, and when.

const element = (id: string, title: string, facts: readonly string[]): Element => ({
  id,
  article: 'merchant agreement; PCI DSS 12.10.1',
  title,
  facts,
  may_follow: true,
});

const acquirerElements: readonly Element[] = [
  element('nature', 'What happened, and since when it is suspected', ['nature', 'cardholder-data-suspected']),
  element('brands', 'Card brands affected', ['card-brands']),
  element('cards', 'Card numbers at risk, approximately', ['cards-count']),
  element('exposure', 'Window of exposure', ['card-exposure']),
  element('merchant', 'Merchant ids or terminals affected', ['merchant-ids']),
  element('measures', 'What was contained, and what is preserved', ['measures']),
  element('contact', 'Who answers questions', ['contact-point']),
];

const tellAcquirer: Obligation = {
  id: 'pci.acquirer',
  regime: 'pci',
  title: 'Tell the acquirer',
  owed_by: 'merchant',
  to: 'the acquiring bank or payment provider, by telephone first',
  starts: 'cardholder-data-suspected',
  provisional: true,
  ruled_out_by: [],
  period: { kind: 'none', wording: 'at once' },
  threshold: 'suspected or confirmed compromise of card data',
  elements: acquirerElements,
  serves: ['pci:12.10.1'],
  source: 'Merchant agreement; Visa What To Do If Compromised v10.0 A-3.1; PCI DSS v4.0.1 12.10.1',
  letter: 'pci-acquirer',
  version: 'v10.0 / v4.0.1',
  effective_from: null,
  confidence: 'third-party',
  note: 'PCI DSS itself names no time. The merchant agreement may: look it up. Do not log in to suspect systems, do not power them off.',
  contact: 'acquirer',
};

type Clock = Pick<
  Obligation,
  'id' | 'title' | 'to' | 'starts' | 'period' | 'source' | 'version' | 'confidence'
> &
  Partial<
    Pick<
      Obligation,
      | 'owed_by_name'
      | 'provisional'
      | 'after'
      | 'threshold'
      | 'region'
      | 'effective_from'
      | 'note'
      | 'readings'
    >
  >;

/** A clock of another party. Most start with the same suspicion as the merchant's duty, hence the defaults. */
const context = (clock: Clock): Obligation => ({
  regime: 'pci',
  owed_by: 'context',
  owed_by_name: 'the acquirer',
  provisional: true,
  ruled_out_by: [],
  threshold: 'suspected or confirmed compromise of card data',
  elements: [],
  region: 'not stated by the source',
  serves: ['pci:12.10.1'],
  effective_from: null,
  ...clock,
});

const days = (n: number): Period => ({ kind: 'calendar-days', days: n });
const workingDays = (n: number): Period => ({ kind: 'business-days', days: n, calendar: null });
const hours = (n: number): Period => ({ kind: 'hours', hours: n });

const visa = {
  version: 'v10.0',
  effective_from: '2026-06-25',
  region: 'outside Europe; Visa Europe numbers its own edition (v.11, 1 October 2021)',
  confidence: 'third-party',
} as const;
const visaDocument = 'Visa What To Do If Compromised v10.0';
const entityCalendar = 'Neither Visa nor PCI says whose holidays count: those of the company are assumed.';

const visaClocks: readonly Obligation[] = [
  context({
    ...visa,
    id: 'pci.visa-notify',
    title: 'Visa hears of the compromise within 3 calendar days',
    to: 'Visa',
    starts: 'cardholder-data-suspected',
    period: days(3),
    source: `${visaDocument}, A-1.1`,
    note: 'Counted from reasonable suspicion. Other editions and pages differ: not certain for merchants in Europe.',
  }),
  context({
    ...visa,
    id: 'pci.visa-report',
    title: 'Visa receives the incident report 3 calendar days after the notice',
    to: 'Visa',
    starts: 'visa-notified',
    after: ['pci.visa-notify'],
    provisional: false,
    period: days(3),
    source: `${visaDocument}, A-2.1`,
    note: '"4 business days" on some pages is outdated.',
  }),
  context({
    ...visa,
    id: 'pci.visa-accounts',
    title: 'Visa receives the account numbers at risk within 3 calendar days',
    to: 'Visa',
    starts: 'cardholder-data-suspected',
    period: days(3),
    source: `${visaDocument}, A-4.1`,
    note: 'From discovery, from the request of Visa, or from when the window of exposure is known. Older editions: 10 business days.',
  }),
  context({
    ...visa,
    id: 'pci.visa-pfi-contract',
    title: 'A PCI forensic investigator is under contract in 5 working days',
    owed_by_name: 'the company, when a brand or the acquirer requires it',
    to: 'an investigator of the PCI SSC list; never the own assessor',
    starts: 'pfi-required',
    provisional: false,
    threshold: 'only when a forensic investigation is required',
    period: workingDays(5),
    source: `${visaDocument}, A-5`,
    confidence: 'disputed',
    note: entityCalendar,
  }),
];

const otherBrandClocks: readonly Obligation[] = [
  context({
    id: 'pci.mastercard-report',
    title: 'Mastercard hears of the event within 24 hours',
    to: 'Mastercard',
    starts: 'cardholder-data-suspected',
    period: hours(24),
    source: 'Mastercard Account Data Compromise User Guide, 4 February 2016',
    version: '2016-02-04',
    confidence: 'third-party',
    note: 'An older edition, read in part. A guide of October 2017 and Security Rules of February 2022 are newer: confirm.',
  }),
  context({
    id: 'pci.mastercard-pfi',
    title: 'A PCI forensic investigator is engaged within 72 hours',
    owed_by_name: 'the acquirer or the company, when Mastercard requires it',
    to: 'an investigator of the PCI SSC list',
    starts: 'pfi-required',
    provisional: false,
    threshold: 'only when a forensic investigation is required',
    period: hours(72),
    source: 'Mastercard Security Rules and Procedures 10.3, by another account',
    version: 'not stated',
    confidence: 'third-party',
  }),
  context({
    id: 'pci.amex-notify',
    title: 'American Express hears at once, within 72 hours of discovery',
    owed_by_name: 'the acquirer; the company itself if its agreement is with American Express',
    to: 'American Express, EIRP@aexp.com',
    starts: 'cardholder-data-suspected',
    region: 'international and United States pages',
    period: hours(72),
    source: 'American Express Data Security Operating Policy, international page',
    version: 'not stated',
    confidence: 'disputed',
    note: 'Who owes it depends on whose agreement it is: look it up.',
    readings: [{ name: 'India page', text: 'An older page for India says 24 hours.' }],
  }),
  context({
    id: 'pci.discover-notify',
    title: 'Discover is telephoned within 48 hours',
    to: 'Discover security',
    starts: 'cardholder-data-suspected',
    period: hours(48),
    source: 'Discover Global Network contact page, by another account',
    version: 'undated',
    confidence: 'disputed',
    note: 'Unclear whether from the incident or from its discovery: plan on the earlier.',
  }),
];

const investigatorClocks: readonly Obligation[] = [
  context({
    id: 'pci.pfi-preliminary',
    title: 'The preliminary report is out 5 working days after the engagement',
    owed_by_name: 'the PCI forensic investigator',
    to: 'the brands, the acquirer and the company at the same time',
    starts: 'pfi-engaged',
    provisional: false,
    threshold: 'only when a forensic investigation is required',
    period: workingDays(5),
    source: 'PFI preliminary incident response report template; Visa v10.0 A-5',
    version: 'v10.0',
    confidence: 'third-party',
    note: `From the engagement or the start, whichever is first. ${entityCalendar}`,
  }),
  context({
    id: 'pci.pfi-final',
    title: 'The final report is out 10 working days after the investigation',
    owed_by_name: 'the PCI forensic investigator',
    to: 'the brands, the acquirer and the company at the same time',
    starts: 'pfi-completed',
    provisional: false,
    threshold: 'only when a forensic investigation is required',
    period: workingDays(10),
    source: `${visaDocument}, A-5`,
    version: 'v10.0',
    effective_from: visa.effective_from,
    confidence: 'third-party',
    note: entityCalendar,
  }),
];

const obligations: readonly Obligation[] = [
  tellAcquirer,
  ...visaClocks,
  ...otherBrandClocks,
  ...investigatorClocks,
];

const item = (id: string, title: string, counted = false): Item => ({ id: `pci:${id}`, title, counted });

const items: readonly Item[] = [
  item('4.2.2', 'Card numbers over chat, mail and SMS are strongly encrypted'),
  item('6.4.3', 'Scripts of payment pages are inventoried, authorised and whole'),
  item('11.6.1', 'Change and tamper detection on payment pages'),
  item('12.8', 'Third parties with card data are managed'),
  item('12.10.1', 'An incident response plan, ready to be activated', true),
  item('12.10.2', 'The plan is reviewed and tested every 12 months', true),
  item('12.10.3', 'Named people are available at all hours', true),
  item('12.10.4', 'Responders are trained', true),
  item('12.10.4.1', 'How often they train follows from a risk analysis', true),
  item('12.10.5', 'The plan answers alerts, payment-page tampering among them', true),
  item('12.10.6', 'The plan evolves with what was learned', true),
  item('12.10.7', 'What to do when card numbers turn up where they should not be', true),
];

export const pci: Regulation = {
  title: 'PCI DSS and the card brands',
  sources: [
    { title: 'PCI DSS', citation: 'PCI DSS v4.0.1, requirement 12.10', read: 'third-party' },
    { title: 'Visa', citation: visaDocument, read: 'third-party' },
    {
      title: 'Mastercard',
      citation: 'Account Data Compromise User Guide, 4 February 2016, in part',
      read: 'primary',
    },
    {
      title: 'American Express',
      citation: 'Data Security Operating Policy, international page',
      read: 'primary',
    },
    { title: 'PCI SSC', citation: 'Responding to a Cardholder Data Breach, 2020', read: 'third-party' },
  ],
  items,
  obligations,
  applies: (situation) =>
    obligations.map((duty) => noCards(duty, situation) ?? byFacts(duty, situation.facts)),
};

/** A company that takes no cards may still hold card numbers that customers typed into a chat (4.2.2). */
function noCards(duty: Obligation, situation: Situation): Applicability | null {
  const { organisation, holds, facts } = situation;
  const suspected = answerOf(facts.get('cardholder-data-suspected'));
  const cards =
    organisation.takes_cards ||
    holds.includes('payment-card') ||
    suspected === 'yes' ||
    suspected === 'other';
  if (cards || started(duty, situation)) return null;
  const why = 'The company takes no cards and no system in the inventory holds card data.';
  return outOfReach(duty, why);
}
