import { z } from 'zod';
import { words } from './fields.ts';

/** Where a service reads its credential from: how a new one gets there, and what shows that the service works with it. */

const line = words(300);
const absolute = z.string().regex(/^\//, 'write the whole path, from the root');
const argv = z.array(z.string().min(1)).min(1);

const putSchema = z.union([
  z.strictObject({
    command: argv.describe('an argument array; the new credential is its standard input, and in no argument'),
  }),
  z.strictObject({ file: absolute.describe('replaced whole, readable by its owner alone') }),
  z.strictObject({ keychain: z.string().min(1) }),
]);

const checkSchema = z.union([
  z.strictObject({
    url: z.url({ protocol: /^https?$/ }).describe('asked with GET; 200 to 299 means that the service works'),
    says: line
      .optional()
      .describe('what the answer must contain; {id} stands for the name that the vendor gave the new one'),
  }),
  z.strictObject({ command: argv.describe('an argument array; exit code 0 means that the service works') }),
]);

export const placeSchema = z.strictObject({
  title: line,
  put: putSchema,
  check: checkSchema.optional(),
  minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .optional()
    .describe('how long the service takes to work with a new one; it is asked for so long'),
});
export type PlaceRow = Readonly<z.infer<typeof placeSchema>>;
export type PlaceCheck = NonNullable<PlaceRow['check']>;
