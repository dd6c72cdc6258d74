import { dutiesOf, item, noPersonalData, words } from './parts.ts';
import { withinReach } from './reach.ts';
import type { Regulation } from './regulation.ts';

// PIPEDA s 10.1 to 10.3. Records of every breach are kept for 24 months.
const duty = dutiesOf('canada', { version: 'SOR/2018-64', effective_from: '2018-11-01', owed_by: 'company' });

const obligations = [
  duty({
    id: 'pipeda',
    title: 'Report to the Privacy Commissioner and notify the people',
    to: 'the OPC, each person affected, and whoever can lessen the harm',
    starts: 'significant-harm',
    provisional: false,
    ruled_out_by: [noPersonalData],
    period: words('as soon as feasible'),
    threshold: 'a real risk of significant harm',
    serves: ['10.1'],
    source: 'PIPEDA s 10.1 to 10.3; SOR/2018-64',
    contact: 'canada-authority',
  }),
];

export const canada: Regulation = {
  title: 'Canada: PIPEDA',
  sources: [{ title: 'PIPEDA', citation: 'PIPEDA s 10.1 to 10.3; SOR/2018-64', read: 'third-party' }],
  items: [item('canada', '10.1', 'Report, notice and record')],
  obligations,
  applies: withinReach(obligations, () => ({ people: { in: ['CA'], words: 'Canada' } })),
};
