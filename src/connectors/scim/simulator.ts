import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { bearerOf, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { furnish } from './furnish.ts';

/** Answers as a SCIM 2.0 provider does, in one of the three dialects, with or without versions. */

export const worldSchema = z.strictObject({
  token: z.string().default('scim-sim-own'),
  dialect: z.enum(['boolean', 'text', 'object']).default('boolean'),
  etag: z.boolean().default(true),
  users: z
    .array(
      z.strictObject({
        id: z.string(),
        active: z.boolean().default(true),
        groups: z.array(z.string()).default([]),
        changes: z.int().default(1),
      }),
    )
    .default([]),
});
export type World = z.infer<typeof worldSchema>;
type User = World['users'][number];

const error = (status: number, detail: string): Answer =>
  json(status, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    detail,
    status: String(status),
  });
const versionOf = (user: User): string => `W/"${user.changes}"`;

const shownBy = ({ dialect, etag }: World, user: User): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: user.id,
  userName: user.id,
  active: dialect === 'text' ? (user.active ? 'True' : 'False') : user.active,
  groups: user.groups.map((value) => ({ value })),
  meta: { resourceType: 'User', ...(etag ? { version: versionOf(user) } : {}) },
});

/** What an operation says about `active` in this provider's dialect; null for one that it does not take. */
const asked = (body: Told<World>['body'], dialect: World['dialect']): boolean | null => {
  const operations = body?.['Operations'];
  if (!Array.isArray(operations) || operations.length !== 1) return null;
  const { op, path, value } = (operations as readonly Readonly<Record<string, Json>>[])[0] ?? {};
  if (op !== 'replace') return null;
  if (dialect === 'object') {
    if (path !== undefined || value === null || typeof value !== 'object') return null;
    const { active } = value as Readonly<Record<string, Json>>;
    return typeof active === 'boolean' ? active : null;
  }
  if (path !== 'active') return null;
  if (dialect === 'text') return value === 'True' ? true : value === 'False' ? false : null;
  return typeof value === 'boolean' ? value : null;
};

const users = table<World, User>({
  of: (state) => state.users,
  put: (state, rows) => ({ ...state, users: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => ({ id: row.id }),
  missing: () => error(404, 'Resource not found'),
});

const one: Serve<World> = (told) => {
  const found = told.state.users.find((user) => user.id === told.params['id']);
  return stay(
    told,
    found === undefined ? error(404, 'Resource not found') : json(200, shownBy(told.state, found)),
  );
};

const patch = users.change(
  (user, { state, ask, body }) => {
    const match = ask.headers['if-match'];
    if (state.etag && match !== undefined && match !== versionOf(user))
      return { refused: error(412, 'Failed to update: version mismatch') };
    const active = asked(body, state.dialect);
    if (active === null || ask.headers['content-type'] !== 'application/scim+json')
      return { refused: error(400, 'invalidSyntax') };
    return user.active === active ? user : { ...user, active, changes: user.changes + 1 };
  },
  () => json(204, null),
);

const respond = routed<World>({
  guard: ({ state, ask }) => (bearerOf(ask) === state.token ? null : error(401, 'Unauthorized')),
  routes: {
    'GET /ServiceProviderConfig': (told) =>
      stay(told, json(200, { patch: { supported: true }, etag: { supported: told.state.etag } })),
    'GET /Users/{id}': one,
    'PATCH /Users/{id}': patch,
  },
  missing: () => error(404, 'Endpoint not found'),
});

export const scimSimulator = simulator<World>({ state: worldSchema, respond, furnish });
