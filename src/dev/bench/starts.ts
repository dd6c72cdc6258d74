import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Home } from './home.ts';
import { rounds, timed, type Case, type Result } from './rounds.ts';

const FLOOR = 'node -e 0';
/** Exit code of a line that cannot be understood. */
const USAGE = 2;

/** Commands from start to exit, against a Node that does nothing. */
export async function starts(packageRoot: string, home: Home, count: number): Promise<readonly Result[]> {
  const program = join(packageRoot, 'bin/firebreak.js');
  const run = (args: readonly string[], ends = 0): number => {
    let status: number | null = null;
    const ms = timed(() => {
      status = spawnSync(process.execPath, args, { env: home.env, cwd: home.env['HOME'] }).status;
    });
    if (status !== ends) throw new Error(`${args.join(' ')} ended with ${status}`);
    return ms;
  };
  const command = (name: string, most: number, args: readonly string[], ends = 0): Case => ({
    name,
    floor: FLOOR,
    goal: { most },
    measure: () => run([program, ...args], ends),
  });
  return await rounds(
    [
      { name: FLOOR, goal: null, measure: () => run(['-e', '0']) },
      command('--version', 1.15, ['--version']),
      command('--help', 1.3, ['--help']),
      command('an unknown command', 2, ['staus'], USAGE),
      command('an unknown option', 2, ['status', '--nope'], USAGE),
      command('list --json', 2.5, ['list', '--json']),
      command('status --json', 2.5, ['status', '--json']),
      command('clocks --json', 2.5, ['clocks', '--json']),
      command('verify --json', 2.5, ['verify', home.incident, '--json']),
    ],
    count,
  );
}

// Node has no pseudo-terminal of its own; Debian's and Apple's Python do. Each line on stdin is a command to start and the
// bytes to wait for; the answer is the milliseconds until they came, or until the process ended where none are named.
const TERMINAL = `
import fcntl, json, os, pty, select, signal, struct, sys, termios, time
for line in sys.stdin:
    ask = json.loads(line)
    until = ask["until"].encode()
    started = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execve(ask["argv"][0], ask["argv"], ask["env"])
    seen, at = b"", None
    while at is None or until == b"":
        ready, _, _ = select.select([fd], [], [], 20)
        try:
            more = os.read(fd, 65536) if ready else b""
        except OSError:
            more = b""
        if more == b"":
            break
        seen += more
        if until != b"" and until in seen:
            at = time.perf_counter()
    if at is None and until == b"":
        at = time.perf_counter()
    # A clean end, so that compiled code is kept for the next start.
    time.sleep(0.05)
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        pass
    os.waitpid(pid, 0)
    os.close(fd)
    print(json.dumps(None if at is None else (at - started) * 1000), flush=True)
`;

/** The full-screen app, from start to the first painted frame on a terminal of 80x24. A word where it cannot be measured. */
export async function frames(
  packageRoot: string,
  home: Home,
  count: number,
): Promise<readonly Result[] | string> {
  if (spawnSync('python3', ['-c', 'import pty']).status !== 0)
    return 'not measured: a pseudo-terminal is made with python3, and there is none';
  const python = spawn('python3', ['-c', TERMINAL], { stdio: ['pipe', 'pipe', 'inherit'] });
  const question = asker(python);
  const ask = async (args: readonly string[], until: string): Promise<number> => {
    const ms = await question({ argv: [process.execPath, ...args], env: home.env, until });
    if (typeof ms !== 'number') throw new Error(`no frame of ${args.join(' ')} came`);
    return ms;
  };
  const program = join(packageRoot, 'bin/firebreak.js');
  try {
    return await rounds(
      [
        { name: FLOOR, goal: null, measure: async () => await ask(['-e', '0'], '') },
        {
          name: 'first frame of the app',
          floor: FLOOR,
          goal: { most: 6 },
          // The name stands in the first line of every screen.
          measure: async () => await ask([program], 'firebreak'),
        },
      ],
      count,
    );
  } finally {
    python.stdin.end();
  }
}

/** Asks one thing at a time; null when nothing that was waited for came. */
function asker(
  python: ChildProcessByStdio<Writable, Readable, null>,
): (question: unknown) => Promise<unknown> {
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  return async (question) => {
    python.stdin.write(`${JSON.stringify(question)}\n`);
    const line = await lines.next();
    return line.done === true ? null : (JSON.parse(line.value) as unknown);
  };
}
