import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import { NetworkError } from '../../io/http.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { lost, unproved } from '../call.ts';
import type { CallRequest } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { withLack } from '../evidence.ts';
import { HIDDEN, allProved, joined, ordinal, shown } from '../several.ts';
import { captured, eachOf, ownNotes, ownWarnings, sortSuspects, withLeftOut } from '../suspects.ts';
import type { Sorted } from '../suspects.ts';
import { appId, appToken, graph, graphError, node, ok, refusal, succeeded, unanswered } from './graph.ts';
import { debugToken } from './schema.ts';

/** Killing tokens of the app, and the proof: Meta calls the token invalid, and refuses whoever comes with it. */

const input = z.object({});

const debugRequest = (outside: Outside, token: string): CallRequest => ({
  method: 'GET',
  path: node(outside, '/debug_token'),
  query: { input_token: token },
});

/** What Meta knows of a token, without its text: kept before the kill, because it is gone afterwards. */
const inspect = async (outside: Outside, token: Secret) => {
  const answer = await graph(outside, await appToken(outside), {
    ...debugRequest(outside, token.use()),
    once: true,
  });
  const parsed = debugToken.safeParse(answer.json);
  return { answer, data: ok(answer) && parsed.success ? parsed.data.data : null };
};

const revokeRequest = (outside: Outside, secret: string, token: string, access: string): CallRequest => ({
  method: 'GET',
  path: node(outside, '/oauth/revoke'),
  query: { client_id: appId(outside), client_secret: secret, revoke_token: token, access_token: access },
});

type Kept = Readonly<{ valid: boolean | null; receipt: Json; lack: string | null }>;

const unknown = (lack: string): Kept => ({ valid: null, receipt: null, lack: `asking debug_token: ${lack}` });

/** A list call that fails must not keep a stolen token alive: the kill goes ahead and says what was not kept. */
const capture = async (token: Secret, outside: Outside): Promise<Kept> => {
  try {
    const { answer, data } = await inspect(outside, token);
    if (data === null) return unknown(`answered ${answer.status}, and does not say what it is`);
    const { is_valid: valid, user_id: user = '', type = '', expires_at: expires = 0, scopes } = data;
    return {
      valid,
      receipt: { app_id: data.app_id ?? '', user_id: user, type, expires_at: expires, scopes },
      lack: null,
    };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return unknown(error.message);
  }
};

const revokeOne = async (outside: Outside, token: Secret, kept: Kept, name: string): Promise<Outcome> => {
  const { valid, receipt } = kept;
  if (valid === false)
    return { result: 'already', detail: `${name} was invalid already`, http: 200, receipt };
  try {
    const secret = await outside.secret('app_secret');
    const own = await outside.secret('token');
    // Its own token is killed with the app's: the token must not have to vouch for itself.
    const access = own.use() === token.use() ? await appToken(outside) : own;
    const answer = await graph(
      outside,
      access,
      revokeRequest(outside, secret.use(), token.use(), access.use()),
    );
    if (!succeeded(answer)) return { ...refusal(answer, `revoking ${name}`), receipt };
    return { result: 'done', detail: `revoking ${name}: confirmed`, http: 200, receipt };
  } catch (error) {
    return { ...lost(error, `revoking ${name}`), receipt };
  }
};

const proveOne = async (outside: Outside, token: Secret, name: string): Promise<Proof> => {
  try {
    const me = await graph(outside, token, { method: 'GET', path: node(outside, '/me') });
    if (ok(me)) return { is: 'refuted', how: `${name} still opens GET /me`, http: me.status };
    const refusedAs = graphError(me)?.code;
    if (me.status !== 401 && refusedAs !== 190) return unanswered(me, `GET /me with ${name}`);
    const { data, answer } = await inspect(outside, token);
    if (data === null) return unanswered(answer, `GET /me refuses ${name}, but debug_token`);
    const { is_valid: valid } = data;
    const how = `GET /me refuses ${name} with code ${refusedAs ?? 401}; debug_token calls it ${valid ? 'valid' : 'invalid'}`;
    return { is: valid ? 'refuted' : 'proved', how, http: me.status };
  } catch (error) {
    return unproved(error, `asking with ${name}`);
  }
};

const sort = async (outside: Outside): Promise<Sorted> =>
  sortSuspects(outside, [await outside.secret('token')]);

const stateNow = (kept: readonly Kept[]): Pick<Preview, 'now' | 'warnings'> => {
  const warnings = kept.flatMap((one, i) =>
    one.valid === null
      ? [`debug_token does not say what ${ordinal(i, kept.length)} is: it may belong to another app`]
      : [],
  );
  const dead = kept.length > 0 && kept.every((one) => one.valid === false);
  const now = kept.some((one) => one.valid === true) ? 'active' : dead ? 'already' : 'unknown';
  return { now, warnings };
};

const preview = async (outside: Outside): Promise<Preview> => {
  const sorted = await sort(outside);
  const { suspects } = sorted;
  const request = revokeRequest(outside, HIDDEN, HIDDEN, HIDDEN);
  const { now, warnings } = stateNow(await eachOf(suspects, async (token) => await capture(token, outside)));
  return {
    calls: suspects.map((_one, i) => shown(outside.baseUrl, request, ordinal(i, suspects.length))),
    breaks: ['Whatever sends or reads with this token stops: order updates, templates, media downloads'],
    now,
    warnings: [...ownWarnings(sorted), ...warnings],
  };
};

const run = async (outside: Outside): Promise<Outcome> => {
  const sorted = await sort(outside);
  const { suspects } = sorted;
  const kept = await captured(suspects, outside, capture);
  const outcomes: Outcome[] = [];
  for (const [i, token] of suspects.entries()) {
    const one = kept[i] ?? unknown('it was not asked');
    outcomes.push(withLack(await revokeOne(outside, token, one, ordinal(i, suspects.length)), one.lack));
  }
  return joined(outcomes, ownNotes(sorted));
};

const verify = async (outside: Outside): Promise<Proof> => {
  const sorted = await sort(outside);
  const { suspects } = sorted;
  const others = await eachOf(
    suspects,
    async (token, i) => await proveOne(outside, token, ordinal(i, suspects.length)),
  );
  return await withLeftOut(
    allProved(others),
    sorted,
    async (own) => await proveOne(outside, own, 'our own credential'),
  );
};

export const revokeToken = action({
  title: 'Revoke the leaked token',
  effect: 'irreversible',
  retry: 'B',
  confidence: 'unconfirmed',
  scopes: ['business_management'],
  secrets: ['app_secret', 'token'],
  input,
  needsSuspect: true,
  byHand: {
    where: 'business.facebook.com > Settings > Users > System users > the user > Revoke tokens',
    steps: [
      'Note the user, the app and the assets assigned to it',
      'Revoke tokens',
      'Try the old token: it must be refused with code 190',
    ],
    record: 'system user, time, the answer to the old token',
  },
  preview: async (_input, outside) => await preview(outside),
  run: async (_input, outside) => await run(outside),
  verify: async (_input, outside) => await verify(outside),
});
