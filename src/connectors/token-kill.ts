import { z } from 'zod';
import type { Secret } from '../io/secrets.ts';
import type { Outcome, Proof } from '../model/action.ts';
import { call, lost, refused, unproved } from './call.ts';
import type { CallAnswer } from './call.ts';
import { action } from './connector.ts';
import type { Action, Outside } from './connector.ts';
import { killSwitch } from './kill.ts';
import { cut, HIDDEN, shown } from './several.ts';
import { ownSecret } from './suspects.ts';
import type { Said } from './thing.ts';
import { succeeded, textAt } from './vendor.ts';

/**
 * Vendors that revoke a token for whoever holds it: a form with the token alone, and 400 `invalid_token` for one that is dead.
 * An access token is proved dead by using it; a refresh token by asking for a new access token, for which its client is needed.
 */
export type TokenHouse = Readonly<{
  /** Where tokens are revoked and made. */
  at(outside: Outside): Outside;
  revoke: string;
  token: string;
  isAccess(token: string): boolean;
  /** Uses an access token once, for something harmless that any token may ask. */
  use(token: Secret, outside: Outside): Promise<CallAnswer>;
  /** Whether that answer can only mean that the token is dead. */
  isRefusal(answer: CallAnswer): boolean;
}>;

const killOne = async (
  house: TokenHouse,
  token: Secret,
  name: string,
  outside: Outside,
): Promise<Outcome> => {
  const what = `revoking ${name}`;
  try {
    const form = { token: token.use() };
    const answer = await call(house.at(outside), { method: 'POST', path: house.revoke, form });
    const { status: http } = answer;
    if (succeeded(answer)) return { result: 'done', detail: `${what}: confirmed with ${http}`, http };
    const error = cut(textAt(answer.json, 'error'), 60);
    if (http === 400 && error === 'invalid_token')
      return { result: 'already', detail: `${what}: it is no valid token any more`, http };
    const outcome = refused(answer, what);
    return error === '' ? outcome : { ...outcome, detail: `${outcome.detail} ${error}` };
  } catch (error) {
    return lost(error, what);
  }
};

const proveAccess = async (
  house: TokenHouse,
  token: Secret,
  name: string,
  outside: Outside,
): Promise<Proof> => {
  const answer = await house.use(token, outside);
  const { status: http } = answer;
  const is = house.isRefusal(answer) ? 'proved' : succeeded(answer) ? 'refuted' : 'unproved';
  return { is, how: `using ${name} once: answered ${http}`, http };
};

const proveRefresh = async (
  house: TokenHouse,
  token: Secret,
  name: string,
  outside: Outside,
): Promise<Proof> => {
  const client = String(outside.config['client_id'] ?? '');
  const asked = `asking for an access token with ${name}`;
  if (client === '')
    return {
      is: 'unproved',
      how: `${asked}: the app’s client_id is not configured, so it cannot be asked for`,
    };
  const secret = await ownSecret(outside, 'client_secret');
  const answer = await call(house.at(outside), {
    method: 'POST',
    path: house.token,
    form: {
      grant_type: 'refresh_token',
      client_id: client,
      ...(secret === null ? {} : { client_secret: secret.use() }),
      refresh_token: token.use(),
    },
  });
  const { status: http } = answer;
  if (succeeded(answer)) return { is: 'refuted', how: `${asked} was answered with one`, http };
  const error = cut(textAt(answer.json, 'error'), 60);
  // Any other refusal is about the client.
  const is = http === 400 && error === 'invalid_grant' ? 'proved' : 'unproved';
  return { is, how: `${asked}: answered ${http} ${error}`.trim(), http };
};

const noInput = z.object({}) as z.ZodType<Record<string, never>>;

export const revokingTokens = (
  house: TokenHouse,
  { breaks, ...said }: Omit<Said<Record<string, never>>, 'input' | 'secrets'>,
): Action =>
  action<Record<string, never>>({
    ...said,
    input: noInput,
    // The token itself is all that the vendor asks for.
    secrets: [],
    effect: 'irreversible',
    retry: 'B',
    needsSuspect: true,
    ...killSwitch({
      breaks,
      own: async (outside) => [await ownSecret(outside, 'token')],
      call: (_input, outside, name) =>
        shown(
          house.at(outside).baseUrl,
          { method: 'POST', path: house.revoke, form: { token: HIDDEN } },
          name,
        ),
      // Neither says what a token is to whoever holds it alone.
      capture: null,
      killOne: async (token, { name }, _input, outside) => await killOne(house, token, name, outside),
      proveOne: async (token, name, _input, outside) => {
        try {
          return house.isAccess(token.use())
            ? await proveAccess(house, token, name, outside)
            : await proveRefresh(house, token, name, outside);
        } catch (error) {
          return unproved(error, `trying ${name}`);
        }
      },
    }),
  });
