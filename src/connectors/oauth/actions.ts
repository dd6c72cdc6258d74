import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import { NetworkError } from '../../io/http.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { answered, call, isPage, lost, ofFirstTry, refused, unproved } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { withLack } from '../evidence.ts';
import { allProved, cut, HIDDEN, joined, ordinal, shown } from '../several.ts';
import { captured } from '../suspects.ts';
import { asClient, errorOf, introspect, revokeRequest, setting } from './server.ts';

/**
 * RFC 7009 revocation, proved by RFC 7662 introspection and, where a resource is named, by its refusal. The server answers 200
 * for a token it never knew, so its 200 alone proves nothing.
 */

const input = z.object({
  token_type_hint: z
    .enum(['access_token', 'refresh_token', ''])
    .default('')
    .describe('saves the server a search'),
});
type Input = z.infer<typeof input>;

type Before = Readonly<{ active: boolean | null; receipt: Json; lack: string | null }>;

const nobodySays = (lack: string): Before => ({ active: null, receipt: null, lack });

const before = async (token: Secret, outside: Outside): Promise<Before> => {
  try {
    const found = await introspect(outside, token, true);
    return 'active' in found ? { ...found, lack: null } : nobodySays(found.why);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return nobodySays(`introspection: ${error.message}`);
  }
};

const outcomeOf = (answer: CallAnswer, name: string, was: Before): Outcome => {
  const { receipt } = was;
  const what = `revoking ${name}`;
  if (answered(answer)) {
    return was.active === false
      ? { result: 'already', detail: `${name} was not active any more`, http: answer.status, receipt }
      : { result: 'done', detail: `${what}: accepted with ${answer.status}`, http: answer.status, receipt };
  }
  const error = cut(errorOf(answer), 60);
  const detail = `${what}: answered ${answer.status}${error === '' ? '' : ` ${error}`}`;
  if (error === 'invalid_token') return { result: 'already', detail, http: answer.status, receipt };
  if (error === 'unsupported_token_type')
    return { result: 'not-supported', detail, http: answer.status, receipt };
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return ofFirstTry(answer, { result: 'forbidden', detail, http: answer.status, receipt });
  }
  // RFC 7009, 2.2.1: after a 503 the token must be taken to exist still.
  if (answer.status === 503) return { result: 'failed', detail, http: 503, receipt };
  return { ...refused(answer, what), receipt };
};

const revokeOne = async (
  outside: Outside,
  token: Secret,
  was: Before,
  hint: string,
  name: string,
): Promise<Outcome> => {
  try {
    return outcomeOf(await asClient(outside, revokeRequest(outside, token.use(), hint)), name, was);
  } catch (error) {
    return { ...lost(error, `revoking ${name}`), receipt: was.receipt };
  }
};

/** The resource must refuse whoever comes with the token; null where no resource is configured. */
const probe = async (outside: Outside, token: Secret, name: string): Promise<Proof | null> => {
  const path = setting(outside, 'probe_path');
  if (path === '') return null;
  const answer = await call(outside, {
    method: 'GET',
    path,
    headers: { authorization: `Bearer ${token.use()}` },
  });
  const how = `GET ${path} with ${name} answered ${answer.status}`;
  const is = answer.status === 401 && !isPage(answer) ? 'proved' : answered(answer) ? 'refuted' : 'unproved';
  return { is, how, http: answer.status };
};

const proveOne = async (outside: Outside, token: Secret, name: string): Promise<Proof> => {
  try {
    const probed = await probe(outside, token, name);
    const found = await introspect(outside, token);
    if ('active' in found) {
      const how = `introspection calls ${name} ${found.active ? 'active' : 'inactive'}`;
      const asked: Proof = { is: found.active ? 'refuted' : 'proved', how, http: 200 };
      return probed === null ? asked : allProved([probed, asked]);
    }
    if (probed !== null && found.answer === null) return probed;
    return { is: probed?.is === 'refuted' ? 'refuted' : 'unproved', how: `${name}: ${found.why}` };
  } catch (error) {
    return unproved(error, `asking about ${name}`);
  }
};

const stateNow = async (outside: Outside): Promise<Pick<Preview, 'now' | 'warnings'>> => {
  const found: Before[] = [];
  for (const token of outside.suspects) found.push(await before(token, outside));
  const warnings = found.flatMap((one, i) => {
    const name = ordinal(i, found.length);
    if (one.active === null) return [`nobody says whether ${name} is active`];
    return one.active ? [] : [`${name} is inactive, or belongs to a client that this one may not ask about`];
  });
  if (found.some((one) => one.active === true)) return { now: 'active', warnings };
  return {
    now: found.length > 0 && found.every((one) => one.active === false) ? 'already' : 'unknown',
    warnings,
  };
};

export const revokeToken = action<Input>({
  title: 'Revoke the leaked token',
  effect: 'irreversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: [],
  secrets: ['client_secret'],
  input: input as z.ZodType<Input>,
  needsSuspect: true,
  byHand: {
    where: "the provider's console, under authorised applications or API tokens",
    steps: [
      'Find the grant by its client and last use',
      'Revoke it',
      'Try the old token: it must be refused with 401',
    ],
    record: 'client, user, scope, time, the answer to the old token',
  },
  async preview({ token_type_hint: hint }, outside) {
    const request = revokeRequest(outside, HIDDEN, hint);
    return {
      calls: outside.suspects.map((_one, i) =>
        shown(outside.baseUrl, request, ordinal(i, outside.suspects.length)),
      ),
      breaks: [
        'Whatever works with this token stops; a refresh token takes the access tokens of its grant with it',
        'Self-contained access tokens (JWT) may be accepted elsewhere until they expire',
      ],
      ...(await stateNow(outside)),
    };
  },
  async run({ token_type_hint: hint }, outside) {
    const outcomes: Outcome[] = [];
    const tokens = outside.suspects;
    const known = await captured(tokens, outside, before);
    for (const [i, token] of tokens.entries()) {
      const was = known[i] ?? nobodySays('it was not asked');
      outcomes.push(
        withLack(await revokeOne(outside, token, was, hint, ordinal(i, tokens.length)), was.lack),
      );
    }
    return joined(outcomes);
  },
  async verify(_given, outside) {
    const proofs: Proof[] = [];
    const tokens = outside.suspects;
    for (const [i, token] of tokens.entries())
      proofs.push(await proveOne(outside, token, ordinal(i, tokens.length)));
    return allProved(proofs);
  },
});
