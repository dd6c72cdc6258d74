import { z } from 'zod';
import { id, words } from './fields.ts';

/**
 * `templates/<letter>/letter.yaml`: to whom, which legal elements, and which facts supply each. Beside it one `<lang>.hbs` a
 * language and `sample.yaml` with sample facts for the golden text.
 */
const line = words(300);
const language = z.string().regex(/^[a-z]{2}$/);

/** What a reader sees of the letter's own words: one for all languages, or one for each. */
const said = z.union([line, z.record(language, line)]).describe('one for all languages, or one for each');
export type Said = Readonly<z.infer<typeof said>>;

/** A fact of the incident, the organisation, the inventory, or what the journal proves. */
const source = z.union([
  z.strictObject({ fact: id }),
  z.strictObject({
    company: z.enum(['name', 'legal_name', 'address', 'country', 'sector', 'authority', 'dpo', 'acquirer']),
  }),
  z.strictObject({ contact: z.string().describe('a `for` key of contacts.yaml') }),
  z.strictObject({ inventory: z.enum(['people', 'records', 'data', 'countries', 'processors', 'channels']) }),
  z.strictObject({
    submitted: z.string().describe('a duty: when it was met, for whoever must hear that others were told'),
  }),
  z.strictObject({
    journal: z.enum([
      'opened',
      'earliest',
      'aware',
      'containment',
      'measures',
      'timeline',
      'references',
      'evidence',
      'bleeding',
      'holds',
      'overrides',
      'clocks',
      'decisions',
      'waiting',
      'roles',
    ]),
  }),
]);

const element = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(_[a-z0-9]+)*$/)
    .describe('the name the template prints it by'),
  title: said,
  article: said.describe('the provision that asks for it, as a lawyer cites it'),
  from: source,
  otherwise: source
    .optional()
    .describe('a first draft while `from` has no answer; the letter says that it is not confirmed'),
  required: z
    .union([z.boolean(), z.literal('when-late'), z.strictObject({ when: id })])
    .describe(
      '`when-late`: only once the time of the duty has run out, as the reasons of Art. 33(1). `when`: where that fact is yes',
    ),
  may_follow: z.boolean().describe('"not yet known, will follow" is allowed, as in Art. 33(4)'),
});

/** What differs from one reader to the next: a column of the list of recipients. */
const recipient = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(_[a-z0-9]+)*$/)
    .describe('the name of the column, and the name the template prints it by'),
  title: said,
  required: z.boolean().describe('a row without it gets no letter, and is reported'),
});

const readers = [
  'authority',
  'people',
  'acquirer',
  'brand',
  'platform',
  'controller',
  'processor',
  'recipient',
  'insurer',
  'staff',
  'press',
  'management',
] as const;

export const letterSchema = z.strictObject({
  title: line,
  to: z
    .enum(readers)
    .describe(
      '`recipient` is somebody who got data by mistake; `staff` and `management` are inside the company',
    ),
  duty: z.string().optional(),
  subject: said,
  languages: z.array(language).min(1),
  elements: z.array(element).min(1),
  // Each may be there or not, and a letter is cut once for every combination: more would be more than it has readers.
  recipient: z.array(recipient).min(1).max(16).optional(),
});
export type LetterSource = Readonly<z.infer<typeof letterSchema>>;

/** Names that every template may print beside its own elements. */
const standardNames = [
  'organisation',
  'reference',
  'today',
  'subject',
  'notice',
  'to_follow',
  'avoid',
] as const;

/** All names that a template of this letter may print. */
export const templateNames = ({ elements, recipient }: LetterSource): ReadonlySet<string> =>
  new Set([...standardNames, ...[...elements, ...(recipient ?? [])].map(({ id }) => id)]);

export type RecipientVariable = NonNullable<LetterSource['recipient']>[number];
export type LetterElement = LetterSource['elements'][number];
export type ElementSource = Readonly<z.infer<typeof source>>;
