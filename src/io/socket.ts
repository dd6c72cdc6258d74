import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { limits } from '../model/limits.ts';

/** Two programs of one person on one machine: a line each way. Whatever comes in is bounded here and judged by whoever reads it. */
export interface LineSockets {
  /** Takes the place of whatever was left there; 0600. @throws SocketError */
  listen(path: string, answering: Answering): Promise<Listening>;
  /** @throws SocketError `nobody` where no program listens */
  connect(path: string): Promise<LineLink>;
}

/** `caller` numbers the connections. A line is answered before the next one is read. */
export type Answering = Readonly<{
  line: (caller: number, text: string) => Promise<string>;
  gone: (caller: number) => void;
}>;
export type Listening = Readonly<{ close: () => Promise<void> }>;

export interface LineLink {
  /** One at a time. @throws SocketError */
  ask(line: string): Promise<string>;
  close(): void;
}

export type SocketTrouble = 'nobody' | 'cut' | 'late' | 'too-large' | 'path-too-long' | 'refused';
export class SocketError extends Error {
  readonly code: SocketTrouble;
  constructor(code: SocketTrouble, cause?: unknown) {
    super(`socket: ${code}`, { cause });
    this.name = 'SocketError';
    this.code = code;
  }
}

export const systemSockets = (): LineSockets => ({ listen, connect });

/** What a system takes as the address of a socket: macOS has the least, and the end of a C string is one of them. */
const PATH_BYTES_MAX = 103;

/** A long folder gets a short name for the moment in which the address is used; the socket itself lies where it belongs. */
const reached = async <T>(path: string, open: (short: string) => Promise<T>): Promise<T> => {
  if (Buffer.byteLength(path) <= PATH_BYTES_MAX) return await open(path);
  const folder = mkdtempSync(join(tmpdir(), 'fb-'));
  try {
    const way = join(folder, 'd');
    symlinkSync(dirname(path), way);
    const short = join(way, basename(path));
    if (Buffer.byteLength(short) > PATH_BYTES_MAX) throw new SocketError('path-too-long');
    return await open(short);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const listen = async (path: string, answering: Answering): Promise<Listening> => {
  const callers = new Set<Socket>();
  let last = 0;
  const server = createServer((socket) => {
    if (callers.size >= limits.socketCallersMax) return void socket.destroy();
    callers.add(socket);
    const caller = (last += 1);
    socket.on('close', () => {
      callers.delete(socket);
      answering.gone(caller);
    });
    serve(socket, async (text) => await answering.line(caller, text));
  });
  await reached(path, async (short) => {
    rmSync(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(new SocketError('refused', error)));
      server.listen(short, resolve);
    });
    chmodSync(path, 0o600);
  });
  // Nobody who has left the drill is kept in it by a facilitator who has not.
  server.unref();
  return {
    close: async () => {
      for (const one of callers) one.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      rmSync(path, { force: true });
    },
  };
};

/** Lines one after the other, each answered before the next; a line without an end is cut off with its connection. */
const serve = (socket: Socket, answer: (text: string) => Promise<string>): void => {
  const end = (): void => void socket.destroy();
  let turn: Promise<void> = Promise.resolve();
  let open = 0;
  socket.on('error', end);
  socket.unref();
  reading(socket, limits.socketRequestBytesMax, end, (text) => {
    open += 1;
    if (open > QUEUED_MAX) return end();
    turn = turn
      .then(async () => {
        const line = await answer(text);
        if (!socket.destroyed) socket.write(`${line}\n`);
        open -= 1;
      })
      .catch(end);
  });
};
const QUEUED_MAX = 8;

const reading = (
  socket: Socket,
  bytesMax: number,
  tooMuch: () => void,
  heard: (line: string) => void,
): void => {
  let kept = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    kept = Buffer.concat([kept, bytes]);
    for (let at = kept.indexOf(NEWLINE); at !== -1; at = kept.indexOf(NEWLINE)) {
      if (at > bytesMax) return tooMuch();
      const line = kept.subarray(0, at).toString('utf8');
      kept = kept.subarray(at + 1);
      heard(line);
    }
    if (kept.byteLength > bytesMax) tooMuch();
  });
};
const NEWLINE = 10;

const connect = async (path: string): Promise<LineLink> => {
  const socket = await reached(path, connected);
  let waiting: { done: (line: string) => void; fail: (error: SocketError) => void } | null = null;
  const failed = (code: SocketTrouble): void => {
    socket.destroy();
    waiting?.fail(new SocketError(code));
    waiting = null;
  };
  socket.on('error', () => failed('cut'));
  socket.on('close', () => failed('cut'));
  reading(
    socket,
    limits.socketAnswerBytesMax,
    () => failed('too-large'),
    (line) => {
      waiting?.done(line);
      waiting = null;
    },
  );
  return {
    ask: async (line) => {
      if (socket.destroyed) throw new SocketError('cut');
      const late = setTimeout(() => failed('late'), limits.socketAnswerMs);
      try {
        return await new Promise<string>((done, fail) => {
          waiting = { done, fail };
          socket.write(`${line}\n`);
        });
      } finally {
        clearTimeout(late);
      }
    },
    close: () => void socket.end(),
  };
};

const connected = async (path: string): Promise<Socket> =>
  await new Promise((resolve, reject) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error) => reject(new SocketError('nobody', error)));
  });
