import { field, ofPack } from './fields.ts';
import type { Form } from './form.ts';

export const edpb2026: Form = {
  id: 'edpb-2026-draft',
  title: 'Common template for the notification of a personal data breach (EDPB)',
  duty: 'gdpr.33-1',
  version: 'draft adopted on 2026-06-10',
  source:
    'The six blocks and what they ask for: Matheson, "EDPB adopt draft data breach notification template", matheson.com, read 2026-11-27',
  caution:
    'A draft: its consultation closed on 2026-08-05 and no authority has said from when it counts. Use the form of your own authority, which may ask in another order.',
  sections: [
    {
      title: '1. Type of notification',
      fields: [
        ofPack('report_type', 'First notification or a later one', 'Art. 33(1), 33(4)', 'report-type'),
        ofPack('to_follow', 'What will follow', 'Art. 33(4)', 'to-follow'),
        ofPack('references', 'Earlier submissions', 'Art. 33(4)', 'earlier'),
        field(
          'authority',
          'Supervisory authority',
          'Art. 33(1), 55',
          { company: 'authority' },
          { optional: true },
        ),
        field(
          'cross_border',
          'People in more than one Member State',
          'Art. 33(1), 56',
          { fact: 'cross-border' },
          { optional: true },
        ),
        field(
          'delay_reasons',
          'Reasons for a notification later than 72 hours',
          'Art. 33(1)',
          { fact: 'delay-reasons' },
          { whenLate: true },
        ),
      ],
    },
    {
      title: '2. Controller, reporting person and data protection officer',
      fields: [
        field('controller', 'Controller', 'Art. 33(1)', { company: 'legal_name' }),
        field('address', 'Address of the controller', 'Art. 33(1)', { company: 'address' }),
        field(
          'country',
          'Country of the main establishment',
          'Art. 56',
          { company: 'country' },
          { optional: true },
        ),
        field('sector', 'Sector', '', { company: 'sector' }, { optional: true }),
        field(
          'contact_point',
          'Reporting person or contact point',
          'Art. 33(3)(b)',
          { fact: 'contact-point' },
          { otherwise: { company: 'dpo' } },
        ),
        field('dpo', 'Data protection officer', 'Art. 33(3)(b)', { company: 'dpo' }),
        field(
          'processors',
          'Processors involved',
          'Art. 33(3)(a)',
          { inventory: 'processors' },
          { optional: true },
        ),
      ],
    },
    {
      title: '3. Nature of the breach',
      fields: [
        field('earliest', 'Earliest known time of the breach', 'Art. 33(3)(a)', { journal: 'earliest' }),
        field('aware', 'When the controller became aware', 'Art. 33(1)', { fact: 'aware' }),
        field(
          'duration',
          'Duration of the breach',
          'Art. 33(3)(a)',
          { fact: 'exposure-window' },
          { otherwise: { fact: 'breach-dates' } },
        ),
        field('nature', 'What happened', 'Art. 33(3)(a)', { fact: 'nature' }),
        field('breach', 'Confidentiality, integrity or availability', 'Art. 4(12)', { fact: 'breach' }),
        field(
          'channels',
          'Systems and channels concerned',
          'Art. 33(3)(a)',
          { inventory: 'channels' },
          { optional: true },
        ),
        field('subject_categories', 'Categories of people', 'Art. 33(3)(a)', { fact: 'subject-categories' }),
        field(
          'subjects_count',
          'Approximate number of people',
          'Art. 33(3)(a)',
          { fact: 'subjects-count' },
          { otherwise: { inventory: 'people' } },
        ),
        field(
          'data_categories',
          'Categories of personal data',
          'Art. 33(3)(a)',
          { fact: 'data-categories' },
          { otherwise: { inventory: 'data' } },
        ),
        field('special_category', 'Special categories among them', 'Art. 9', { fact: 'special-category' }),
        field(
          'records_count',
          'Approximate number of records',
          'Art. 33(3)(a)',
          { fact: 'records-count' },
          { otherwise: { inventory: 'records' } },
        ),
        field('safeguards', 'Protection in place before the breach', 'Art. 32', { fact: 'safeguards' }),
      ],
    },
    {
      title: '4. Likely consequences',
      fields: [
        field('consequences', 'Likely consequences', 'Art. 33(3)(c)', { fact: 'consequences' }),
        field('high_risk', 'A high risk to people is likely', 'Art. 34(1)', { fact: 'high-risk' }),
      ],
    },
    {
      title: '5. Measures',
      fields: [
        field('measures', 'Measures taken or proposed, and mitigation', 'Art. 33(3)(d)', {
          fact: 'measures',
        }),
        field(
          'containment',
          'What was stopped, and how far that is proved',
          'Art. 33(3)(d)',
          { journal: 'containment' },
          { optional: true },
        ),
        field(
          'prevention',
          'Measures against a breach of the same kind',
          'Art. 33(3)(d)',
          { fact: 'prevention' },
          { otherwise: { fact: 'next-steps' } },
        ),
      ],
    },
    {
      title: '6. Communication to the people affected',
      fields: [
        field(
          'people_informed',
          'When they were told',
          'Art. 34(1)',
          { submitted: 'gdpr.34' },
          { otherwise: { fact: 'people-informed' } },
        ),
        field(
          'people_route',
          'How they were told',
          'Art. 34(3)(c)',
          { fact: 'people-route' },
          { optional: true },
        ),
        field(
          'advice',
          'What they were advised to do',
          'Art. 34(2), 33(3)(d)',
          { fact: 'advice' },
          { optional: true },
        ),
        field(
          'not_told',
          'Why they are not told',
          'Art. 34(3)',
          { fact: 'people-not-told' },
          { optional: true },
        ),
      ],
    },
  ],
};
