import type { Element } from '../model/obligation.ts';
import { dutiesOf, element, hours, item, noPersonalData, words } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// The Digital Personal Data Protection Act 2023 with its Rules of 2025, and the CERT-In Directions of 2022.
const duty = dutiesOf('india', { version: 'DPDP Rules 2025', confidence: 'primary' });

/** Eighteen months after publication; some accounts name the day after. */
const inForceFrom = '2027-05-13';

const described = (article: string): readonly Element[] => [
  element('nature', article, 'Nature, extent, time and place of the breach', ['nature', 'subjects-count']),
  element('impact', article, 'Likely impact', ['consequences']),
];

const obligations = [
  duty({
    id: 'dpdp-people',
    title: 'Inform each affected person',
    to: 'each Data Principal affected, through their account or a registered way to reach them',
    no_acknowledgement: true,
    starts: 'aware',
    ruled_out_by: [noPersonalData],
    period: words('without delay'),
    threshold: 'every breach, whatever the risk',
    elements: [
      ...described('rule 7(1)'),
      element('mitigation', 'rule 7(1)', 'Measures that lessen the risk', ['measures']),
      element('steps', 'rule 7(1)', 'What the person can do for their safety', ['advice']),
      element('contact', 'rule 7(1)', 'Who answers questions', ['contact-point']),
    ],
    serves: ['8.6'],
    source: 'DPDP Act 2023 s 8(6); DPDP Rules 2025 rule 7(1)',
    effective_from: inForceFrom,
    letter: 'dpdp-people',
    contact: 'dpo',
  }),
  duty({
    id: 'dpdp-board-first',
    title: 'Inform the Data Protection Board',
    to: 'the Data Protection Board of India',
    starts: 'aware',
    ruled_out_by: [noPersonalData],
    period: words('without delay'),
    threshold: 'every breach, whatever the risk',
    elements: described('rule 7(2)(a)'),
    serves: ['7.2'],
    source: 'DPDP Rules 2025 rule 7(2)(a)',
    effective_from: inForceFrom,
    letter: 'dpdp-board',
    contact: 'india-board',
  }),
  duty({
    id: 'dpdp-board-72h',
    title: 'Send the detailed report to the Data Protection Board',
    to: 'the Data Protection Board of India',
    starts: 'aware',
    ruled_out_by: [noPersonalData],
    period: hours(72),
    threshold: 'every breach, whatever the risk',
    elements: [
      element('nature', 'rule 7(2)(b)', 'The description, brought up to date', ['nature'], true),
      element('causes', 'rule 7(2)(b)', 'Events, circumstances and reasons', ['cause'], true),
      element('mitigation', 'rule 7(2)(b)', 'Measures that lessen the risk', ['measures'], true),
      element('person', 'rule 7(2)(b)', 'What was found of who caused it', ['attacker'], true),
      element('remedy', 'rule 7(2)(b)', 'What prevents it from happening again', ['remedial-action'], true),
      element('told', 'rule 7(2)(b)', 'How people were informed', ['people-told'], true),
    ],
    serves: ['7.2'],
    source: 'DPDP Rules 2025 rule 7(2)(b)',
    effective_from: inForceFrom,
    note: 'The Board may allow longer on a written request.',
    letter: 'dpdp-board',
    contact: 'india-board',
  }),
  duty({
    id: 'cert-in',
    title: 'Report the incident to CERT-In',
    owed_by: 'company',
    to: 'CERT-In',
    starts: 'incident-noticed',
    ruled_out_by: [
      { fact: 'cert-in-listed', is: 'no', why: 'It is none of the kinds of incident that Annexure I lists.' },
    ],
    period: hours(6),
    threshold: 'an incident of a kind that Annexure I lists',
    serves: ['70.6'],
    source: 'CERT-In Directions of 28 April 2022 under s 70B(6) of the IT Act, Annexure I',
    version: '2022-04-28',
    effective_from: '2022-06-28',
    confidence: 'third-party',
    note: 'From noticing it or being told of it. Logs are kept for 180 days in India.',
    contact: 'cert-in',
  }),
];

export const india: Regulation = {
  title: 'India: DPDP and CERT-In',
  sources: [
    { title: 'DPDP Rules', citation: 'DPDP Rules 2025, rule 7', read: 'primary' },
    { title: 'DPDP Act', citation: 'DPDP Act 2023 s 8(6)', read: 'third-party' },
    { title: 'CERT-In', citation: 'Directions of 28 April 2022', read: 'third-party' },
  ],
  items: [
    item('india', '8.6', 'People are told of every breach'),
    item('india', '7.2', 'The Board is told, twice'),
    item('india', '70.6', 'Incidents are reported to CERT-In'),
  ],
  obligations,
  applies: withinReach(obligations, () => ({ people: { in: ['IN'], words: 'India' } })),
};
