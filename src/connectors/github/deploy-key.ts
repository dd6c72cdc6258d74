import { z } from 'zod';
import type { Outcome, Preview } from '../../model/action.ts';
import { lost, unchanged, unread } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside, Undoable } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { cut } from '../several.ts';
import { githubRefused, ownGitHub, pages, shownCall } from './api.ts';
import { deployKeyInput, keySchema } from './schema.ts';
import type { DeployKeyInput, Key } from './schema.ts';

/** Enough to add the key again: its public half is no secret. GitHub will give it another id. */
const keptSchema = keySchema.pick({ title: true, key: true, read_only: true });
type Kept = Readonly<z.infer<typeof keptSchema>>;
type State = Kept | null;

const reading = 'reading the deploy keys';

/** GitHub drops the comment at the end of a key, so only the first two words count. */
const material = (key: string): string => key.split(/\s+/).slice(0, 2).join(' ');

type Listed = Readonly<{ keys: readonly Key[] }> | Readonly<{ refusal: Outcome }>;

/** The whole listing, not the one key: a 404 on a key could also mean a token that may not see it. */
const list = async (input: DeployKeyInput, outside: Outside): Promise<Listed> => {
  const ask = await ownGitHub(outside);
  const all = await pages(ask, 'GET /repos/{owner}/{repo}/keys', { owner: input.owner, repo: input.repo });
  if ('refused' in all) return { refusal: githubRefused(all.refused, reading) };
  const keys = z.array(keySchema).safeParse(all.items);
  return keys.success && all.complete
    ? { keys: keys.data }
    : { refusal: { result: 'failed', detail: `${reading}: the list could not be read whole` } };
};

const read = async (input: DeployKeyInput, outside: Outside): Promise<Reading<State>> => {
  const listed = await list(input, outside);
  if ('refusal' in listed) return listed;
  const key = listed.keys.find((one) => one.id === input.key_id);
  if (key === undefined) return { state: null, remarks: ['the repository has no deploy key with this id'] };
  const { title, key: text, read_only } = key;
  const used = `last used: ${cut(key.last_used ?? 'never seen')}`;
  return {
    state: { title, key: text, read_only },
    remarks: [`"${cut(title)}", ${read_only ? 'read only' : 'may write'}, ${used}`],
  };
};

const setting: Setting<DeployKeyInput, State> = {
  what: 'the deploy key',
  state: keptSchema.nullable(),
  read,
  isOff: (state) => state === null,
  off: () => null,
  set: async (_to, input, outside) => {
    const ask = await ownGitHub(outside);
    const answer = await ask('DELETE /repos/{owner}/{repo}/keys/{key_id}', { ...input });
    return answer.status === 204
      ? { result: 'done', detail: 'GitHub deleted the key', http: 204 }
      : githubRefused(answer, 'deleting the key');
  },
  says: { on: 'GitHub still lists the key', off: 'the list of deploy keys can be read and does not hold it' },
};

const preview = async (input: DeployKeyInput, outside: Outside): Promise<Preview> => ({
  calls: [
    shownCall(
      outside,
      'DELETE',
      `/repos/${input.owner}/${input.repo}/keys/${input.key_id}`,
      undefined,
      'undoing adds the same key again, under a new id',
    ),
  ],
  breaks: [
    `Whatever uses this key can no longer reach ${input.owner}/${input.repo}: builds, deployments, mirrors.`,
  ],
  ...(await previewSetting(setting, input, outside)),
});

const undo = async (input: DeployKeyInput, done: Undoable, outside: Outside): Promise<Outcome> => {
  const kept = keptSchema.safeParse(done.receipt);
  if (!kept.success) return { result: 'already', detail: 'the key was not there before our action' };
  try {
    const listed = await list(input, outside);
    if ('refusal' in listed) return unchanged(listed.refusal);
    const found = listed.keys.find((one) => material(one.key) === material(kept.data.key));
    if (found === undefined) return await add(input, kept.data, outside);
    return found.title === kept.data.title && found.read_only === kept.data.read_only
      ? { result: 'already', detail: 'the same key is there again' }
      : {
          result: 'failed',
          detail: 'somebody else added this key again, with another name or other rights: left as it is',
        };
  } catch (error) {
    return unread(error, reading);
  }
};

/** A second key of the same material is refused by GitHub, so a repeat does no harm. */
const add = async ({ owner, repo }: DeployKeyInput, kept: Kept, outside: Outside): Promise<Outcome> => {
  try {
    const ask = await ownGitHub(outside, 'creating');
    const answer = await ask('POST /repos/{owner}/{repo}/keys', { owner, repo, ...kept });
    return answer.status === 201
      ? { result: 'done', detail: 'GitHub added the key again, under a new id', http: 201 }
      : githubRefused(answer, 'adding the key again');
  } catch (error) {
    return lost(error, 'adding the key again');
  }
};

export const deleteDeployKey = action<DeployKeyInput>({
  title: 'Delete a deploy key',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['repo, with admin rights on the repository'],
  secrets: ['token'],
  input: deployKeyInput,
  byHand: {
    where: 'github.com: the repository, Settings > Deploy keys',
    steps: [
      'Find the key by its title and fingerprint.',
      'Write down its title, its fingerprint and whether it has write access.',
      'Press "Delete" beside it and confirm.',
      'Reload the page and see that it is gone.',
    ],
    record:
      'Title, fingerprint and write access of the key, the time of deletion, and a picture of the list after the reload.',
  },
  preview,
  ...switchOff(setting),
  undo,
});
