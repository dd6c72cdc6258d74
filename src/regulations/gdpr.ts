import type { Element, Obligation, RulesOut } from '../model/obligation.ts';
import { authorityElements, peopleElements } from './notices.ts';
import { element } from './parts.ts';
import { requestDuties } from './requests.ts';
import {
  byFacts,
  outOfReach,
  started,
  type Applicability,
  type Item,
  type Regulation,
  type Situation,
} from './regulation.ts';

// Regulation (EU) 2016/679. It has applied since 25 May 2018 (Art. 99(2)).
const inForceSince = '2018-05-25';
const version = '2016/679';

const noPersonalData: RulesOut = {
  fact: 'personal-data',
  is: 'no',
  why: 'No personal data are affected, so this is no personal data breach (Art. 4(12)).',
};

const registerElements: readonly Element[] = [
  element('facts', '33(5)', 'The facts of the breach', ['nature']),
  element('effects', '33(5)', 'Its effects', ['effects']),
  element('remedy', '33(5)', 'The remedial action taken', ['remedial-action']),
];

const obligations: readonly Obligation[] = [
  {
    id: 'gdpr.33-1',
    regime: 'gdpr',
    title: 'Notify the supervisory authority',
    owed_by: 'controller',
    to: 'the competent supervisory authority (Art. 55; the lead authority for cross-border processing, Art. 56)',
    starts: 'aware',
    provisional: true,
    ruled_out_by: [
      noPersonalData,
      {
        fact: 'risk-unlikely',
        is: 'yes',
        why: 'It was decided that a risk to people is unlikely (Art. 33(1)). The register entry is owed all the same.',
      },
    ],
    period: { kind: 'hours', hours: 72 },
    threshold: 'unless the breach is unlikely to result in a risk to the rights and freedoms of people',
    elements: authorityElements,
    serves: ['gdpr:33.1', 'gdpr:33.3', 'gdpr:33.4'],
    source: 'GDPR Art. 33(1), (3), (4)',
    letter: 'gdpr-art33',
    version,
    effective_from: inForceSince,
    confidence: 'primary',
    note:
      'Without undue delay; 72 hours are the limit, not the target. Later than that, the reasons for the delay accompany the notice. ' +
      'Missing details may follow in phases without further undue delay (33(4)).',
    readings: [
      {
        name: 'R1, whole hours',
        text:
          'Regulation 1182/71 Art. 3(1): the hour of the event is not counted, so the 72 hours start with the next full hour, ' +
          'up to 60 minutes later. Text for the reasons of a delay; nothing is scheduled by it.',
      },
      {
        name: 'R2, two working days',
        text:
          'Regulation 1182/71 Art. 3(5), read for hours as well: as R1, and extended until two working days are included. ' +
          'BayLfD (2019) and LDI NRW (2024) are reported to reject it. Text for the reasons of a delay; nothing is scheduled by it.',
      },
    ],
    contact: 'authority',
  },
  {
    id: 'gdpr.33-2',
    regime: 'gdpr',
    title: 'As processor, notify the controllers',
    owed_by: 'processor',
    to: 'every controller whose data are affected',
    starts: 'processor-aware',
    provisional: true,
    ruled_out_by: [noPersonalData],
    period: { kind: 'none', wording: 'without undue delay' },
    threshold: 'every breach, whatever the risk',
    elements: [],
    serves: ['gdpr:33.2', 'gdpr:28.3'],
    source: 'GDPR Art. 33(2)',
    letter: 'processor-notice',
    version,
    effective_from: inForceSince,
    confidence: 'primary',
    note: 'The law has no number. The processing contract usually has one, and it is shorter than 72 hours: look it up.',
    contact: 'controller',
  },
  {
    id: 'gdpr.33-5',
    regime: 'gdpr',
    title: 'Record the breach in the register',
    owed_by: 'controller',
    to: 'the own register, which the authority may ask to see',
    no_acknowledgement: true,
    starts: 'aware',
    provisional: true,
    ruled_out_by: [noPersonalData],
    period: { kind: 'none', wording: 'in every case; the law names no time' },
    threshold: 'every breach, also one that is not notified (EDPB Guidelines 01/2021, paragraph 15)',
    elements: registerElements,
    serves: ['gdpr:33.5', 'gdpr:5.2'],
    source: 'GDPR Art. 33(5)',
    version,
    effective_from: inForceSince,
    confidence: 'primary',
    contact: 'dpo',
  },
  {
    id: 'gdpr.34',
    regime: 'gdpr',
    title: 'Tell the people affected',
    owed_by: 'controller',
    to: 'every person affected; by public communication where telling each would be disproportionate (34(3)(c))',
    no_acknowledgement: true,
    starts: 'high-risk',
    provisional: true,
    ruled_out_by: [
      noPersonalData,
      {
        fact: 'people-exempt',
        is: 'yes',
        why: 'It was decided that an exemption of Art. 34(3) applies. The authority may decide otherwise (34(4)).',
      },
    ],
    period: { kind: 'none', wording: 'without undue delay' },
    threshold: 'a high risk to the rights and freedoms of people is likely',
    elements: peopleElements,
    serves: ['gdpr:34.1', 'gdpr:34.2', 'gdpr:34.3'],
    source: 'GDPR Art. 34(1)-(3)',
    letter: 'gdpr-art34',
    version,
    effective_from: inForceSince,
    confidence: 'primary',
    note:
      'WhatsApp encrypts in transit only: messages that reached the Cloud API, a provider or the CRM are not unintelligible ' +
      'in the sense of Art. 34(3)(a).',
    contact: 'dpo',
  },
  ...requestDuties({
    prefix: 'gdpr',
    regime: 'gdpr',
    version,
    effective_from: inForceSince,
    confidence: 'primary',
    source: 'GDPR',
    note:
      'Without undue delay; the month is the limit. Two more months only where it is complex or there are many, and only if the ' +
      'person is told so with the reasons within the first month.',
    readings: [
      {
        name: 'Rolled to a working day',
        text:
          'Regulation 1182/71 Art. 3(4): an end on a Saturday, a Sunday or a public holiday moves to the next working day. ' +
          'The earlier day is scheduled.',
      },
    ],
  }),
];

const item = (id: string, title: string, counted = false): Item => ({ id: `gdpr:${id}`, title, counted });

const items: readonly Item[] = [
  item('5.1.f', 'Integrity and confidentiality of personal data'),
  item('5.2', 'Accountability: be able to show compliance'),
  item('12.3', 'Answer what people ask within a month'),
  item('15', 'Access of a person to their data'),
  item('17', 'Erasure'),
  item('24', 'Measures of the controller, kept up to date'),
  item('28.3', 'The contract with a processor, and its help in a breach'),
  item('32', 'Security of processing'),
  item('33.1', 'Notify the authority within 72 hours', true),
  item('33.2', 'The processor notifies the controller', true),
  item('33.3', 'What the notification contains', true),
  item('33.4', 'Information in phases', true),
  item('33.5', 'The register of breaches', true),
  item('34.1', 'Tell the people when the risk is high', true),
  item('34.2', 'What the people are told', true),
  item('34.3', 'When telling the people is not required', true),
  item('34.4', 'The authority may order it', true),
];

export const gdpr: Regulation = {
  title: 'General Data Protection Regulation',
  sources: [
    { title: 'GDPR', citation: 'Regulation (EU) 2016/679, Art. 33 and 34', read: 'primary' },
    {
      title: 'Periods, dates and time limits',
      citation: 'Regulation (EEC, Euratom) No 1182/71',
      read: 'primary',
    },
    {
      title: 'EDPB examples of breach notification',
      citation: 'EDPB Guidelines 01/2021, version 2.0',
      read: 'primary',
    },
    {
      title: 'EDPB on breach notification',
      citation: 'EDPB Guidelines 9/2022, version 2.0, II.A.2',
      read: 'third-party',
    },
  ],
  items,
  obligations,
  pending: [
    {
      title:
        'Digital Omnibus: notice to the authority at high risk only, within 96 hours, by one entry point at ENISA',
      status: 'proposed by the Commission in November 2025; no agreement on its data part by 18 June 2026',
      asOf: '2026-11-20',
    },
    {
      title: 'A common form for the notice to the authority (EDPB)',
      status: 'draft of 10 June 2026, open for comment until 5 August 2026; no date of use is known',
      asOf: '2026-11-20',
    },
  ],
  applies: (situation) =>
    obligations.map((duty) => roleFails(duty, situation) ?? byFacts(duty, situation.facts)),
};

/**
 * Only the role rules a duty out by itself. The country never does: the regulation reaches companies elsewhere that serve
 * people in the Union (Art. 3(2)), so a person has to say that it does not.
 */
function roleFails(duty: Obligation, situation: Situation): Applicability | null {
  const { acts_as: acts } = situation.organisation;
  if (acts === 'both' || duty.owed_by === acts || started(duty, situation)) return null;
  const why = `The company acts as ${acts}; this duty is the ${duty.owed_by}'s.`;
  return outOfReach(duty, why);
}
