import type { Json } from '../../base/canonical.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Outcome } from '../../model/action.ts';
import { call, refused } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { textAt, under } from '../vendor.ts';

/**
 * How the Bot API is spoken to: the token stands in the path, because Telegram has no other place for it. `io/http` knows the
 * secret and writes a tag in its place wherever the address is shown or kept.
 */

export const method = async (
  outside: Outside,
  token: Secret,
  name: string,
  json: Json = {},
): Promise<CallAnswer> => await call(outside, { method: 'POST', path: `/bot${token.use()}/${name}`, json });

export const resultOf = ({ json }: CallAnswer): Json => under(json, 'result');

export const isOk = (answer: CallAnswer): boolean =>
  answer.status === 200 && under(answer.json, 'ok') === true;

/** Telegram says 404 of a token that is no token at all, and 401 of one that was revoked. */
export const meaning = (answer: CallAnswer, what: string): Outcome => {
  const outcome = refused(answer, what);
  const words = textAt(answer.json, 'description');
  return words === '' ? outcome : { ...outcome, detail: `${outcome.detail} "${cut(words)}"` };
};
