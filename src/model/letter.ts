import { z } from 'zod';

/**
 * `templates/<letter>/letter.yaml`: to whom, which legal elements, and which facts supply each. Beside it one `<lang>.hbs` a
 * language and `sample.yaml` with sample facts for the golden text.
 */
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const line = z.string().trim().min(1).max(300);

const element = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/).describe('the name the template prints it by'),
  title: line,
  article: line.describe('the provision that asks for it, as a lawyer cites it'),
  /** Where it comes from: a fact of the incident, the organisation, the inventory, or what the journal proves. */
  from: z.union([
    z.strictObject({ fact: id }),
    z.strictObject({ company: z.string() }),
    z.strictObject({ contact: z.string().describe('a `for` key of contacts.yaml') }),
    z.strictObject({ inventory: z.enum(['people', 'records', 'data', 'countries', 'processors', 'channels']) }),
    z.strictObject({ journal: z.enum(['opened', 'aware', 'containment', 'measures', 'timeline', 'references']) }),
  ]),
  required: z.boolean(),
  may_follow: z.boolean().describe('"not yet known, will follow" is allowed, as in Art. 33(4)'),
});

export const letterSchema = z.strictObject({
  title: line,
  to: z.enum(['authority', 'people', 'acquirer', 'controller', 'vendor']),
  duty: z.string().optional(),
  subject: line,
  languages: z.array(z.string().regex(/^[a-z]{2}$/)).min(1),
  elements: z.array(element).min(1),
});
export type LetterSource = Readonly<z.infer<typeof letterSchema>>;
export type LetterElement = LetterSource['elements'][number];
