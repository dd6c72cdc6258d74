import { dutiesOf, element, item, noPersonalData, words } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// Federal Act on Data Protection Art. 24, and its ordinance Art. 15. The record is kept for two years from the report.
const duty = dutiesOf('switzerland', {
  version: 'FADP 2023',
  effective_from: '2023-09-01',
  confidence: 'primary',
});

const obligations = [
  duty({
    id: 'fdpic',
    title: 'Notify the Federal Data Protection and Information Commissioner',
    to: 'the FDPIC; the people where their protection needs it or the FDPIC asks',
    starts: 'aware',
    ruled_out_by: [
      noPersonalData,
      { fact: 'high-risk', is: 'no', why: 'A high risk to people is not likely (Art. 24(1)).' },
    ],
    period: words('as quickly as possible'),
    threshold: 'a high risk to people is likely',
    elements: [
      element('form', '15(1)', 'How security was breached', ['nature'], true),
      element('time', '15(1)', 'Time and duration', ['exposure-from', 'exposure-to'], true),
      element(
        'data',
        '15(1)',
        'Categories and approximate amount of data',
        ['data-categories', 'records-count'],
        true,
      ),
      element(
        'people',
        '15(1)',
        'Categories and approximate number of people',
        ['subject-categories', 'subjects-count'],
        true,
      ),
      element('consequences', '15(1)', 'Consequences and risks', ['consequences'], true),
      element('measures', '15(1)', 'Measures taken or planned', ['measures'], true),
      element('contact', '15(1)', 'Name and contact of a person', ['contact-point'], true),
    ],
    serves: ['24.1'],
    source: 'FADP Art. 24; DPO Art. 15',
    contact: 'swiss-authority',
  }),
];

export const switzerland: Regulation = {
  title: 'Switzerland: FADP',
  sources: [{ title: 'FADP', citation: 'FADP Art. 24; DPO Art. 15', read: 'primary' }],
  items: [item('switzerland', '24.1', 'The Commissioner is told')],
  obligations,
  applies: withinReach(obligations, () => ({ people: { in: ['CH'], words: 'Switzerland' } })),
};
