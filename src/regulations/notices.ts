import type { Element } from '../model/obligation.ts';
import { element } from './parts.ts';

/** What Art. 33(3) and 34(2) want in a notice: the same words in the GDPR and in the UK GDPR that was made from it. */

// 33(4): what is not known yet may follow in phases, so every element of the authority's notice may.
export const authorityElements: readonly Element[] = [
  element('nature', '33(3)(a)', 'The nature of the breach', ['nature'], true),
  element(
    'subjects',
    '33(3)(a)',
    'Categories and approximate number of people',
    ['subject-categories', 'subjects-count'],
    true,
  ),
  element(
    'records',
    '33(3)(a)',
    'Categories and approximate number of records',
    ['data-categories', 'records-count'],
    true,
  ),
  element(
    'contact',
    '33(3)(b)',
    'Name and contact of the DPO or another contact point',
    ['contact-point'],
    true,
  ),
  element('consequences', '33(3)(c)', 'Likely consequences', ['consequences'], true),
  element('measures', '33(3)(d)', 'Measures taken or proposed, with mitigation', ['measures'], true),
];

// 34(2) has no phases: what people are told must be whole when it is sent.
export const peopleElements: readonly Element[] = [
  element('nature', '34(2)', 'The nature of the breach, in clear and plain language', ['nature']),
  element('contact', '34(2), 33(3)(b)', 'Name and contact of the DPO or another contact point', [
    'contact-point',
  ]),
  element('consequences', '34(2), 33(3)(c)', 'Likely consequences', ['consequences']),
  element('measures', '34(2), 33(3)(d)', 'Measures taken or proposed, and what people can do', ['measures']),
];
