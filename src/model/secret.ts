import { z } from 'zod';

/** A secret is a reference. There is no form in which a value can be written here. */
export const secretRefSchema = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }),
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ keychain: z.string().min(1) }),
  z.strictObject({
    command: z.array(z.string().min(1)).min(1).describe('an argument array; no shell reads it'),
  }),
]);
export type SecretRef = Readonly<z.infer<typeof secretRefSchema>>;
