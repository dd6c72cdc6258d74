import { z } from 'zod';
import { Secret } from '../../io/secrets.ts';
import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { allRefused } from '../by-hand.ts';
import { call, lost } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { forAMinute } from '../evidence.ts';
import { shown } from '../several.ts';
import { withFresh } from '../making.ts';
import { basic, succeeded } from '../vendor.ts';
import { account, family } from './api.ts';

/**
 * The leaked Auth Token, replaced. A secondary token is made and promoted; a secondary that is there already is thrown away
 * first, because a thief who has the token may have made it, and promoting it would give him the account.
 */

const input = z.object({}) as z.ZodType<Record<string, never>>;
const accounts = family('accounts');
const PROMOTE = '/v1/AuthTokens/Promote';
export const SECONDARY = '/v1/AuthTokens/Secondary';

const comeWith = async (outside: Outside, token: Secret): Promise<CallAnswer> =>
  await call(outside, {
    method: 'GET',
    path: `/2010-04-01/Accounts/${account(outside)}.json`,
    headers: basic(account(outside), token.use()),
  });

const prove = async (outside: Outside): Promise<Proof> =>
  await allRefused(outside, 'reading the account', async (token) => await comeWith(outside, token));

const OWN_IS_AUTH_TOKEN =
  'firebreak works with the Auth Token here: configure an API key (key), or the promotion cuts it off in the middle';

const preview = async (_input: Record<string, never>, outside: Outside): Promise<Preview> => {
  const { is, how } = await prove(outside);
  const post = (path: string) => shown(outside.baseUrl, { method: 'POST', path });
  return {
    calls: [
      shown(
        outside.baseUrl,
        { method: 'DELETE', path: SECONDARY },
        'a secondary token that a thief may have made',
      ),
      post(SECONDARY),
      post(PROMOTE),
    ],
    breaks: [
      'Whatever uses the Auth Token is refused at once, and webhook signatures are made with the new one: receivers refuse Twilio until they have it.',
      'The new token is shown in the console; this tool neither shows nor keeps it.',
    ],
    now: is === 'proved' ? 'already' : is === 'refuted' ? 'active' : 'unknown',
    warnings: [how, ...(outside.config['key'] === undefined ? [OWN_IS_AUTH_TOKEN] : [])],
  };
};

/** Done twice a promotion would kill the token that was just handed out: the leaked one is asked about first. */
const settledBefore = async (outside: Outside): Promise<Outcome | null> => {
  const before = await prove(forAMinute(outside));
  if (before.is === 'proved') return { result: 'already', detail: before.how };
  if (before.is !== 'unproved') return null;
  return { result: 'failed', detail: `${before.how}; without knowing whether it lives, nothing is promoted` };
};

const promote = async (outside: Outside): Promise<Outcome> => {
  const promoted = await accounts.ask(outside, { method: 'POST', path: PROMOTE, creates: true });
  return succeeded(promoted)
    ? { result: 'done', detail: 'promoting the new Auth Token: confirmed', http: promoted.status }
    : accounts.refused(promoted, 'promoting the new Auth Token');
};

const run = async (_input: Record<string, never>, outside: Outside): Promise<Outcome> => {
  if (outside.config['key'] === undefined) return { result: 'failed', detail: OWN_IS_AUTH_TOKEN };
  const settled = await settledBefore(outside);
  if (settled !== null) return settled;
  try {
    const dropped = await accounts.ask(outside, { method: 'DELETE', path: SECONDARY });
    if (!succeeded(dropped) && dropped.status !== 404)
      return accounts.refused(dropped, 'throwing the old secondary token away');
    const made = await accounts.ask(outside, { method: 'POST', path: SECONDARY, creates: true });
    if (!succeeded(made)) return accounts.refused(made, 'making a secondary token');
    return await promote(outside);
  } catch (error) {
    return lost(error, 'replacing the Auth Token');
  }
};

export const replaceAuthToken = action<Record<string, never>>({
  title: 'Replace the leaked Auth Token',
  effect: 'irreversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['an API key of type Main'],
  secrets: ['password'],
  input,
  needsSuspect: true,
  byHand: {
    where: 'console.twilio.com > Account > API keys & tokens > Auth tokens',
    steps: [
      'If there is a secondary token that nobody of you made, delete it first',
      'Create a secondary token and give it to the services that need it',
      'Promote it: the old one is refused from then on',
      'Give the new token to every receiver of webhooks: signatures are made with it',
    ],
    record: 'the time of the promotion, which services and receivers got the new token',
  },
  preview,
  run,
  verify: async (_input, outside) => await prove(outside),
});

const ONLY_ROTATING =
  'the new one is not at hand: only a rotation that made it knows whose the secondary token is (firebreak rotate)';

/** The last stage of a rotation: what was made, placed and proved takes the place of the leaked one. */
export const promoteAuthToken = action<Record<string, never>>({
  title: 'Promote the new Auth Token',
  effect: 'irreversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['an API key of type Main'],
  secrets: ['password'],
  input,
  needsSuspect: true,
  byHand: {
    where: 'console.twilio.com > Account > API keys & tokens > Auth tokens',
    steps: ['Check that the secondary token is the one that was just made', 'Promote it'],
    record: 'the time of the promotion',
  },
  async preview(_input, outside) {
    const { is, how } = await prove(outside);
    return {
      calls: [shown(outside.baseUrl, { method: 'POST', path: PROMOTE })],
      breaks: ['Whatever still uses the old Auth Token is refused at once.'],
      now: is === 'proved' ? 'already' : is === 'refuted' ? 'active' : 'unknown',
      warnings: [how, ...(outside.fresh === null ? [ONLY_ROTATING] : [])],
    };
  },
  async run(_input, outside) {
    if (outside.fresh === null) return { result: 'failed', detail: ONLY_ROTATING };
    if (outside.config['key'] === undefined) return { result: 'failed', detail: OWN_IS_AUTH_TOKEN };
    const settled = await settledBefore(outside);
    if (settled !== null) return settled;
    // A secondary token that somebody else made meanwhile must not take the account over.
    const ours = await withFresh(
      outside,
      'the new Auth Token',
      async (fresh) => await comeWith(forAMinute(outside), new Secret(fresh)),
    );
    if (ours.is !== 'proved')
      return { result: 'failed', detail: `${ours.how}; without knowing whose it is, nothing is promoted` };
    try {
      return await promote(outside);
    } catch (error) {
      return lost(error, 'promoting the new Auth Token');
    }
  },
  verify: async (_input, outside) => await prove(outside),
});
