import { z } from 'zod';

/** What the actions take, and the parts of Twilio's answers that they read. */

const sid = (prefix: string, what: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}[0-9a-fA-F]{32}$`),
      `the ${what}’s SID, ${prefix} and 32 hexadecimal digits`,
    );

export const configSchema = z.strictObject({
  account: sid('AC', 'main account').describe('whose credentials these are'),
  key: sid('SK', 'API key')
    .exactOptional()
    .describe('the API key the tool works with; without it the Auth Token'),
});

export const subaccountInput = z.object({ subaccount: sid('AC', 'subaccount') });
export type SubaccountInput = Readonly<z.infer<typeof subaccountInput>>;

export const keyInput = z.object({
  key: sid('SK', 'API key'),
  account: sid('AC', 'account').exactOptional().describe('whose key it is; without it the main account’s'),
});
export type KeyInput = Readonly<z.infer<typeof keyInput>>;

export const newKeyInput = keyInput.pick({ account: true });
export type NewKeyInput = Readonly<z.infer<typeof newKeyInput>>;

export const numberInput = z.object({
  number: sid('PN', 'phone number'),
  account: sid('AC', 'account').exactOptional(),
});
export type NumberInput = Readonly<z.infer<typeof numberInput>>;

export const appInput = z.object({ app: sid('CN', 'Connect app') });
export type AppInput = Readonly<z.infer<typeof appInput>>;

export const accountSchema = z.object({
  sid: z.string(),
  status: z.string(),
  type: z.string().default(''),
  friendly_name: z.string().default(''),
  owner_account_sid: z.string().default(''),
});

export const keySchema = z.object({
  sid: z.string(),
  friendly_name: z.string().nullable().default(''),
  date_created: z.string().nullable().default(null),
});

/** An address is '' where none is set; Twilio answers null for some. */
const address = z
  .string()
  .nullable()
  .default('')
  .transform((url) => url ?? '');

export const numberSchema = z.object({
  sid: z.string(),
  phone_number: z.string().default(''),
  sms_url: address,
  sms_method: z.string().nullable().default('POST'),
  sms_fallback_url: address,
  sms_application_sid: address,
  voice_url: address,
  voice_method: z.string().nullable().default('POST'),
  voice_fallback_url: address,
  voice_application_sid: address,
  status_callback: address,
});
export type PhoneNumber = Readonly<z.infer<typeof numberSchema>>;

export const appSchema = z.object({
  connect_app_sid: z.string(),
  connect_app_company_name: z.string().nullable().default(''),
  connect_app_friendly_name: z.string().nullable().default(''),
  connect_app_homepage_url: z.string().nullable().default(''),
  permissions: z.array(z.string()).default([]),
});

export const errorSchema = z.object({ code: z.number(), message: z.string().default('') });
