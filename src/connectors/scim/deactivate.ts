import { z } from 'zod';
import type { Outcome } from '../../model/action.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { canonicalJson } from '../../base/canonical.ts';
import { cut, shown } from '../several.ts';
import { succeeded } from '../vendor.ts';
import { PATCH_HEADERS, patchOf, scim, versionOf } from './api.ts';
import { userInput, userSchema } from './schema.ts';
import type { UserInput } from './schema.ts';

/** A person's account at any provider that speaks SCIM: switched off and on, with its groups and roles kept beside it. */

const state = z.object({ active: z.boolean(), groups: z.array(z.string()), roles: z.array(z.string()) });
type State = z.infer<typeof state>;
type Looked = Readonly<{ state: State; version: string | null }> | Readonly<{ refusal: Outcome }>;

const look = async ({ user }: UserInput, outside: Outside): Promise<Looked> => {
  const answer = await scim.ask(outside, { method: 'GET', path: `/Users/${user}` });
  if (!succeeded(answer)) return { refusal: scim.refused(answer, 'reading the user') };
  const { success, data } = userSchema.safeParse(answer.json);
  if (!success)
    return { refusal: { result: 'failed', detail: 'reading the user: the answer does not show it' } };
  const names = (all: readonly string[]) => all.map((one) => cut(one, 128));
  const { active, groups, roles } = data;
  return { state: { active, groups: names(groups), roles: names(roles) }, version: versionOf(answer) };
};

const read = async (input: UserInput, outside: Outside): Promise<Reading<State>> => {
  const found = await look(input, outside);
  if ('refusal' in found) return found;
  const { groups, roles } = found.state;
  return {
    state: found.state,
    remarks: [
      `in ${groups.length} groups, with ${roles.length} roles`,
      ...(found.version === null
        ? ['the provider keeps no version of users, so a change in the same second would not be noticed']
        : []),
    ],
  };
};

/** A version that did not fit any more: our own repeated request, or somebody else's. The user tells which. */
const settle = async (to: State, input: UserInput, outside: Outside): Promise<Outcome> => {
  const now = await look(input, outside);
  if ('refusal' in now) return { ...now.refusal, result: 'unknown' };
  return now.state.active === to.active
    ? { result: 'done', detail: 'the provider shows the user as asked for', http: 412 }
    : {
        result: 'failed',
        detail: 'somebody else has changed the user in this moment: left as it is',
        http: 412,
      };
};

const set = async (to: State, input: UserInput, outside: Outside, from: State): Promise<Outcome> => {
  const now = await look(input, outside);
  if ('refusal' in now) return now.refusal;
  if (canonicalJson(now.state) !== canonicalJson(from))
    return { result: 'failed', detail: 'somebody else has changed the user in this moment: left as it is' };
  const answer = await scim.ask(outside, {
    method: 'PATCH',
    path: `/Users/${input.user}`,
    headers: { ...PATCH_HEADERS, ...(now.version === null ? {} : { 'if-match': now.version }) },
    json: patchOf(to.active, outside),
  });
  const { status: http } = answer;
  if (http === 412) return await settle(to, input, outside);
  return succeeded(answer)
    ? { result: 'done', detail: `changing the user: confirmed with ${http}`, http }
    : scim.refused(answer, 'changing the user');
};

const setting: Setting<UserInput, State> = {
  what: 'the user',
  state,
  read,
  isOff: ({ active }) => !active,
  off: (before) => ({ ...before, active: false }),
  // Some providers take a person out of groups with it.
  reread: true,
  set,
  says: { on: 'the provider shows the user as active', off: 'the provider shows the user as not active' },
};

export const deactivateUser = action<UserInput>({
  title: 'Deactivate a user',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['whatever lets the SCIM token change users'],
  secrets: ['token'],
  input: userInput,
  byHand: {
    where: 'the provider’s own console > Users or Members',
    steps: [
      'Find the person and write down groups and roles',
      'Deactivate or suspend; never delete, which cannot be taken back',
      'Reload and see that the account is not active',
    ],
    record: 'the user’s id, groups and roles before, the time',
  },
  async preview(input, outside) {
    const request = {
      method: 'PATCH',
      path: `/Users/${input.user}`,
      json: patchOf(false, outside),
    } as const;
    return {
      calls: [shown(outside.baseUrl, request)],
      breaks: [
        'The person cannot sign in. Whether sessions and tokens that are open end with it is up to the provider: end them there too.',
      ],
      ...(await previewSetting(setting, input, outside)),
    };
  },
  ...switchOff(setting),
});
