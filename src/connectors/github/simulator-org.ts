import type { Json } from '../../base/canonical.ts';
import { body, fault, lacking, paged, parsed, stay } from './frame.ts';
import type { Told, Turn } from './frame.ts';
import { audit } from './simulator-audit.ts';
import { actionsSchema, hasOrg } from './world.ts';
import type { World } from './world.ts';

/** What belongs to an organisation as a whole: tokens let in, SAML authorisations, whether Actions run, names of secrets. */

const nothing = (): ReturnType<typeof body> => body(204, null);

/** Fine-grained tokens answer to an app's installation alone. */
const grants = (told: Told): Turn => {
  const { world, ask, token, match } = told;
  if (!token.token.startsWith('ghs_'))
    return stay(world, fault(403, 'Resource not accessible by personal access token'));
  const rows = world.grants.filter((row) => row.org === match['org']);
  if (match['id'] === undefined)
    return stay(
      world,
      body(
        200,
        paged(
          told,
          rows.map(({ login, org: _org, ...row }): Json => ({
            ...row,
            owner: { login },
            token_expired: false,
          })),
        ),
      ),
    );
  const one = rows.find((row) => row.id === Number(match['id']));
  if (one === undefined) return stay(world, fault(404, 'Not Found'));
  if (ask.method !== 'POST' || parsed(ask.body)?.['action'] !== 'revoke')
    return stay(world, fault(422, 'Validation Failed'));
  return { state: { ...world, grants: world.grants.filter((row) => row !== one) }, answer: nothing() };
};

const authorizations = (told: Told): Turn => {
  const { world, ask, token, match } = told;
  const not = lacking(token, ask.method === 'GET' ? ['read:org', 'admin:org'] : ['admin:org']);
  if (not !== null) return stay(world, not);
  const rows = world.authorizations.filter((row) => row.org === match['org']);
  if (match['id'] === undefined) return stay(world, body(200, paged(told, rows)));
  const one = rows.find((row) => row.credential_id === Number(match['id']));
  if (one === undefined || ask.method !== 'DELETE') return stay(world, fault(404, 'Not Found'));
  const left = world.authorizations.filter((row) => row !== one);
  return { state: { ...world, authorizations: left }, answer: nothing() };
};

type Actions = World['actions'][number];
const without = ({ world, match }: Told): readonly Actions[] =>
  world.actions.filter((row) => row.org !== match['org']);
const actionsOf = ({ world, match }: Told): Actions =>
  world.actions.find((row) => row.org === match['org']) ?? {
    org: match['org'] ?? '',
    enabled_repositories: 'all',
    repositories: [],
  };

const permissions = (told: Told): Turn => {
  const { world, ask, token, match } = told;
  const not = lacking(token, ['admin:org']);
  if (not !== null) return stay(world, not);
  if (!hasOrg(world, match['org'] ?? '')) return stay(world, fault(404, 'Not Found'));
  const now = actionsOf(told);
  if (ask.method === 'GET')
    return stay(world, body(200, { enabled_repositories: now.enabled_repositories, allowed_actions: 'all' }));
  const wanted = actionsSchema.shape.enabled_repositories.safeParse(
    parsed(ask.body)?.['enabled_repositories'],
  );
  if (!wanted.success) return stay(world, fault(422, 'Validation Failed'));
  const { data: enabled } = wanted;
  // The list is forgotten with another choice: whoever wants it back must have kept it.
  const next: Actions =
    enabled === now.enabled_repositories ? now : { ...now, enabled_repositories: enabled, repositories: [] };
  return { state: { ...world, actions: [...without(told), next] }, answer: nothing() };
};

const selected = (told: Told): Turn => {
  const { world, ask, token } = told;
  const not = lacking(token, ['admin:org']);
  if (not !== null) return stay(world, not);
  const now = actionsOf(told);
  if (now.enabled_repositories !== 'selected') return stay(world, fault(409, 'Conflict'));
  if (ask.method === 'GET') {
    const repositories = paged(
      told,
      now.repositories.map((id): Json => ({ id })),
    );
    return stay(world, body(200, { total_count: now.repositories.length, repositories }));
  }
  const ids = parsed(ask.body)?.['selected_repository_ids'];
  if (!Array.isArray(ids)) return stay(world, fault(422, 'Validation Failed'));
  const next = { ...now, repositories: ids.map(Number) };
  return { state: { ...world, actions: [...without(told), next] }, answer: nothing() };
};

const secrets = (told: Told): Turn => {
  const { world, token, match } = told;
  const not = lacking(token, match['org'] === undefined ? ['repo'] : ['admin:org']);
  if (not !== null) return stay(world, not);
  const owner = match['org'] ?? `${match['owner'] ?? ''}/${match['repo'] ?? ''}`;
  const rows = world.secrets.filter((row) => row.owner === owner);
  const shown = rows.map(({ name }): Json => ({
    name,
    created_at: '2025-03-04T09:12:44Z',
    updated_at: '2025-03-04T09:12:44Z',
  }));
  return stay(world, body(200, { total_count: rows.length, secrets: paged(told, shown) }));
};

/** Its settings are shown to owners alone; everybody else gets what is on its page. */
const organisation = ({ world, token, match }: Told): Turn => {
  const { org = '' } = match;
  if (!hasOrg(world, org)) return stay(world, fault(404, 'Not Found'));
  const own = token.scopes.includes('admin:org')
    ? { two_factor_requirement_enabled: world.two_factor.includes(org) }
    : {};
  return stay(world, body(200, { login: org, id: 1, ...own }));
};

const alerts = (told: Told): Turn => {
  const { world, ask, token, match } = told;
  const not = lacking(token, ['security_events', 'repo']);
  if (not !== null) return stay(world, not);
  const state = ask.query['state']?.[0];
  const hidden = ask.query['hide_secret']?.[0] === 'true';
  const rows = world.alerts.filter((row) => row.org === match['org'] && (state ?? row.state) === row.state);
  const shown = rows.map(({ org: _org, secret, ...row }): Json => ({
    ...row,
    secret: hidden ? null : secret,
  }));
  return stay(world, body(200, paged(told, shown)));
};

export const orgRoutes: readonly Readonly<{ path: RegExp; serve: (told: Told) => Turn }>[] = [
  { path: /^\/orgs\/(?<org>[^/]+)\/personal-access-tokens(?:\/(?<id>\d+))?$/, serve: grants },
  { path: /^\/orgs\/(?<org>[^/]+)\/credential-authorizations(?:\/(?<id>\d+))?$/, serve: authorizations },
  { path: /^\/orgs\/(?<org>[^/]+)\/actions\/permissions$/, serve: permissions },
  { path: /^\/orgs\/(?<org>[^/]+)\/actions\/permissions\/repositories$/, serve: selected },
  { path: /^\/orgs\/(?<org>[^/]+)$/, serve: organisation },
  { path: /^\/orgs\/(?<org>[^/]+)\/audit-log$/, serve: audit },
  { path: /^\/orgs\/(?<org>[^/]+)\/secret-scanning\/alerts$/, serve: alerts },
  { path: /^\/orgs\/(?<org>[^/]+)\/actions\/secrets$/, serve: secrets },
  { path: /^\/repos\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/actions\/secrets$/, serve: secrets },
];
