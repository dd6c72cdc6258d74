import type { Clock } from './clock.ts';
import { limits } from '../model/limits.ts';
import { Problem } from '../base/problem.ts';
import { redact } from './redact.ts';

/**
 * The one way out over HTTP. `fetch` has the shape of the platform's, so that vendors' own clients can be given it; every
 * exchange has a deadline, a size limit and no redirects to other hosts, and is recorded with its secrets masked.
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
  /** Told when a request leaves and when it has been answered or lost. */
  busy?: (change: 1 | -1) => void;
}>;

export type NetworkFault = 'refused' | 'cut' | 'timeout' | 'too-large' | 'tls' | 'dns' | 'other';

/**
 * No usable answer came. `sent` is false only when the request provably never left (refused, no such name, bad
 * certificate): then nothing changed. Otherwise it may have happened.
 */
export class NetworkError extends Error {
  readonly fault: NetworkFault;
  readonly sent: boolean;

  constructor(fault: NetworkFault, sent: boolean, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'NetworkError';
    this.fault = fault;
    this.sent = sent;
  }
}

const loopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

const faultOf = (error: unknown): NetworkError => {
  const text = error instanceof Error ? error.message : String(error);
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = cause !== null && typeof cause === 'object' && 'code' in cause ? String(cause.code) : '';
  if (error instanceof NetworkError) return error;
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return new NetworkError('refused', false, 'the connection was refused', error);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new NetworkError('dns', false, 'the name was not found', error);
  if (code.startsWith('ERR_TLS') || code.includes('CERT')) return new NetworkError('tls', false, 'the certificate was refused', error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return new NetworkError('timeout', false, 'no connection in time', error);
  if (text.includes('timeout') || (error instanceof Error && error.name === 'TimeoutError')) {
    return new NetworkError('timeout', true, 'no answer in time', error);
  }
  return new NetworkError(code === '' ? 'other' : 'cut', true, 'the connection was cut', error);
};

const readBounded = async (response: Response): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const part of response.body) {
      size += part.byteLength;
      if (size > limits.answerBytesMax) throw new NetworkError('too-large', true, 'the answer was larger than the limit');
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
    const url = new URL(request === null ? String(input) : request.url);
    if (options.wall === 'loopback-only' && !loopback(url.hostname)) throw new Problem('wall', { host: url.hostname });
    const started = options.clock.now();
    const method = (init?.method ?? request?.method ?? 'GET').toUpperCase();
    const own = AbortSignal.timeout(limits.exchangeMs);
    const signals = [own, options.signal, init?.signal].filter((one) => one !== undefined && one !== null);
    const tell = (status: number | null, answer: string, failure: string | null): void => {
      const hide = redact(options.secrets());
      options.heard?.({
        method,
        url: hide(url.href),
        request: hide(bodyText(init?.body)).slice(0, 8192),
        status,
        answer: hide(answer).slice(0, 8192),
        ms: options.clock.now() - started,
        failure,
      });
    };
    options.busy?.(1);
    try {
      const response = await fetch(input, { ...init, redirect: 'manual', signal: AbortSignal.any(signals) });
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
