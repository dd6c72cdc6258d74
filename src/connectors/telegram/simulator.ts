import { z } from 'zod';
import type { Answer } from '../../io/server.ts';
import { json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { furnish } from './furnish.ts';

/** Answers as api.telegram.org does: the token stands in the path, a revoked one hears 401, no token at all 404. */

const webhook = z.strictObject({
  url: z.string().default(''),
  secret_token: z.string().default(''),
  max_connections: z.number().int().default(40),
  allowed_updates: z.array(z.string()).default([]),
});

export const worldSchema = z.strictObject({
  token: z.string().default('110201543:simOwnTokenOfTheBot00000000000000'),
  revoked: z.array(z.string()).default([]),
  username: z.string().default('lrh_bot'),
  pending: z.number().int().default(3),
  webhook: webhook.prefault({}),
});
export type World = z.infer<typeof worldSchema>;

const fault = (status: number, description: string): Answer =>
  json(status, { ok: false, error_code: status, description });
const ok = (result: unknown): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ ok: true, result }),
});

const known =
  (serve: Serve<World>): Serve<World> =>
  (told) => {
    const given = told.params['token'] ?? '';
    if (given === told.state.token) return serve(told);
    return stay(
      told,
      told.state.revoked.includes(given) ? fault(401, 'Unauthorized') : fault(404, 'Not Found'),
    );
  };

const EMPTY: World['webhook'] = { url: '', secret_token: '', max_connections: 40, allowed_updates: [] };

const info: Serve<World> = (told) => {
  const { secret_token: _hidden, ...shown } = told.state.webhook;
  const rest = { has_custom_certificate: false, pending_update_count: told.state.pending };
  return stay(told, ok(told.state.webhook.url === '' ? { url: '', ...rest } : { ...shown, ...rest }));
};

const setWebhook: Serve<World> = (told) => {
  const next = webhook.safeParse(told.body ?? {});
  if (!next.success || (next.data.url !== '' && !next.data.url.startsWith('https://')))
    return stay(told, fault(400, 'Bad Request: bad webhook'));
  if (!/^[A-Za-z0-9_-]{0,256}$/.test(next.data.secret_token))
    return stay(told, fault(400, 'Bad Request: secret token contains illegal characters'));
  return { state: { ...told.state, webhook: next.data }, answer: ok(true) };
};

const deleteWebhook: Serve<World> = (told) =>
  told.state.webhook.url === ''
    ? stay(told, ok(true))
    : { state: { ...told.state, webhook: EMPTY }, answer: ok(true) };

const respond = routed<World>({
  routes: {
    'POST /bot{token}/getMe': known((told: Told<World>) =>
      stay(told, ok({ id: 1, is_bot: true, username: told.state.username })),
    ),
    'POST /bot{token}/getWebhookInfo': known(info),
    'POST /bot{token}/setWebhook': known(setWebhook),
    'POST /bot{token}/deleteWebhook': known(deleteWebhook),
  },
  missing: () => fault(404, 'Not Found'),
});

export const telegramSimulator = simulator<World>({ state: worldSchema, respond, furnish });
