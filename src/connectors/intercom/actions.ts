import { z } from 'zod';
import { addressOf } from '../address.ts';
import { allRefused, byPerson } from '../by-hand.ts';
import type { Outside } from '../connector.ts';
import { hasId, rowIn } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { textAt } from '../vendor.ts';
import { intercom, walk } from './api.ts';
import {
  adminInput,
  adminSchema,
  dataConnectorInput,
  dataConnectorSchema,
  noInput,
  secretInput,
} from './schema.ts';
import type { AdminInput, DataConnectorInput, SecretInput } from './schema.ts';

/** What Intercom's API can stop; the Messenger itself, Fin and the workflows it cannot. */

const connectorState = z.object({ state: z.string(), host: z.string(), sha256: z.string() });

const dataConnector: Thing<DataConnectorInput, z.infer<typeof connectorState>> = {
  vendor: intercom,
  what: 'the data connector',
  state: connectorState,
  ask: ({ connector }) => ({ method: 'GET', path: `/data_connectors/${connector}` }),
  of({ json }) {
    const { success, data } = dataConnectorSchema.safeParse(json);
    if (!success) return null;
    const { host, sha256 } = addressOf(data.url ?? '');
    return { state: data.state, host, sha256 };
  },
  isOff: ({ state }) => state === 'draft',
  off: (before) => ({ ...before, state: 'draft' }),
  turn: ({ state }, { connector }) => ({
    method: 'PATCH',
    path: `/data_connectors/${connector}`,
    json: { state },
  }),
  shows: ({ json }, to) => dataConnectorSchema.safeParse(json).data?.state === to.state,
  remarks: ({ host }) => [`it asks ${host}`],
  says: {
    on: 'Intercom shows the data connector as live',
    off: 'Intercom shows the data connector as a draft',
  },
};

export const pauseDataConnector = pausing<DataConnectorInput, z.infer<typeof connectorState>>(dataConnector, {
  title: 'Pause a data connector',
  confidence: 'confirmed',
  scopes: ['Read and write data connectors'],
  secrets: ['token'],
  input: dataConnectorInput,
  breaks: ['Fin and the workflows no longer ask this system, and answer without what it knows.'],
  byHand: {
    where: 'Intercom > Settings > Integrations > Data connectors',
    steps: ['Open the connector and write its address down', 'Set it to draft', 'Reload and see Draft'],
    record: 'the connector’s id, whether it was live before, the time',
  },
});

const awayState = z.object({ away: z.boolean(), reassign: z.boolean() });
type AwayState = Readonly<z.infer<typeof awayState>>;

const admin: Thing<AdminInput, AwayState> = {
  vendor: intercom,
  what: 'the teammate',
  state: awayState,
  ask: ({ admin: id }) => ({ method: 'GET', path: `/admins/${id}` }),
  of({ json }) {
    const { success, data } = adminSchema.safeParse(json);
    return success
      ? { away: data.away_mode_enabled ?? false, reassign: data.away_mode_reassign ?? false }
      : null;
  },
  isOff: ({ away, reassign }) => away && reassign,
  off: () => ({ away: true, reassign: true }),
  turn: ({ away, reassign }, { admin: id }) => ({
    method: 'PUT',
    path: `/admins/${id}/away`,
    json: { away_mode_enabled: away, away_mode_reassign: reassign },
  }),
  says: {
    on: 'Intercom shows the teammate as not away',
    off: 'Intercom shows the teammate as away, replies reassigned',
  },
};

export const setAway = pausing<AdminInput, AwayState>(admin, {
  title: 'Set a teammate away',
  confidence: 'confirmed',
  scopes: ['Read and write admins'],
  secrets: ['token'],
  input: adminInput,
  breaks: [
    'Replies to this person’s conversations go back to the team. The account stays open: nobody is signed out by this.',
  ],
  byHand: {
    where: 'Intercom > Settings > Teammates',
    steps: ['Open the teammate', 'Switch away mode on with reassignment', 'Reload and see Away'],
    record: 'the teammate’s number, what was set before, the time',
  },
});

const findSecret = async ({ secret }: SecretInput, outside: Outside): Promise<Found> =>
  await rowIn(
    {
      vendor: intercom,
      walk: walk('/secure_mode_secrets', 'data'),
      name: 'Intercom’s list of identity secrets',
    },
    outside,
    (row) => hasId(row, 'id', secret),
    (row, count) => ({
      kept: { id: secret, name: cut(textAt(row, 'name'), 80) },
      remarks: [
        `there are ${count} identity secrets; the last one should not be deleted before a new one is in use`,
      ],
    }),
  );

export const deleteIdentitySecret = removing<SecretInput>(
  {
    vendor: intercom,
    what: 'the identity secret',
    find: findSecret,
    end: ({ secret }) => ({ method: 'DELETE', path: `/secure_mode_secrets/${secret}` }),
  },
  {
    title: 'Delete a Messenger identity secret',
    // The endpoint is part of Intercom's preview version.
    confidence: 'unconfirmed',
    scopes: ['Read and write secure mode secrets'],
    secrets: ['token'],
    input: secretInput,
    breaks: [
      'Visitors whose identity was signed with it are signed out of the Messenger at their next request. Have a new secret in use first.',
    ],
    byHand: {
      where: 'Intercom > Settings > Channels > Messenger > Security',
      steps: [
        'Create a new secret and put it into your site',
        'Delete the leaked one',
        'Load your site and write a message',
      ],
      record: 'which secret, the time, when the new one was in use',
    },
  },
);

export const regenerateToken = byPerson<Record<string, never>>({
  title: 'Regenerate a leaked access token',
  effect: 'irreversible',
  confidence: 'confirmed',
  scopes: ['a teammate with access to the Developer Hub'],
  secrets: [],
  input: noInput,
  needsSuspect: true,
  breaks: ['Whatever uses the app’s token is refused until it has the new one.'],
  byHand: {
    where: 'Intercom > Developer Hub > the app > Configure > Authentication',
    steps: [
      'Choose Regenerate token; for an app of somebody else: Settings > Integrations > the app > Uninstall',
      'Give the new token to the services that need it',
      'Come back here: the old one is tried once more and must be refused',
    ],
    record: 'the app, the time, which services got the new token',
  },
  prove: async (_input, outside) =>
    await allRefused(
      outside,
      'GET /me',
      async (token) => await intercom.as(outside, token, { method: 'GET', path: '/me' }),
    ),
});
