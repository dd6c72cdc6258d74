import { days, dutiesOf, element, item, noPersonalData, words } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// Privacy Act 1988 (Cth), Part IIIC: notifiable data breaches.
const duty = dutiesOf('australia', {
  version: 'Part IIIC',
  effective_from: '2018-02-22',
  owed_by: 'company',
});

const obligations = [
  duty({
    id: 'assess',
    title: 'Finish the assessment of a suspected eligible data breach',
    to: 'the company itself, which records it',
    no_acknowledgement: true,
    starts: 'eligible-breach-suspected',
    ruled_out_by: [noPersonalData],
    period: days(30),
    threshold: 'reasonable grounds to suspect an eligible data breach',
    serves: ['26.1'],
    source: 'Privacy Act 1988 (Cth) s 26WH(2)',
  }),
  duty({
    id: 'statement',
    title: 'Give the statement to the Commissioner and notify the people',
    to: 'the OAIC, and the people at risk',
    starts: 'eligible-breach-believed',
    provisional: false,
    ruled_out_by: [noPersonalData],
    period: words('as soon as practicable'),
    threshold: 'reasonable grounds to believe that serious harm is likely',
    elements: [
      element('entity', 's 26WK(3)', 'Identity and contact details of the company', ['contact-point']),
      element('description', 's 26WK(3)', 'What happened', ['nature']),
      element('kinds', 's 26WK(3)', 'Kinds of information', ['data-categories']),
      element('steps', 's 26WK(3)', 'What people should do', ['advice']),
    ],
    serves: ['26.2'],
    source: 'Privacy Act 1988 (Cth) s 26WK, 26WL',
    contact: 'australia-authority',
  }),
];

export const australia: Regulation = {
  title: 'Australia: notifiable data breaches',
  sources: [{ title: 'Privacy Act', citation: 'Privacy Act 1988 (Cth) s 26WH to 26WL', read: 'third-party' }],
  items: [
    item('australia', '26.1', 'A suspicion is assessed'),
    item('australia', '26.2', 'Statement and notice'),
  ],
  obligations,
  applies: withinReach(obligations, () => ({ people: { in: ['AU'], words: 'Australia' } })),
};
