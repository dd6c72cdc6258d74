import type { Obligation } from '../model/obligation.ts';
import { months } from './parts.ts';

/** What one person may ask of a controller, alike in the GDPR and in the UK GDPR: Art. 12(3) gives a month, and two more. */

type Own = Pick<
  Obligation,
  'regime' | 'version' | 'effective_from' | 'confidence' | 'readings' | 'source' | 'note'
> &
  Readonly<{ prefix: string }>;

const asked = [
  { id: 'dsar', article: '15', title: 'Answer a request for access', fact: 'access-asked' },
  { id: 'erasure', article: '17', title: 'Answer a request for erasure', fact: 'erasure-asked' },
] as const;

/** `prefix` names the regime in the ids of the facts too, so that one request starts one law's clock. */
export const requestDuties = ({ prefix, source, ...own }: Own): readonly Obligation[] =>
  asked.map(({ id, article, title, fact }) => ({
    ...own,
    id: `${prefix}.${id}`,
    title,
    owed_by: 'controller',
    to: 'the person who asked',
    starts: `${prefix}-${fact}`,
    provisional: false,
    ruled_out_by: [],
    period: months(1),
    per_person: { extension: 2 },
    threshold: 'every request of a person about their own data',
    elements: [],
    serves: [`${prefix}:12.3`, `${prefix}:${article}`],
    source: `${source} Art. 12(3), ${article}`,
    contact: 'dpo',
  }));
