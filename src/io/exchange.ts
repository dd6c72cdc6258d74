import { Agent, request as overHttp } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Agent as TlsAgent, request as overTls } from 'node:https';
import { brotliDecompressSync, inflateSync, gunzipSync, inflateRawSync } from 'node:zlib';

/**
 * One request and its whole answer over node:http: a third of what the platform's `fetch` costs, and connections are kept, so
 * that five hundred calls to one system are not five hundred handshakes.
 */

export type Sent = Readonly<{
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | null;
}>;
export type Answer = Readonly<{
  status: number;
  statusText: string;
  headers: readonly (readonly [string, string])[];
  bytes: Buffer;
}>;

/** What is larger than the limit on the wire, or once it is unpacked. */
export class TooLarge extends Error {}
/** No connection within the time for it. */
class TooLate extends Error {
  readonly code = 'ETIMEDOUT';
}
/** The connection ended before the answer did. */
export class CutShort extends Error {}

/** No connection came about, so nothing was sent. */
export class NeverStood extends Error {
  readonly why: Error;

  constructor(why: Error) {
    super(why.message);
    this.why = why;
  }
}

/**
 * A connection that nothing was asked over for this long is closed: many servers close theirs after five seconds, and a request that
 * meets the end of its connection is lost, nobody knows how.
 */
const IDLE_MS = 4000;
const kept = { keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' } as const;

const usesProxy = (): boolean =>
  process.env['NODE_USE_ENV_PROXY'] === '1' || process.execArgv.includes('--use-env-proxy');

type Agents = Readonly<{ plain: Agent; tls: TlsAgent }>;
const agentsWith = (proxied: boolean): Agents => {
  const options = proxied ? { ...kept, proxyEnv: process.env } : kept;
  return { plain: new Agent(options), tls: new TlsAgent(options) };
};
let [here, away]: [Agents | null, Agents | null] = [null, null];
/** What is meant for this machine never goes through a proxy, whatever the environment says. */
const agentsFor = (isHere: boolean): Agents =>
  isHere ? (here ??= agentsWith(false)) : (away ??= agentsWith(usesProxy()));

const UNPACK: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  br: brotliDecompressSync,
  deflate: (bytes, options) =>
    ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options),
};

/** Nothing was asked to be packed; some servers do it all the same. */
const unpacked = (bytes: Buffer, encoding: string | undefined, max: number): Buffer => {
  const unpack = UNPACK[(encoding ?? '').trim().toLowerCase()];
  if (unpack === undefined || bytes.length === 0) return bytes;
  try {
    return unpack(bytes, { maxOutputLength: max });
  } catch (error) {
    if (error instanceof RangeError) throw new TooLarge();
    throw error;
  }
};

const headersOf = (raw: readonly string[]): Answer['headers'] => {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return pairs;
};

const take = (answer: IncomingMessage, max: number, done: (end: Answer | Error) => void): void => {
  const parts: Buffer[] = [];
  let size = 0;
  answer.on('data', (part: Buffer) => {
    size += part.length;
    if (size > max) done(new TooLarge());
    else parts.push(part);
  });
  answer.on('error', done);
  answer.on('close', () => {
    if (!answer.complete) done(new CutShort());
  });
  answer.on('end', () => {
    if (!answer.complete) return;
    try {
      const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, size);
      done({
        status: answer.statusCode ?? 0,
        statusText: answer.statusMessage ?? '',
        headers: headersOf(answer.rawHeaders),
        bytes: unpacked(bytes, answer.headers['content-encoding'], max),
      });
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
};

/** Rejects with whatever `stop` gave, TooLarge, CutShort, or what the system says. `stop` is told how to end it early. */
export const exchange = async (
  { method, url, headers, body }: Sent,
  bounds: Readonly<{
    here: boolean;
    max: number;
    /** Milliseconds for the connection alone. */
    standMs: number;
    stop: (end: (why: Error) => void) => void;
  }>,
): Promise<Answer> => {
  const secure = url.protocol === 'https:';
  const { plain, tls } = agentsFor(bounds.here);
  const length = body === null ? null : Buffer.byteLength(body);
  const options: RequestOptions = {
    method,
    agent: secure ? tls : plain,
    headers: {
      ...headers,
      ...(length === null
        ? NEEDS_LENGTH.has(method)
          ? { 'content-length': 0 }
          : {}
        : { 'content-length': length }),
    },
  };
  return await new Promise((resolve, reject) => {
    const request = secure ? overTls(url, options) : overHttp(url, options);
    // Behind a proxy one cannot tell how far the way behind it was; then it may have been sent.
    let stood = !bounds.here && usesProxy();
    const standing = setTimeout(() => done(new TooLate()), bounds.standMs);
    const stands = (): void => {
      stood = true;
      clearTimeout(standing);
    };
    request.on('socket', (socket) => {
      if (request.reusedSocket) stands();
      else socket.once(secure ? 'secureConnect' : 'connect', stands);
    });
    const done = (end: Answer | Error): void => {
      clearTimeout(standing);
      if (!(end instanceof Error)) return resolve(end);
      reject(stood ? end : new NeverStood(end));
      request.destroy();
    };
    bounds.stop(done);
    request.on('error', done);
    request.on('response', (answer) => take(answer, bounds.max, done));
    request.end(body ?? undefined);
  });
};

const NEEDS_LENGTH: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
