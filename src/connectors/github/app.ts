import { signJwt } from '../../base/jwt.ts';
import { Problem } from '../../base/problem.ts';
import { Secret } from '../../io/secrets.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { succeeded, textAt } from '../vendor.ts';
import type { Vendor } from '../vendor.ts';
import { github, githubRefused } from './api.ts';
import type { Params } from './api.ts';

/**
 * The three ways to be somebody at GitHub: as an owner with a token, as an app with its own JWT, as the app's installation in
 * our organisation. Suspending answers to the second alone, fine-grained tokens to the third alone.
 */

const send = async (outside: Outside, token: Secret, request: CallRequest): Promise<CallAnswer> => {
  const ask = await github(outside, token, request.creates === true ? 'creating' : 'safe');
  // What GitHub takes is always an object.
  const params = { ...request.query, ...(request.json as Params | undefined) };
  const { status, json, headers } = await ask(`${request.method} ${request.path}`, params);
  // An answer that is no JSON comes as its text.
  const text = typeof json === 'string' ? json : '';
  return { status, json: text === '' ? json : null, headers, text };
};

const vendorOf = (who: (outside: Outside) => Promise<Secret>): Vendor => ({
  ask: async (outside, request) => await send(outside, await who(outside), request),
  refused: (answer, what) => refusedAs(answer, what),
});

const KEY = 'app_private_key';

/** Ten minutes is the most that GitHub takes; a minute back, for clocks that are a little ahead. */
const BACK_S = 60;
const AHEAD_S = 540;

const appToken = async (outside: Outside): Promise<Secret> => {
  const key = await outside.secret(KEY);
  const app = String(outside.config['app_id'] ?? '');
  if (app === '')
    throw new Problem('missing-secret', { name: KEY, ref: 'app_id', why: 'the app’s id is not configured' });
  const now = Math.floor(outside.clock.now() / 1000);
  const token = signJwt({ iss: app, iat: now - BACK_S, exp: now + AHEAD_S }, key.use());
  if (token === null)
    throw new Problem('missing-secret', { name: KEY, ref: KEY, why: 'it is no RSA private key in PEM form' });
  return new Secret(token);
};

const refusedAs: Vendor['refused'] = (answer, what) => {
  const outcome = githubRefused(answer, what);
  // GitHub's words for a token from the past or from the future.
  return answer.status === 401 && /'(?:exp|iat)'|claim/.test(textAt(answer.json, 'message'))
    ? {
        ...outcome,
        detail: `${outcome.detail}; look whether the clock of this machine is right`,
        cause: 'clock',
      }
    : outcome;
};

const installationOf = (outside: Outside): string => {
  const id = String(outside.config['installation_id'] ?? '');
  if (id !== '') return id;
  const why = 'the number of the app’s installation is not configured';
  throw new Problem('missing-secret', { name: KEY, ref: 'installation_id', why });
};

/** As the app's installation, with a token for an hour that is made for each question: nothing is kept between two calls. */
export const asInstallation: Vendor = {
  ask: async (outside, request) => {
    const path = `/app/installations/${installationOf(outside)}/access_tokens`;
    const made = await send(outside, await appToken(outside), { method: 'POST', path });
    // Without a token the question is not asked, and the refusal stands for it.
    if (!succeeded(made)) return made;
    const token = textAt(made.json, 'token');
    return token === '' ? { ...made, status: 502 } : await send(outside, new Secret(token), request);
  },
  refused: refusedAs,
};

export const asOwner: Vendor = vendorOf(async (outside) => await outside.secret('token'));
export const asApp: Vendor = vendorOf(appToken);
