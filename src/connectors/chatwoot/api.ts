import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { rowsIn, textAt, under, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';

/** How Chatwoot is spoken to: an administrator's token in a header of its own, everything below one account. */

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const outcome = refused(answer, what);
  const words = textAt(answer.json, 'error') || textAt(answer.json, 'message');
  return words === '' ? outcome : { ...outcome, detail: `${outcome.detail} "${cut(words)}"` };
};

export const chatwoot = vendor(
  async (outside) => ({ api_access_token: (await outside.secret('token')).use() }),
  meaning,
);

export const inAccount = (outside: Outside, rest: string): string =>
  `/api/v1/accounts/${String(outside.config['account'] ?? '')}${rest}`;

/** Its lists come whole, each under another name. */
export const whole = (outside: Outside, rest: string, names: readonly string[]): Walk => ({
  first: { method: 'GET', path: inAccount(outside, rest) },
  rows: ({ json }) => rowsIn(names.reduce(under, json)),
  next: () => null,
});
