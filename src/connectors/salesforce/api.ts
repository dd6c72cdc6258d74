import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { bearer, rowsIn, textAt, under, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';
import { errorSchema } from './schema.ts';

/** How Salesforce is spoken to: everything that is looked for is a query, and errors are lists with a code. */

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const found = errorSchema.safeParse(answer.json).data?.[0];
  const outcome = refused(answer, what);
  return found === undefined
    ? outcome
    : { ...outcome, detail: `${outcome.detail} ${cut(`${found.errorCode} "${found.message}"`)}` };
};

export const salesforce = vendor(async (outside) => await bearer(outside, 'token'), meaning);

export const data = (outside: Outside, rest: string): string =>
  `/services/data/${String(outside.config['version'] ?? 'v62.0')}${rest}`;

/** A text inside a SOQL literal. */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;

export const query = (outside: Outside, soql: string): CallRequest => ({
  method: 'GET',
  path: data(outside, '/query'),
  query: { q: soql },
});

/** Long answers go on under a path of their own. */
export const walk = (outside: Outside, soql: string): Walk => ({
  first: query(outside, soql),
  rows: ({ json }) => rowsIn(under(json, 'records')),
  next: ({ json }) => {
    const path = textAt(json, 'nextRecordsUrl');
    return path.startsWith(data(outside, '/query/')) ? { method: 'GET', path } : null;
  },
});
