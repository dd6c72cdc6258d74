import type { Json } from '../../base/canonical.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { offering } from '../offering.ts';
import { cut } from '../several.ts';
import { rowsOf, under } from '../vendor.ts';
import { graph, walk } from './api.ts';
import { appInput, applicationSchema, grantSchema, principalSchema, secretInput } from './schema.ts';

const BLIND = [
  'when an app or a secret was last used: only the sign-in logs tell',
  'change notifications (subscriptions): Entra shows them to the app that made them alone',
  'apps without the tag of an enterprise app: Microsoft’s own, managed identities',
];

const when = (text: string | null): string | undefined => (text === null ? undefined : cut(text, 40));
const created = (text: string | null): { createdAt?: string } => {
  const at = when(text);
  return at === undefined ? {} : { createdAt: at };
};

const principalItem = (row: Json): Listed | null => {
  const { success, data } = principalSchema.safeParse(row);
  if (!success) return null;
  const { accountEnabled: on } = data;
  return {
    kind: 'integration',
    id: cut(data.id, 40),
    ...offering(appInput, { app: data.id }),
    title: `enterprise app ${cut(data.displayName ?? '', 80)}`,
    state: on === null ? 'unknown' : on ? 'active' : 'paused',
    detail: 'what it may do stands in its consents',
    ...(data.appOwnerOrganizationId === null ? {} : { owner: cut(data.appOwnerOrganizationId, 40) }),
    ...created(data.createdDateTime),
  };
};

const grantItem = (row: Json): Listed | null => {
  const { success, data } = grantSchema.safeParse(row);
  if (!success) return null;
  const all = data.consentType === 'AllPrincipals';
  return {
    kind: 'credential',
    id: cut(data.id, 120),
    ...offering(appInput, { app: data.clientId }),
    title: `consent to the app ${cut(data.clientId, 40)}`,
    state: 'active',
    detail: all ? 'for everybody in the organisation' : 'for one person',
    ...(data.principalId === null ? {} : { owner: cut(data.principalId, 40) }),
    scopes: (data.scope ?? '')
      .split(' ')
      .filter((one) => one !== '')
      .map((one) => cut(one, 80)),
  };
};

/** One item for each secret of each app; the page of apps is opened up before it is listed. */
const secretItem = (row: Json): Listed | null => {
  const app = applicationSchema.safeParse(under(row, 'app')).data;
  const secret = applicationSchema.shape.passwordCredentials
    .unwrap()
    .element.safeParse(under(row, 'secret')).data;
  if (app === undefined || secret === undefined) return null;
  return {
    kind: 'credential',
    id: `${cut(app.id, 40)}/${cut(secret.keyId, 40)}`,
    // Certificates are taken out by hand: the action is for secrets.
    ...(under(row, 'kind') === 'key'
      ? {}
      : offering(secretInput, { application: app.id, secret: secret.keyId })),
    title: `client ${under(row, 'kind') === 'key' ? 'certificate' : 'secret'} ${cut(secret.displayName ?? '', 60)} of ${cut(app.displayName ?? '', 60)}`,
    state: 'active',
    detail: secret.endDateTime === null ? 'it does not end' : `until ${cut(secret.endDateTime, 40)}`,
    ...created(secret.startDateTime),
  };
};

const secretsOf = (app: Json): readonly Json[] => [
  ...rowsOf(under(app, 'passwordCredentials')).map((secret): Json => ({ app, secret, kind: 'password' })),
  ...rowsOf(under(app, 'keyCredentials')).map((secret): Json => ({ app, secret, kind: 'key' })),
];

export const list = async (outside: Outside) => {
  const apps = walk('/v1.0/applications', {
    $select: 'id,displayName,passwordCredentials,keyCredentials',
    $top: '100',
  });
  return await listed(
    graph,
    outside,
    [
      {
        title: 'enterprise apps',
        walk: walk('/v1.0/servicePrincipals', {
          $filter: "tags/any(t:t eq 'WindowsAzureActiveDirectoryIntegratedApp')",
          $select: 'id,displayName,accountEnabled,createdDateTime,appOwnerOrganizationId',
          $top: '100',
        }),
        item: principalItem,
      },
      {
        title: 'secrets of apps',
        walk: { ...apps, rows: (answer) => apps.rows(answer)?.flatMap(secretsOf) ?? null },
        item: secretItem,
      },
      { title: 'consents', walk: walk('/v1.0/oauth2PermissionGrants', { $top: '100' }), item: grantItem },
    ],
    BLIND,
  );
};

export const health = healthBy(
  graph,
  () => ({ method: 'GET', path: '/v1.0/organization', query: { $select: 'id' } }),
  () => ({ detail: 'the token is let in; what it may do is not told by the API' }),
);
