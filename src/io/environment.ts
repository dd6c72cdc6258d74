import { isAbsolute, join } from 'node:path';
import { machineZone } from './clock.ts';
import { StorageError } from './storage.ts';

/** What this process was given by the machine and by who started it. Nothing else in the program asks for it. */
export interface Environment {
  readonly env: Env;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** Of the clock on the wall, an IANA name. */
  readonly zone: string;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The streams themselves: a full-screen program draws on them. */
  readonly streams: Streams;
  /** Calls back for each signal that asks the process to end, instead of ending it. Returns the way to stop. */
  onSignal(heard: (signal: Signal) => void): () => void;
  /** Ends the process now: only for a signal, when what still runs must not be waited for. */
  exit(code: number): void;
}

export type Env = Readonly<Record<string, string | undefined>>;
export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';
export type Streams = Readonly<{
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}>;

export interface Input {
  readonly tty: boolean;
  /** Everything up to the end of the stream. @throws StorageError `too-large` */
  readAll(maxBytes: number): Promise<string>;
}

export interface Output {
  readonly tty: boolean;
  /** Width of the terminal, 80 where there is none. */
  readonly columns: number;
  /** What is written after the reader has gone is dropped without a word: `firebreak list | head -1` is no error. */
  write(text: string): void;
  /** Why what was written did not all arrive, for another reason than that nobody reads; known a turn after the write. */
  readonly lost: string | null;
}

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function systemEnvironment(): Environment {
  const { stdout, stderr } = process;
  return {
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    get zone() {
      return machineZone();
    },
    // The stream of a file or pipe takes milliseconds to make, and most commands read nothing.
    stdin: {
      get tty() {
        return process.stdin.isTTY;
      },
      readAll: async (maxBytes) => await readAll(process.stdin, maxBytes),
    },
    stdout: outputTo(stdout),
    stderr: outputTo(stderr),
    streams: {
      get stdin() {
        return process.stdin;
      },
      stdout,
      stderr,
    },
    onSignal(heard) {
      for (const signal of SIGNALS) process.on(signal, heard);
      return () => {
        for (const signal of SIGNALS) process.off(signal, heard);
      };
    },
    exit: (code) => process.exit(code),
  };
}

/** The reader of a pipe has gone, or the terminal was closed. */
const GONE: ReadonlySet<string> = new Set(['EPIPE', 'EIO']);

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function outputTo(stream: NodeJS.WriteStream): Output {
  let gone = false;
  let lost: string | null = null;
  // Thrown here it would end the process in the middle of a command, which may have more to do than to speak.
  stream.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
    gone = true;
    if (!GONE.has(code)) lost = FULL.has(code) ? 'the disk is full' : code;
  });
  return {
    get lost() {
      return lost;
    },
    tty: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : 80;
    },
    write(text) {
      if (!gone) stream.write(text);
    },
  };
}

async function readAll(stream: NodeJS.ReadStream, maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let total = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part as Uint8Array);
    total += bytes.length;
    if (total > maxBytes)
      throw new StorageError('too-large', '-', `more than ${maxBytes} bytes on standard input`);
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * Where journals, keys and exports lie: `FIREBREAK_HOME`, else the XDG data directory. On macOS XDG counts only where it is
 * set. Null when nothing says where a home is.
 */
export function dataFolder(env: Env, platform: NodeJS.Platform): string | null {
  const { FIREBREAK_HOME: own, XDG_DATA_HOME: xdg, HOME: home } = env;
  if (own !== undefined && own !== '') return own;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'firebreak');
  if (home === undefined || !isAbsolute(home)) return null;
  return join(home, platform === 'darwin' ? 'Library/Application Support' : '.local/share', 'firebreak');
}

/** Where a person's own habits lie: `FIREBREAK_HOME`, else the XDG configuration directory. Null as above. */
export function configFolder(env: Env, platform: NodeJS.Platform): string | null {
  const { FIREBREAK_HOME: own, XDG_CONFIG_HOME: xdg, HOME: home } = env;
  if (own !== undefined && own !== '') return own;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'firebreak');
  if (home === undefined || !isAbsolute(home)) return null;
  return join(home, platform === 'darwin' ? 'Library/Application Support' : '.config', 'firebreak');
}
