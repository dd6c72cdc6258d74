import type { Json } from '../../base/canonical.ts';
import { parseInstant } from '../../base/instant.ts';
import { emptying } from '../emptying.ts';
import type { Outside } from '../connector.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { rowsOf, succeeded, textAt, under } from '../vendor.ts';
import { graph, walk } from './api.ts';
import {
  appInput,
  applicationSchema,
  grantSchema,
  roleSchema,
  secretInput,
  sessionsSchema,
  signInSchema,
  userInput,
} from './schema.ts';
import type { AppInput, SecretInput, UserInput } from './schema.ts';

/** What is ended at Entra ID for good: sessions, consents and permissions of an app, client secrets. */

/** When the user last signed in, as far as the log tells; null where it holds nothing. */
const lastSignIn = async (
  user: string,
  outside: Outside,
): Promise<Readonly<{ at: number | null }> | Found> => {
  const query = { $filter: `userId eq '${user}'`, $orderby: 'createdDateTime desc', $top: '1' };
  const answer = await graph.ask(outside, { method: 'GET', path: '/v1.0/auditLogs/signIns', query });
  if (!succeeded(answer)) return { is: 'hidden', refusal: graph.refused(answer, 'reading the sign-in log') };
  const row = signInSchema.safeParse(rowsOf(under(answer.json, 'value'))[0]);
  return { at: row.success ? parseInstant(row.data.createdDateTime) : null };
};

/** Entra lists nobody's sessions; but it tells from when on they count, and its log tells whether one was begun since. */
const findSessions = async ({ user }: UserInput, outside: Outside): Promise<Found> => {
  const query = { $select: 'id,signInSessionsValidFromDateTime' };
  const answer = await graph.ask(outside, { method: 'GET', path: `/v1.0/users/${user}`, query });
  if (!succeeded(answer)) return { is: 'hidden', refusal: graph.refused(answer, 'reading the user') };
  const found = sessionsSchema.safeParse(answer.json).data?.signInSessionsValidFromDateTime ?? null;
  const begun = await lastSignIn(user, outside);
  if ('is' in begun) return begun;
  const from = found === null ? null : parseInstant(found);
  if (from !== null && begun.at !== null && begun.at < from) {
    const how = `sessions count from ${cut(found ?? '', 40)} on, and the log shows no sign-in since`;
    return { is: 'gone', how, since: from };
  }
  return {
    is: 'there',
    kept: { valid_from: found === null ? null : cut(found, 40) },
    remarks: [
      'access tokens that are out work for up to an hour more, unless the app re-checks continuously',
    ],
  };
};

export const endSessions = removing<UserInput>(
  {
    vendor: graph,
    what: 'the sessions of the user',
    find: findSessions,
    // Minutes pass until it holds everywhere.
    queued: true,
    end: ({ user }) => ({ method: 'POST', path: `/v1.0/users/${user}/revokeSignInSessions` }),
  },
  {
    title: 'End all sessions of a user',
    confidence: 'confirmed',
    scopes: ['User.RevokeSessions.All', 'User.Read.All and AuditLog.Read.All for the proof'],
    secrets: ['token'],
    input: userInput,
    breaks: [
      'The person is signed out everywhere within minutes, and refresh tokens end. Guests are not reached.',
    ],
    byHand: {
      where: 'entra.microsoft.com > Users > the user > Overview',
      steps: ['Press Revoke sessions', 'Confirm', 'For a guest, ask the organisation that they come from'],
      record: 'the user’s object id, the time, and whom you told to sign in again',
    },
  },
);

export const revokeConsents = emptying<AppInput>(
  {
    vendor: graph,
    what: 'consents of the app',
    walk: ({ app }) => walk(`/v1.0/servicePrincipals/${app}/oauth2PermissionGrants`),
    kept(row) {
      const { success, data } = grantSchema.safeParse(row);
      return success
        ? {
            id: cut(data.id, 120),
            consent: cut(data.consentType, 20),
            user: cut(data.principalId ?? '', 40),
            resource: cut(data.resourceId, 40),
            scope: cut((data.scope ?? '').trim(), 1000),
          }
        : { id: cut(textAt(row, 'id'), 120) };
    },
    end: (row) => ({
      method: 'DELETE',
      path: `/v1.0/oauth2PermissionGrants/${encodeURIComponent(textAt(row, 'id'))}`,
    }),
    pattern: () => ({ method: 'DELETE', path: '/v1.0/oauth2PermissionGrants/*' }),
  },
  {
    title: 'Revoke all consents given to an app',
    confidence: 'unconfirmed',
    scopes: ['DelegatedPermissionGrant.ReadWrite.All'],
    secrets: ['token'],
    input: appInput,
    breaks: [
      'The app may not act for anybody until it is let in again: by an administrator, or by each person. The receipt names what it was allowed.',
    ],
    byHand: {
      where: 'entra.microsoft.com > Enterprise apps > the app > Permissions',
      steps: [
        'Write down admin consent and user consent',
        'Choose Review permissions, and revoke each',
        'Reload: none is left',
      ],
      record: 'which permissions, for whom, the time',
    },
  },
);

export const revokePermissions = emptying<AppInput>(
  {
    vendor: graph,
    what: 'permissions of the app itself',
    walk: ({ app }) => walk(`/v1.0/servicePrincipals/${app}/appRoleAssignments`),
    kept(row) {
      const { success, data } = roleSchema.safeParse(row);
      return success
        ? { id: cut(data.id, 120), role: cut(data.appRoleId, 40), resource: cut(data.resourceId, 40) }
        : { id: cut(textAt(row, 'id'), 120) };
    },
    end: (row, { app }) => ({
      method: 'DELETE',
      path: `/v1.0/servicePrincipals/${app}/appRoleAssignments/${encodeURIComponent(textAt(row, 'id'))}`,
    }),
    pattern: ({ app }) => ({ method: 'DELETE', path: `/v1.0/servicePrincipals/${app}/appRoleAssignments/*` }),
  },
  {
    title: 'Revoke the permissions an app has without a user',
    confidence: 'unconfirmed',
    scopes: ['AppRoleAssignment.ReadWrite.All'],
    secrets: ['token'],
    input: appInput,
    breaks: [
      'The app may do nothing by itself until an administrator grants it again. The receipt names what it had.',
    ],
    byHand: {
      where: 'entra.microsoft.com > Enterprise apps > the app > Permissions',
      steps: ['Write down the permissions of type Application', 'Revoke each', 'Reload: none is left'],
      record: 'which permissions, the time',
    },
  },
);

const findSecret = async ({ application, secret }: SecretInput, outside: Outside): Promise<Found> => {
  const answer = await graph.ask(outside, {
    method: 'GET',
    path: `/v1.0/applications/${application}`,
    query: { $select: 'id,displayName,passwordCredentials' },
  });
  if (!succeeded(answer)) return { is: 'hidden', refusal: graph.refused(answer, 'reading the app') };
  const { success, data } = applicationSchema.safeParse(answer.json);
  if (!success)
    return {
      is: 'hidden',
      refusal: { result: 'failed', detail: 'reading the app: the answer does not show it' },
    };
  const all = data.passwordCredentials;
  const found = all.find(({ keyId }) => keyId.toLowerCase() === secret.toLowerCase());
  if (found === undefined) return { is: 'gone', how: 'Entra shows the app without this secret' };
  const kept: Json = { name: cut(found.displayName ?? '', 80), ends: cut(found.endDateTime ?? '', 40) };
  const remarks =
    all.length === 1 ? ['it is the app’s only secret: add the new one before, or the service is down'] : [];
  return { is: 'there', kept, remarks };
};

export const removeSecret = removing<SecretInput>(
  {
    vendor: graph,
    what: 'the client secret',
    find: findSecret,
    end: ({ application, secret }) => ({
      method: 'POST',
      path: `/v1.0/applications/${application}/removePassword`,
      json: { keyId: secret },
    }),
  },
  {
    title: 'Remove a client secret of an app',
    confidence: 'unconfirmed',
    scopes: ['Application.ReadWrite.OwnedBy for own apps, Application.ReadWrite.All for all'],
    secrets: ['token'],
    input: secretInput,
    breaks: [
      'Whatever signs in with this secret gets no new tokens; those that are out work for up to an hour more.',
    ],
    byHand: {
      where: 'entra.microsoft.com > App registrations > the app > Certificates & secrets',
      steps: ['Find the secret by its Secret ID', 'Delete', 'Reload: it is gone'],
      record: 'the app, the secret’s id and name, the time',
    },
  },
);
