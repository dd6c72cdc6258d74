import type { Json } from '../../base/canonical.ts';
import type { Secret } from '../../io/secrets.ts';
import { call } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { introspection, oauthError } from './schema.ts';

/** How an authorisation server is spoken to: form bodies, and the client's own authentication. */

export const setting = (outside: Outside, name: string, otherwise = ''): string =>
  String(outside.config[name] ?? otherwise);

/** RFC 6749, 2.3.1: both halves are form-encoded before they are joined. */
const formEncoded = (text: string): string => new URLSearchParams({ v: text }).toString().slice(2);

const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`, 'utf8').toString('base64')}`;

/** The request without its client authentication, as a preview may show it. */
export const revokeRequest = (outside: Outside, token: string, hint: string): CallRequest => ({
  method: 'POST',
  path: setting(outside, 'revoke_path', '/oauth/revoke'),
  form: { token, ...(hint === '' ? {} : { token_type_hint: hint }) },
});

export const asClient = async (outside: Outside, request: CallRequest): Promise<CallAnswer> => {
  const secret = (await outside.secret('client_secret')).use();
  const id = setting(outside, 'client_id');
  if (setting(outside, 'auth', 'basic') === 'post') {
    return await call(outside, {
      ...request,
      form: { ...request.form, client_id: id, client_secret: secret },
    });
  }
  return await call(outside, { ...request, headers: { authorization: basic(id, secret) } });
};

export type Introspected =
  | Readonly<{ active: boolean; receipt: Json }>
  | Readonly<{ answer: CallAnswer | null; why: string }>;

/** Null answer: this server has no introspection endpoint, as far as the configuration says. */
export const introspect = async (outside: Outside, token: Secret, once = false): Promise<Introspected> => {
  const path = setting(outside, 'introspect_path');
  if (path === '') return { answer: null, why: 'no introspection endpoint is configured' };
  const answer = await asClient(outside, { method: 'POST', path, form: { token: token.use() }, once });
  const parsed = introspection.safeParse(answer.json);
  if (answer.status !== 200 || !parsed.success)
    return { answer, why: `introspection answered ${answer.status}` };
  const {
    active,
    scope = '',
    client_id: client = '',
    sub = '',
    token_type: type = '',
    exp = 0,
  } = parsed.data;
  // A journal holds whole numbers only, and some servers write fractions of a second.
  return { active, receipt: { scope, client_id: client, sub, token_type: type, exp: Math.trunc(exp) } };
};

export const errorOf = (answer: CallAnswer): string => {
  const parsed = oauthError.safeParse(answer.json);
  return parsed.success ? parsed.data.error : '';
};
