import { subscribe } from 'node:diagnostics_channel';
import { Problem } from '../base/problem.ts';
import { limits } from '../model/limits.ts';
import type { Clock } from './clock.ts';
import { redact } from './redact.ts';

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

/**
 * With NODE_USE_ENV_PROXY the platform hands every request, one to this machine included, to the proxy of the environment. What
 * is meant for this machine stays on it: the platform reads the list of exceptions anew at every request.
 */
const keepHere = (host: string): void => {
  const listed = process.env['no_proxy'] ?? process.env['NO_PROXY'] ?? '';
  if (!listed.split(/[\s,]+/).includes(host))
    process.env['no_proxy'] = [listed, host].filter(Boolean).join(',');
};

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
  if (isLoopback(url.hostname)) keepHere(url.hostname);
  return url;
};

const hrefOf = (input: string | URL | Request): string =>
  typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;

const UNREACHABLE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);
const isTls = (code: string): boolean =>
  code.startsWith('ERR_TLS') || code.includes('CERT') || code.startsWith('UNABLE_TO_');

/** The same code can mean a broken handshake or a broken answer, so the platform itself is asked which connections never stood. */
const neverStood = new WeakSet();
subscribe('undici:client:connectError', (message) => {
  if (message !== null && typeof message === 'object' && 'error' in message && message.error instanceof Error)
    neverStood.add(message.error);
});

const faultOf = (error: unknown): NetworkError => {
  if (error instanceof NetworkError) return error;
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = cause !== null && typeof cause === 'object' && 'code' in cause ? String(cause.code) : '';
  if (UNREACHABLE.has(code)) return new NetworkError('refused', false, 'the connection was refused');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new NetworkError('dns', false, 'the name was not found');
  }
  if (isTls(code)) return new NetworkError('tls', false, 'the certificate was refused');
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return new NetworkError('timeout', false, 'no connection in time');
  if (cause instanceof Error && neverStood.has(cause))
    return code.startsWith('ERR_SSL_')
      ? new NetworkError('tls', false, 'no secure connection came about')
      : new NetworkError('refused', false, 'the connection was cut before anything was sent');
  if (code.endsWith('_TIMEOUT') || (error instanceof Error && error.name === 'TimeoutError')) {
    return new NetworkError('timeout', true, 'no answer in time');
  }
  return new NetworkError(code === '' ? 'other' : 'cut', true, 'the connection was cut');
};

const readBounded = async (response: Response): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const part of response.body) {
      size += part.byteLength;
      if (size > limits.answerBytesMax)
        throw new NetworkError('too-large', true, 'the answer was larger than the limit');
      parts.push(part);
    }
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
};

const bodyText = (body: unknown): string => {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  return '[bytes]';
};

/** A real HTTP client behind the wall. Redirects are not followed: a containment call that moves is a fault to be seen. */
export const systemHttp = (options: HttpOptions): Http => {
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : null;
    const url = addressOf(hrefOf(input), options.wall);
    const started = options.clock.elapsed();
    const method = (init?.method ?? request?.method ?? 'GET').toUpperCase();
    const signal = AbortSignal.any(
      [within(options.exchangeMs ?? limits.exchangeMs), options.signal, init?.signal, request?.signal].filter(
        (one) => one !== undefined && one !== null,
      ),
    );
    const tell = (status: number | null, answer: string, failure: string | null): void => {
      const hide = redact(options.secrets());
      options.heard?.({
        method,
        url: hide(url.href),
        request: hide(bodyText(init?.body)).slice(0, 8192),
        status,
        answer: hide(answer).slice(0, 8192),
        ms: options.clock.elapsed() - started,
        failure,
      });
    };
    options.busy?.(1);
    try {
      if (signal.aborted) throw new NetworkError('other', false, 'it was stopped before it was sent');
      const response = await fetch(request ?? url, { ...init, redirect: 'manual', signal });
      const bytes = await readBounded(response);
      tell(response.status, new TextDecoder().decode(bytes), null);
      const empty = [101, 204, 205, 304].includes(response.status);
      return new Response(empty ? null : bytes, {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
      });
    } catch (error) {
      const fault = faultOf(error);
      tell(null, '', fault.message);
      throw fault;
    } finally {
      options.busy?.(-1);
    }
  };
  return { fetch: send };
};
