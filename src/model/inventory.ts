import { z } from 'zod';
import { country, date, id, parameter, words } from './fields.ts';
import {
  auditPolicySchema,
  botSchema,
  holdings,
  receiverSchema,
  rightSchema,
  storageSchema,
} from './governance.ts';
import { limits } from './limits.ts';

/** `inventory.yaml`, the data map: every channel, integration and credential, what it holds, whose, and where. */

const line = words(300);

const dataKinds = [
  'contact',
  'identity-document',
  'order',
  'financial',
  'payment-card',
  'health',
  'special-category',
  'child',
  'location',
  'credentials',
  'free-text',
] as const;

/** A rough count with the range it lies in and where the number comes from; a letter shows all three. */
export const countSchema = z.strictObject({
  about: z.number().int().min(0),
  from: z.number().int().min(0).optional(),
  to: z.number().int().min(0).optional(),
  basis: line,
});
export type Count = Readonly<z.infer<typeof countSchema>>;

const channel = z.strictObject({
  id,
  title: line,
  medium: z.enum([
    'whatsapp',
    'instagram',
    'messenger',
    'web-chat',
    'email',
    'sms',
    'telegram',
    'phone',
    'crm',
    'archive',
    'other',
  ]),
  holds: z.array(z.enum(holdings)),
  data: z.array(z.enum(dataKinds)),
  people: countSchema.optional(),
  records: countSchema.optional(),
  countries: z.record(country, z.number().int().min(0).nullable()).optional(),
  processor: id.optional(),
  storage: storageSchema.optional().describe('where its conversations lie, and for how long'),
  owner: line,
  tags: z.array(id).optional(),
});
const vendorId = line
  .optional()
  .describe('the id that `inventory sync` shows, where `params` do not hold it');
const integration = z.strictObject({
  id,
  title: line,
  channel: id.optional(),
  connector: id
    .optional()
    .describe('the instance in firebreak.yaml that reaches it; without one its steps are by hand'),
  params: z.record(parameter, z.string().max(500)).optional().describe('ids the vendor knows it by'),
  vendor_id: vendorId,
  stops: line.describe('what stops working, and for whom, while it is paused'),
  holds: z.array(z.enum(holdings)).optional(),
  scopes: z.array(line).optional(),
  owner: line,
  processor: id.optional(),
  pause: z.string().optional().describe('action that pauses it: connector.action'),
  revoke: z.string().optional().describe('action that ends it for good'),
  feeds: z.array(id).optional().describe('integrations or channels it passes data on to'),
  tags: z.array(id).optional(),
});
const credential = z.strictObject({
  id,
  title: line,
  kind: line.describe('system-user token, deploy key, bot token ...'),
  opens: z.array(id).describe('integrations or channels that it opens'),
  connector: id.optional(),
  params: z.record(parameter, z.string().max(500)).optional(),
  vendor_id: vendorId,
  scopes: z.array(line).optional(),
  stops: line,
  owner: line,
  revoke: z.string().optional(),
  make: z
    .string()
    .optional()
    .describe('action that makes a new one in its place: connector.action; without one a person makes it'),
  place: id.optional().describe('a row of `places` in firebreak.yaml: where the service reads it'),
  rotate_by_hand: line.optional(),
  tags: z.array(id).optional(),
});
const processor = z.strictObject({
  id,
  title: line,
  role: z.enum(['processor', 'controller', 'joint-controller']),
  country: country.optional(),
  contact: id.optional().describe('a row of contacts.yaml'),
});

export const inventorySchema = z.strictObject({
  channels: z.array(channel),
  integrations: z.array(integration),
  credentials: z.array(credential),
  processors: z.array(processor).optional(),
  bots: z.array(botSchema).optional(),
  rights: z.array(rightSchema).optional().describe('who may take out or write to many customers at once'),
  receivers: z.array(receiverSchema).optional().describe('where webhooks arrive at your own servers'),
  audit: auditPolicySchema.optional(),
});
export type Inventory = Readonly<z.infer<typeof inventorySchema>>;
export type Channel = Inventory['channels'][number];

/** `contacts.yaml`: whom to ring for what; phone first, because mail and chat may be what is broken. */
export const contactsSchema = z.strictObject({
  contacts: z.array(
    z.strictObject({
      id,
      name: line,
      duty: line.describe('what this person or office is rung for'),
      phone: z.string().min(3).max(40),
      email: z.string().max(200).optional(),
      hours: line.optional(),
      checked: date.describe(
        `when somebody last rang it; older than ${limits.contactStaleDays} days is stale`,
      ),
      for: z.array(z.string()).optional().describe('duty ids and roles: gdpr.33-1, dpo, acquirer'),
    }),
  ),
});
export type Contacts = Readonly<z.infer<typeof contactsSchema>>;
export type Contact = Contacts['contacts'][number];
