import { z } from 'zod';

/** The world of the simulator: a WhatsApp account of the example company, its numbers, tokens and callbacks. */

const APP = '840021';
const WABA = '102290129340398';
const ALL = [
  'whatsapp_business_management',
  'whatsapp_business_messaging',
  'business_management',
  'pages_manage_metadata',
];

const token = z.strictObject({
  name: z.string(),
  token: z.string(),
  app_id: z.string().default(APP),
  user_id: z.string(),
  scopes: z.array(z.string()).default(ALL),
  /** Seconds since 1970; 0 is never. */
  expires_at: z.number().int().default(0),
  valid: z.boolean().default(true),
});
const callback = z.string().nullable().default(null);
const app = z.strictObject({
  waba: z.string().default(WABA),
  app_id: z.string(),
  name: z.string(),
  active: z.boolean().default(true),
  override_callback_uri: callback,
});
const phone = z.strictObject({
  id: z.string(),
  waba: z.string().default(WABA),
  display_phone_number: z.string().default('+353 1 555 0100'),
  code_verification_status: z.string().default('VERIFIED'),
  name_status: z.string().default('APPROVED'),
  override_callback_uri: callback,
});
const pageApp = z.strictObject({
  app_id: z.string().default(APP),
  name: z.string().default('LRH Chat'),
  subscribed_fields: z.array(z.string()).default(['messages']),
  active: z.boolean().default(true),
});

export const state = z.strictObject({
  app_id: z.string().default(APP),
  app_secret: z.string().default('sim-app-secret'),
  /** What the company's receiver answers the challenge to; a callback check with another one fails. */
  verify_token: z.string().default('sim-verify-token'),
  tokens: z.array(token).default([
    {
      name: 'firebreak-su',
      token: 'sim-token',
      app_id: APP,
      user_id: '900001',
      scopes: ALL,
      expires_at: 0,
      valid: true,
    },
    {
      name: 'page',
      token: 'sim-page-token',
      app_id: APP,
      user_id: '700001',
      scopes: ALL,
      expires_at: 0,
      valid: true,
    },
  ]),
  wabas: z
    .array(z.strictObject({ id: z.string(), name: z.string(), business_id: z.string().default('550001') }))
    .default([{ id: WABA, name: 'LRH WhatsApp', business_id: '550001' }]),
  subscribed_apps: z
    .array(app)
    .default([{ waba: WABA, app_id: APP, name: 'LRH Chat', active: true, override_callback_uri: null }]),
  phones: z.array(phone).default([
    {
      id: '106540352242922',
      waba: WABA,
      display_phone_number: '+353 1 555 0100',
      code_verification_status: 'VERIFIED',
      name_status: 'APPROVED',
      override_callback_uri: null,
    },
  ]),
  templates: z
    .array(
      z.strictObject({
        id: z.string(),
        waba: z.string().default(WABA),
        name: z.string(),
        language: z.string().default('en'),
        status: z.string().default('APPROVED'),
        components: z.array(z.record(z.string(), z.json())).default([]),
      }),
    )
    .default([]),
  app_callbacks: z
    .array(
      z.strictObject({
        app_id: z.string().default(APP),
        object: z.string(),
        callback_url: z.string(),
        active: z.boolean().default(true),
        fields: z.array(z.string()).default(['messages']),
      }),
    )
    .default([
      {
        app_id: APP,
        object: 'whatsapp_business_account',
        callback_url: 'https://hooks.lrh.example/meta',
        active: true,
        fields: ['messages'],
      },
    ]),
  system_users: z
    .array(z.strictObject({ id: z.string(), name: z.string(), role: z.string().default('EMPLOYEE') }))
    .default([{ id: '900001', name: 'firebreak-su', role: 'ADMIN' }]),
  /** Accounts that were let in by Instagram's own login; the id of the app there is another one. */
  instagram: z
    .array(z.strictObject({ id: z.string(), username: z.string(), apps: z.array(pageApp) }))
    .default([]),
  pages: z.array(z.strictObject({ id: z.string(), name: z.string(), apps: z.array(pageApp) })).default([
    {
      id: '700001',
      name: 'LRH Home',
      apps: [{ app_id: APP, name: 'LRH Chat', subscribed_fields: ['messages'], active: true }],
    },
  ]),
  users: z
    .array(
      z.strictObject({
        id: z.string(),
        waba: z.string().default(WABA),
        name: z.string(),
        tasks: z.array(z.string()).default(['MANAGE']),
        active: z.boolean().default(true),
      }),
    )
    .default([{ id: '900001', waba: WABA, name: 'firebreak-su', tasks: ['MANAGE'], active: true }]),
  permissions: z
    .array(
      z.strictObject({ user_id: z.string(), permission: z.string(), granted: z.boolean().default(true) }),
    )
    .default([]),
});
export type State = z.infer<typeof state>;
export type Token = State['tokens'][number];
