import type { Period } from '../base/duration.ts';
import type { Element } from '../model/obligation.ts';
import { dutiesOf, element, item } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// Regulation (EU) 2022/2554, applied since 17 January 2025; its times stand in Delegated Regulation (EU) 2025/301 Art. 5.
const duty = dutiesOf('dora', {
  version: '2022/2554, 2025/301',
  effective_from: '2025-01-17',
  owed_by: 'company',
});

type Hours = Extract<Period, { kind: 'hours' }>;
/** `rests`: whether a limit on a weekend or a bank holiday moves to noon of the next working day (Art. 5(4) to (6)). */
const hours = (n: number, rests: boolean, calendar: string | null): Hours => ({
  kind: 'hours',
  hours: n,
  ...(rests ? { rest: { roll: 'noon-of-next-working-day', calendar } } : {}),
});

/** The three limits, as the calculator asks for them too. */
export const DORA = {
  initial: (rests: boolean, calendar: string | null): Hours => hours(4, rests, calendar),
  initialCapHours: 24,
  intermediate: (rests: boolean, calendar: string | null): Hours => hours(72, rests, calendar),
  final: (calendar: string | null): Period => ({
    kind: 'months',
    months: 1,
    roll: 'noon-of-next-working-day',
    calendar,
  }),
} as const;

const reports = (article: string, ids: readonly (readonly [string, string, string])[]): readonly Element[] =>
  ids.map(([id, title, fact]) => element(id, article, title, [fact], true));

const restNote =
  'For credit institutions, central counterparties, trading venues, and essential or important entities of NIS2 a limit on a weekend ' +
  'or holiday does not move (Art. 5(5)). The earlier reading is scheduled here.';

const obligations = [
  duty({
    id: 'initial',
    title: 'Send the initial notification of a major ICT-related incident',
    to: 'the competent authority under DORA Art. 46',
    starts: 'classified-major',
    // The earlier reading: whether the company is one of those whose limits move is for a person to say.
    period: DORA.initial(false, null),
    capped: { fact: 'incident-noticed', hours: DORA.initialCapHours },
    threshold: 'an incident classified as major',
    elements: reports('19(4)(a); 2025/301 Art. 2', [
      ['detected', 'When it was detected and classified', 'classified-major'],
      ['nature', 'What happened', 'nature'],
      ['criteria', 'Which criteria made it major', 'major-criteria'],
      ['states', 'Member States affected', 'states-affected'],
      ['continuity', 'Whether a continuity plan was activated', 'continuity-activated'],
    ]),
    serves: ['19.4'],
    source: 'DORA Art. 19(4)(a); Delegated Regulation (EU) 2025/301 Art. 5(1)(a), 5(2)',
    confidence: 'primary',
    note: `Four hours from the classification, and 24 from when it was noticed at most; classified later than that: four hours from it. ${restNote}`,
    contact: 'financial-authority',
  }),
  duty({
    id: 'intermediate',
    title: 'Send the intermediate report',
    to: 'the competent authority under DORA Art. 46',
    starts: 'dora-initial-sent',
    after: ['dora.initial'],
    provisional: false,
    period: DORA.intermediate(false, null),
    threshold: 'an incident classified as major',
    serves: ['19.4'],
    source: 'DORA Art. 19(4)(b); Delegated Regulation (EU) 2025/301 Art. 5(1)(b)',
    confidence: 'primary',
    note: `Also without undue delay once normal activity is back. ${restNote}`,
    contact: 'financial-authority',
  }),
  duty({
    id: 'final',
    title: 'Send the final report',
    to: 'the competent authority under DORA Art. 46',
    starts: 'dora-intermediate-sent',
    after: ['dora.intermediate'],
    provisional: false,
    period: DORA.final(null),
    threshold: 'an incident classified as major',
    serves: ['19.4'],
    source: 'DORA Art. 19(4)(c); Delegated Regulation (EU) 2025/301 Art. 5(1)(c), 5(4)',
    confidence: 'primary',
    note: 'From the latest intermediate report: it counts from the first until a later one is recorded as dora-intermediate-sent. A limit on a weekend or bank holiday moves to noon of the next working day.',
    contact: 'financial-authority',
  }),
  duty({
    id: 'clients',
    title: 'Tell clients whose financial interests are affected',
    to: 'the clients affected',
    no_acknowledgement: true,
    starts: 'classified-major',
    provisional: false,
    period: { kind: 'none', wording: 'without undue delay' },
    threshold: 'an impact on the financial interests of clients',
    serves: ['19.3'],
    source: 'DORA Art. 19(3)',
    confidence: 'memory',
  }),
];

export const dora: Regulation = {
  title: 'Digital Operational Resilience Act',
  sources: [
    { title: 'DORA', citation: 'Regulation (EU) 2022/2554, Art. 19', read: 'third-party' },
    {
      title: 'Times and contents of reports',
      citation: 'Delegated Regulation (EU) 2025/301',
      read: 'primary',
    },
  ],
  items: [
    item('dora', '17', 'Incidents are managed by a process, and recorded'),
    item('dora', '19.3', 'Clients are told'),
    item('dora', '19.4', 'Initial, intermediate and final report'),
  ],
  obligations,
  applies: withinReach(obligations, () => ({
    as: { any: ['financial-entity', 'credit-institution'], words: 'financial entities' },
  })),
};
