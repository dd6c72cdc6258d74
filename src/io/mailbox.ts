import type { AddressInfo } from 'node:net';
import { Buffer } from 'node:buffer';

/** A mail server for drills: on 127.0.0.1 alone, whoever logs in, and what it takes goes no further than `keep`. */
export interface Mailbox {
  /** `smtp://127.0.0.1:port` */
  readonly url: string;
  close(): Promise<void>;
}

/** `keep` is called with the whole message, and returns once it is durable: only then the server says that it has it. */
export async function openMailbox(keep: (message: Uint8Array) => void): Promise<Mailbox> {
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'somebody' }),
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        try {
          keep(Buffer.concat(parts));
          done(null);
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      });
    },
  });
  // A client that dies in the middle is no concern of the mailbox.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  server.server.unref();
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(resolve);
      });
    },
  };
}
