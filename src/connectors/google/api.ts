import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { atHost, bearer, rowsOf, textAt, under, vendor } from '../vendor.ts';
import type { Vendor, Walk } from '../vendor.ts';
import { errorSchema } from './schema.ts';

/** How Google is spoken to: a host for each service, one token for all of them, lists that go on by a token of their own. */

export const ADMIN = 'https://admin.googleapis.com';

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const { success, data } = errorSchema.safeParse(answer.json);
  const outcome = refused(answer, what);
  if (!success) return outcome;
  const { status, message } = data.error;
  return { ...outcome, detail: `${outcome.detail} ${cut(`${status} "${message}"`.trim())}` };
};

/** Workspace: people, their tokens, the logs. */
export const admin = vendor(async (outside) => await bearer(outside, 'token'), meaning);

const atIam = (outside: Outside): Outside => atHost(outside, ADMIN, 'https://iam.googleapis.com');
export const atOauth = (outside: Outside): Outside => atHost(outside, ADMIN, 'https://oauth2.googleapis.com');

/** Cloud: service accounts and their keys. */
export const iam: Vendor = {
  ...admin,
  ask: async (outside, request) => await admin.ask(atIam(outside), request),
};

export const walk = (path: string, rows: string, query: Readonly<Record<string, string>> = {}): Walk => {
  const first: CallRequest = { method: 'GET', path, query };
  return {
    first,
    rows: ({ json }) => rowsOf(under(json, rows)),
    next: ({ json }) => {
      const token = textAt(json, 'nextPageToken');
      return token === '' ? null : { ...first, query: { ...query, pageToken: token } };
    },
  };
};

export const userPath = (user: string, rest = ''): string =>
  `/admin/directory/v1/users/${encodeURIComponent(user)}${rest}`;

/** The project is left to Google: an account that is missing is answered 403 then, and never taken for gone. */
export const accountPath = (account: string, rest = ''): string =>
  `/v1/projects/-/serviceAccounts/${encodeURIComponent(account)}${rest}`;
