import { Problem } from '../base/problem.ts';
import { limits } from '../model/limits.ts';
import type { Clock } from './clock.ts';
import { CutShort, exchange, NeverStood, TooLarge } from './exchange.ts';
import type { Answer, Sent } from './exchange.ts';
import { redact, redactBeginning, redactNamed } from './redact.ts';

/**
 * The one way out over HTTP. `fetch` has the shape of the platform's, so that vendors' own clients can be given it; every
 * exchange, its body included, has a deadline and a size limit, follows no redirect, and is recorded with its secrets masked.
 */
export interface Http {
  readonly fetch: typeof fetch;
}

/** One exchange as it may be shown and kept: secrets masked, body cut. Times in milliseconds. */
export type Exchange = Readonly<{
  method: string;
  url: string;
  request: string;
  status: number | null;
  answer: string;
  ms: number;
  failure: string | null;
}>;

/** Which hosts may be reached at all. A drill can reach this machine only. */
export type Wall = 'open' | 'loopback-only';

export type HttpOptions = Readonly<{
  clock: Clock;
  wall: Wall;
  /** Values that must never be shown; asked anew at every exchange, because secrets are resolved late. */
  secrets: () => readonly string[];
  heard?: (exchange: Exchange) => void;
  signal?: AbortSignal;
  /** Milliseconds for a whole exchange, the body included; `limits.exchangeMs` unless a test is in a hurry. */
  exchangeMs?: number;
  /** Milliseconds for a connection to come about; `limits.standMs` unless a test is in a hurry. */
  standMs?: number;
  /** Told when a request leaves and when it has been answered or lost. */
  busy?: (change: 1 | -1) => void;
}>;

export type NetworkFault = 'refused' | 'cut' | 'timeout' | 'too-large' | 'tls' | 'dns' | 'other';

/**
 * No usable answer came. `sent` is false only when the request provably never left (refused, no such name, no secure
 * connection): then nothing changed. Otherwise it may have happened. It carries no cause: what the platform throws may quote
 * the address, and some vendors want the token in it.
 */
export class NetworkError extends Error {
  readonly fault: NetworkFault;
  readonly sent: boolean;

  constructor(fault: NetworkFault, sent: boolean, message: string) {
    super(message);
    this.name = 'NetworkError';
    this.fault = fault;
    this.sent = sent;
  }
}

/** A signal for work that gets so many milliseconds and not more. */
export const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);

// The URL standard has normalised the host before: 127.1 and 0x7f.1 have become 127.0.0.1.
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** Where a request goes, if it may go there at all. */
const addressOf = (given: string, wall: Wall): URL => {
  if (!URL.canParse(given)) throw new NetworkError('other', false, 'the address cannot be read');
  const url = new URL(given);
  if (wall === 'loopback-only' && !isLoopback(url.hostname))
    throw new Problem('wall', { host: url.hostname });
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new NetworkError('other', false, 'the address is neither https nor http');
  }
  if (url.username !== '' || url.password !== '') {
    throw new NetworkError('other', false, 'the address holds a name or a password');
  }
  return url;
};

const hrefOf = (input: string | URL | Request): string =>
  typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;

const UNREACHABLE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);
const isTls = (code: string): boolean =>
  code.startsWith('ERR_TLS') || code.includes('CERT') || code.startsWith('UNABLE_TO_');

const codeOf = (error: unknown): string =>
  error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : '';

/** No connection stood, so nothing was sent, whatever the same fault would mean later. */
const unsent = (why: Error): NetworkError => {
  if (codeOf(why) === 'EPROTO' || codeOf(why).startsWith('ERR_SSL_'))
    return new NetworkError('tls', false, 'no secure connection came about');
  const fault = faultOf(why);
  if (!fault.sent) return fault;
  return fault.fault === 'timeout'
    ? new NetworkError('timeout', false, 'no connection in time')
    : new NetworkError('refused', false, 'the connection was cut before anything was sent');
};

const faultOf = (error: unknown): NetworkError => {
  if (error instanceof NetworkError) return error;
  if (error instanceof NeverStood) return unsent(error.why);
  if (error instanceof TooLarge)
    return new NetworkError('too-large', true, 'the answer was larger than the limit');
  if (error instanceof CutShort) return new NetworkError('cut', true, 'the connection was cut');
  const code = codeOf(error);
  if (UNREACHABLE.has(code)) return new NetworkError('refused', false, 'the connection was refused');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new NetworkError('dns', false, 'the name was not found');
  }
  if (isTls(code)) return new NetworkError('tls', false, 'the certificate was refused');
  // What the address or a header cannot be is found out before anything leaves.
  if (code.startsWith('ERR_INVALID') || code === 'ERR_UNESCAPED_CHARACTERS')
    return new NetworkError('other', false, 'the request cannot be written');
  if (code === 'ETIMEDOUT') return new NetworkError('timeout', true, 'no answer in time');
  return new NetworkError(code === '' ? 'other' : 'cut', true, 'the connection was cut');
};

const plainHeaders = (given: RequestInit['headers']): Readonly<Record<string, string>> => {
  if (given === undefined) return {};
  if (given instanceof Headers || Array.isArray(given)) return Object.fromEntries(new Headers(given));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
};

/** A body of another kind, or a whole `Request`, is read into bytes by the platform, which knows what headers it wants. */
const sentOf = async (
  input: string | URL | Request,
  init: RequestInit | undefined,
  url: URL,
  method: string,
): Promise<Sent> => {
  const { body = null } = init ?? {};
  const isPlain = body === null || typeof body === 'string' || body instanceof Uint8Array;
  if (!(input instanceof Request) && isPlain)
    return { method, url, headers: { ...defaults, ...plainHeaders(init?.headers) }, body };
  const { signal: _signal, ...rest } = init ?? {};
  const whole = new Request(input instanceof Request ? input : url, rest);
  const bytes = whole.body === null ? null : new Uint8Array(await whole.arrayBuffer());
  return { method, url, headers: { ...defaults, ...Object.fromEntries(whole.headers) }, body: bytes };
};

const defaults = { accept: '*/*', 'user-agent': 'firebreak', 'accept-encoding': 'identity' };

/** Ends an exchange at its deadline or when somebody stops it; whoever began it calls what comes back. */
const watch = (ms: number, signals: readonly AbortSignal[], end: (why: Error) => void): (() => void) => {
  const late = (): void => end(new NetworkError('timeout', true, 'no answer in time'));
  const timer = setTimeout(late, ms);
  timer.unref();
  const stopped = (event: Event): void => {
    const why: unknown = event.target instanceof AbortSignal ? event.target.reason : null;
    if (isTimeout(why)) late();
    else end(new NetworkError('other', true, 'the connection was cut'));
  };
  for (const signal of signals) signal.addEventListener('abort', stopped);
  return () => {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', stopped);
  };
};

const isTimeout = (why: unknown): boolean => why instanceof Error && why.name === 'TimeoutError';

const tooLate = (why: unknown): NetworkError =>
  isTimeout(why)
    ? new NetworkError('timeout', false, 'there was no time left to ask')
    : new NetworkError('other', false, 'it was stopped before it was sent');

const EMPTY: ReadonlySet<number> = new Set([101, 204, 205, 304]);

const responseOf = ({ status, statusText, headers, bytes }: Answer): Response =>
  new Response(EMPTY.has(status) ? null : new Uint8Array(bytes), {
    status,
    statusText,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  });

const bodyText = (body: unknown): string => {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  return '[bytes]';
};

/** Characters of a body that a record of an exchange keeps. */
const SHOWN_MAX = 8192;
const NOTHING = Buffer.alloc(0);

/** A real HTTP client behind the wall. Redirects are not followed: a containment call that moves is a fault to be seen. */
export const systemHttp = (options: HttpOptions): Http => {
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : null;
    const url = addressOf(hrefOf(input), options.wall);
    const started = options.clock.elapsed();
    const method = (init?.method ?? request?.method ?? 'GET').toUpperCase();
    const signals = [...new Set([options.signal, init?.signal, request?.signal])].filter(
      (one) => one !== undefined && one !== null,
    );
    const tell = (status: number | null, answer: Buffer, failure: string | null): void => {
      const secrets = options.secrets();
      const hide = redact(secrets);
      options.heard?.({
        method,
        url: hide(url.href),
        request: redactNamed(hide(bodyText(init?.body)).slice(0, SHOWN_MAX)),
        status,
        answer: redactNamed(redactBeginning(secrets)(answer, SHOWN_MAX)),
        ms: options.clock.elapsed() - started,
        failure,
      });
    };
    options.busy?.(1);
    let unwatch = (): void => undefined;
    try {
      const stop = signals.find(({ aborted }) => aborted);
      if (stop !== undefined) throw tooLate(stop.reason);
      const answer = await exchange(await sentOf(input, init, url, method), {
        here: isLoopback(url.hostname),
        max: limits.answerBytesMax,
        standMs: options.standMs ?? limits.standMs,
        stop: (end) => (unwatch = watch(options.exchangeMs ?? limits.exchangeMs, signals, end)),
      });
      tell(answer.status, answer.bytes, null);
      return responseOf(answer);
    } catch (error) {
      const fault = faultOf(error);
      tell(null, NOTHING, fault.message);
      throw fault;
    } finally {
      unwatch();
      options.busy?.(-1);
    }
  };
  return { fetch: send };
};
