import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { instant } from '../../src/base/instant.ts';
import { connectors } from '../../src/connectors/index.ts';
import { startSimulator } from '../../src/connectors/simulator.ts';
import { newHome, packageRoot } from '../rig/app.ts';
import { filesUnder, forms, held } from './canaries.ts';
import { compiled } from '../rig/compiled.ts';

/**
 * A team's machine for the program as it is installed: vendors that quote back what they are sent, a chat, a log server, a
 * store, and tools on the PATH that write down how they were started.
 */
export type Scene = Readonly<{
  root: string;
  env: Readonly<Record<string, string>>;
  run: (args: readonly string[], more?: RunOptions) => Promise<Ran>;
  /** What each place outside the program got to see. */
  places: () => Readonly<Record<string, string>>;
  key: string;
  close: () => Promise<void>;
}>;
export type Ran = Readonly<{ code: number | null; stdout: string; stderr: string }>;
export type RunOptions = Readonly<{
  stdin?: string;
  env?: Readonly<Record<string, string>>;
  /** Keys for the program on a terminal, each after a while. */
  keys?: readonly string[];
  started?: (pid: number) => Promise<void>;
}>;

/** What a tool was started with, and by whom it is asked nothing more. */
const recorder = (records: string, then: string): string => `#!/bin/sh
tr '\\0' '\\n' < /proc/$$/cmdline >> '${records}/argv'
tr '\\0' '\\n' < /proc/$$/environ >> "${records}/environ-$(basename "$0")"
${then}
`;

const recipe = `title: Key tool
secrets: { tool_secret: of the tool }
env: { TOOL_SECRET: '{secret.tool_secret}' }
actions:
  pause-key:
    title: Pause the key
    effect: reversible
    confidence: confirmed
    breaks: [Whatever works with this key]
    input: { key_id: the key }
    by_hand: { where: console, steps: [Disable the key], record: key and time }
    snapshot: { run: { file: keytool, args: [get, '{key_id}'] }, keep: { status: /Status } }
    run: { file: keytool, args: [set, '{key_id}', Inactive], stdin: '{secret.tool_secret}' }
    verify: { run: { file: keytool, args: [get, '{key_id}'] }, expect: { json: { /Status: Inactive } } }
    undo: { file: keytool, args: [set, '{key_id}', '{receipt.status}'] }
`;

const integration = `
  - id: build-key
    title: Key of the build
    channel: web-chat
    connector: keytool
    params: { key_id: AKIA1 }
    stops: Builds wait
    owner: Platform
    processor: parlo
    pause: keytool.pause-key
`;

/** A vendor whose answer repeats every secret in every form; and a store below `/bucket` that keeps what it is sent. */
const vendorAndStore = async (): Promise<
  Readonly<{ url: string; stored: () => string; close: () => void }>
> => {
  const answer = JSON.stringify({
    error: { code: 190, message: `No: ${Object.values(held).flatMap(forms).join(' | ')}` },
  });
  const kept = new Map<string, string>();
  let stored = '';
  const server = createServer((message, response) => {
    const path = message.url ?? '';
    const parts: Buffer[] = [];
    message.on('data', (bytes: Buffer) => void parts.push(bytes));
    message.on('end', () => {
      const body = Buffer.concat(parts).toString();
      if (!path.startsWith('/bucket/')) {
        response.writeHead(400, { 'content-type': 'application/json' }).end(answer);
        return;
      }
      stored += `${message.method} ${path}\n${message.rawHeaders.join('\n')}\n${body}`;
      if (message.method === 'PUT') kept.set(path, body);
      response.writeHead(kept.has(path) ? 200 : 404).end(kept.get(path));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stored: () => stored,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const logServer = async (folder: string) => {
  const [key, cert] = [join(folder, 'log.key'), join(folder, 'log.pem')];
  const names = ['-subj', '/CN=log', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  execFileSync('openssl', [...made, '-days', '2', ...names, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  let seen = '';
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => (seen += bytes.toString('latin1')));
    socket.on('end', () => socket.end());
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, cert, seen: () => seen, close: () => void server.close() };
};

const chat = async () => {
  const { simulator } = await connectors.slack.load();
  if (simulator === null) throw new Error('slack has a simulator');
  const seed = {
    tokens: [{ token: 'xoxb-simulated-slack', user_id: 'U0FIREBREAK', user: 'firebreak', bot_id: 'B1' }],
    channels: [{ id: 'C0000000099', name: 'war-room', members: ['U0FIREBREAK'] }],
  };
  const now = () => instant(Date.now());
  return await startSimulator({ simulator, seed, recipe: null, now, persist: () => undefined });
};

const tools = (root: string, key: string): string => {
  const [bin, records] = [join(root, 'bin'), join(root, 'records')];
  for (const folder of [bin, records]) mkdirSync(folder);
  const keygen = execFileSync('sh', ['-c', 'command -v ssh-keygen']).toString().trim();
  const scripts = {
    op: `printf '%s' '${held.command.replaceAll("'", `'\\''`)}'`,
    keytool: `state='${root}/key-state'
[ "$1" = set ] && { cat > /dev/null; echo "$3" > "$state"; }
printf '{"Status":"%s"}' "$(cat "$state" 2> /dev/null || echo Active)"`,
    'ssh-keygen': `exec ${keygen} "$@"`,
    collect: 'echo collected',
  };
  for (const [name, then] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), recorder(records, then));
    chmodSync(join(bin, name), 0o755);
  }
  execFileSync(keygen, ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  return bin;
};

type Servers = Readonly<{ vendor: string; chat: string; log: Readonly<{ port: number; cert: string }> }>;

const workspace = (root: string, key: string, { vendor, chat: slack, log }: Servers): string => {
  const team = join(root, 'team');
  cpSync(join(packageRoot, 'runbooks/_company'), team, { recursive: true });
  const kept = { app_secret: join(root, 'app-secret'), s3: join(root, 's3-secret') };
  writeFileSync(kept.app_secret, held.file, { mode: 0o600 });
  writeFileSync(kept.s3, held.keychain, { mode: 0o600 });
  const change = (file: string, by: (text: string) => string): void =>
    writeFileSync(join(team, file), by(readFileSync(join(team, file), 'utf8')));
  const own = readFileSync(`${key}.pub`, 'utf8').trim();
  change('firebreak.yaml', (text) =>
    text
      .replace('    uses: meta\n', `    uses: meta\n    base_url: ${vendor}\n`)
      .replace('    uses: slack\n', `    uses: slack\n    base_url: ${slack}\n`)
      .replace('token: { keychain: firebreak-slack }', 'token: { env: FIREBREAK_SLACK_TOKEN }')
      .replace('env: FIREBREAK_META_APP_SECRET', `file: ${kept.app_secret}`)
      .replace('env: FIREBREAK_META_PAGE_TOKEN', `command: [op, read, page-token]`)
      .replace('roles: [manager, commander] }', `roles: [manager, commander], keys: ['${own}'] }`)
      .replace(
        '\nconnectors:\n',
        `\nconnectors:\n  keytool:\n    uses: command\n    title: Key tool\n    recipe: keytool\n    secrets: { tool_secret: { file: ${kept.app_secret} } }\n`,
      )
      .concat(
        `\nanchors:\n  room: { slack: slack-lrh, channel: '#war-room' }\n`,
        `  log: { syslog: 127.0.0.1, port: ${log.port}, ca: ${log.cert} }\n`,
        `  share: { folder: ${join(root, 'share')} }\n`,
        `  store: { put: '${vendor}/bucket', region: eu-west-1, access_key: { env: FIREBREAK_S3_ID }, secret_key: { file: ${kept.s3} } }\n`,
      ),
  );
  change('inventory.yaml', (text) => text.replace('\nintegrations:\n', `\nintegrations:${integration}`));
  writeFileSync(join(team, 'connectors/keytool.yaml'), recipe);
  cpSync(join(packageRoot, 'runbooks/leaked-whatsapp-token'), join(team, 'runbooks/leaked-whatsapp-token'), {
    recursive: true,
  });
  change('runbooks/leaked-whatsapp-token/runbook.yaml', (text) =>
    text.replace('- id: stop-webhooks\n', '- id: stop-webhooks\n        approvals: 1\n'),
  );
  return team;
};

/** `program`: a folder laid out as the package, with `bin/firebreak.js` and what it loads. */
export const openScene = async (program: string): Promise<Scene> => {
  const root = newHome();
  for (const name of ['share', 'tmp', 'home']) mkdirSync(join(root, name));
  const key = join(root, 'home', 'id_ed25519');
  const bin = tools(root, key);
  const [vendor, slack, log] = await Promise.all([vendorAndStore(), chat(), logServer(root)]);
  const team = workspace(root, key, { vendor: vendor.url, chat: slack.url, log });
  const env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: join(root, 'home'),
    ...compiled,
    TMPDIR: join(root, 'tmp'),
    FIREBREAK_HOME: join(root, 'data'),
    FIREBREAK_META_TOKEN: held.env,
    FIREBREAK_SLACK_TOKEN: 'xoxb-simulated-slack',
    FIREBREAK_S3_ID: 'S3ID',
    NO_COLOR: '1',
  };
  const run: Scene['run'] = async (args, more = {}) => await start(program, team, args, env, more);
  const records = (like: RegExp): string =>
    readdirSync(join(root, 'records'))
      .filter((name) => like.test(name))
      .map((name) => readFileSync(join(root, 'records', name), 'utf8'))
      .join('\n');
  const files = (folder: string): string =>
    filesUnder(join(root, folder))
      .map((path) => `${path}\n${readFileSync(path).toString('latin1')}`)
      .join('\n');
  return {
    root,
    env,
    run,
    key,
    places: () => ({
      'arguments of other programs': records(/^argv$/),
      // `keytool` is given the one secret that its recipe names; the others are given none.
      'environment of other programs': records(/^environ-/).replaceAll(`TOOL_SECRET=${held.file}\n`, ''),
      'data folder': files('data'),
      'temporary files': files('tmp'),
      'shared folder': files('share'),
      chat: JSON.stringify((slack.state() as { messages?: unknown }).messages ?? null),
      'log server': log.seen(),
      store: vendor.stored(),
    }),
    close: async () => {
      vendor.close();
      log.close();
      await slack.close();
    },
  };
};

const start = async (
  program: string,
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { stdin = '', env: more = {}, keys, started }: RunOptions,
): Promise<Ran> =>
  await new Promise((resolve) => {
    const argv = [join(program, 'bin/firebreak.js'), ...args];
    const all = { ...env, ...more };
    const quoted = [process.execPath, ...argv].map((one) => `'${one.replaceAll("'", `'\\''`)}'`).join(' ');
    const child =
      keys === undefined
        ? spawn(process.execPath, argv, { cwd, env: all })
        : spawn('script', ['-qec', `stty rows 24 cols 80; ${quoted}`, '/dev/null'], {
            cwd,
            env: { ...all, TERM: 'xterm' },
          });
    let [stdout, stderr] = ['', ''];
    const waiting = [...(keys ?? [])];
    let quiet: NodeJS.Timeout | undefined;
    child.stdout.on('data', (bytes: Buffer) => {
      stdout += bytes.toString();
      clearTimeout(quiet);
      // A person types once the picture stands still.
      quiet = setTimeout(() => void child.stdin.write(waiting.shift() ?? ''), 400);
    });
    child.stderr.on('data', (bytes: Buffer) => void (stderr += bytes.toString()));
    child.stdin.on('error', () => undefined);
    if (keys === undefined) child.stdin.end(stdin);
    void started?.(child.pid ?? 0);
    child.on('close', (code) => {
      clearTimeout(quiet);
      resolve({ code, stdout, stderr });
    });
  });
