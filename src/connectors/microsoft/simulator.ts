import { z } from 'zod';
import { formatUtc } from '../../base/instant.ts';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { bearerOf, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { furnish } from './furnish.ts';

/** Answers as graph.microsoft.com does for one tenant. */

const WHEN = '2026-01-02T03:04:05Z';

export const worldSchema = z.strictObject({
  token: z.string().default('eyJ-sim-own'),
  security_defaults: z.boolean().default(false),
  /** Policies of conditional access that ask for a second factor, over everybody and every app but who is left out. */
  mfa_policies: z
    .array(
      z.strictObject({
        name: z.string(),
        state: z.string().default('enabled'),
        users: z.array(z.string()).default(['All']),
        apps: z.array(z.string()).default(['All']),
        left_out: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  users: z
    .array(
      z.strictObject({
        id: z.string(),
        accountEnabled: z.boolean().default(true),
        sessions_from: z.string().default('2025-01-02T03:04:05Z'),
        last_sign_in: z.string().default(WHEN),
      }),
    )
    .default([]),
  principals: z
    .array(
      z.strictObject({
        id: z.string(),
        displayName: z.string().default('app'),
        accountEnabled: z.boolean().default(true),
        grants: z.array(z.strictObject({ id: z.string(), scope: z.string() })).default([]),
        roles: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  applications: z
    .array(
      z.strictObject({
        id: z.string(),
        displayName: z.string().default('app'),
        secrets: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});
export type World = z.infer<typeof worldSchema>;
type User = World['users'][number];
type Principal = World['principals'][number];
type Application = World['applications'][number];

const error = (status: number, code: string, message: string): Answer =>
  json(status, { error: { code, message, innerError: {} } });
const missing = (): Answer => error(404, 'Request_ResourceNotFound', 'Resource does not exist');
const wrong = { refused: error(400, 'Request_BadRequest', 'Invalid value specified for property') };

/** Lists in pages of 100, with a link to the next. */
const listed = (told: Told<World>, rows: readonly Json[]): ReturnType<Serve<World>> => {
  const from = Number(told.ask.query['$skiptoken']?.[0] ?? '0');
  const more = rows.length > from + 100;
  const link = `https://graph.microsoft.com${told.ask.path}?$skiptoken=${from + 100}`;
  return stay(
    told,
    json(200, { value: rows.slice(from, from + 100), ...(more ? { '@odata.nextLink': link } : {}) }),
  );
};

const users = table<World, User>({
  of: (state) => state.users,
  put: (state, rows) => ({ ...state, users: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => ({
    id: row.id,
    accountEnabled: row.accountEnabled,
    signInSessionsValidFromDateTime: row.sessions_from,
  }),
  missing,
});

const principals = table<World, Principal>({
  of: (state) => state.principals,
  put: (state, rows) => ({ ...state, principals: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: ({ id, displayName, accountEnabled }) => ({
    id,
    displayName,
    accountEnabled,
    createdDateTime: WHEN,
  }),
  missing,
});

const applications = table<World, Application>({
  of: (state) => state.applications,
  put: (state, rows) => ({ ...state, applications: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: ({ id, displayName, secrets }) => ({
    id,
    displayName,
    passwordCredentials: secrets.map((keyId) => ({
      keyId,
      displayName: 'secret',
      hint: 'abc',
      startDateTime: WHEN,
      endDateTime: null,
    })),
    keyCredentials: [],
  }),
  missing,
});

const none = (): Answer => json(204, null);
const enable = <Row extends Readonly<{ accountEnabled: boolean }>>(
  row: Row,
  { body }: Told<World>,
): Row | typeof wrong =>
  typeof body?.['accountEnabled'] === 'boolean' ? { ...row, accountEnabled: body['accountEnabled'] } : wrong;

const signIns: Serve<World> = (told) => {
  const id = /userId eq '([^']+)'/.exec(told.ask.query['$filter']?.[0] ?? '')?.[1];
  const rows = told.state.users.filter((one) => id === undefined || one.id === id);
  return listed(
    told,
    rows.map((one) => ({ createdDateTime: one.last_sign_in, userId: one.id })),
  );
};

const grantsOf = ({ id: clientId, grants }: Principal): readonly Json[] =>
  grants.map(({ id, scope }) => ({ id, clientId, consentType: 'AllPrincipals', resourceId: 'graph', scope }));

const inside =
  (rows: (principal: Principal) => readonly Json[]): Serve<World> =>
  (told) => {
    const found = told.state.principals.find((one) => one.id === told.params['id']);
    return found === undefined ? stay(told, missing()) : listed(told, rows(found));
  };

/** One entry taken out of whichever app holds it. */
const dropped =
  (without: (principal: Principal, id: string) => Principal): Serve<World> =>
  (told) => {
    const next = told.state.principals.map((one) => without(one, told.params['entry'] ?? ''));
    return JSON.stringify(next) === JSON.stringify(told.state.principals)
      ? stay(told, missing())
      : { state: { ...told.state, principals: next }, answer: none() };
  };

const conditional: Serve<World> = (told) =>
  listed(
    told,
    told.state.mfa_policies.map((one) => ({
      displayName: one.name,
      state: one.state,
      conditions: {
        users: { includeUsers: one.users, excludeUsers: one.left_out, excludeGroups: [], excludeRoles: [] },
        applications: { includeApplications: one.apps },
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    })),
  );

const respond = routed<World>({
  guard: ({ state, ask }) =>
    bearerOf(ask) === state.token ? null : error(401, 'InvalidAuthenticationToken', 'Access token is empty.'),
  routes: {
    'GET /v1.0/organization': (told) => listed(told, [{ id: 'tenant' }]),
    'GET /v1.0/policies/identitySecurityDefaultsEnforcementPolicy': (told) =>
      stay(told, json(200, { id: 'defaults', isEnabled: told.state.security_defaults })),
    'GET /v1.0/identity/conditionalAccess/policies': conditional,
    'GET /v1.0/users/{id}': users.one,
    'PATCH /v1.0/users/{id}': users.change(enable, none),
    'POST /v1.0/users/{id}/revokeSignInSessions': users.change(
      (row, { now }) => ({ ...row, sessions_from: formatUtc(now) }),
      () => json(200, { value: true }),
    ),
    'GET /v1.0/auditLogs/signIns': signIns,
    'GET /v1.0/auditLogs/directoryAudits': (told) => listed(told, []),
    'GET /v1.0/servicePrincipals': (told) =>
      listed(
        told,
        told.state.principals.map(({ id, displayName, accountEnabled }) => ({
          id,
          displayName,
          accountEnabled,
        })),
      ),
    'GET /v1.0/servicePrincipals/{id}': principals.one,
    'PATCH /v1.0/servicePrincipals/{id}': principals.change(enable, none),
    'GET /v1.0/servicePrincipals/{id}/oauth2PermissionGrants': inside(grantsOf),
    'GET /v1.0/servicePrincipals/{id}/appRoleAssignments': inside(({ roles }) =>
      roles.map((id) => ({ id, appRoleId: 'role', resourceId: 'graph' })),
    ),
    'DELETE /v1.0/servicePrincipals/{id}/appRoleAssignments/{entry}': dropped((one, id) => ({
      ...one,
      roles: one.roles.filter((role) => role !== id),
    })),
    'GET /v1.0/oauth2PermissionGrants': (told) => listed(told, told.state.principals.flatMap(grantsOf)),
    'DELETE /v1.0/oauth2PermissionGrants/{entry}': dropped((one, id) => ({
      ...one,
      grants: one.grants.filter((grant) => grant.id !== id),
    })),
    'GET /v1.0/applications': (told) =>
      listed(
        told,
        told.state.applications.map(({ id, displayName, secrets }) => ({
          id,
          displayName,
          passwordCredentials: secrets.map((keyId) => ({ keyId, displayName: 'secret' })),
          keyCredentials: [],
        })),
      ),
    'GET /v1.0/applications/{id}': applications.one,
    'POST /v1.0/applications/{id}/removePassword': applications.change((row, { body }) => {
      const left = row.secrets.filter((one) => one !== body?.['keyId']);
      return left.length === row.secrets.length ? wrong : { ...row, secrets: left };
    }, none),
  },
  missing,
});

export const microsoftSimulator = simulator<World>({ state: worldSchema, respond, furnish });
