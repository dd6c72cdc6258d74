import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { bearerOf, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { furnish } from './furnish.ts';

/** Answers as api.intercom.io does. */

export const worldSchema = z.strictObject({
  tokens: z.array(z.string()).default(['sim-intercom-token']),
  connectors: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string().default('orders'),
        state: z.enum(['draft', 'live']).default('live'),
        url: z.string(),
        http_method: z.string().default('post'),
      }),
    )
    .default([]),
  admins: z
    .array(
      z.strictObject({
        id: z.string(),
        away_mode_enabled: z.boolean().default(false),
        away_mode_reassign: z.boolean().default(false),
      }),
    )
    .default([]),
  secrets: z.array(z.strictObject({ id: z.string(), name: z.string().default('secret') })).default([]),
  activity: z
    .array(z.strictObject({ id: z.string(), created_at: z.number().int(), activity_type: z.string() }))
    .default([]),
});
export type World = z.infer<typeof worldSchema>;

const error = (status: number, code: string, message: string): Answer =>
  json(status, { type: 'error.list', request_id: 'sim', errors: [{ code, message }] });
const missing = (): Answer => error(404, 'not_found', 'Resource Not Found');

const guard = ({ state, ask }: Told<World>): Answer | null => {
  if (ask.headers['intercom-version'] === undefined)
    return error(400, 'intercom_version_invalid', 'No version');
  return state.tokens.includes(bearerOf(ask)) ? null : error(401, 'unauthorized', 'Access Token Invalid');
};

const connectors = table<World, World['connectors'][number]>({
  of: (state) => state.connectors,
  put: (state, rows) => ({ ...state, connectors: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => ({ type: 'data_connector', ...row }),
  missing,
});
const patchConnector = connectors.change((row, { body }) => {
  const { state } = body ?? {};
  return state === 'draft' || state === 'live'
    ? { ...row, state }
    : { refused: error(422, 'parameter_invalid', 'state is invalid') };
});

const admins = table<World, World['admins'][number]>({
  of: (state) => state.admins,
  put: (state, rows) => ({ ...state, admins: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => ({ type: 'admin', ...row }),
  missing,
});
const putAway = admins.change((row, { body }) => {
  const { away_mode_enabled: away, away_mode_reassign: reassign } = body ?? {};
  if (typeof away !== 'boolean' || typeof reassign !== 'boolean')
    return { refused: error(400, 'parameter_not_found', 'both are required') };
  return { ...row, away_mode_enabled: away, away_mode_reassign: reassign };
});

const secrets = table<World, World['secrets'][number]>({
  of: (state) => state.secrets,
  put: (state, rows) => ({ ...state, secrets: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => row,
  missing,
});

const list =
  (rows: (state: World) => readonly Json[]): Serve<World> =>
  (told) =>
    stay(told, json(200, { type: 'list', data: rows(told.state), pages: { next: null } }));

const activity: Serve<World> = (told) => {
  const after = Number(told.ask.query['created_at_after']?.[0] ?? '0');
  const before = Number(told.ask.query['created_at_before']?.[0] ?? String(Number.MAX_SAFE_INTEGER));
  const rows = told.state.activity.filter((one) => one.created_at >= after && one.created_at < before);
  return stay(told, json(200, { type: 'activity_log.list', activity_logs: rows, pages: { next: null } }));
};

const respond = routed<World>({
  guard,
  routes: {
    'GET /me': (told) => stay(told, json(200, { type: 'admin', id: '1', app: { name: 'LRH' } })),
    'GET /data_connectors': list(({ connectors: rows }) => rows),
    'GET /data_connectors/{id}': connectors.one,
    'PATCH /data_connectors/{id}': patchConnector,
    'GET /admins/activity_logs': activity,
    'GET /admins/{id}': admins.one,
    'PUT /admins/{id}/away': putAway,
    'GET /secure_mode_secrets': list(({ secrets: rows }) => rows),
    'DELETE /secure_mode_secrets/{id}': secrets.remove(),
  },
  missing,
});

export const intercomSimulator = simulator<World>({ state: worldSchema, respond, furnish });
