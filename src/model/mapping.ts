import { z } from 'zod';
import { country, id, words } from './fields.ts';

/** How the columns of a vendor's export are read as people: one file by hand, or one that the tool knows. */

const column = words(200);

export const mappingSchema = z.strictObject({
  title: words(300),
  format: z.enum(['csv', 'jsonl']),
  each: column
    .optional()
    .describe('for jsonl: where in a line the rows lie, `*` for all of a list: entry.*.changes.*.value'),
  columns: z
    .strictObject({
      email: column.optional(),
      phone: column.optional(),
      name: column.optional(),
      language: column.optional(),
      country: column.optional().describe('two letters of ISO 3166-1'),
      at: column.optional().describe('when it happened at the vendor'),
      brand: column.optional().describe('our own brand that the person knows'),
      card_brand: column.optional(),
      ids: z
        .record(id, column)
        .optional()
        .describe('ids that a vendor knows a person by, under a name that other mappings share'),
    })
    .describe('for csv the title of a column; for jsonl a path, from the whole line where it begins with /'),
  time: z
    .enum(['rfc3339', 'unix', 'unix-ms', 'utc', 'mail'])
    .optional()
    .describe('how `at` is written; utc: 2026-03-01 14:05:00 without an offset'),
  phone_prefix: z.enum(['+']).optional().describe('for numbers that a vendor writes without their plus'),
  phone_country: country.optional().describe('of numbers that are written without a country'),
  channel: id.optional().describe('the channel of inventory.yaml that it came from'),
  brand: words(60).optional().describe('where all rows are of one brand'),
  data: z.array(id).optional().describe('what kinds of data the rows hold; else those of the channel'),
});
export type Mapping = Readonly<z.infer<typeof mappingSchema>>;
