import { z } from 'zod';

/** What the actions take, and the parts of Chatwoot's answers that they read. */

const number = (what: string) => z.string().regex(/^\d{1,12}$/, `the ${what}’s number`);

export const configSchema = z.strictObject({
  account: number('account').describe('as in the address of the dashboard: /app/accounts/<number>'),
});

export const inboxInput = z.object({ inbox: number('inbox') });
export type InboxInput = Readonly<z.infer<typeof inboxInput>>;
export const hookInput = z.object({ hook: number('integration hook') });
export type HookInput = Readonly<z.infer<typeof hookInput>>;
export const webhookInput = z.object({ webhook: number('webhook') });
export type WebhookInput = Readonly<z.infer<typeof webhookInput>>;
export const ruleInput = z.object({ rule: number('automation rule') });
export type RuleInput = Readonly<z.infer<typeof ruleInput>>;
export const botInput = z.object({ bot: number('bot') });
export type BotInput = Readonly<z.infer<typeof botInput>>;
export const agentInput = z.object({ agent: number('agent') });
export type AgentInput = Readonly<z.infer<typeof agentInput>>;

const text = z
  .string()
  .nullable()
  .default('')
  .transform((value) => value ?? '');

export const inboxSchema = z.object({
  id: z.number(),
  name: text,
  channel_type: text,
  hmac_mandatory: z.boolean().nullable().default(false),
  allowed_domains: text,
  webhook_url: text,
});
export const webhookSchema = z.object({
  id: z.number(),
  name: text,
  url: z.string().default(''),
  subscriptions: z.array(z.string()).default([]),
  secret: z.string().nullable().exactOptional(),
});
const hookSchema = z.object({
  id: z.number(),
  status: z.union([z.boolean(), z.number(), z.string()]),
});
export const appSchema = z.object({
  id: z.string(),
  name: text,
  hooks: z.array(hookSchema).default([]),
});
export const botSchema = z.object({ id: z.number(), name: text, outgoing_url: text });
export const ruleSchema = z.object({ id: z.number(), name: text, active: z.boolean() });
