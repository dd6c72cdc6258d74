import { field, ofPack } from './fields.ts';
import type { Form } from './form.ts';

export const ico2026: Form = {
  id: 'ico-2026',
  title: 'Report a personal data breach (Information Commissioner)',
  duty: 'uk.33-1',
  version: 'the form for reports in writing, as mirrored in 2026',
  source:
    'scribd.com/document/456704011 (a copy of the Commissioner’s form, up to the categories of people) and ico.org.uk, "Report a data breach: online form", both read 2026-11-27; the questions after the categories of people are from memory',
  caution:
    'The online form has six parts, cannot be saved while it is filled in, and may ask in another order. It must not hold any of the personal data of the breach.',
  sections: [
    {
      title: 'Report type',
      fields: [
        ofPack('report_type', 'Initial or follow-up report', 'UK GDPR Art. 33(1), 33(4)', 'report-type'),
        ofPack('references', 'Case reference of earlier reports', 'UK GDPR Art. 33(4)', 'earlier'),
        ofPack('to_follow', 'What will follow', 'UK GDPR Art. 33(4)', 'to-follow'),
      ],
    },
    {
      title: 'About the breach',
      fields: [
        field('nature', 'What has happened', 'UK GDPR Art. 33(3)(a)', { fact: 'nature' }),
        field('malicious', 'Was it caused by a cyber incident', '', { fact: 'malicious' }),
        field('found_out', 'How you found out', '', { fact: 'report' }),
        field('aware', 'When you discovered it', 'UK GDPR Art. 33(1)', { fact: 'aware' }),
        field('earliest', 'When it happened', 'UK GDPR Art. 33(3)(a)', { journal: 'earliest' }),
        field(
          'data_categories',
          'Categories of personal data',
          'UK GDPR Art. 33(3)(a)',
          { fact: 'data-categories' },
          { otherwise: { inventory: 'data' } },
        ),
        field(
          'records_count',
          'Number of personal data records',
          'UK GDPR Art. 33(3)(a)',
          { fact: 'records-count' },
          { otherwise: { inventory: 'records' } },
        ),
        field(
          'subjects_count',
          'How many people could be affected',
          'UK GDPR Art. 33(3)(a)',
          { fact: 'subjects-count' },
          { otherwise: { inventory: 'people' } },
        ),
        field(
          'uk_people',
          'People in the United Kingdom among them',
          'UK GDPR Art. 33(3)(a)',
          { fact: 'people-gb' },
          { optional: true },
        ),
        field('subject_categories', 'Categories of people', 'UK GDPR Art. 33(3)(a)', {
          fact: 'subject-categories',
        }),
        field('consequences', 'Potential consequences', 'UK GDPR Art. 33(3)(c)', { fact: 'consequences' }),
        field('high_risk', 'Likelihood of significant consequences for people', 'UK GDPR Art. 34(1)', {
          fact: 'high-risk',
        }),
        field('training', 'Training of the members of staff involved', '', { fact: 'staff-training' }),
        field('safeguards', 'Measures in place to prevent such a breach', 'UK GDPR Art. 32', {
          fact: 'safeguards',
        }),
      ],
    },
    {
      title: 'Cyber incidents only',
      fields: [
        field('breach', 'Confidentiality, integrity or availability of systems', 'UK GDPR Art. 4(12)', {
          fact: 'breach',
        }),
        field('service_impact', 'Impact on your organisation', '', { fact: 'service-impact' }),
        field('recovery', 'Recovery time', '', { fact: 'restore-hours' }),
      ],
    },
    {
      title: 'Taking action',
      fields: [
        field('measures', 'Actions taken or proposed', 'UK GDPR Art. 33(3)(d)', { fact: 'measures' }),
        field(
          'containment',
          'What was stopped, and how far that is proved',
          'UK GDPR Art. 33(3)(d)',
          { journal: 'containment' },
          { optional: true },
        ),
        field(
          'prevention',
          'Steps to prevent it from happening again',
          'UK GDPR Art. 33(3)(d)',
          { fact: 'prevention' },
          { otherwise: { fact: 'next-steps' } },
        ),
        field(
          'people_informed',
          'Whether people have been told',
          'UK GDPR Art. 34(1)',
          { submitted: 'uk.34' },
          { otherwise: { fact: 'people-informed' } },
        ),
        field(
          'other_authorities',
          'Other organisations that were told (the supervisory authority under the GDPR)',
          '',
          { submitted: 'gdpr.33-1' },
          { optional: true },
        ),
        field(
          'delay_reasons',
          'Reasons for the delay, where there was one',
          'UK GDPR Art. 33(1)',
          { fact: 'delay-reasons' },
          { whenLate: true },
        ),
      ],
    },
    {
      title: 'About you',
      fields: [
        field('controller', 'Organisation', 'UK GDPR Art. 33(1)', { company: 'legal_name' }),
        field('address', 'Registered address', 'UK GDPR Art. 33(1)', { company: 'address' }),
        field('registration', 'Registration number with the Commissioner', '', { fact: 'ico-registration' }),
        field('sector', 'Sector', '', { company: 'sector' }, { optional: true }),
        field(
          'contact_point',
          'Person making the report',
          'UK GDPR Art. 33(3)(b)',
          { fact: 'contact-point' },
          { otherwise: { company: 'dpo' } },
        ),
        field('dpo', 'Data protection officer', 'UK GDPR Art. 33(3)(b)', { company: 'dpo' }),
      ],
    },
  ],
};
