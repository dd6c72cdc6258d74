import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { Problem } from '../base/problem.ts';
import { limits } from '../model/limits.ts';
import { isLoopback, type Wall } from './http.ts';
import type { Secret } from './secrets.ts';

/**
 * The one way out for mail. It uses the connections of nodemailer and not its transports: those put a message whose connection was
 * cut back into their queue, and nobody can know whether the server has taken it.
 */

/** `starttls`: nothing is said, no password and no letter, before the connection is secure. `none` is for this machine alone. */
export type MailServer = Readonly<{
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  /** A PEM file of authorities that are trusted beside those of the system. */
  caFile: string | null;
  login: Readonly<{ user: string; password: Secret }> | null;
}>;

/** One message to one reader. `raw` is RFC 5322, lines ended by CR LF. */
export type MailMessage = Readonly<{ from: string; to: string; raw: Uint8Array }>;

/**
 * What became of a message. `at` says who was refused: we ourselves, this reader, or these words. `lasting`: the server said never (5xx);
 * else later may do. `unsent`: the connection was gone before any of it left. `unknown`: it left, and no answer came.
 */
export type Handed =
  | Readonly<{ is: 'accepted'; says: string }>
  | Readonly<{ is: 'refused'; at: 'sender' | 'reader' | 'message'; lasting: boolean; says: string }>
  | Readonly<{ is: 'unsent'; says: string }>
  | Readonly<{ is: 'unknown'; says: string }>;

/** A connection that stands: one message at a time. */
export interface MailLine {
  /** Never rejects: what the world said is its answer. */
  send(message: MailMessage): Promise<Handed>;
  /** False once it is cut, or was told to go: the next message needs another one. */
  usable(): boolean;
  close(): void;
}

/** No connection came about, so nothing was said to anybody. `asks`: a person must mend something before another try makes sense. */
export class MailError extends Error {
  readonly asks: boolean;

  constructor(message: string, asks: boolean) {
    super(message);
    this.name = 'MailError';
    this.asks = asks;
  }
}

export interface Mail {
  /** @throws MailError, and Problem `wall` where a drill would reach somebody */
  connect(server: MailServer): Promise<MailLine>;
}

/** `answerMs`: how long a server may take to answer; `limits.mailAnswerMs` unless a test is in a hurry. */
export const systemMail = (wall: Wall, answerMs: number = limits.mailAnswerMs): Mail => ({
  connect: async (server) => {
    const here = isLoopback(server.host === '::1' ? '[::1]' : server.host);
    if (wall === 'loopback-only' && !here) throw new Problem('wall', { host: server.host });
    if (server.security === 'none' && !here)
      throw new MailError('letters and passwords would be read on the way: the server must offer TLS', true);
    // Loaded by the first who sends: nearly no command does.
    const { default: Connection } = await import('nodemailer/lib/smtp-connection');
    const connection = new Connection(optionsFor(server, answerMs));
    try {
      await stands(connection, server, answerMs);
    } catch (error) {
      connection.close();
      throw error instanceof MailError ? error : refusedToTalk(error);
    }
    return lineOver(connection);
  },
});

const optionsFor = (
  { host, port, security, caFile }: MailServer,
  answerMs: number,
): SMTPConnection.Options => ({
  host,
  port,
  secure: security === 'tls',
  requireTLS: security === 'starttls',
  ignoreTLS: security === 'none',
  tls: { minVersion: 'TLSv1.2', ...(caFile === null ? {} : { ca: authorities(caFile) }) },
  connectionTimeout: limits.standMs,
  greetingTimeout: limits.standMs,
  socketTimeout: answerMs,
});

const authorities = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    throw new MailError(`the file of authorities ${path} cannot be read`, true);
  }
};

/** Connected, secure and logged in; or the first thing that went wrong. A server that greets and then says nothing is no server. */
const stands = async (connection: SMTPConnection, { login }: MailServer, answerMs: number): Promise<void> => {
  const late = AbortSignal.timeout(Math.min(limits.exchangeMs, answerMs));
  const listening = new AbortController();
  const broken = once(connection, 'error', { signal: AbortSignal.any([late, listening.signal]) }).then(
    ([error]: unknown[]) => {
      throw error instanceof Error ? error : new Error(String(error));
    },
    () => {
      throw new MailError('the server does not answer', false);
    },
  );
  try {
    await Promise.race([broken, called((done) => connection.connect(done))]);
    if (login !== null) {
      const credentials = { user: login.user, pass: login.password.use() };
      await Promise.race([broken, called((done) => connection.login({ credentials }, done))]);
    }
  } finally {
    broken.catch(() => undefined);
    listening.abort();
  }
};

const called = async (start: (done: (error?: Error | null) => void) => void): Promise<void> => {
  await new Promise<void>((resolve, reject) => {
    start((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error);
    });
  });
};

type SmtpError = Readonly<{
  code?: string | undefined;
  command?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
}>;

const ASKS = new Set(['EAUTH', 'ETLS', 'EDNS']);

const refusedToTalk = (error: unknown): MailError => {
  const { code = '', responseCode = 0, response } = error as SmtpError;
  const why = error instanceof Error ? error.message : String(error);
  const lasting = responseCode >= 500 || (ASKS.has(code) && (responseCode === 0 || responseCode >= 500));
  return new MailError(shortly(response ?? why), lasting || /certificate|self-signed/i.test(why));
};

const SAYS = 300;
/** What a server says is foreign text: one line, and not a long one. */
const shortly = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, SAYS);

const lineOver = (connection: SMTPConnection): MailLine => {
  let open = true;
  const shut = (): void => {
    open = false;
    connection.close();
  };
  // Whoever sends hears of it by the answer to its message.
  connection.on('error', shut);
  connection.on('end', shut);
  return {
    usable: () => open,
    close: () => {
      if (!open) return;
      open = false;
      connection.quit();
    },
    send: async ({ from, to, raw }) => {
      if (!open) return { is: 'unsent', says: 'the connection was cut before' };
      let left = false;
      const message = new Readable({
        read() {
          // Asked for only once the server has said that it takes it.
          left = true;
          this.push(raw);
          this.push(null);
        },
      });
      const handed = await new Promise<Handed>((resolve) => {
        const broken = (error: Error): void => resolve(handedBy(error, left));
        connection.once('error', broken);
        const envelope = { from, to: [to], use8BitMime: true, size: raw.length };
        connection.send(envelope, message, (error, info) => {
          connection.removeListener('error', broken);
          const failed = error !== null && error !== undefined;
          resolve(failed ? handedBy(error, left) : { is: 'accepted', says: shortly(info.response) });
        });
      });
      // What was begun for this reader must not be taken for the beginning of the next one's letter.
      const again = handed.is === 'refused' && handed.at === 'reader' && (await isReset(connection));
      if (handed.is !== 'accepted' && !again) shut();
      return handed;
    },
  };
};

const isReset = async (connection: SMTPConnection): Promise<boolean> =>
  await new Promise<boolean>((resolve) => {
    const broken = (): void => resolve(false);
    connection.once('error', broken);
    connection.reset((error) => {
      connection.removeListener('error', broken);
      resolve(error === null || error === undefined);
    });
  });

const AT: Readonly<Record<string, 'sender' | 'reader' | 'message'>> = {
  'MAIL FROM': 'sender',
  'RCPT TO': 'reader',
  DATA: 'message',
};

const handedBy = (error: SmtpError & Error, left: boolean): Handed => {
  const { code, command = '', responseCode = 0, response } = error;
  const says = shortly(response ?? error.message);
  const at = AT[command];
  const answered = at !== undefined && responseCode >= 400 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  if (answered) return { is: 'refused', at, lasting: responseCode >= 500, says };
  if (left) return { is: 'unknown', says };
  // The library itself would not send it: such an address, or a message larger than the server takes.
  if (code === 'EENVELOPE' || code === 'EMESSAGE')
    return { is: 'refused', at: at ?? 'reader', lasting: true, says };
  return { is: 'unsent', says };
};
