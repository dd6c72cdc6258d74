import { NetworkError } from '../../io/http.ts';
import { Secret } from '../../io/secrets.ts';
import type { Connector, Health, Outside } from '../connector.ts';
import { revokeToken } from './actions.ts';
import { config } from './schema.ts';
import { introspect } from './server.ts';
import { oauthSimulator } from './simulator.ts';

/** Asks about a token that cannot exist: the answer shows whether the client itself is let in. */
const health = async (outside: Outside): Promise<Health> => {
  try {
    const found = await introspect(outside, new Secret('firebreak-health-check'));
    if ('active' in found) return { ok: true, detail: 'introspection lets the client in' };
    return {
      ok: false,
      detail: found.answer === null ? 'cannot be checked without introspect_path' : found.why,
    };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { ok: false, detail: error.message };
  }
};

/** Any authorisation server that speaks RFC 7009. */
export const connector: Connector = {
  title: 'OAuth 2.0 token revocation',
  baseUrl: null,
  config,
  secrets: { client_secret: 'secret of the client that may revoke and introspect' },
  actions: { 'revoke-token': revokeToken },
  health,
  simulator: oauthSimulator,
};
