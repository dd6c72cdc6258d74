import { days, dutiesOf, item, noPersonalData, words } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// Personal Data Protection Act 2012, Part 6A.
const duty = dutiesOf('singapore', {
  version: 'Part 6A',
  effective_from: '2021-02-01',
  owed_by: 'company',
  confidence: 'primary',
});

const notifiable = 'significant harm, or 500 or more people';

const obligations = [
  duty({
    id: 'pdpc',
    title: 'Notify the Commission',
    to: 'the Personal Data Protection Commission (PDPC)',
    starts: 'singapore-notifiable',
    provisional: false,
    ruled_out_by: [noPersonalData],
    period: days(3),
    threshold: notifiable,
    serves: ['26.4'],
    source: 'PDPA 2012 s 26B to 26D',
    note:
      'Counted after the day of the assessment, which must be reasonable and expeditious; about 30 days are expected. Whether a holiday moves the end is open: ' +
      'nothing is moved here.',
    contact: 'singapore-authority',
  }),
  duty({
    id: 'people',
    title: 'Notify the people affected in Singapore',
    to: 'each person to whom significant harm is likely',
    no_acknowledgement: true,
    starts: 'singapore-notifiable',
    provisional: false,
    ruled_out_by: [noPersonalData],
    period: words('with the notice to the Commission, or after it'),
    threshold: 'significant harm',
    serves: ['26.4'],
    source: 'PDPA 2012 s 26D(2)',
  }),
];

export const singapore: Regulation = {
  title: 'Singapore: PDPA',
  sources: [{ title: 'PDPA', citation: 'Personal Data Protection Act 2012 s 26B to 26D', read: 'primary' }],
  items: [item('singapore', '26.4', 'The Commission and the people are notified')],
  obligations,
  applies: withinReach(obligations, () => ({ people: { in: ['SG'], words: 'Singapore' } })),
};
