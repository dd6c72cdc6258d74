import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { bearer, rowsIn, textAt, under, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';

/** How HubSpot is spoken to: one token for what belongs to the app, another for what belongs to the account. */

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const outcome = refused(answer, what);
  const words = `${textAt(answer.json, 'category')} ${textAt(answer.json, 'message')}`.trim();
  return words === '' ? outcome : { ...outcome, detail: `${outcome.detail} "${cut(words)}"` };
};

/** As the maker of the app: its webhooks, in all accounts that installed it. */
export const asDeveloper = vendor(async (outside) => await bearer(outside, 'developer_token'), meaning);

/** As the account: its users and its logs. */
export const asAccount = vendor(async (outside) => await bearer(outside, 'token'), meaning);

export const webhooks = (outside: Outside, rest: string): string =>
  `${String(outside.config['webhooks_path'] ?? '/webhooks/v3')}/${String(outside.config['app'] ?? '')}${rest}`;

/** Lists by cursor: `paging.next.after`, or none. */
export const walk = (path: string, query: Readonly<Record<string, string>> = {}): Walk => {
  const first: CallRequest = { method: 'GET', path, query };
  return {
    first,
    rows: ({ json }) => rowsIn(under(json, 'results')),
    next: ({ json }) => {
      const after = textAt(under(under(json, 'paging'), 'next'), 'after');
      return after === '' ? null : { ...first, query: { ...query, after } };
    },
  };
};
