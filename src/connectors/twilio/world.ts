import { z } from 'zod';

/** The world of the simulator: a main account, its subaccounts, keys, numbers and the apps it let in. */

export const MAIN = 'AC00000000000000000000000000000001';

const url = z.string().default('');

export const worldSchema = z.strictObject({
  main: z.string().default(MAIN),
  /** Who may come: by user name, the password. */
  keys: z
    .array(
      z.strictObject({
        sid: z.string(),
        account: z.string().default(MAIN),
        friendly_name: z.string().default('key'),
        date_created: z.string().default('Thu, 02 Jan 2025 03:04:05 +0000'),
        secret: z.string(),
      }),
    )
    .default([]),
  keys_made: z.number().int().default(0),
  auth_token: z.string().default('sim-auth-token'),
  secondaries_made: z.number().int().default(0),
  secondary: z.string().nullable().default(null),
  promotions: z.number().int().default(0),
  accounts: z
    .array(
      z.strictObject({
        sid: z.string(),
        status: z.enum(['active', 'suspended', 'closed']).default('active'),
        friendly_name: z.string().default('subaccount'),
        auth_token: z.string().default('sim-subaccount-token'),
      }),
    )
    .default([]),
  numbers: z
    .array(
      z.strictObject({
        sid: z.string(),
        account: z.string().default(MAIN),
        phone_number: z.string().default('+35315550101'),
        sms_url: url,
        sms_fallback_url: url,
        sms_application_sid: url,
        voice_url: url,
        voice_fallback_url: url,
        voice_application_sid: url,
        status_callback: url,
      }),
    )
    .default([]),
  apps: z
    .array(
      z.strictObject({
        connect_app_sid: z.string(),
        connect_app_friendly_name: z.string().default('app'),
        connect_app_company_name: z.string().default('a company'),
        permissions: z.array(z.string()).default(['get-all']),
      }),
    )
    .default([]),
});
export type World = z.infer<typeof worldSchema>;
