import { z } from 'zod';

/** The state of the Slack simulator: what a scenario may seed, with defaults for all it leaves out. */

const BOT_SCOPES = [
  'channels:history',
  'channels:manage',
  'channels:read',
  'chat:write',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
];

const token = z.object({
  token: z.string(),
  user_id: z.string().default('U0FIREBREAK'),
  user: z.string().default('firebreak'),
  /** Null for a person's token. */
  bot_id: z.string().nullable().default('B0FIREBREAK'),
  scopes: z.array(z.string()).default(BOT_SCOPES),
  revoked: z.boolean().default(false),
});

const user = z.object({
  id: z.string(),
  name: z.string().default('somebody'),
  guest: z.boolean().default(false),
  /** How often they are signed in. */
  sessions: z.int().min(0).default(1),
  /** Null: Slack does not show it to whoever asks. */
  has_2fa: z.boolean().nullable().default(null),
});

const channel = z.object({
  id: z.string(),
  name: z.string(),
  is_private: z.boolean().default(false),
  is_archived: z.boolean().default(false),
  creator: z.string().default('U0SOMEBODY'),
  created: z.int().default(1_741_079_564),
  topic: z.string().default(''),
  purpose: z.string().default(''),
  members: z.array(z.string()).default([]),
});

const message = z.object({
  channel: z.string(),
  ts: z.string(),
  user: z.string(),
  text: z.string().default(''),
  /** As it was sent, in JSON; empty for none. */
  metadata: z.string().default(''),
});

const file = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string().default(''),
  user: z.string(),
  length: z.int(),
  content: z.string().default(''),
  /** The channel it is shared in; empty before it is. */
  channel: z.string().default(''),
});

const app = z.object({
  id: z.string(),
  installed: z.boolean().default(true),
  decision: z.enum(['none', 'approved', 'restricted']).default('none'),
});

export const worldSchema = z.object({
  apps: z.array(app).default([]),
  team: z.string().default('Example'),
  team_id: z.string().default('T0EXAMPLE'),
  tokens: z.array(token).default([]),
  users: z.array(user).default([]),
  channels: z.array(channel).default([]),
  messages: z.array(message).default([]),
  files: z.array(file).default([]),
  /** Numbers the next channel, message and file. */
  next: z.int().positive().default(1),
});

export type World = z.infer<typeof worldSchema>;
export type Token = World['tokens'][number];
export type WorldChannel = World['channels'][number];
