import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missing } from '../faults/tools.ts';
import { packageRoot } from '../rig/app.ts';
import { selfSigned } from '../rig/certificate.ts';
import { compiled } from '../rig/compiled.ts';

/** A company whose built program sends through a real mail server on this machine, over TLS and with a login. */

const PASSWORD = 'the-password-of-notices';
const PYTHON = '/usr/bin/python3';

export type Taken = Readonly<{ to: string; id: string; subject: string }>;
export type Faults = Readonly<Partial<Record<'refuse' | 'later' | 'cut', readonly string[]>>>;

export interface MailServer {
  readonly port: number;
  readonly ca: string;
  taken(): readonly Taken[];
  breaks(faults: Faults): void;
  stop(): Promise<void>;
}

/** `plain`: without TLS and for whoever logs in, as the drills of this machine may use it. */
export const startMailServer = async (how: 'tls' | 'plain' = 'tls'): Promise<MailServer> => {
  const lacking = missing(PYTHON, ['-maiosmtpd.smtp', 'python3-aiosmtpd']);
  if (lacking !== null) throw new Error(lacking);
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-mail-'));
  const { path } = selfSigned();
  const key = path.replace(/cert\.pem$/, 'key.pem');
  const script = join(import.meta.dirname, 'mail-server.py');
  const server = spawn(PYTHON, [script, folder, path, key, how], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const box = join(folder, 'taken.jsonl');
  return {
    port: Number(line.toString('utf8').trim()),
    ca: path,
    taken: () =>
      existsSync(box)
        ? readFileSync(box, 'utf8')
            .split('\n')
            // Without what follows the last line end: in memory a reader can see half of a line that is being written.
            .slice(0, -1)
            .map((one) => JSON.parse(one) as Taken)
        : [],
    breaks: (faults) => writeFileSync(join(folder, 'faults.json'), JSON.stringify(faults)),
    stop: async () => {
      server.kill('SIGTERM');
      await ended(server);
    },
  };
};

export const ended = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
};

/** Keys of OpenSSH for two who agree, the mail server in firebreak.yaml, and the program in that folder. */
export const office = (server: MailServer) => {
  const box = mkdtempSync(join(tmpdir(), 'firebreak-office-'));
  const workspace = join(box, 'company');
  cpSync(join(packageRoot, 'runbooks/_company'), workspace, { recursive: true });
  mkdirSync(join(box, 'home'));
  // People have the keys that they have: both kinds that OpenSSH still signs with by itself.
  const people = (['ed25519', 'rsa'] as const).map((kind, i) => {
    const handle = i === 0 ? 'ben' : 'cleo';
    const key = join(box, handle);
    execFileSync('ssh-keygen', ['-q', '-t', kind, '-N', '', '-C', '', '-f', key]);
    const line = readFileSync(`${key}.pub`, 'utf8').trim();
    return `  - { handle: ${handle}, name: ${handle}, roles: [legal, commander], keys: ['${line}'] }\n`;
  });
  const path = join(workspace, 'firebreak.yaml');
  writeFileSync(
    path,
    readFileSync(path, 'utf8')
      .replace(/^people:\n/m, `people:\n${people.join('')}`)
      .replace('smtps://mail.notices.lrh.example:465', `smtps://127.0.0.1:${server.port}`)
      .replace('user: notices', `user: notices, ca: '${server.ca}'`)
      .replace(/ {4}pace: .*\n?$/, ''),
  );
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...compiled,
    HOME: box,
    FIREBREAK_HOME: join(box, 'home'),
    FIREBREAK_ACTOR: 'orla',
    FIREBREAK_MAIL_PASSWORD: PASSWORD,
    NO_COLOR: '1',
  };
  const program = join(packageRoot, 'bin/firebreak.js');
  /** What it printed, and how it ended. */
  const ran = (
    with_: Readonly<Record<string, string>>,
    args: readonly string[],
  ): Readonly<{ out: string; status: number | null }> => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], {
      cwd: workspace,
      env: with_,
      encoding: 'utf8',
    });
    return { out: args.includes('--json') ? stdout : `${stdout}${stderr}`, status };
  };
  const run = (...args: readonly string[]) => ran(env, args);
  return {
    box,
    workspace,
    start: (...args: readonly string[]): ChildProcess =>
      spawn(process.execPath, [program, ...args], { cwd: workspace, env, stdio: 'ignore' }),
    run,
    runWith: (more: Readonly<Record<string, string>>, ...args: readonly string[]) =>
      ran({ ...env, ...more }, args),
  };
};
export type Office = ReturnType<typeof office>;
