import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageOf } from '../../../letters/draft.ts';
import type { Batch } from '../../../letters/merge/forms.ts';
import { BLOCK } from '../../../letters/sinks.ts';
import { compileTemplate, type Value } from '../../../letters/template.ts';
import type { RecipientVariable } from '../../../model/letter.ts';

/** The letter of the comparison: two thousand bytes with ten places. */
export const names = [
  'salutation',
  'customer',
  'since',
  'street',
  'city',
  'agent',
  'amount',
  'phone',
  'name',
] as const;

export const variables: readonly RecipientVariable[] = names.map((id) => ({
  id,
  title: id,
  required: id !== 'salutation',
}));

const template = readFileSync(join(import.meta.dirname, 'letter.hbs'), 'utf8');

/** As a draft prints it: the template laid out, compiled by Handlebars, filled, and set on its page. */
export const page: PageOf = (sink, personal) => {
  const values: [string, Value][] = [...personal].flatMap(([name, value]): [string, Value][] => [
    [name, value === null ? null : { escaped: sink.inline(value) }],
    [`${name}${BLOCK}`, value === null ? null : { escaped: sink.block(value) }],
  ]);
  const filled = compileTemplate(
    sink.layout(template),
    new Set(values.map(([name]) => name)),
  )(new Map(values));
  return sink.page(filled, { title: 'Information', language: 'en', watermark: null, stamp: null });
};

export const batch: Batch = {
  incident: 'inc-bench',
  letter: 'bench',
  organisation: 'Lindqvist & Rao Home Ltd',
  from: 'privacy@lrh.example',
  drill: false,
  date: 'Fri, 27 Nov 2026 09:00:00 +0000',
  names,
  versions: new Map([
    [
      'en',
      {
        subject: 'Important information about your personal data',
        page,
        sha256: 'ab'.repeat(32),
        watermark: null,
        stamp: null,
      },
    ],
  ]),
};
