import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Firebreak, Peer } from '../../src/dev/outside/peer.ts';

/**
 * Whether a stranger with openssl, sha256sum, jq and sqlite3 accepts a bundle by the commands of its own VERIFY.md, and refuses it once an entry
 * says something else. `npm run test:outside` changes it in a hundred ways and asks Go and ssh-keygen too.
 */
export const bundlePeer = (firebreak: Firebreak, work: string): Peer => {
  const home = join(work, 'bundle');
  mkdirSync(home, { mode: 0o700 });
  const run = firebreak(home);
  run('declare', 'leaked-whatsapp-token', '--title', 'A token leaked');
  run('note', 'The laptop was in the office');
  const bundle = join(home, 'case');
  run('export', '--format', 'bundle', '--out', bundle);
  const blocks = [...readFileSync(join(bundle, 'VERIFY.md'), 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)]
    .map((found) => found[1] ?? '')
    .slice(0, BLOCKS.length);
  const accepts = (): readonly boolean[] =>
    blocks.map((code) => spawnSync('sh', ['-eu', '-c', code], { cwd: bundle, stdio: 'ignore' }).status === 0);
  const before = accepts();
  const last = readdirSync(join(bundle, 'entries')).sort().at(-1) ?? '';
  const entry = join(bundle, 'entries', last);
  writeFileSync(
    entry,
    readFileSync(entry, 'utf8').replace('"ada"', '"eve"').replace('"wall":"20', '"wall":"19'),
  );
  const after = accepts();
  return {
    name: 'bundle',
    checks: Object.fromEntries(BLOCKS.map((name, i) => [`${name} accepts it`, before[i] === true])),
    controls: {
      'an entry that was changed is refused by what reads entries': after[2] === false && after[3] === false,
    },
  };
};

/** The first blocks of VERIFY.md, in their order. */
const BLOCKS = ['openssl', 'sha256sum', 'sh with jq', 'sqlite3'] as const;
