import { spawnSync } from 'node:child_process';

/** Programs that are not ours and that a bundle, a key or a message is checked with, and the Debian packages that hold them. */
const PROGRAMS: Wanted = {
  openssl: 'openssl',
  jq: 'jq',
  xxd: 'xxd',
  sqlite3: 'sqlite3',
  'ssh-keygen': 'openssh-client',
  go: 'golang-go',
  age: 'age',
  rsyslogd: 'rsyslog',
  pdfinfo: 'poppler-utils',
  qpdf: 'qpdf',
  python3: 'python3',
  soffice: 'libreoffice-calc-nogui',
};
/** What no program shows: a file of the package. */
const SOURCES: Wanted = {
  '/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog/tlog.go': 'golang-golang-x-mod-dev',
  '/usr/share/doc/rsyslog-openssl': 'rsyslog-openssl',
  '/usr/lib/libreoffice/program/libscfiltlo.so': 'libreoffice-calc-nogui',
  '/usr/lib/python3/dist-packages/icalendar': 'python3-icalendar',
};

const ok = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** What is looked for, by program or by path, and the Debian package that has it. */
export type Wanted = Readonly<Record<string, string>>;

/** Installs what is missing and says what; throws where it cannot. A name with a slash is a path. */
export function installTools(
  say: (line: string) => void,
  wanted: Wanted = { ...PROGRAMS, ...SOURCES },
): void {
  const isThere = (name: string): boolean =>
    name.includes('/') ? ok('test', ['-e', name]) : ok('sh', ['-c', `command -v ${name}`]);
  const missing = Object.entries(wanted).flatMap(([name, held]) => (isThere(name) ? [] : [held]));
  if (missing.length === 0) return;
  say(`installing from Debian: ${missing.join(' ')}`);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...args: readonly string[]): boolean => {
    const [command = '', ...rest] = [...sudo, 'apt-get', ...args];
    return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  };
  const install = (): boolean => run('install', '-y', '-q', '--no-install-recommends', ...missing);
  if (!install() && !(run('update', '-q') && install()))
    throw new Error(`these must be installed first: apt-get install ${missing.join(' ')}`);
}
