import type { Ask } from '../../src/io/server.ts';

/**
 * What only reads, as data. GET and HEAD do, and nothing else does, but for what a vendor documents otherwise: each exception is
 * named here with what it is.
 */
type Except = Readonly<{
  /** Requests by another method that change nothing but, at most, hand out a short-lived token for the caller himself. */
  reads?: Readonly<Record<string, RegExp>>;
  /** Of the above, those by which the tool signs in. */
  signsIn?: RegExp;
  /** A GET that acts. */
  writes?: Readonly<Record<string, RegExp>>;
}>;

const excepted: Readonly<Record<string, Except>> = {
  auth0: { reads: { 'the client credentials grant': /^POST \/oauth\/token$/ }, signsIn: /\/oauth\/token$/ },
  github: {
    reads: { 'an installation signs in': /^POST \/app\/installations\/\d+\/access_tokens$/ },
    signsIn: /\/access_tokens$/,
  },
  google: {
    reads: {
      'a service account signs in, or a refresh token is tried': /^POST \/token$/,
      'what a token may do': /^POST \/tokeninfo$/,
    },
    signsIn: /^POST \/token$/,
  },
  hubspot: { reads: { 'a refresh token is tried': /^POST \/oauth\/v3\/token$/ } },
  salesforce: {
    reads: { 'the tool signs in, or a refresh token is tried': /^POST \/services\/oauth2\/token$/ },
  },
  oauth: { reads: { 'introspection (RFC 7662)': /^POST \/oauth\/introspect$/ } },
  slack: {
    reads: {
      'methods that list or show; all of Slack’s go by POST':
        /^POST \/(?:auth\.test|admin\.apps\.(?:restricted|approved)\.list|admin\.users\.session\.list|team\.(?:integration|access)Logs|conversations\.(?:info|list|members|history)|users\.conversations|files\.list)$/,
    },
  },
  telegram: { reads: { 'methods that show': /^POST \/bot[^/]+\/(?:getMe|getWebhookInfo)$/ } },
  meta: { writes: { 'tokens are revoked by GET': /^GET \/v[\d.]+\/oauth\/revoke$/ } },
};

const line = ({ method, path }: Pick<Ask, 'method' | 'path'>): string => `${method} ${path}`;
const any = (patterns: Readonly<Record<string, RegExp>> = {}, text: string): boolean =>
  Object.values(patterns).some((one) => one.test(text));

export const isRead = (connector: string, ask: Pick<Ask, 'method' | 'path'>): boolean => {
  const { reads, writes } = excepted[connector] ?? {};
  const text = line(ask);
  return /^(?:GET|HEAD) /.test(text) ? !any(writes, text) : any(reads, text);
};

/** Without signing in nothing can be asked at all: a vendor whose listing is broken still lets people in. */
export const isSigningIn = (connector: string, ask: Pick<Ask, 'method' | 'path'>): boolean =>
  excepted[connector]?.signsIn?.test(line(ask)) ?? false;
