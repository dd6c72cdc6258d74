import { dutiesOf, item, noPersonalData, workingDays } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// LGPD with Resolution CD/ANPD 15/2024. Small agents of processing have twice the time; the shorter one is scheduled.
const duty = dutiesOf('brazil', { version: 'CD/ANPD 15/2024', effective_from: '2024-04-26' });

const relevant =
  'risk or relevant damage: a significant effect, and sensitive data, children, elderly, finance, authentication, secrecy or large scale';

const obligations = [
  duty({
    id: 'anpd',
    title: 'Notify the ANPD and the people affected',
    to: 'the ANPD, and each person affected',
    starts: 'aware',
    ruled_out_by: [
      noPersonalData,
      { fact: 'risk-unlikely', is: 'yes', why: 'It was decided that risk or relevant damage is unlikely.' },
    ],
    period: workingDays(3, 'BR'),
    threshold: relevant,
    serves: ['15.6'],
    source: 'Resolution CD/ANPD 15/2024',
    note: 'Small agents have 6 working days. Where people cannot be reached, a public notice for 90 days.',
    contact: 'brazil-authority',
  }),
  duty({
    id: 'anpd-supplement',
    title: 'Complete the notice to the ANPD',
    to: 'the ANPD',
    starts: 'brazil-anpd-notified',
    after: ['brazil.anpd'],
    provisional: false,
    period: workingDays(20, 'BR'),
    threshold: relevant,
    serves: ['15.6'],
    source: 'Resolution CD/ANPD 15/2024',
    contact: 'brazil-authority',
  }),
];

export const brazil: Regulation = {
  title: 'Brazil: LGPD',
  sources: [{ title: 'ANPD', citation: 'Resolution CD/ANPD 15/2024', read: 'third-party' }],
  items: [item('brazil', '15.6', 'Incidents are communicated')],
  obligations,
  applies: withinReach(obligations, () => ({ people: { in: ['BR'], words: 'Brazil' } })),
};
