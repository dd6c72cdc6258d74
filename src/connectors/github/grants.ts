import type { Json } from '../../base/canonical.ts';
import type { Outside } from '../connector.ts';
import { hasId, rowIn } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { textAt, under } from '../vendor.ts';
import type { Vendor } from '../vendor.ts';
import { asInstallation, asOwner } from './app.ts';
import { authorizationInput, grantInput } from './schema.ts';
import type { AuthorizationInput, GrantInput } from './schema.ts';
import { walk } from './walk.ts';

/** What members’ own tokens and keys may do in our organisation: it can be taken away, the credential lives on elsewhere. */

const inList = async (
  vendor: Vendor,
  outside: Outside,
  path: string,
  what: string,
  is: (row: Json) => boolean | undefined,
  kept: (row: Json) => Json,
): Promise<Found> =>
  await rowIn({ vendor, walk: walk(path), name: `GitHub’s list of ${what}` }, outside, is, (row) => ({
    kept: kept(row),
  }));

export const grantsPath = (org: string): string => `/orgs/${org}/personal-access-tokens`;

export const revokeGrant = removing<GrantInput>(
  {
    vendor: asInstallation,
    what: 'the token’s access',
    find: async ({ org, grant_id: id }, outside) =>
      await inList(
        asInstallation,
        outside,
        grantsPath(org),
        'fine-grained tokens',
        (row) => hasId(row, 'id', String(id)),
        (row) => ({
          owner: cut(textAt(under(row, 'owner'), 'login'), 60),
          name: cut(textAt(row, 'token_name'), 80),
          last_used: cut(textAt(row, 'token_last_used_at'), 40),
        }),
      ),
    end: ({ org, grant_id: id }) => ({
      method: 'POST',
      path: `${grantsPath(org)}/${id}`,
      json: { action: 'revoke' },
    }),
  },
  {
    title: 'Take a fine-grained token’s access away',
    confidence: 'confirmed',
    scopes: ['a GitHub App with the organisation permission "Personal access tokens": write'],
    secrets: ['app_private_key'],
    input: grantInput,
    breaks: [
      'The token may do nothing more in this organisation until an owner lets it in again. Elsewhere it lives on: if it leaked, revoke the token itself.',
    ],
    byHand: {
      where: 'github.com: the organisation, Settings > Personal access tokens > Active tokens',
      steps: ['Open the token of this owner', 'Press Revoke', 'Reload: it is gone'],
      record: 'the owner, the token’s name and last use, the time',
    },
  },
);

const authorizationsPath = (org: string): string => `/orgs/${org}/credential-authorizations`;

export const revokeAuthorization = removing<AuthorizationInput>(
  {
    vendor: asOwner,
    what: 'the authorisation',
    find: async ({ org, credential_id: id }, outside) =>
      await inList(
        asOwner,
        outside,
        authorizationsPath(org),
        'SAML authorisations',
        (row) => hasId(row, 'credential_id', String(id)),
        (row) => ({
          owner: cut(textAt(row, 'login'), 60),
          kind: cut(textAt(row, 'credential_type'), 60),
          last_eight: cut(textAt(row, 'token_last_eight'), 8),
        }),
      ),
    end: ({ org, credential_id: id }) => ({ method: 'DELETE', path: `${authorizationsPath(org)}/${id}` }),
  },
  {
    title: 'Take a credential’s SAML authorisation away',
    confidence: 'confirmed',
    scopes: ['admin:org of an owner; organisations with SAML single sign-on only'],
    secrets: ['token'],
    input: authorizationInput,
    breaks: [
      'The token or key may do nothing more in this organisation until its owner authorises it again.',
    ],
    byHand: {
      where:
        'github.com: the organisation, People > the person > SAML identity linked > Authorized credentials',
      steps: ['Find the credential by its last characters', 'Press Revoke', 'Reload: it is gone'],
      record: 'the owner, the kind of credential, its last characters, the time',
    },
  },
);
