import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../rig/app.ts';

/**
 * What opens a door at all. A new one appears here first: it needs a wall, a knock in `doors.test.ts`, and a line in
 * this list.
 */
const OPENS =
  /from '(?:node:)?(?:net|tls|http|https|http2|dgram|dns|dns\/promises|child_process|worker_threads|cluster|inspector)'|import\(['"](?:execa|node:[a-z_]+)['"]\)|from '(?:execa|nodemailer|ws|undici)'|['"]nodemailer\/lib\/(?!mail-composer|qp')|['"]smtp-server['"]|@napi-rs\/keyring'|new WebSocket\(|globalThis\.fetch/;

const known: Readonly<Record<string, string>> = {
  'src/io/exchange.ts': 'HTTP, walled in io/http.ts',
  'src/io/mail.ts': 'mail: systemMail, walled there',
  'src/io/mailbox.ts': 'listens on 127.0.0.1 alone, and calls nobody',
  'src/io/tls.ts': 'syslog, walled there',
  'src/io/process.ts': 'programs: walledProcesses',
  'src/io/secrets.ts': 'programs and files that say a secret: drillSecrets',
  'src/io/keychain.ts': 'the keychain: never handed to a drill',
  'src/io/server.ts': 'listens on 127.0.0.1 alone, and calls nobody',
  'src/io/socket.ts': 'sockets that are files in a folder of our own: no address leads anywhere else',
  'src/io/crew.ts': 'threads of this process, which set pages: they are handed letters and open nothing',
  'src/io/folder.ts':
    'the system’s own sync by its full name, without an environment; it writes and reads nothing of ours',
};

/** `dev` is not part of the program. */
const opening = (sources: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(sources).flatMap(([path, text]) => (OPENS.test(withoutTypes(text)) ? [path] : []));
const withoutTypes = (text: string): string => text.replaceAll(/^import type .*$/gm, '');

test('whatever can open a door is known, and has a wall in a drill', () => {
  const names = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.startsWith('dev/'),
  );
  const sources = Object.fromEntries(
    names.map((name) => [`src/${name}`, readFileSync(join(packageRoot, 'src', name), 'utf8')]),
  );
  expect(opening(sources).toSorted()).toEqual(Object.keys(known).toSorted());
});

test('the look finds a door that nobody told of', () => {
  const mail = `import { createTransport } from 'nodemailer';\n`;
  const raw = `import { connect } from 'node:net';\n`;
  const late = `const { execa } = await import('execa');\n`;
  expect(
    opening({ 'a.ts': mail, 'b.ts': raw, 'c.ts': late, 'd.ts': `const a = outside.http.fetch(url);` }),
  ).toEqual(['a.ts', 'b.ts', 'c.ts']);
});
