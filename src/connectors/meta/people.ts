import { z } from 'zod';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Setting } from '../setting.ts';
import { shown } from '../several.ts';
import { cutShort, endsHere, graph, graphId, node, ok, refusal, succeeded } from './graph.ts';
import { permissions } from './schema.ts';

/** Taking back what a person granted to the app: their user tokens die with it, and only a new login brings them back. */

const input = z.object({ user_id: graphId('app-scoped user id') });
type Input = z.infer<typeof input>;
const granted = z.object({ granted: z.array(z.string()) });
type Granted = z.infer<typeof granted>;

const path = (outside: Outside, user: string): string => node(outside, `/${user}/permissions`);

const setting: Setting<Input, Granted> = {
  what: "the user's permissions",
  state: granted,
  async read({ user_id: user }, outside) {
    const answer = await graph(outside, await outside.secret('token'), {
      method: 'GET',
      path: path(outside, user),
    });
    const parsed = permissions.safeParse(answer.json);
    if (!ok(answer) || !parsed.success) return { refusal: refusal(answer, "reading the user's permissions") };
    const rows = parsed.data.data.filter((row) => row.status === 'granted');
    if (rows.length === 0 && !endsHere(answer))
      return { refusal: cutShort("reading the user's permissions") };
    return { state: { granted: rows.map((row) => row.permission).toSorted() }, remarks: [] };
  },
  isOff: (state) => state.granted.length === 0,
  off: () => ({ granted: [] }),
  blind: { granted: [] },
  async set(_to, { user_id: user }, outside) {
    const answer = await graph(outside, await outside.secret('token'), {
      method: 'DELETE',
      path: path(outside, user),
    });
    const did = "taking back the user's permissions";
    return succeeded(answer)
      ? { result: 'done', detail: `${did}: confirmed`, http: 200 }
      : refusal(answer, did);
  },
  says: {
    on: 'the user still has permissions granted to the app',
    off: 'the user has no permission granted to the app',
  },
};

// There is no undo: the person logs in again.
const { run, verify } = switchOff(setting);

export const revokeUserPermissions = action<Input>({
  title: "Take back a user's grant to the app",
  effect: 'irreversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: [],
  secrets: ['token'],
  input,
  byHand: {
    where: "the person's Facebook account > Settings > Business integrations, or Apps and websites",
    steps: ['Have the person remove the app', 'Have them log in again once the app is clean'],
    record: 'person, permissions that were granted, time',
  },
  async preview({ user_id: user }, outside) {
    return {
      calls: [shown(outside.baseUrl, { method: 'DELETE', path: path(outside, user) })],
      breaks: ['What the app does in the name of this person stops until they log in again'],
      ...(await previewSetting(setting, { user_id: user }, outside)),
    };
  },
  run,
  verify,
});
