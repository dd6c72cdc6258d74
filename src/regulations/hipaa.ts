import type { Element, RulesOut } from '../model/obligation.ts';
import { days, dutiesOf, element, item } from './parts.ts';
import { withinReach, type Reach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// 45 CFR 164.400 to 414. What is not shown to have a low probability of compromise is presumed to be a breach (164.402).
const duty = dutiesOf('hipaa', { version: '45 CFR as of 2026-09-30', owed_by: 'company' });

const lowProbability: RulesOut = {
  fact: 'phi-low-probability',
  is: 'yes',
  why: 'A written four-factor assessment shows a low probability that the information was compromised (164.402).',
};
const secured: RulesOut = {
  fact: 'phi-unsecured',
  is: 'no',
  why: 'Only secured health information is affected: unusable to whoever has it.',
};
const none: RulesOut = { fact: 'phi', is: 'no', why: 'No protected health information is affected.' };
const usual = [none, secured, lowProbability];

const notice = (article: string): readonly Element[] => [
  element('happened', article, 'What happened, with the date of the breach and of its discovery', [
    'nature',
    'phi-breach-discovered',
  ]),
  element('types', article, 'Kinds of health information involved', ['data-categories']),
  element('steps', article, 'What the person should do', ['advice']),
  element('doing', article, 'What the company does', ['measures']),
  element('contact', article, 'A toll-free number, an address of e-mail, web or post', ['contact-point']),
];

const discovered = {
  starts: 'phi-breach-discovered',
  note: 'Discovered is the first day on which it is known, or with reasonable diligence would have been, to anybody of the workforce or an agent (164.404(a)(2)).',
};

const obligations = [
  duty({
    id: 'individuals',
    title: 'Notify each affected individual',
    to: 'each individual, by first-class mail, or by e-mail where agreed',
    no_acknowledgement: true,
    ...discovered,
    ruled_out_by: usual,
    period: days(60),
    threshold: 'a breach of unsecured protected health information',
    elements: notice('164.404(c)'),
    serves: ['164.404'],
    source: '45 CFR 164.404',
    letter: 'hipaa-people',
    contact: 'privacy-officer',
  }),
  duty({
    id: 'media',
    title: 'Notify prominent media outlets of the State',
    to: 'prominent media outlets of each State with more than 500 residents affected',
    no_acknowledgement: true,
    ...discovered,
    ruled_out_by: [
      ...usual,
      {
        fact: 'phi-people-one-state',
        below: 501,
        why: 'No State has more than 500 residents affected (164.406).',
      },
    ],
    period: days(60),
    threshold: 'MORE than 500 residents of one State or jurisdiction',
    elements: notice('164.406(c)'),
    serves: ['164.406'],
    source: '45 CFR 164.406',
    contact: 'press',
  }),
  duty({
    id: 'hhs',
    title: 'Notify the Secretary of Health and Human Services',
    to: 'the Secretary (HHS breach portal), at the same time as the individuals',
    ...discovered,
    ruled_out_by: [
      ...usual,
      {
        fact: 'phi-people',
        below: 500,
        why: 'Fewer than 500 individuals: the yearly log instead (164.408(c)).',
      },
    ],
    period: days(60),
    threshold: '500 OR more individuals',
    serves: ['164.408'],
    source: '45 CFR 164.408(b)',
    contact: 'hhs',
  }),
  duty({
    id: 'hhs-annual',
    title: 'Enter the breach in the yearly log to the Secretary',
    to: 'the Secretary (HHS breach portal)',
    ...discovered,
    ruled_out_by: [
      ...usual,
      {
        fact: 'phi-people',
        from: 500,
        why: '500 or more individuals: told within 60 days instead (164.408(b)).',
      },
    ],
    period: { kind: 'days-after-year-end', days: 60 },
    threshold: 'fewer than 500 individuals',
    serves: ['164.408'],
    source: '45 CFR 164.408(c)',
    contact: 'hhs',
  }),
  duty({
    id: 'business-associate',
    title: 'As a business associate, notify the covered entity',
    to: 'the covered entity',
    ...discovered,
    ruled_out_by: usual,
    period: days(60),
    threshold: 'every breach of unsecured protected health information',
    serves: ['164.410'],
    source: '45 CFR 164.410',
    note: 'The business associate agreement is usually much shorter: write it into obligations.yaml.',
    contact: 'controller',
  }),
];

const entity: Reach = { as: { any: ['hipaa-covered-entity'], words: 'covered entities' } };
const associate: Reach = { as: { any: ['hipaa-business-associate'], words: 'business associates' } };

export const hipaa: Regulation = {
  title: 'HIPAA breach notification',
  sources: [{ title: 'HIPAA', citation: '45 CFR 164.400 to 164.414', read: 'third-party' }],
  items: [
    item('hipaa', '164.402', 'What is a breach, and the four factors'),
    item('hipaa', '164.404', 'Individuals are notified'),
    item('hipaa', '164.406', 'The media are notified'),
    item('hipaa', '164.408', 'The Secretary is notified'),
    item('hipaa', '164.410', 'The business associate notifies the covered entity'),
    item('hipaa', '164.412', 'Delay for law enforcement'),
    item('hipaa', '164.414', 'Who bears the burden of proof'),
  ],
  obligations,
  pending: [
    {
      title: 'Business associates tell of an activated contingency plan within 24 hours',
      status: 'proposed on 6 January 2025; on the agenda for July 2027',
      asOf: '2026-11-20',
    },
  ],
  applies: withinReach(obligations, ({ id }) => (id === 'hipaa.business-associate' ? associate : entity)),
};
