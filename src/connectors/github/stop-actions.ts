import { z } from 'zod';
import type { Outcome } from '../../model/action.ts';
import { lost } from '../call.ts';
import type { CallRequest } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside, Undoable } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { pages, succeeded, under } from '../vendor.ts';
import { shown } from '../several.ts';
import { asOwner } from './app.ts';
import { orgInput, permissionsSchema } from './schema.ts';
import type { OrgInput } from './schema.ts';
import { walk } from './walk.ts';

/** All workflows of an organisation: a thief who can push runs code with its secrets. The list of repositories is put back. */

const state = z.object({
  enabled: z.enum(['all', 'none', 'selected']),
  /** Only for `selected`; GitHub forgets it with another choice. */
  repositories: z.array(z.int()),
});
type State = z.infer<typeof state>;

const path = ({ org }: OrgInput): string => `/orgs/${org}/actions/permissions`;

const read = async (input: OrgInput, outside: Outside): Promise<Reading<State>> => {
  const what = 'reading whether Actions run';
  const answer = await asOwner.ask(outside, { method: 'GET', path: path(input) });
  if (!succeeded(answer)) return { refusal: asOwner.refused(answer, what) };
  const { success, data } = permissionsSchema.safeParse(answer.json);
  if (!success) return { refusal: { result: 'failed', detail: `${what}: the answer does not show it` } };
  const enabled = data.enabled_repositories;
  if (enabled !== 'selected') return { state: { enabled, repositories: [] }, remarks: [] };
  const list = walk(`${path(input)}/repositories`, 'repositories');
  const all = await pages(asOwner, outside, list, 'reading the repositories that may');
  if ('refusal' in all) return { refusal: all.refusal };
  if (!all.complete)
    return { refusal: { result: 'failed', detail: `${what}: too many repositories to keep them all` } };
  const ids = all.rows.map((row) => z.int().safeParse(under(row, 'id')).data ?? 0);
  return {
    state: { enabled, repositories: ids.toSorted((a, b) => a - b) },
    remarks: [`Actions run in ${ids.length} repositories, which are kept for the way back`],
  };
};

const write = (input: OrgInput, to: State): readonly CallRequest[] => [
  // Which actions are allowed is left out, and so left as it is.
  { method: 'PUT', path: path(input), json: { enabled_repositories: to.enabled } },
  ...(to.enabled === 'selected'
    ? [
        {
          method: 'PUT',
          path: `${path(input)}/repositories`,
          json: { selected_repository_ids: to.repositories },
        } as const,
      ]
    : []),
];

const set = async (to: State, input: OrgInput, outside: Outside): Promise<Outcome> => {
  const what = to.enabled === 'none' ? 'stopping Actions' : 'letting Actions run again';
  for (const request of write(input, to)) {
    const answer = await asOwner.ask(outside, request);
    if (!succeeded(answer)) return asOwner.refused(answer, what);
  }
  return { result: 'done', detail: `${what}: confirmed`, http: 204 };
};

const setting: Setting<OrgInput, State> = {
  what: 'whether Actions run',
  state,
  read,
  isOff: ({ enabled }) => enabled === 'none',
  off: () => ({ enabled: 'none', repositories: [] }),
  set,
  says: {
    on: 'GitHub shows Actions as running in repositories',
    off: 'GitHub shows Actions as running in no repository',
  },
};

const turned = switchOff(setting);

/**
 * The way back takes two requests. Where only the first arrived, repositories are to be selected and none is: that lets nothing
 * run, so it is no choice of somebody else's that the list would overwrite.
 */
const halfWay = async (input: OrgInput, done: Undoable, outside: Outside): Promise<Outcome | null> => {
  const before = state.safeParse(done.receipt).data;
  if (before?.enabled !== 'selected' || before.repositories.length === 0) return null;
  try {
    const now = await read(input, outside);
    if ('refusal' in now || now.state.enabled !== 'selected' || now.state.repositories.length > 0)
      return null;
    return await set(before, input, outside);
  } catch (error) {
    return lost(error, 'letting Actions run again');
  }
};

export const stopActions = action<OrgInput>({
  title: 'Stop GitHub Actions in the whole organisation',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['admin:org of an owner'],
  secrets: ['token'],
  input: orgInput,
  byHand: {
    where: 'github.com: the organisation, Settings > Actions > General',
    steps: [
      'Write down what is chosen under Policies, and the list of repositories if some are selected',
      'Choose Disabled, and press Save',
      'Cancel the runs that are under way: they go on to their end otherwise',
    ],
    record: 'what was chosen before, the list of repositories, the time, which runs were cancelled',
  },
  async preview(input, outside) {
    const calls = write(input, { enabled: 'none', repositories: [] });
    return {
      calls: calls.map((request) => shown(outside.baseUrl, request)),
      breaks: [
        'No workflow starts any more: builds, releases and deployments stand still. Runs that are under way go on to their end.',
      ],
      ...(await previewSetting(setting, input, outside)),
    };
  },
  ...turned,
  async undo(input, done, outside) {
    return (await halfWay(input, done, outside)) ?? (await turned.undo(input, done, outside));
  },
});
