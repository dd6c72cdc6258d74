import { dutiesOf, element, hours, item } from './parts.ts';
import { byFacts, outOfReach, started, type Regulation } from './regulation.ts';

// Meta Platform Terms, Data Security, Incident Reporting. A duty of contract for whoever runs an app of Meta's.
const duty = dutiesOf('meta', { version: 'text of a public copy', owed_by: 'company' });

const obligations = [
  duty({
    id: 'platform-terms',
    title: 'Report the incident to Meta',
    to: 'Meta, by the report form for developers',
    starts: 'platform-data',
    period: hours(24),
    threshold:
      'unauthorised processing of Platform Data, or an incident likely to compromise systems of the company or its providers',
    elements: [
      element(
        'impact',
        'Incident Reporting',
        'What it did to Platform Data',
        ['nature', 'data-categories'],
        true,
      ),
      element('measures', 'Incident Reporting', 'What was put right', ['measures'], true),
      element(
        'notices',
        'Incident Reporting',
        'Whom else the company has told, or will',
        ['notices-sent'],
        true,
      ),
    ],
    serves: ['4.1'],
    source: 'Meta Platform Terms, Data Security, Incident Reporting',
    letter: 'meta-report',
    note:
      'Promptly, 24 hours at most. Whether messages of WhatsApp Cloud API are Platform Data is open: the API runs through a Meta app, so the duty is taken to ' +
      'apply. Confirm the section, the address and the wording.',
    contact: 'meta',
  }),
];

export const meta: Regulation = {
  title: 'Meta Platform Terms',
  sources: [
    { title: 'Meta Platform Terms', citation: 'Data Security, Incident Reporting', read: 'third-party' },
  ],
  items: [item('meta', '4.1', 'Incidents are reported to Meta')],
  obligations,
  applies: (situation) =>
    obligations.map((one) =>
      situation.uses.includes('meta') || started(one, situation)
        ? byFacts(one, situation.facts)
        : outOfReach(one, 'firebreak.yaml names no app of Meta (connectors: uses: meta).'),
    ),
};
