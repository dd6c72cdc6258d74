import { createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A mail server by hand, for what a real one does only when it breaks: each command is answered by `answer`, and a letter by `taken`,
 * and either may say `cut` (the line is cut instead) or `hang` (nothing is said).
 */
export type Answers = Readonly<{
  greeting?: string;
  answer?: (line: string, socket: Socket) => string | undefined;
  taken?: (letter: string, socket: Socket) => string;
}>;

export type ScriptedServer = Readonly<{
  port: number;
  /** Letters whose end was seen, answered or not. */
  letters: readonly string[];
  lines: readonly string[];
  connections: () => number;
  /** Connections that stand now. */
  open: () => number;
  close: () => Promise<void>;
}>;

const usual = (line: string): string => {
  if (/^EHLO/i.test(line)) return '250-here\r\n250 8BITMIME';
  if (/^DATA/i.test(line)) return '354 go on';
  if (/^QUIT/i.test(line)) return '221 bye';
  return '250 fine';
};

export const scriptedServer = async ({
  greeting = '220 here',
  answer = () => undefined,
  taken = () => '250 taken as 4711',
}: Answers = {}): Promise<ScriptedServer> => {
  const letters: string[] = [];
  const lines: string[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    let [rest, inLetter] = ['', false];
    const say = (words: string): void => {
      if (words === 'cut') socket.destroy();
      else if (words !== 'hang') socket.write(`${words}\r\n`);
    };
    if (greeting !== 'hang') say(greeting);
    socket.on('data', (bytes) => {
      rest += bytes.toString('utf8');
      for (;;) {
        const end = rest.indexOf(inLetter ? '\r\n.\r\n' : '\r\n');
        if (end === -1) return;
        const found = rest.slice(0, end);
        rest = rest.slice(end + (inLetter ? 5 : 2));
        if (inLetter) {
          inLetter = false;
          letters.push(found);
          say(taken(found, socket));
          continue;
        }
        lines.push(found);
        const said = answer(found, socket) ?? usual(found);
        inLetter = /^DATA/i.test(found) && said.startsWith('354');
        say(said);
        if (/^QUIT/i.test(found)) socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    letters,
    lines,
    connections: () => connections,
    open: () => open.size,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
};
