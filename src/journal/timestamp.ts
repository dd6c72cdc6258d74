import { createHash, verify, X509Certificate } from 'node:crypto';
import {
  BOOLEAN,
  CONTEXT_0,
  der,
  derInteger,
  derOid,
  INTEGER,
  NULL,
  OCTETS,
  oidText,
  partsOf,
  readDer,
  SEQUENCE,
  SET,
  TIME,
  type Der,
} from '../base/der.ts';
import { fromHex, sameBytes, sha256, toHex } from '../base/hash.ts';
import { parseInstant, type Instant } from '../base/instant.ts';

/** RFC 3161: the question to a time stamping authority, and what its answer proves. */

/** What a token says, once every check passed. */
type Stamped = Readonly<{ ok: true; at: Instant; serial: string; policy: string; signer: string }>;
type Refused = Readonly<{ ok: false; why: string }>;

const SHA256 = '2.16.840.1.101.3.4.2.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERT = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERT_V2 = '1.2.840.113549.1.9.16.2.47';
const FOR_TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

const DIGESTS: Readonly<Record<string, string>> = {
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
/** With rsaEncryption the digest is named beside it; the others name their own. */
const SIGNATURES: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.1': null,
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

const imprintOf = (data: string | Uint8Array): Uint8Array =>
  der(SEQUENCE, der(SEQUENCE, derOid(SHA256), der(NULL)), der(OCTETS, sha256(data)));

/** A TimeStampReq over these bytes that asks for the certificate too: years later nobody will find it otherwise. */
export function timestampRequest(data: string | Uint8Array, nonce: Uint8Array): Uint8Array {
  return der(
    SEQUENCE,
    derInteger(Uint8Array.of(1)),
    imprintOf(data),
    derInteger(nonce),
    der(BOOLEAN, Uint8Array.of(0xff)),
  );
}

type TimestampTrust = Readonly<{
  /** The nonce that was sent; without it, as for a token that was kept, a replay cannot be told. */
  nonce?: Uint8Array;
  /** PEM of the authority that must have issued the certificate. */
  ca?: string;
}>;

/** Whether a TimeStampResp is a token over exactly these bytes, whole and signed by the certificate in it. */
export function checkTimestamp(
  response: Uint8Array,
  data: string | Uint8Array,
  { nonce, ca }: TimestampTrust = {},
): Stamped | Refused {
  const parts = readResponse(response);
  if (typeof parts === 'string') return no(parts);
  const info = readInfo(parts.info);
  if (info === null) return no('its token does not hold what a time stamp holds');
  if (!sameBytes(info.imprint, imprintOf(data)) && !sameBytes(info.imprint, imprintWithoutNull(data)))
    return no('it is over other bytes');
  if (nonce !== undefined && (info.nonce === null || !sameBytes(info.nonce, derInteger(nonce))))
    return no('it answers another question: the nonce differs');
  const signer = checkSigner(parts, ca);
  if (!signer.ok) return signer;
  return { ok: true, at: info.at, serial: info.serial, policy: info.policy, signer: signer.name };
}

const no = (why: string): Refused => ({ ok: false, why });

// Parameters of SHA-256 may be NULL or left out (RFC 5754 section 2).
const imprintWithoutNull = (data: string | Uint8Array): Uint8Array =>
  der(SEQUENCE, der(SEQUENCE, derOid(SHA256)), der(OCTETS, sha256(data)));

type Parts = Readonly<{ info: Uint8Array; certificates: readonly Uint8Array[]; signer: readonly Der[] }>;

const inside = (one: Der | undefined, tag: number): readonly Der[] | null =>
  one?.tag === tag ? partsOf(one) : null;

function readResponse(response: Uint8Array): Parts | string {
  const [status, token] = inside(readDer(response) ?? undefined, SEQUENCE) ?? [];
  const [code] = inside(status, SEQUENCE) ?? [];
  if (code?.tag !== INTEGER) return 'it is no answer of a time stamping authority';
  if ((code.content[0] ?? 9) > 1) return `the authority refused (status ${code.content[0] ?? 'unknown'})`;
  const [type, wrapped] = inside(token, SEQUENCE) ?? [];
  if (type === undefined || oidText(type) !== SIGNED_DATA) return 'it holds no signed token';
  const [, , content, ...rest] = inside(inside(wrapped, CONTEXT_0)?.[0], SEQUENCE) ?? [];
  const [kind, held] = inside(content, SEQUENCE) ?? [];
  const info = inside(held, CONTEXT_0)?.[0];
  if (kind === undefined || oidText(kind) !== TST_INFO || info?.tag !== OCTETS)
    return 'its token is no time stamp';
  const certificates = rest.find(({ tag }) => tag === CONTEXT_0);
  const signers = rest.at(-1)?.tag === SET ? inside(rest.at(-1), SET) : null;
  const signer = inside(signers?.[0], SEQUENCE);
  if (signers?.length !== 1 || signer === null) return 'its token is not signed by one signer';
  const embedded = (certificates === undefined ? null : partsOf(certificates)) ?? [];
  return {
    info: info.content,
    certificates: embedded.filter(({ tag }) => tag === SEQUENCE).map(({ whole }) => whole),
    signer,
  };
}

type Info = Readonly<{
  imprint: Uint8Array;
  at: Instant;
  serial: string;
  policy: string;
  nonce: Uint8Array | null;
}>;

function readInfo(bytes: Uint8Array): Info | null {
  const [, policy, imprint, serial, time, ...rest] = inside(readDer(bytes) ?? undefined, SEQUENCE) ?? [];
  if (policy === undefined || imprint === undefined || serial?.tag !== INTEGER || time?.tag !== TIME)
    return null;
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(
    new TextDecoder().decode(time.content),
  );
  const [, year, month, day, hour, minute, second, fraction = ''] = found ?? [];
  const at = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  if (found === null || at === null) return null;
  return {
    imprint: imprint.whole,
    at,
    serial: toHex(serial.content),
    policy: oidText(policy),
    nonce: rest.find(({ tag }) => tag === INTEGER)?.whole ?? null,
  };
}

type Signer = Readonly<{ ok: true; name: string }>;

/** The signature is over the signed attributes, and these name the token, its hash and the certificate (RFC 5652 5.4). */
function checkSigner({ info, certificates, signer }: Parts, ca: string | undefined): Signer | Refused {
  const [, sid, digest, attributes, algorithm, signature] = signer;
  if (attributes?.tag !== CONTEXT_0 || signature?.tag !== OCTETS)
    return no('its token has no signed attributes');
  const named = attributesOf(attributes);
  const hash = DIGESTS[oidOf(digest)];
  const bySignature = SIGNATURES[oidOf(algorithm)];
  if (hash === undefined || bySignature === undefined)
    return no('it is signed in a way that is not known here');
  const type = named.get(CONTENT_TYPE);
  const digested = named.get(MESSAGE_DIGEST);
  if (type === undefined || oidText(type) !== TST_INFO) return no('its signature is not for a time stamp');
  if (digested === undefined || !sameBytes(digested.content, createHash(hash).update(info).digest()))
    return no('its content was changed after it was signed');
  const chain = certificates.map(certificateOf).filter((one) => one !== null);
  const own = chain.find((one) => sameSerial(one, sid) && vouchedFor(one, named));
  if (own === undefined) return no('the certificate of its signer did not come with it');
  // The attributes are signed as the SET they are, not under the tag they travel with.
  const signed = Uint8Array.from(attributes.whole);
  signed[0] = SET;
  if (!verify(bySignature ?? hash, signed, own.publicKey, signature.content))
    return no('its signature is wrong');
  if (own.keyUsage?.includes(FOR_TIME_STAMPING) !== true)
    return no('its certificate is not one for time stamping');
  const issued = ca === undefined ? null : notIssued(own, chain, ca);
  return issued === null ? { ok: true, name: own.subject.replaceAll('\n', ', ') } : no(issued);
}

const oidOf = (algorithm: Der | undefined): string => {
  const [oid] = inside(algorithm, SEQUENCE) ?? [];
  return oid === undefined ? '' : oidText(oid);
};

function attributesOf(attributes: Der): ReadonlyMap<string, Der> {
  const named = new Map<string, Der>();
  for (const attribute of partsOf(attributes) ?? []) {
    const [oid, values] = inside(attribute, SEQUENCE) ?? [];
    const [value] = inside(values, SET) ?? [];
    if (oid !== undefined && value !== undefined) named.set(oidText(oid), value);
  }
  return named;
}

const certificateOf = (bytes: Uint8Array): X509Certificate | null => {
  try {
    return new X509Certificate(bytes);
  } catch {
    return null;
  }
};

function sameSerial(certificate: X509Certificate, sid: Der | undefined): boolean {
  const serial = inside(sid, SEQUENCE)?.[1];
  if (serial === undefined) return true;
  const own = fromHex(
    certificate.serialNumber
      .toLowerCase()
      .padStart(certificate.serialNumber.length + (certificate.serialNumber.length % 2), '0'),
  );
  return own !== null && sameBytes(derInteger(own), derInteger(serial.content));
}

/** RFC 5035: the signature itself names the hash of the one certificate it may be checked with. */
function vouchedFor(certificate: X509Certificate, named: ReadonlyMap<string, Der>): boolean {
  const two = named.get(SIGNING_CERT_V2);
  const one = named.get(SIGNING_CERT);
  const attribute = two ?? one;
  const first = inside(inside(attribute, SEQUENCE)?.[0], SEQUENCE)?.[0];
  const parts = first === undefined ? null : partsOf(first);
  if (parts === null) return false;
  const algorithm =
    parts[0]?.tag === SEQUENCE ? DIGESTS[oidOf(parts[0])] : two === undefined ? 'sha1' : 'sha256';
  const hash = parts.find(({ tag }) => tag === OCTETS);
  if (algorithm === undefined || hash === undefined) return false;
  return sameBytes(createHash(algorithm).update(certificate.raw).digest(), hash.content);
}

/** Null when the certificates lead to the authority that was named; validity is judged at the time of the stamp, by a person. */
function notIssued(own: X509Certificate, chain: readonly X509Certificate[], ca: string): string | null {
  let root: X509Certificate;
  try {
    root = new X509Certificate(ca);
  } catch {
    return 'the file of `ca` holds no certificate';
  }
  let current = own;
  for (let step = 0; step <= chain.length; step += 1) {
    if (current.checkIssued(root) && current.verify(root.publicKey)) return null;
    const next = chain.find(
      (one) => one !== current && current.checkIssued(one) && current.verify(one.publicKey),
    );
    if (next === undefined) break;
    current = next;
  }
  return 'its certificate was not issued by the authority that is trusted';
}
