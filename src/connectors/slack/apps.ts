import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Outcome } from '../../model/action.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { cut, shown } from '../several.ts';
import { pages, rowsOf, succeeded, textAt, under } from '../vendor.ts';
import { admin, method, teamOf, walk } from './admin.ts';
import { appInput } from './schema.ts';
import type { AppInput } from './schema.ts';

/** Other people's apps in our workspace: barred from being installed again, and taken out. */

const state = z.object({ restricted: z.boolean(), approved: z.boolean() });
type State = z.infer<typeof state>;

const holds = (rows: readonly Json[], app: string): boolean =>
  rows.some((row) => textAt(under(row, 'app'), 'id') === app);

const read = async ({ app }: AppInput, outside: Outside): Promise<Reading<State>> => {
  const args = { team_id: teamOf(outside) };
  const lists: Json[][] = [];
  for (const [name, field] of [
    ['admin.apps.restricted.list', 'restricted_apps'],
    ['admin.apps.approved.list', 'approved_apps'],
  ] as const) {
    const all = await pages(admin, outside, walk(name, field, args), 'reading which apps may be installed');
    if ('refusal' in all) return all;
    if (!all.complete)
      return { refusal: { result: 'failed', detail: 'reading which apps may be installed: too many' } };
    lists.push([...all.rows]);
  }
  const [restricted = [], approved = []] = lists;
  return {
    state: { restricted: holds(restricted, app), approved: holds(approved, app) },
    remarks: ['installations that are there go on, with their tokens: uninstall the app as well'],
  };
};

/** To bar it, to allow it as it was, or to leave it undecided as it was. */
const nameOf = (to: State): string =>
  to.restricted ? 'admin.apps.restrict' : to.approved ? 'admin.apps.approve' : 'admin.apps.clearResolution';

const request = (to: State, { app }: AppInput, outside: Outside) =>
  method(nameOf(to), { app_id: app, team_id: teamOf(outside) });

const set = async (to: State, input: AppInput, outside: Outside): Promise<Outcome> => {
  const answer = await admin.ask(outside, request(to, input, outside));
  const what = to.restricted ? 'barring the app' : 'letting the app be installed again';
  return succeeded(answer)
    ? { result: 'done', detail: `${what}: Slack confirmed`, http: 200 }
    : admin.refused(answer, what);
};

const setting: Setting<AppInput, State> = {
  what: 'whether the app may be installed',
  state,
  read,
  isOff: ({ restricted }) => restricted,
  off: () => ({ restricted: true, approved: false }),
  set,
  says: { on: 'Slack does not list the app as restricted', off: 'Slack lists the app as restricted' },
};

export const restrictApp = action<AppInput>({
  title: 'Bar an app from being installed',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['admin.apps:write and admin.apps:read, on an Enterprise plan'],
  secrets: ['admin_token'],
  input: appInput,
  byHand: {
    where: 'the workspace’s menu > Tools & settings > Manage apps > the app',
    steps: ['Choose Restrict', 'Reload and see that it stands under Restricted apps'],
    record: 'the app’s id, whether it was approved before, the time',
  },
  async preview(input, outside) {
    const call = shown(outside.baseUrl, request({ restricted: true, approved: false }, input, outside));
    return {
      calls: [call],
      breaks: ['Nobody can install the app anew. Installations and tokens that are there go on.'],
      ...(await previewSetting(setting, input, outside)),
    };
  },
  ...switchOff(setting),
});

/** Slack lists no installations to administrators; but its log tells whether the app was last put in or taken out. */
const find = async ({ app }: AppInput, outside: Outside): Promise<Found> => {
  const args = { app_id: app, team_id: teamOf(outside), count: 100 };
  const answer = await admin.ask(outside, method('team.integrationLogs', args));
  const what = 'reading the log of apps';
  if (!succeeded(answer)) return { is: 'hidden', refusal: admin.refused(answer, what) };
  const newest = rowsOf(under(answer.json, 'logs')).find((row) =>
    ['added', 'removed'].includes(textAt(row, 'change_type')),
  );
  if (newest !== undefined && textAt(newest, 'change_type') === 'removed')
    return { is: 'gone', how: 'Slack’s log of apps shows it as removed, and not as added since' };
  const scopes = newest === undefined ? '' : textAt(newest, 'scope');
  return { is: 'there', kept: { app: cut(app, 20), scopes: cut(scopes) } };
};

export const uninstallApp = removing<AppInput>(
  {
    vendor: admin,
    what: 'the app',
    find,
    // The log may be a little behind.
    queued: true,
    end: ({ app }, outside) => method('admin.apps.uninstall', { app_id: app, team_ids: teamOf(outside) }),
  },
  {
    title: 'Uninstall an app from the workspace',
    confidence: 'confirmed',
    scopes: ['admin.apps:write on an Enterprise plan', 'admin for the proof in the log'],
    secrets: ['admin_token'],
    input: appInput,
    breaks: [
      'The app is out, and every token it holds of this workspace is dead. Each person must install it again. Bar it as well, or it comes back.',
    ],
    byHand: {
      where: 'the workspace’s menu > Tools & settings > Manage apps > the app > Configuration',
      steps: ['Write down its scopes and channels', 'Press Remove app', 'Reload: it is gone'],
      record: 'the app’s id and scopes, the time',
    },
  },
);
