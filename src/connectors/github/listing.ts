import type { Json } from '../../base/canonical.ts';
import type { Health, Listed, Listing, Outside } from '../connector.ts';
import { unread } from '../call.ts';
import { isProblem } from '../../base/problem.ts';
import { listed } from '../listing.ts';
import { cut } from '../several.ts';
import { under } from '../vendor.ts';
import { asInstallation } from './app.ts';
import { grantsPath } from './grants.ts';
import { walk } from './walk.ts';
import { githubRefused, ownGitHub, pages } from './api.ts';
import type { GitHub, Params } from './api.ts';
import {
  hookItem,
  keyItem,
  installationItem,
  secretItem,
  authorizationItem,
  grantItem,
} from './listing-items.ts';

/** What no listing with a person's token can show, whatever its scopes. */
const ALWAYS_BLIND = [
  'webhooks made by OAuth apps: a person’s token does not see them',
  'classic tokens and SSH keys of members, unless single sign-on (SAML) knows them',
  'repositories that are not named in the configuration (repos)',
];

/** Why parts are not asked for at all; said like everything that is not seen. */
const APP_BLIND = 'fine-grained tokens of members: they need app_id, installation_id and the app’s key';

type Part = Readonly<{
  title: string;
  route: string;
  params: Params;
  /** Where the items are listed; an item's id is this and its number. */
  path: string;
  of?: (json: Json) => Json;
  item: (json: Json, path: string) => Listed | null;
}>;

const installations = (json: Json): Json =>
  json !== null && typeof json === 'object' && 'installations' in json
    ? (json['installations'] ?? null)
    : null;

/** What only the app's installation may see. */
const grantsListing = async (outside: Outside): Promise<Listing> => {
  const { org, app_id: app, installation_id: installation } = outside.config;
  if (typeof org !== 'string' || app === undefined || installation === undefined)
    return { items: [], blindSpots: [APP_BLIND] };
  try {
    const part = {
      title: `fine-grained tokens of ${org}`,
      walk: walk(grantsPath(org)),
      item: grantItem(org),
    };
    return await listed(asInstallation, outside, [part], []);
  } catch (error) {
    // Without the key this part alone is not seen.
    if (isProblem(error) && error.code === 'missing-secret') return { items: [], blindSpots: [APP_BLIND] };
    throw error;
  }
};

const secretsOf = (json: Json): Json => under(json, 'secrets');

const orgParts = (org: string): readonly Part[] => [
  {
    title: `Actions secrets of ${org}`,
    route: 'GET /orgs/{org}/actions/secrets',
    params: { org },
    path: `orgs/${org}/actions/secrets`,
    of: secretsOf,
    item: secretItem,
  },
  {
    title: `SAML authorisations of ${org} (Enterprise Cloud only)`,
    route: 'GET /orgs/{org}/credential-authorizations',
    params: { org },
    path: `orgs/${org}/credential-authorizations`,
    item: authorizationItem,
  },
  {
    title: `webhooks of ${org}`,
    route: 'GET /orgs/{org}/hooks',
    params: { org },
    path: `orgs/${org}/hooks`,
    item: hookItem,
  },
  {
    title: `app installations of ${org}`,
    route: 'GET /orgs/{org}/installations',
    params: { org },
    path: `orgs/${org}/installations`,
    of: installations,
    item: installationItem,
  },
];

const repoParts = (fullName: string): readonly Part[] => {
  const [owner = '', repo = ''] = fullName.split('/');
  const params = { owner, repo };
  const path = `repos/${owner}/${repo}`;
  return [
    {
      title: `Actions secrets of ${fullName}`,
      route: 'GET /repos/{owner}/{repo}/actions/secrets',
      params,
      path: `${path}/actions/secrets`,
      of: secretsOf,
      item: secretItem,
    },
    {
      title: `webhooks of ${fullName}`,
      route: 'GET /repos/{owner}/{repo}/hooks',
      params,
      path: `${path}/hooks`,
      item: hookItem,
    },
    {
      title: `deploy keys of ${fullName}`,
      route: 'GET /repos/{owner}/{repo}/keys',
      params,
      path: `${path}/keys`,
      item: keyItem,
    },
  ];
};

const partsOf = (outside: Outside): readonly Part[] => {
  const { org, repos } = outside.config;
  const names = typeof repos === 'string' ? repos.split(',').map((one) => one.trim()) : [];
  return [...(typeof org === 'string' ? orgParts(org) : []), ...names.flatMap(repoParts)];
};

const readPart = async (ask: GitHub, part: Part): Promise<Listing> => {
  const all = await pages(ask, part.route, part.params, part.of).catch((error: unknown) =>
    unread(error, part.title),
  );
  if ('result' in all) return { items: [], blindSpots: [all.detail] };
  if ('refused' in all) return { items: [], blindSpots: [githubRefused(all.refused, part.title).detail] };
  const items = all.items.map((json) => part.item(json, part.path));
  const read = items.filter((item) => item !== null);
  const odd = items.length - read.length;
  return {
    items: read,
    blindSpots: [
      ...(odd === 0 ? [] : [`${part.title}: ${odd} could not be understood`]),
      ...(all.complete ? [] : [`${part.title}: too many, the rest was not read`]),
    ],
  };
};

export const list = async (outside: Outside): Promise<Listing> => {
  const ask = await ownGitHub(outside);
  const parts = await Promise.all([
    ...partsOf(outside).map(async (part) => await readPart(ask, part)),
    grantsListing(outside),
  ]);
  return {
    items: parts.flatMap((part) => part.items),
    blindSpots: [...parts.flatMap((part) => part.blindSpots), ...ALWAYS_BLIND],
  };
};

export const health = async (outside: Outside): Promise<Health> => {
  try {
    const ask = await ownGitHub(outside);
    const answer = await ask('GET /user');
    if (answer.status !== 200)
      return { ok: false, detail: githubRefused(answer, 'asking who we are').detail };
    const header = answer.headers.get('x-oauth-scopes');
    if (header === null) {
      return { ok: true, detail: 'the token works; it is of a kind that does not tell its permissions' };
    }
    const scopes = header
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    return {
      ok: true,
      detail: `the token works, with the scopes: ${cut(scopes.join(', ')) || 'none'}`,
      scopes,
    };
  } catch (error) {
    return { ok: false, detail: unread(error, 'asking who we are').detail };
  }
};
