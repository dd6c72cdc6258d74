import { dutiesOf, element, item } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// Form 8-K Item 1.05. Four business days after the company determined that the incident is material.
const duty = dutiesOf('sec', { version: '2023-12-18', effective_from: '2023-12-18', owed_by: 'company' });

const obligations = [
  duty({
    id: '8k-1-05',
    title: 'File Form 8-K, Item 1.05',
    to: 'the Securities and Exchange Commission (EDGAR)',
    starts: 'material',
    provisional: false,
    ruled_out_by: [
      { fact: 'material', is: 'no', why: 'It was determined that the incident is not material.' },
    ],
    // A determination on a weekend or holiday: the period begins on and includes the next business day (General Instruction B.1).
    period: { kind: 'business-days', days: 4, calendar: 'US-FED', cutoff: '17:30' },
    zone: 'America/New_York',
    threshold: 'an incident that the registrant determines to be material',
    elements: [
      element('aspects', 'Item 1.05(a)', 'Material aspects of nature, scope and time', ['nature'], true),
      element(
        'impact',
        'Item 1.05(a)',
        'Material impact, or what is reasonably likely',
        ['consequences'],
        true,
      ),
    ],
    serves: ['1.05'],
    source: 'Form 8-K Item 1.05; General Instruction B.1',
    confidence: 'primary',
    note:
      'The determination itself must not be delayed without reason. EDGAR closes at 17:30 in New York. The Attorney General may allow 30 days; ' +
      'what is missing is said, and amended within four business days of having it.',
    contact: 'counsel',
  }),
];

export const sec: Regulation = {
  title: 'SEC Form 8-K',
  sources: [
    { title: 'General Instruction B.1', citation: 'Form 8-K, General Instructions', read: 'primary' },
    { title: 'Item 1.05', citation: 'Form 8-K Item 1.05', read: 'third-party' },
  ],
  items: [item('sec', '1.05', 'Material cybersecurity incidents are disclosed')],
  obligations,
  applies: withinReach(obligations, () => ({
    as: { any: ['sec-registrant'], words: 'registrants of the SEC' },
  })),
};
