import { z } from 'zod';
import { sshPrivateKey, sshPublicHalf } from '../../base/ssh-key.ts';
import type { Proof } from '../../model/action.ts';
import type { Outside } from '../connector.ts';
import { making } from '../making.ts';
import type { Making } from '../making.ts';
import { cut, HIDDEN } from '../several.ts';
import { pages, under } from '../vendor.ts';
import type { Pages } from '../vendor.ts';
import { asOwner } from './app.ts';
import { deployKeyInput, keySchema } from './schema.ts';
import type { DeployKeyInput, Key } from './schema.ts';
import { walk } from './walk.ts';

/**
 * A new deploy key beside the old one, with the same rights. It is made on this machine and GitHub gets its public half alone, so
 * that what is placed is the whole private key, as a file of ssh wants it.
 */

const SEED_BYTES = 32;

const keysOf = ({ owner, repo }: DeployKeyInput): string => `/repos/${owner}/${repo}/keys`;

const listed = async (input: DeployKeyInput, outside: Outside): Promise<Pages> =>
  await pages(asOwner, outside, walk(keysOf(input)), 'reading the deploy keys');

const rowsOf = (found: Extract<Pages, { rows: unknown }>): readonly Key[] =>
  found.rows.flatMap((row) => keySchema.safeParse(row).data ?? []);

/** GitHub drops the comment at the end of a key. */
const material = (key: string): string => key.split(/\s+/).slice(0, 2).join(' ');

const publicLine = (own: string): string =>
  own === HIDDEN ? '[the public half of a new key]' : (sshPublicHalf(own)?.line ?? '');

const key: Making<DeployKeyInput> = {
  vendor: asOwner,
  what: 'the deploy key',
  own: { make: ({ random }) => sshPrivateKey(random.bytes(SEED_BYTES)), sent: false },
  async marked(mark, input, outside) {
    const found = await listed(input, outside);
    if ('refusal' in found) return found;
    return { ids: rowsOf(found).flatMap(({ id, title }) => (title === mark ? [String(id)] : [])) };
  },
  async make(mark, input, outside, own) {
    const found = await listed(input, outside);
    if ('refusal' in found) return found;
    const old = rowsOf(found).find(({ id }) => id === input.key_id);
    if (old === undefined)
      return {
        refusal: { result: 'failed', detail: 'the repository has no deploy key with this id to be replaced' },
      };
    return {
      method: 'POST',
      path: keysOf(input),
      json: { title: mark, key: publicLine(own), read_only: old.read_only },
    };
  },
  of: ({ json }, own) => {
    const id = under(json, 'id');
    return typeof id === 'number' ? { id: String(id), secret: own } : null;
  },
  end: (id, input) => [{ method: 'DELETE', path: `${keysOf(input)}/${id}` }],
  async use(secret, input, outside): Promise<Proof> {
    const line = sshPublicHalf(secret)?.line ?? null;
    if (line === null) return { is: 'refuted', how: 'it is no private key as ssh-keygen writes it' };
    const found = await listed(input, outside);
    if ('refusal' in found) return { is: 'unproved', how: found.refusal.detail };
    const row = rowsOf(found).find((one) => material(one.key) === line);
    if (row !== undefined)
      return { is: 'proved', how: `GitHub lists its public half as "${cut(row.title)}"`, http: 200 };
    return found.complete
      ? { is: 'refuted', how: 'the list of deploy keys can be read and does not hold its public half' }
      : { is: 'unproved', how: 'the list of deploy keys was too long to be read to its end' };
  },
};

export const makeDeployKey = making<DeployKeyInput>(key, {
  title: 'Make a new deploy key',
  confidence: 'confirmed',
  scopes: ['repo, with admin rights on the repository'],
  secrets: ['token'],
  input: deployKeyInput as z.ZodType<DeployKeyInput>,
  breaks: [
    'Nothing: it stands beside the old one, with the same access.',
    'The service is given the private key, as ssh-keygen writes it (Ed25519, no passphrase).',
  ],
  byHand: {
    where: 'github.com: the repository, Settings > Deploy keys > Add deploy key',
    steps: [
      'Where the service runs: ssh-keygen -t ed25519 -f new-deploy-key',
      'Look whether the old key has write access, and give the new one the same',
      'Add new-deploy-key.pub; the private half does not leave that machine',
    ],
    record: 'title and fingerprint of the new key, its access, the time',
  },
});
