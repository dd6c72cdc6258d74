import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decryptWith, identityKey } from '../../journal/age.ts';
import type { Firebreak, Peer } from './peer.ts';

/**
 * Whether the real `age` opens the key that we wrapped to a recipient of `age-keygen`, and we what it wrapped. The controls:
 * another identity opens neither.
 */
export function agePeer(firebreak: Firebreak, work: string): Peer {
  const home = join(work, 'age');
  mkdirSync(home, { mode: 0o700 });
  const identity = (name: string): Readonly<{ path: string; to: string; secret: Uint8Array }> => {
    const path = join(home, name);
    execFileSync('age-keygen', ['-o', path], { stdio: 'ignore' });
    const text = readFileSync(path, 'utf8');
    const secret = identityKey(/^AGE-SECRET-KEY-1\w+$/m.exec(text)?.[0] ?? '');
    if (secret === null) throw new Error('age-keygen wrote no identity that we can read');
    return { path, to: /age1\w+/.exec(text)?.[0] ?? '', secret };
  };
  const [mine, other] = [identity('mine'), identity('other')];
  const run = firebreak(home, { FIREBREAK_AGE_IDENTITY_FILE: mine.path });
  run('declare', 'leaked-whatsapp-token', '--title', 'A title that is sealed');
  run('keys', 'add', 'age', mine.to);

  // The key as it stands in its own file, in hex: whoever opens it with age alone can write that file again.
  const key = readFileSync(join(home, 'data/keys/data.key'), 'utf8').trim();
  const { recipients } = JSON.parse(readFileSync(join(home, 'data/keys/key.json'), 'utf8')) as {
    recipients: readonly { from: string; wrap?: { wrapped: string } }[];
  };
  const wrapped = recipients.find(({ from }) => from === 'age')?.wrap?.wrapped ?? '';
  const ours = join(home, 'ours.age');
  writeFileSync(ours, Buffer.from(wrapped, 'base64'));
  const opened = (who: string): string | null => {
    const ran = spawnSync('age', ['-d', '-i', who, ours], { encoding: 'utf8' });
    return ran.status === 0 ? ran.stdout : null;
  };
  const theirs = execFileSync('age', ['-r', mine.to], { input: key });
  const drilled = run('keys', 'drill', 'age', '--json');
  return {
    name: 'age',
    checks: {
      'age opens what we wrapped': opened(mine.path)?.trim() === key,
      'we open what age wrapped': Buffer.from(decryptWith(mine.secret, theirs) ?? []).toString() === key,
      'an incident opens by way of the identity alone': drilled.includes('"passed":true'),
    },
    controls: {
      'age refuses another identity': opened(other.path) === null,
      'we refuse another identity': decryptWith(other.secret, theirs) === null,
    },
  };
}
