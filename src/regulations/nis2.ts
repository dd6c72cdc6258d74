import { dutiesOf, element, hours, item, months, words } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// Directive (EU) 2022/2555 Art. 23. National law transposes it, names the portal and may count months in its own way.
const duty = dutiesOf('nis2', { version: '2022/2555', effective_from: '2024-10-18', owed_by: 'company' });

const significant = {
  starts: 'significant-incident',
  threshold: 'an incident that is significant in the sense of Art. 23(3)',
  to: 'the CSIRT or the competent authority, as the national law says',
  contact: 'nis2-authority',
} as const;

const obligations = [
  duty({
    id: 'early-warning',
    title: 'Send the early warning',
    ...significant,
    period: hours(24),
    elements: [
      element(
        'malicious',
        '23(4)(a)',
        'Whether an unlawful or malicious act is suspected',
        ['malicious'],
        true,
      ),
      element(
        'cross-border',
        '23(4)(a)',
        'Whether it may reach other Member States',
        ['states-affected'],
        true,
      ),
    ],
    serves: ['23.4'],
    source: 'Directive (EU) 2022/2555 Art. 23(4)(a)',
  }),
  duty({
    id: 'notification',
    title: 'Send the incident notification',
    ...significant,
    period: hours(72),
    elements: [
      element(
        'assessment',
        '23(4)(b)',
        'First assessment: severity and impact',
        ['severity', 'consequences'],
        true,
      ),
      element(
        'indicators',
        '23(4)(b)',
        'Indicators of compromise, where there are any',
        ['indicators'],
        true,
      ),
    ],
    serves: ['23.4'],
    source: 'Directive (EU) 2022/2555 Art. 23(4)(b)',
    note: 'Trust service providers have 24 hours.',
  }),
  duty({
    id: 'trust-service-notification',
    title: 'As a trust service provider, send the incident notification',
    ...significant,
    period: hours(24),
    serves: ['23.4'],
    source: 'Directive (EU) 2022/2555 Art. 23(4), second subparagraph',
  }),
  duty({
    id: 'final',
    title: 'Send the final report',
    ...significant,
    starts: 'nis2-notification-sent',
    after: ['nis2.notification', 'nis2.trust-service-notification'],
    provisional: false,
    period: months(1),
    serves: ['23.4'],
    source: 'Directive (EU) 2022/2555 Art. 23(4)(d) and (e)',
    note: 'While the incident goes on: a progress report then, and the final one within a month of its handling.',
  }),
  duty({
    id: 'recipients',
    title: 'Tell the recipients of the service who may be harmed',
    ...significant,
    to: 'recipients of the service who are likely to be affected',
    no_acknowledgement: true,
    period: words('without undue delay'),
    serves: ['23.1'],
    source: 'Directive (EU) 2022/2555 Art. 23(1) and (2)',
    confidence: 'primary',
  }),
];

const entities = {
  any: ['nis2-essential', 'nis2-important', 'trust-service-provider'],
  words: 'essential and important entities',
} as const;

export const nis2: Regulation = {
  title: 'NIS2',
  sources: [{ title: 'NIS2', citation: 'Directive (EU) 2022/2555 Art. 23', read: 'third-party' }],
  items: [
    item('nis2', '21', 'Measures that manage the risk'),
    item('nis2', '23.1', 'Recipients of the service are told'),
    item('nis2', '23.4', 'Early warning, notification, reports'),
  ],
  obligations,
  applies: withinReach(obligations, ({ id }) => ({
    as:
      id === 'nis2.trust-service-notification'
        ? { any: ['trust-service-provider'], words: 'trust service providers' }
        : entities,
  })),
};
