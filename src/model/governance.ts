import { z } from 'zod';
import { date, id, parameter, words } from './fields.ts';

/** What an audit looks at beside the data map itself: bots, rights of people, receivers of webhooks, and the company's own limits. */

const line = words(300);
const days = z.number().int().min(1).max(3660);

export const holdings = [
  'transcripts',
  'user-identifiers',
  'attachments',
  'payment-data',
  'credentials',
] as const;

export const botSchema = z.strictObject({
  id,
  title: line,
  owner: line,
  integration: id.optional().describe('the row that it acts through'),
  reads: z.array(z.enum(holdings)).describe('what it can reach'),
  needs: z.array(z.enum(holdings)).describe('what its task needs'),
  may: z.array(line).optional().describe('what it does by itself: answers, refunds, changes orders'),
  prompt_reviewed: date.optional().describe('when somebody last read its instructions'),
  sources_reviewed: date.optional().describe('when somebody last went through what it learns from'),
});

/** Powers over many customers at once: few people need them, and a thief wants them first. */
const powers = ['export-transcripts', 'trigger-campaigns'] as const;
export const rightSchema = z.strictObject({
  who: line,
  may: z.enum(powers),
  on: id.describe('the channel or integration'),
  why: line.optional(),
  reviewed: date.optional(),
});

export const senders = ['meta', 'github', 'slack', 'stripe', 'twilio'] as const;
export type Sender = (typeof senders)[number];
export const receiverSchema = z.strictObject({
  id,
  title: line,
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .describe('without a secret in it'),
  signs: z.enum(senders).describe('whose signature it must check'),
  owner: line,
  connector: id.optional().describe('the entry of firebreak.yaml that knows the signing secret'),
  secret: parameter.optional().describe('the name of that secret there, for the probe'),
  verify_token: parameter.optional().describe('Meta alone: the name of the verify token there'),
  ip_rule: z.boolean().optional().describe('only the addresses of the sender are let in'),
  rate_limit: z.boolean().optional(),
});
export type Receiver = Readonly<z.infer<typeof receiverSchema>>;

export const storageSchema = z.strictObject({
  public: z.boolean(),
  encrypted: z.boolean(),
  kept_days: days.describe('how long conversations are really kept'),
  policy_days: days.describe('how long they may be kept'),
  checked: date,
});

export const auditPolicySchema = z.strictObject({
  every_days: days.optional(),
  key_unused_days: days.optional(),
  key_age_days: days.optional(),
  review_days: days.optional().describe('bots, rights and storage are looked at this often'),
  domains: z
    .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a name like shop.example'))
    .optional()
    .describe('domains of your own: what a message template may link to'),
  asks: line.optional().describe('who answers what no system tells, where no row names an owner'),
});

/** Where the company says nothing: a quarter, and what a quarter and a year without a look usually hide. */
export const usualPolicy = {
  every_days: 91,
  key_unused_days: 90,
  key_age_days: 365,
  review_days: 182,
} as const;
