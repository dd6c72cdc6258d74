import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import { cut } from '../several.ts';
import { linked, rowsIn, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';
import { errorSchema } from './schema.ts';

/** How Okta is spoken to: a token in the header, lists that go on by a link, errors with a code. */

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const found = errorSchema.safeParse(answer.json);
  const outcome = refused(answer, what);
  if (!found.success) return outcome;
  const { errorCode, errorSummary } = found.data;
  return { ...outcome, detail: `${outcome.detail} ${cut(`${errorCode} "${errorSummary}"`)}` };
};

export const okta = vendor(async (outside) => {
  const token = (await outside.secret('token')).use();
  return { authorization: `${String(outside.config['auth'] ?? 'SSWS')} ${token}` };
}, meaning);

/** A list whose next page a Link header names. Not every list of Okta's takes a limit. */
export const walk = (path: string, query: Readonly<Record<string, string>> = {}): Walk => {
  const first: CallRequest = { method: 'GET', path, query };
  return {
    first,
    rows: ({ json }) => rowsIn(json),
    next: (answer) => linked(answer, first),
  };
};
