import { z } from 'zod';

/** What the actions take, and the parts of Slack's answers that they read. */

const channel = z
  .string()
  .regex(
    /^(?:[CG][A-Z0-9]{6,20}|#?[a-z0-9][a-z0-9_-]{0,79})$/,
    'a channel’s id (C0123456789) or its name (#war-room)',
  );

export const warRoomInput = z.object({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,76}$/, 'at most 77 lower-case letters, digits, hyphens and underscores'),
});
export type WarRoomInput = Readonly<z.infer<typeof warRoomInput>>;

const userId = /^[UW][A-Z0-9]{6,20}$/;
export const inviteInput = z.object({
  channel,
  users: z
    .string()
    .refine(
      (text) => text.split(',').every((one) => userId.test(one.trim())),
      'ids of users (U0123456789), with commas between them',
    ),
});
export type InviteInput = Readonly<z.infer<typeof inviteInput>>;

export const topicInput = z.object({ channel, topic: z.string().max(250) });
export type TopicInput = Readonly<z.infer<typeof topicInput>>;

export const postInput = z.object({ channel, text: z.string().min(1).max(4000) });
export type PostInput = Readonly<z.infer<typeof postInput>>;

export const uploadInput = z.object({
  channel,
  filename: z.string().regex(/^[^/\\\p{C}]{1,200}$/u, 'a file’s name without a path'),
  content: z.string().min(1),
});
export type UploadInput = Readonly<z.infer<typeof uploadInput>>;

export const revokeInput = z.object({});

export const configSchema = z.object({
  team_id: z
    .exactOptional(z.string().regex(/^T[A-Z0-9]{6,20}$/))
    .describe('the workspace, T..., for what an administrator of an Enterprise organisation may do'),
});

export const appInput = z.object({
  app: z.string().regex(/^A[A-Z0-9]{6,20}$/, 'the app’s id, A0123456789'),
});
export type AppInput = Readonly<z.infer<typeof appInput>>;

export const sessionsInput = z.object({
  users: z
    .string()
    .refine(
      (text) => text.split(',').length <= 1000 && text.split(',').every((one) => userId.test(one.trim())),
      'up to a thousand ids of users (U0123456789), with commas between them',
    ),
});
export type SessionsInput = Readonly<z.infer<typeof sessionsInput>>;

export const whoSchema = z.object({
  user_id: z.string(),
  user: z.string().default(''),
  team: z.string().default(''),
  team_id: z.string().default(''),
  bot_id: z.string().optional(),
});
export type Who = Readonly<z.infer<typeof whoSchema>>;

const text = z.object({ value: z.string().default('') }).default({ value: '' });
export const channelSchema = z.object({
  id: z.string(),
  name: z.string(),
  creator: z.string().default(''),
  is_archived: z.boolean().default(false),
  topic: text,
  purpose: text,
});
export type Channel = Readonly<z.infer<typeof channelSchema>>;

export const messageSchema = z.object({
  ts: z.string(),
  user: z.string().default(''),
  text: z.string().default(''),
  metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
});

export const fileSchema = z.object({
  id: z.string(),
  title: z.string().default(''),
  name: z.string().default(''),
});
