import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Firebreak, Peer } from './peer.ts';

/**
 * Whether a real rsyslog takes what we send over TLS: each event of a journal and its newest checkpoint, whole and in order. The
 * controls: a receiver whose certificate another authority should have issued is sent nothing, and rsyslog, not we, wrote the file.
 */
export async function rsyslogPeer(firebreak: Firebreak, work: string): Promise<Peer> {
  const home = join(work, 'rsyslog');
  mkdirSync(home, { mode: 0o700 });
  const port = await freePort();
  const [right, wrong] = [certificate(home, 'right'), certificate(home, 'wrong')];
  const out = join(home, 'received');
  const server = await start(home, port, right, out);
  try {
    return await speak(firebreak, home, { port, right, wrong, out });
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
  }
}

type Certificate = Readonly<{ cert: string; key: string }>;
type There = Readonly<{ port: number; right: Certificate; wrong: Certificate; out: string }>;

async function speak(firebreak: Firebreak, home: string, { port, right, wrong, out }: There): Promise<Peer> {
  const run = firebreak(home, {}, [0, 6]);
  const workspace = join(home, 'data/workspace');
  run('init', workspace);
  const path = join(workspace, 'firebreak.yaml');
  const to = (ca: string): string => `{ syslog: 127.0.0.1, port: ${port}, ca: ${ca} }`;
  writeFileSync(
    path,
    `${readFileSync(path, 'utf8').replace('anchors: {}', `anchors:\n  logs: ${to(right.cert)}`)}\nship:\n  logs: ${to(right.cert)}\n  liar: ${to(wrong.cert)}\n`,
  );
  const [id = ''] = run('declare', 'leaked-whatsapp-token', '--title', 'A title that is sealed').split(' ');
  run('note', 'Müller rang — “twice”');
  const report = JSON.parse(run('journal', 'ship', id, '--json')) as Report;
  run('journal', 'anchor', id);
  const entries = run('journal', 'show', id, '--json').trimEnd().split('\n');
  const hashes = entries.map((line) => (JSON.parse(line) as { hash: string }).hash);
  const shipped = report.receivers.find(({ name }) => name === 'logs')?.last_shipped?.entry ?? -1;
  const received = await settled(out, shipped + 1);
  const events = received
    .filter(({ id: kind }) => kind === 'ocsf')
    .map(({ text }) => JSON.parse(text) as Event);
  const unique = [...new Set(events.map(({ metadata }) => metadata.uid))];
  const notes = received.filter(({ id: kind }) => kind === 'checkpoint').map(({ text }) => text);
  return {
    name: 'rsyslog',
    checks: {
      'every entry that was sent is there, whole and in order':
        shipped > 10 && unique.join() === hashes.slice(0, shipped + 1).join(),
      'the words of a sentence arrive as they are': events.some(({ message }) => message.includes('Note')),
      'nothing that is sealed is there': !received.some(({ text }) => /Müller|A title that/.test(text)),
      'a checkpoint is there': notes.some((note) => note.includes('\\u2014') || note.includes('—')),
    },
    controls: {
      'a certificate of somebody else is sent nothing':
        report.receivers.find(({ name }) => name === 'liar')?.last_shipped === null,
      'the same journal differs from what was received once an entry is changed':
        unique.join() !== hashes.map((hash, i) => (i === 3 ? 'x' : hash)).join(),
    },
  };
}

type Report = Readonly<{
  receivers: readonly Readonly<{ name: string; last_shipped: Readonly<{ entry: number }> | null }>[];
}>;
type Event = Readonly<{ metadata: Readonly<{ uid: string; sequence: number }>; message: string }>;
type Received = Readonly<{ id: string; text: string }>;

/** What rsyslog has written, once it has written so many events, or has had ten seconds for it. */
async function settled(out: string, events: number): Promise<readonly Received[]> {
  for (let i = 0; ; i += 1) {
    const lines = existsSync(out) ? readFileSync(out, 'utf8').split('\n').filter(Boolean) : [];
    const found = lines.map((line) => {
      const [id = '', ...text] = line.split(' ');
      return { id, text: text.join(' ') };
    });
    if (i === 100 || found.filter(({ id }) => id === 'ocsf').length >= events) return found;
    await sleep(100);
  }
}

async function start(
  home: string,
  port: number,
  { cert, key }: Certificate,
  out: string,
): Promise<ChildProcess> {
  const conf = join(home, 'rsyslog.conf');
  writeFileSync(
    conf,
    `global(workDirectory="${home}" maxMessageSize="8k" defaultNetstreamDriver="ossl"
  defaultNetstreamDriverCAFile="${cert}" defaultNetstreamDriverCertFile="${cert}"
  defaultNetstreamDriverKeyFile="${key}" parser.escapeControlCharactersOnReceive="off")
module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon")
input(type="imtcp" address="127.0.0.1" port="${port}")
template(name="as-received" type="string" string="%msgid% %msg:::drop-last-lf%\\n")
action(type="omfile" file="${out}" template="as-received")
`,
  );
  const server = spawn('rsyslogd', ['-n', '-f', conf, '-i', join(home, 'pid')], { stdio: 'ignore' });
  const failed = new Promise<never>((_, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`rsyslogd ended with ${code}`)));
  });
  await Promise.race([answers(port), failed]);
  failed.catch(() => undefined);
  return server;
}

async function answers(port: number): Promise<void> {
  for (let i = 0; i < 100; i += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await sleep(100);
  }
  throw new Error('rsyslogd does not answer');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

function certificate(home: string, name: string): Certificate {
  const [cert, key] = [join(home, `${name}.pem`), join(home, `${name}.key`)];
  const line = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
  const alt = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
  execFileSync('openssl', [...line.split(' '), ...alt], { stdio: 'ignore' });
  return { cert, key };
}
