import { authorityElements, peopleElements } from './notices.ts';
import { dutiesOf, days, hours, item, noPersonalData, words } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';
import { requestDuties } from './requests.ts';

// The UK GDPR and the Privacy and Electronic Communications Regulations, as amended by the Data (Use and Access) Act 2025.
const duty = dutiesOf('uk', { version: 'UK GDPR as of 2025', confidence: 'third-party' });

const ico = 'the Information Commissioner (ICO)';

const obligations = [
  duty({
    id: '33-1',
    title: 'Notify the Information Commissioner',
    to: ico,
    starts: 'aware',
    ruled_out_by: [
      noPersonalData,
      {
        fact: 'risk-unlikely',
        is: 'yes',
        why: 'It was decided that a risk to people is unlikely (UK GDPR Art. 33(1)).',
      },
    ],
    period: hours(72),
    threshold: 'unless the breach is unlikely to result in a risk to people',
    elements: authorityElements,
    serves: ['33.1'],
    source: 'UK GDPR Art. 33(1)',
    letter: 'uk-ico',
    effective_from: '2021-01-01',
    note: 'Weekends and bank holidays count: no wording of the Commissioner says otherwise, and none is known verbatim.',
    contact: 'uk-authority',
  }),
  duty({
    id: '34',
    title: 'Tell the people affected in the United Kingdom',
    to: 'every person affected',
    no_acknowledgement: true,
    starts: 'high-risk',
    ruled_out_by: [noPersonalData],
    period: words('without undue delay'),
    threshold: 'a high risk to people is likely',
    elements: peopleElements,
    serves: ['34.1'],
    source: 'UK GDPR Art. 34',
    effective_from: '2021-01-01',
    contact: 'dpo',
  }),
  duty({
    id: 'pecr-5a',
    title: 'As a provider of public electronic communications, notify the Information Commissioner',
    owed_by: 'company',
    to: ico,
    starts: 'aware',
    ruled_out_by: [noPersonalData],
    period: hours(72),
    threshold: 'every personal data breach of a public electronic communications service',
    serves: ['5.5'],
    source:
      'PECR regulation 5A as amended by the Data (Use and Access) Act 2025; ICO guide of 20 August 2025',
    version: 'PECR as of 2025-08-20',
    effective_from: '2025-08-20',
    note: 'Until August 2025 it was 24 hours, and older pages still say so.',
    contact: 'uk-authority',
  }),
  duty({
    id: 'complaint',
    title: 'Acknowledge the complaint of a person',
    to: 'the person who complained',
    starts: 'uk-complaint-received',
    provisional: false,
    per_person: { extension: null },
    period: days(30),
    threshold: 'a complaint about how personal data are used',
    serves: ['164A'],
    source: 'Data Protection Act 2018 s 164A',
    version: 'as of 2026-06-19',
    effective_from: '2026-06-19',
    note: 'Counted from the day after receipt. Where it ends on no working day, the next working day is still in time; the earlier day is scheduled.',
  }),
  ...requestDuties({
    prefix: 'uk',
    regime: 'uk',
    version: 'UK GDPR as of 2025',
    effective_from: '2021-01-01',
    confidence: 'third-party',
    source: 'UK GDPR',
    note:
      'Counted from the day of receipt to the same date of the next month, or the last day of it. Two more months only where the ' +
      'person is told so with the reasons within the first.',
    readings: [
      {
        name: 'Rolled to a working day',
        text: 'ICO guidance: an end on a weekend or a bank holiday moves to the next working day. The earlier day is scheduled.',
      },
    ],
  }),
];

export const uk: Regulation = {
  title: 'UK GDPR and PECR',
  sources: [
    { title: 'UK GDPR', citation: 'UK GDPR Art. 33 and 34', read: 'third-party' },
    { title: 'PECR', citation: 'ICO personal data breach guide, 20 August 2025', read: 'third-party' },
    { title: 'Complaints', citation: 'Data Protection Act 2018 s 164A', read: 'third-party' },
  ],
  items: [
    item('uk', '33.1', 'Notify the Commissioner'),
    item('uk', '34.1', 'Tell the people when the risk is high'),
    item('uk', '12.3', 'Answer what people ask within a month'),
    item('uk', '15', 'Access of a person to their data'),
    item('uk', '17', 'Erasure'),
    item('uk', '164A', 'Complaints are acknowledged (Data Protection Act 2018)'),
    item('uk', '5.5', 'Breaches of public electronic communications services (PECR 5A)'),
  ],
  obligations,
  applies: withinReach(obligations, ({ id }) => ({
    people: { in: ['GB'], words: 'the United Kingdom' },
    ...(id === 'uk.pecr-5a'
      ? { as: { any: ['telecom-provider'], words: 'providers of public electronic communications services' } }
      : {}),
  })),
};
