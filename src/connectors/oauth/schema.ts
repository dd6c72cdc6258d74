import { z } from 'zod';

const path = z.string().regex(/^\/[^?#]*$/, 'a path from the base URL, beginning with /');

export const config = z.strictObject({
  client_id: z.string().min(1).describe('the client that the tool is, at the authorisation server'),
  revoke_path: path.default('/oauth/revoke').describe('RFC 7009 revocation endpoint'),
  introspect_path: path.or(z.literal('')).default('').describe('RFC 7662 introspection endpoint'),
  probe_path: path.or(z.literal('')).default('').describe('a resource that any live access token may GET'),
  auth: z.enum(['basic', 'post']).default('basic').describe('how the client proves who it is'),
});

/** What introspection says of a token; everything but `active` is optional (RFC 7662, 2.2). */
export const introspection = z.object({
  active: z.boolean(),
  scope: z.string().optional(),
  client_id: z.string().optional(),
  sub: z.string().optional(),
  token_type: z.string().optional(),
  exp: z.number().optional(),
});

export const oauthError = z.object({ error: z.string(), error_description: z.string().optional() });

/** The simulator: one authorisation server and one resource. */
export const state = z.strictObject({
  client_id: z.string().default('firebreak'),
  client_secret: z.string().default('sim-client-secret'),
  /** What the server answers for a token that is no longer one: 200 as the RFC says, 400 as some vendors do. */
  unknown_token: z.enum(['ok', 'invalid_token']).default('ok'),
  revocable: z.array(z.enum(['access_token', 'refresh_token'])).default(['access_token', 'refresh_token']),
  tokens: z
    .array(
      z.strictObject({
        name: z.string(),
        token: z.string(),
        type: z.enum(['access_token', 'refresh_token']).default('access_token'),
        /** Tokens of one grant: revoking the refresh token ends its access tokens too. */
        grant: z.string().default(''),
        client_id: z.string().default('lrh-app'),
        scope: z.string().default('conversations.read'),
        active: z.boolean().default(true),
      }),
    )
    .default([]),
});
export type State = z.infer<typeof state>;
