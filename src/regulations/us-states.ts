import { days, dutiesOf, element, item, noPersonalData, words } from './parts.ts';
import { peopleFact, withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// Breach laws of single States of the United States: of those with a number, the ones that a chat team meets most.
const duty = dutiesOf('us-states', { version: 'as of 2026-11', owed_by: 'company' });

/** The five headings of the letter that California prescribes word for word. */
const californiaLetter = [
  element('happened', '1798.82(d)(1)', 'What Happened', ['nature']),
  element('information', '1798.82(d)(1)', 'What Information Was Involved', ['data-categories']),
  element('doing', '1798.82(d)(1)', 'What We Are Doing', ['measures']),
  element('you', '1798.82(d)(1)', 'What You Can Do', ['advice']),
  element('more', '1798.82(d)(1)', 'For More Information', ['contact-point']),
];

const california = [
  duty({
    id: 'ca-residents',
    title: 'Notify residents of California',
    to: 'each resident of California whose information was, or is believed to have been, acquired',
    no_acknowledgement: true,
    starts: 'breach-discovered',
    ruled_out_by: [noPersonalData],
    period: days(30),
    threshold: 'unencrypted personal information acquired by somebody unauthorised',
    elements: californiaLetter,
    serves: ['1798.82'],
    source: 'Cal. Civ. Code 1798.82(a), (d), as amended by SB 446',
    version: 'SB 446',
    effective_from: '2026-01-01',
    confidence: 'primary',
    note:
      'Law enforcement, and finding the scope or restoring the system, may delay it. Title: Notice of Data Breach, ten point at least. Twelve months of ' +
      'identity-theft service where the company was the source and a social security or identity number was exposed.',
    letter: 'california-people',
  }),
  duty({
    id: 'ca-attorney-general',
    title: 'Send the Attorney General of California a sample of the letter',
    to: 'the Attorney General of California',
    starts: 'ca-consumers-notified',
    after: ['us-states.ca-residents'],
    provisional: false,
    ruled_out_by: [
      {
        fact: peopleFact('us-ca'),
        below: 501,
        why: 'Not more than 500 residents of California were notified.',
      },
    ],
    period: days(15),
    threshold: 'MORE than 500 residents of California notified',
    serves: ['1798.82'],
    source: 'Cal. Civ. Code 1798.82(f)',
    version: 'SB 446',
    effective_from: '2026-01-01',
  }),
  duty({
    id: 'ca-data-owner',
    title: 'As a service provider, notify the owner of the data in California',
    to: 'the owner or licensee of the information',
    owed_by: 'processor',
    starts: 'breach-discovered',
    ruled_out_by: [noPersonalData],
    period: words('immediately'),
    threshold: 'information that the company holds and does not own',
    serves: ['1798.82'],
    source: 'Cal. Civ. Code 1798.82(b)',
    version: 'SB 446',
    confidence: 'primary',
    contact: 'controller',
  }),
];

const newYork = [
  duty({
    id: 'ny-residents',
    title: 'Notify residents and the authorities of New York',
    to: 'each resident; the Attorney General, Department of State and State Police; DFS for its covered entities',
    starts: 'breach-discovered',
    ruled_out_by: [noPersonalData],
    period: days(30),
    threshold: 'private information accessed or acquired without authority',
    serves: ['899-aa'],
    source: 'NY GBL 899-aa(2), (8), as amended by S2659B; A913/S804 (2025)',
    version: 'S2659B',
    effective_from: '2024-12-21',
    note: 'Only law enforcement may delay it. Some accounts date the signature to 24 December 2024.',
  }),
];

const others = [
  duty({
    id: 'tx-attorney-general',
    title: 'Notify the Attorney General of Texas',
    to: 'the Attorney General of Texas, by the web form',
    starts: 'breach-determined',
    ruled_out_by: [
      noPersonalData,
      { fact: peopleFact('us-tx'), below: 250, why: 'Fewer than 250 residents of Texas are affected.' },
    ],
    period: days(30),
    threshold: 'AT LEAST 250 residents of Texas',
    elements: [
      element('nature', '521.053(i)', 'Nature and circumstances, or use', ['nature'], true),
      element('residents', '521.053(i)', 'Residents affected', [peopleFact('us-tx')], true),
      element('measures', '521.053(i)', 'Measures taken and intended', ['measures'], true),
    ],
    serves: ['521.053'],
    source: 'Tex. Bus. & Com. Code 521.053(i) (SB 768, 2023)',
    version: 'SB 768',
    effective_from: '2023-09-01',
    confidence: 'primary',
  }),
  duty({
    id: 'tx-individuals',
    title: 'Notify residents of Texas',
    to: 'each resident of Texas affected',
    no_acknowledgement: true,
    starts: 'breach-determined',
    ruled_out_by: [noPersonalData],
    period: days(60),
    threshold: 'sensitive personal information acquired without authority',
    serves: ['521.053'],
    source: 'Tex. Bus. & Com. Code 521.053(b)',
    version: 'SB 768',
    confidence: 'memory',
  }),
  duty({
    id: 'co-residents',
    title: 'Notify residents of Colorado',
    to: 'each resident of Colorado affected',
    no_acknowledgement: true,
    starts: 'breach-determined',
    ruled_out_by: [noPersonalData],
    period: days(30),
    threshold: 'personal information, where misuse happened or is likely',
    serves: ['6-1-716'],
    source: 'An account of November 2025; Colo. Rev. Stat. 6-1-716',
  }),
  duty({
    id: 'fl-residents',
    title: 'Notify residents of Florida',
    to: 'each resident of Florida affected',
    no_acknowledgement: true,
    starts: 'breach-determined',
    ruled_out_by: [noPersonalData],
    period: days(30),
    threshold: 'personal information accessed without authority',
    serves: ['501.171'],
    source: 'An account of November 2025; Fla. Stat. 501.171',
  }),
];

const obligations = [...california, ...newYork, ...others];

const STATES: Readonly<Record<string, readonly [code: string, name: string]>> = {
  ca: ['US-CA', 'California'],
  ny: ['US-NY', 'New York'],
  tx: ['US-TX', 'Texas'],
  co: ['US-CO', 'Colorado'],
  fl: ['US-FL', 'Florida'],
};

export const usStates: Regulation = {
  title: 'Breach laws of States of the US',
  sources: [
    { title: 'California', citation: 'Cal. Civ. Code 1798.82 as amended by SB 446', read: 'primary' },
    { title: 'New York', citation: 'GBL 899-aa as amended by S2659B', read: 'third-party' },
    { title: 'Texas', citation: 'Bus. & Com. Code 521.053', read: 'primary' },
    { title: 'Colorado and Florida', citation: 'an account of November 2025', read: 'third-party' },
  ],
  items: [
    item('us-states', '1798.82', 'California'),
    item('us-states', '899-aa', 'New York'),
    item('us-states', '521.053', 'Texas'),
    item('us-states', '6-1-716', 'Colorado'),
    item('us-states', '501.171', 'Florida'),
  ],
  obligations,
  pending: [
    {
      title: 'CIRCIA (federal): covered incidents to CISA within 72 hours, ransom payments within 24',
      status: 'the final rule has been under review since 1 October 2026',
      asOf: '2026-11-20',
    },
  ],
  applies: withinReach(obligations, ({ id }) => {
    const [code = 'US', name = 'the United States'] =
      STATES[id.slice('us-states.'.length, 'us-states.'.length + 2)] ?? [];
    return { people: { in: [code], words: name } };
  }),
};
