import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a change can touch, as the tools see it; finer than files where a tool reads only a part of one. */
export type Input =
  | 'entries'
  | 'checkpoint.text'
  | 'checkpoint.signature'
  | 'checkpoint.epoch' // the line of the key that changes with time
  | 'pub.pem'
  | 'origins.signed' // what each who wrote the journal before signed last
  | 'origins.size'
  | 'origins.key'
  | 'tile.hashes'
  | 'tile.entries'
  | 'proofs'
  | 'manifest'
  | 'listed' // any file that the manifest lists
  | 'names' // which files there are
  | 'rows'
  | 'approvals'
  | 'stamps';

/** `reads`: whatever of it is changed, the tool must refuse. `foreign`: not written by us. */
export type Tool = Readonly<{
  name: string;
  foreign: boolean;
  reads: readonly Input[];
  accepts: (bundle: string) => Promise<boolean>;
}>;

const READS: Readonly<Record<string, readonly Input[]>> = {
  openssl: [
    'checkpoint.text',
    'checkpoint.signature',
    'checkpoint.epoch',
    'pub.pem',
    'manifest',
    'origins.signed',
    'origins.size',
    'origins.key',
  ],
  sha256sum: ['listed', 'names'],
  'sh-jq': ['entries', 'checkpoint.text'],
  sqlite3: ['entries', 'rows', 'tile.hashes'],
  'go-sumdb': [
    'entries',
    'checkpoint.text',
    'checkpoint.signature',
    'pub.pem',
    'origins.signed',
    'origins.size',
    'tile.hashes',
    'tile.entries',
    'proofs',
  ],
  'ssh-keygen': ['approvals'],
  'openssl-ts': ['stamps'],
};

/** A busy machine takes its time; one that hangs must end the run. */
const LONGEST_MS = 120_000;

/** The blocks of the bundle's own `VERIFY.md`, one after the other: what a stranger would type is what is run here. */
function blocksOf(bundle: string): readonly string[] {
  const text = readFileSync(join(bundle, 'VERIFY.md'), 'utf8');
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map((found) => found[1] ?? '');
}

export function foreignTools(bundle: string, work: string, tsaCa: string): readonly Tool[] {
  const [openssl, sha256sum, shJq, sqlite, goBuild, goRun, sshKeygen, opensslTs, ...more] = blocksOf(bundle);
  if (opensslTs === undefined || more.length > 0) throw new Error('VERIFY.md has other blocks than expected');
  const home = join(work, 'home');
  mkdirSync(home);
  const env = { PATH: process.env['PATH'], HOME: home, TSA_CA: tsaCa, TMPDIR: work };
  const built = spawnSync('sh', ['-eu', '-c', goBuild ?? ''], { cwd: bundle, env, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`Go did not build the program of VERIFY.md:\n${built.stderr}`);
  const blocks = {
    openssl,
    sha256sum,
    'sh-jq': shJq,
    sqlite3: sqlite,
    'go-sumdb': goRun,
    'ssh-keygen': sshKeygen,
    'openssl-ts': opensslTs,
  };
  return Object.entries(blocks).map(([name, block]) => ({
    name,
    foreign: true,
    reads: READS[name] ?? [],
    accepts: async (folder) => (await run('sh', ['-eu', '-c', block ?? 'false'], { cwd: folder, env })) === 0,
  }));
}

/** Our own verifier, as a stranger without our data runs it: any change at all must be refused, with exit code 9. */
export function ownTool(root: string, work: string): Tool {
  const env = { PATH: process.env['PATH'], HOME: work, FIREBREAK_HOME: join(work, 'nothing') };
  return {
    name: 'firebreak',
    foreign: false,
    reads: [...new Set(Object.values(READS).flat())],
    accepts: async (folder) => {
      const args = [join(root, 'bin/firebreak.js'), 'verify', folder];
      const code = await run(process.execPath, args, { cwd: work, env });
      if (code !== 0 && code !== 9) throw new Error(`firebreak verify ended with ${code}`);
      return code === 0;
    },
  };
}

type Where = Readonly<{ cwd: string; env: NodeJS.ProcessEnv }>;

function run(command: string, args: readonly string[], where: Where): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...where, stdio: 'ignore', timeout: LONGEST_MS });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === null) reject(new Error(`${command} did not end`));
      else resolve(code);
    });
  });
}
