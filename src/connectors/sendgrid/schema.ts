import { z } from 'zod';

/** What the actions take, and the parts of SendGrid's answers that they read. */

export const configSchema = z.strictObject({
  region: z.enum(['global', 'eu']).default('global').describe('where the account is kept'),
});

export const keyInput = z.object({
  key: z.string().regex(/^[\w-]{10,40}$/, 'the key’s id, not the key itself'),
});
export type KeyInput = Readonly<z.infer<typeof keyInput>>;
export const hookInput = z.object({ hook: z.string().regex(/^[\w-]{8,64}$/, 'the event webhook’s id') });
export type HookInput = Readonly<z.infer<typeof hookInput>>;
export const hostInput = z.object({
  hostname: z.string().regex(/^[a-z0-9.-]{3,253}$/, 'the host name that mail is parsed for'),
});
export type HostInput = Readonly<z.infer<typeof hostInput>>;
export const subuserInput = z.object({ subuser: z.string().regex(/^[\w.@+-]{1,64}$/, 'the subuser’s name') });
export type SubuserInput = Readonly<z.infer<typeof subuserInput>>;

export const keySchema = z.object({
  api_key_id: z.string(),
  name: z.string().default(''),
  scopes: z.array(z.string()).exactOptional(),
});
export const hookSchema = z.object({
  id: z.string().default(''),
  enabled: z.boolean(),
  url: z.string().default(''),
  friendly_name: z.string().nullable().default(''),
  public_key: z.string().nullable().exactOptional(),
  created_date: z.string().exactOptional(),
});
export const parseSchema = z.object({
  hostname: z.string(),
  url: z.string(),
  spam_check: z.boolean().default(false),
  send_raw: z.boolean().default(false),
});
export const subuserSchema = z.object({ username: z.string(), disabled: z.boolean() });
export const errorSchema = z.object({
  errors: z.array(z.object({ message: z.string().nullable().default('') })).min(1),
});
