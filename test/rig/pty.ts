import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * A real pseudo-terminal with a shell on it, as a person has one: what is typed goes through the line discipline, jobs are
 * stopped and continued, and closing it hangs up. Node has none of its own; Debian's and Apple's Python do.
 */
export interface Pty extends AsyncDisposable {
  type(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Everything written so far. */
  bytes(): Promise<string>;
  /** The bytes from this place on, as they came: a letter may be cut at either end. */
  since(place: number): Promise<Uint8Array>;
  /** The same once it holds the text; rejects after some seconds. */
  until(text: string | RegExp, after?: number): Promise<string>;
  /** What the line discipline does: a program that draws has switched both off. */
  modes(): Promise<Readonly<{ echo: boolean; lines: boolean }>>;
  /** The processes that the shell has started. */
  jobs(): Promise<readonly number[]>;
  /** Reads no more: the terminal of a connection that hangs. */
  deaf(on: boolean): Promise<void>;
  /** Closes the terminal as a window is closed. */
  hangUp(): Promise<void>;
}

const PYTHON = `
import base64, fcntl, json, os, pty, select, signal, struct, sys, termios, threading, time
ask = json.loads(sys.stdin.readline())
pid, fd = pty.fork()
if pid == 0:
    os.chdir(ask["cwd"])
    os.execve(ask["argv"][0], ask["argv"], ask["env"])
seen, deaf, shut = bytearray(), threading.Event(), False
def size(columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
size(ask["columns"], ask["rows"])
def read():
    while True:
        if deaf.is_set():
            time.sleep(0.01)
            continue
        try:
            # Never inside a read while the terminal is closed: that would keep it open.
            if not select.select([fd], [], [], 0.02)[0]:
                continue
            more = os.read(fd, 65536)
        except (OSError, ValueError):
            return
        if not more:
            return
        seen.extend(more)
threading.Thread(target=read, daemon=True).start()
for line in sys.stdin:
    one = json.loads(line)
    what, answer = one["do"], None
    if what == "type":
        os.write(fd, one["text"].encode())
    elif what == "resize":
        size(one["columns"], one["rows"])
    elif what == "bytes":
        answer = base64.b64encode(bytes(seen[one["from"]:])).decode()
    elif what == "modes":
        flags = termios.tcgetattr(fd)[3]
        answer = {"echo": bool(flags & termios.ECHO), "lines": bool(flags & termios.ICANON)}
    elif what == "jobs":
        with open(f"/proc/{pid}/task/{pid}/children") as children:
            answer = [int(one) for one in children.read().split()]
    elif what == "deaf":
        deaf.set() if one["on"] else deaf.clear()
    elif what == "hangup" and not shut:
        shut = True
        os.kill(pid, 0)
        deaf.set()
        time.sleep(0.05)
        os.close(fd)
    print(json.dumps(answer), flush=True)
if not shut:
    os.close(fd)
for _ in range(200):
    if os.waitpid(pid, os.WNOHANG)[0]:
        break
    time.sleep(0.01)
else:
    os.kill(pid, signal.SIGKILL)
`;

export type PtyOptions = Readonly<{
  cwd: string;
  env: Readonly<Record<string, string>>;
  columns?: number;
  rows?: number;
  argv?: readonly string[];
}>;

const PATIENCE_MS = 20_000;
const pause = async (ms: number): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
};

/** A terminal of 80x24 with a shell whose prompt is `READY$ `. */
export const openPty = ({ cwd, env, columns = 80, rows = 24, argv = SHELL }: PtyOptions): Pty => {
  const python = spawn('python3', ['-c', PYTHON], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => {
    python.once('exit', resolve);
  });
  python.stdin.write(`${JSON.stringify({ argv, cwd, env: { PS1: 'READY$ ', ...env }, columns, rows })}\n`);
  let turn: Promise<unknown> = Promise.resolve();
  const ask = async (question: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const answer = turn.then(async () => {
      python.stdin.write(`${JSON.stringify(question)}\n`);
      const line = await answers.next();
      if (line.done === true) throw new Error('the terminal is gone');
      return JSON.parse(line.value) as unknown;
    });
    turn = answer.catch(() => undefined);
    return await answer;
  };
  const since = async (from: number): Promise<Buffer> =>
    Buffer.from(String(await ask({ do: 'bytes', from })), 'base64');
  const bytes = async (): Promise<string> => (await since(0)).toString('utf8');
  return {
    type: async (text) => void (await ask({ do: 'type', text })),
    resize: async (wide, high) => void (await ask({ do: 'resize', columns: wide, rows: high })),
    bytes,
    since,
    until: async (text, after = 0) => {
      for (const over = performance.now() + PATIENCE_MS; ;) {
        const seen = (await bytes()).slice(after);
        if (typeof text === 'string' ? seen.includes(text) : text.test(seen)) return seen;
        if (performance.now() > over)
          throw new Error(
            `no ${String(text)} came; the end of what did: ${JSON.stringify(seen.slice(-600))}`,
          );
        await pause(20);
      }
    },
    modes: async () => (await ask({ do: 'modes' })) as Readonly<{ echo: boolean; lines: boolean }>,
    jobs: async () => (await ask({ do: 'jobs' })) as readonly number[],
    deaf: async (on) => void (await ask({ do: 'deaf', on })),
    hangUp: async () => void (await ask({ do: 'hangup' })),
    [Symbol.asyncDispose]: async () => {
      python.stdin.end();
      await ended;
    },
  };
};

/** One that leaves the modes of the terminal as it finds them: what a program did not put back is seen. */
const SHELL: readonly string[] = ['/bin/sh', '-i'];
