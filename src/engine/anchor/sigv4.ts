import { hmacSha256, sha256Hex, toHex } from '../../base/hash.ts';

/** Signs a request to S3 and what speaks like it: AWS Signature Version 4, in the Authorization header. */
export type AwsKey = Readonly<{ access: string; secret: string; region: string }>;

/** `at` as in 20130524T000000Z. Returns the headers to send, the host's excepted: that is the client's own. */
export const signAws = (
  key: AwsKey,
  request: Readonly<{
    method: string;
    url: URL;
    headers: Readonly<Record<string, string>>;
    body: string;
    at: string;
  }>,
): Readonly<Record<string, string>> => {
  const { method, url, body, at } = request;
  const payload = sha256Hex(body);
  const sent = { ...request.headers, 'x-amz-content-sha256': payload, 'x-amz-date': at };
  const all = Object.entries({ ...sent, host: url.host })
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = all.map(([name]) => name).join(';');
  const canonical = [
    method,
    pathOf(url),
    queryOf(url),
    ...all.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    payload,
  ];
  const day = at.slice(0, 8);
  const scope = `${day}/${key.region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', at, scope, sha256Hex(canonical.join('\n'))].join('\n');
  const signing = [day, key.region, 's3', 'aws4_request'].reduce(
    (from, part) => hmacSha256(from, part),
    new TextEncoder().encode(`AWS4${key.secret}`) as Uint8Array,
  );
  const signature = toHex(hmacSha256(signing, text));
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${key.access}/${scope},SignedHeaders=${names},Signature=${signature}`,
  };
};

/** S3 signs each part of the path encoded once; what the URL holds already encoded must not be encoded again. */
const pathOf = (url: URL): string =>
  url.pathname
    .split('/')
    .map((part) => strict(decodeURIComponent(part)))
    .join('/');

const queryOf = (url: URL): string =>
  [...url.searchParams]
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .toSorted()
    .join('&');

const strict = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
