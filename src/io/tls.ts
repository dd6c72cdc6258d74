import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { Problem } from '../base/problem.ts';
import { isLoopback, NetworkError, type Wall } from './http.ts';

/** Bytes to a server over TLS, where the protocol has no answer of its own: syslog (RFC 5425). */
export type TlsServer = Readonly<{
  host: string;
  port: number;
  /** PEM of the authority that must have issued the server's certificate; null takes those of the system. */
  ca: string | null;
  /** Our own certificate and its key, for servers that ask who is there. */
  own: Readonly<{ cert: string; key: string }> | null;
}>;

export type TlsOptions = Readonly<{
  wall: Wall;
  signal: AbortSignal;
  busy?: (change: 1 | -1) => void;
}>;

/** How long a server that took everything may leave the connection open. */
const LINGER_MS = 1000;

/**
 * Resolves once everything was handed over and the server has closed, or has kept the connection for a second more. That is all
 * there is to know: whether the server has written it down, it never says.
 * @throws NetworkError
 */
export const sendTls = async (
  server: TlsServer,
  bytes: Uint8Array,
  { wall, signal, busy }: TlsOptions,
): Promise<void> => {
  const { host, port, ca, own } = server;
  if (wall === 'loopback-only' && !isLoopback(host)) throw new Problem('wall', { host });
  if (signal.aborted) throw new NetworkError('timeout', false, 'it was stopped before it was sent');
  busy?.(1);
  const socket = connect({
    host,
    port,
    minVersion: 'TLSv1.2',
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === null ? {} : { ca }),
    ...own,
  });
  try {
    await handOver(socket, bytes, signal);
  } finally {
    socket.destroy();
    busy?.(-1);
  }
};

const handOver = async (socket: TLSSocket, bytes: Uint8Array, signal: AbortSignal): Promise<void> =>
  await new Promise((resolve, reject) => {
    let secure = false;
    let flushed = false;
    const stop = (): void => reject(new NetworkError('timeout', secure, 'no answer in time'));
    signal.addEventListener('abort', stop, { once: true });
    socket.once('secureConnect', () => {
      secure = true;
      socket.end(bytes, () => {
        flushed = true;
        setTimeout(resolve, LINGER_MS).unref();
      });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server that resets instead of closing has had the bytes; whether it kept them, nobody can tell either way.
      reject(faultOf(error, secure));
    });
    socket.once('close', () => {
      signal.removeEventListener('abort', stop);
      if (flushed) resolve();
      else reject(new NetworkError('cut', secure, 'the connection was cut'));
    });
    socket.resume();
  });

const faultOf = (error: NodeJS.ErrnoException, secure: boolean): NetworkError => {
  const code = error.code ?? '';
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH')
    return new NetworkError('refused', false, 'the connection was refused');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new NetworkError('dns', false, 'the name was not found');
  if (!secure) return new NetworkError('tls', false, 'the certificate or the handshake was refused');
  return new NetworkError('cut', true, 'the connection was cut');
};
