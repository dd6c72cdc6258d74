import { z } from 'zod';
import { sha256Hex } from '../../base/hash.ts';
import type { Outcome, Preview } from '../../model/action.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { hasId } from '../found.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { cut } from '../several.ts';
import { githubRefused, ownGitHub, pages, shownCall } from './api.ts';
import type { Params } from './api.ts';
import { hookSchema, webhookInput } from './schema.ts';
import type { Hook, WebhookInput } from './schema.ts';

/** What of a hook is kept. Its address may carry a password, so it is kept as the host and a hash that shows a change. */
const keptSchema = z.object({
  active: z.boolean(),
  host: z.string(),
  address_sha256: z.string(),
  content_type: z.string(),
  insecure_ssl: z.string(),
  has_secret: z.boolean(),
  events: z.array(z.string()),
});
type Kept = Readonly<z.infer<typeof keptSchema>>;
const stateSchema = z.union([keptSchema, z.strictObject({ gone: z.literal(true) })]);
type State = Kept | Readonly<{ gone: true }>;

const stateOf = (hook: Hook): Kept => ({
  active: hook.active,
  host: hostOf(hook.config.url ?? ''),
  address_sha256: sha256Hex(hook.config.url ?? ''),
  content_type: hook.config.content_type ?? 'form',
  insecure_ssl: String(hook.config.insecure_ssl ?? '0'),
  has_secret: hook.config.secret !== undefined,
  events: hook.events.toSorted(),
});

const hostOf = (url: string): string =>
  URL.canParse(url) ? cut(new URL(url).host) : 'an unreadable address';

const placeOf = (input: WebhookInput): Readonly<{ hooks: string; path: string; params: Params }> =>
  input.repo === undefined
    ? {
        hooks: '/orgs/{org}/hooks',
        path: `/orgs/${input.org}/hooks/${input.hook_id}`,
        params: { org: input.org },
      }
    : {
        hooks: '/repos/{owner}/{repo}/hooks',
        path: `/repos/${input.org}/${input.repo}/hooks/${input.hook_id}`,
        params: { owner: input.org, repo: input.repo },
      };

const remarksOn = (state: Kept): readonly string[] => [
  `the receiver is ${state.host}, for ${cut(state.events.join(', '))}`,
  ...(state.has_secret
    ? []
    : ['the hook has no secret, so its receiver cannot tell GitHub from an attacker']),
];

/** The hook as it is now. "Gone" needs a listing that can be read and does not hold it. */
const read = async (input: WebhookInput, outside: Outside): Promise<Reading<State>> => {
  const { hooks, params } = placeOf(input);
  const ask = await ownGitHub(outside);
  const answer = await ask(`GET ${hooks}/{hook_id}`, { ...params, hook_id: input.hook_id });
  const hook = hookSchema.safeParse(answer.json);
  if (answer.status === 200 && hook.success) {
    const state = stateOf(hook.data);
    return { state, remarks: remarksOn(state) };
  }
  const refusal = githubRefused(answer, 'reading the hook');
  if (answer.status !== 404) return { refusal };
  const all = await pages(ask, `GET ${hooks}`, params);
  const isListed =
    'items' in all && all.items.some((one) => hasId(one, 'id', String(input.hook_id)) !== false);
  return 'items' in all && all.complete && !isListed
    ? { state: { gone: true }, remarks: ['there is no hook with this id'] }
    : { refusal };
};

const set = async (to: State, input: WebhookInput, outside: Outside): Promise<Outcome> => {
  const { hooks, params } = placeOf(input);
  const active = 'active' in to && to.active;
  const ask = await ownGitHub(outside);
  // Never `config`: one without the secret removes the secret, and no read gives it back.
  const answer = await ask(`PATCH ${hooks}/{hook_id}`, { ...params, hook_id: input.hook_id, active });
  const hook = hookSchema.safeParse(answer.json);
  if (answer.status !== 200) return githubRefused(answer, 'changing the hook');
  return hook.success && hook.data.active === active
    ? { result: 'done', detail: `GitHub answered that the hook is ${active ? 'on' : 'off'}`, http: 200 }
    : { result: 'unknown', detail: 'GitHub accepted the change, but its answer does not show it', http: 200 };
};

const setting: Setting<WebhookInput, State> = {
  what: 'the hook',
  state: stateSchema,
  read,
  isOff: (state) => 'gone' in state || !state.active,
  off: (before) => ('gone' in before ? before : { ...before, active: false }),
  set,
  says: {
    on: 'GitHub shows the hook as active',
    off: 'GitHub shows no such hook, or shows it as not active',
  },
};

const preview = async (input: WebhookInput, outside: Outside): Promise<Preview> => ({
  calls: [shownCall(outside, 'PATCH', placeOf(input).path, { active: false })],
  breaks: [
    'GitHub sends no more events to the receiver of this hook. What happens meanwhile is not sent later.',
  ],
  ...(await previewSetting(setting, input, outside)),
});

export const pauseWebhook = action<WebhookInput>({
  title: 'Switch a webhook off',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['admin:org_hook for a hook of the organisation', 'write:repo_hook for a hook of a repository'],
  secrets: ['token'],
  input: webhookInput,
  byHand: {
    where: 'github.com: the organisation or the repository, Settings > Webhooks',
    steps: [
      'Open the hook with this id: it stands at the end of the page’s address.',
      'Write down the payload URL’s host, the events, and whether "Active" is ticked.',
      'Take away the tick at "Active" and press "Update webhook". Change nothing else: a secret typed over is lost.',
      'Reload the page and see that "Active" has no tick.',
    ],
    record:
      'The hook’s id, whether it was active before, the time of the change, and a picture of the page after the reload.',
  },
  preview,
  ...switchOff(setting),
});
