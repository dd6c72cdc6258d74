import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { terms, tokenOf } from './terms.ts';

/** The vendor's process, and what it has seen. */
export type Service = Readonly<{
  port: number;
  reset: () => Promise<void>;
  seen: () => Promise<Seen>;
  stop: () => void;
}>;
type Chain = Readonly<{ revokes: number; reads: number }>;
export type Seen = Readonly<{ requests: number; peak: number; dead: number; chains: readonly Chain[] }>;

export async function startService(): Promise<Service> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  // A connection for each: while a peer is waited for, the other end closes one that was kept.
  const control = async (what: string): Promise<Seen> => {
    const [answer] = (await once(
      get({ host: '127.0.0.1', port: Number(line), path: `/control/${what}`, agent: false }),
      'response',
    )) as [IncomingMessage];
    return JSON.parse(await text(answer)) as Seen;
  };
  return {
    port: Number(line),
    reset: async () => void (await control('reset')),
    seen: async () => await control('stats'),
    stop: () => void child.kill(),
  };
}

/**
 * What no client can be faster than: every request holds one of so many places for the latency, and the longest chain of repeats
 * waits in between as this tool does.
 */
export function floorOf({ requests, chains }: Seen, waitMs: (repeat: number) => number): number {
  const waited = (tries: number): number =>
    Array.from({ length: Math.max(0, tries - 1) }, (_none, repeat) => waitMs(repeat)).reduce(
      (sum, ms) => sum + ms,
      0,
    );
  const longest = Math.max(
    0,
    ...chains.map(
      ({ revokes, reads }) => (revokes + reads) * terms.latencyMs + waited(revokes) + waited(reads),
    ),
  );
  return Math.max(terms.latencyMs * Math.ceil(requests / terms.concurrency), longest);
}

const CURL = 'until curl -sf -o /dev/null -d "token=$0" "$URL"; do sleep 0.05; done';

/** What people would script: it repeats until it worked, and proves nothing. */
export function byCurl(port: number, count: number): void {
  const tokens = Array.from({ length: count }, (_none, i) => tokenOf(i)).join('\n');
  const { status, stderr } = spawnSync('xargs', [`-P${terms.concurrency}`, '-n1', 'sh', '-c', CURL], {
    input: tokens,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', URL: `http://127.0.0.1:${port}/revoke` },
  });
  if (status !== 0) throw new Error(`xargs curl: ${stderr}`);
}

const playbook = (port: number): string =>
  JSON.stringify([
    {
      hosts: 'all',
      connection: 'local',
      gather_facts: false,
      tasks: [
        {
          uri: {
            url: `http://127.0.0.1:${port}/revoke`,
            method: 'POST',
            body_format: 'form-urlencoded',
            body: { token: '{{ token }}' },
          },
          register: 'answer',
          until: 'answer.status == 200',
          retries: 10,
          delay: 0,
        },
      ],
    },
  ]);

/** False where ansible is not installed. */
export function byAnsible(
  port: number,
  count: number,
  write: (name: string, text: string) => string,
): boolean {
  const hosts = Array.from({ length: count }, (_none, i) => `h${i} token=${tokenOf(i)}`).join('\n');
  const book = write('book.json', playbook(port));
  const list = write('hosts', `${hosts}\n[all:vars]\nansible_python_interpreter=/usr/bin/python3\n`);
  const { status, error, stdout } = spawnSync('ansible-playbook', ['-i', list, '-f', '50', book], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LC_ALL: 'C.UTF-8' },
  });
  if (error !== undefined) return false;
  if (status !== 0) throw new Error(`ansible-playbook: ${stdout.slice(-500)}`);
  return true;
}
