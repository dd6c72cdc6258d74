import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { Buffer } from 'node:buffer';
import type { Json } from './canonical.ts';
import { parseJson } from './json.ts';

/** JSON Web Tokens signed with RSA and SHA-256 (RFC 7515, RS256). Pure: the same claims and key give the same token. */

export type Claims = Readonly<Record<string, string | number>>;

const part = (value: Json): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** Null where the text is no RSA private key in PEM form. */
export function signJwt(claims: Claims, privateKey: string): string | null {
  try {
    const key = createPrivateKey(privateKey);
    if (key.asymmetricKeyType !== 'rsa') return null;
    const head = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
    return `${head}.${sign('sha256', Buffer.from(head, 'utf8'), key).toString('base64url')}`;
  } catch {
    return null;
  }
}

/** The claims of a token that this key signed; null for any other text. */
export function readJwt(token: string, publicKey: string): Readonly<Record<string, Json>> | null {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0) return null;
  try {
    const header = parseJson(Buffer.from(head, 'base64url').toString('utf8'));
    const signed = Buffer.from(`${head}.${body}`, 'utf8');
    const isRs256 =
      header !== null && typeof header === 'object' && 'alg' in header && header['alg'] === 'RS256';
    if (
      !isRs256 ||
      !verify('sha256', signed, createPublicKey(publicKey), Buffer.from(signature, 'base64url'))
    )
      return null;
    const claims = parseJson(Buffer.from(body, 'base64url').toString('utf8'));
    return claims !== null && typeof claims === 'object' && !Array.isArray(claims)
      ? (claims as Readonly<Record<string, Json>>)
      : null;
  } catch {
    return null;
  }
}
