import { afterEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import type { ActionInput, Undoable } from '../../src/connectors/connector.ts';
import { startSimulator } from '../../src/connectors/simulator.ts';
import type { RunningSimulator } from '../../src/connectors/simulator.ts';
import { connector } from '../../src/connectors/slack/index.ts';
import { worldSchema } from '../../src/connectors/slack/world.ts';
import { listen } from '../../src/io/server.ts';
import type { Ask } from '../../src/io/server.ts';
import { seed } from '../fixtures/connectors/slack.ts';
import { rigOutside } from '../rig/outside.ts';

const OWN = 'xoxb-sim-own-token-of-firebreak';
const BOT = 'xoxb-sim-leaked-bot-token';

const open: Readonly<{ close: () => Promise<void> }>[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const never = (): never => {
  throw new Error('not there');
};

const setUp = async (
  given: Readonly<{ suspects?: readonly string[]; more?: object; token?: string }> = {},
) => {
  const { suspects = [], more = {}, token = OWN } = given;
  const sim: RunningSimulator = await startSimulator({
    simulator: connector.simulator ?? never(),
    seed: { ...seed, ...more } as Json,
    recipe: null,
    now: () => rig.clock.now(),
    persist: () => {},
  });
  open.push(sim);
  const rig = rigOutside({ baseUrl: sim.url, secrets: { token }, suspects });
  const act = (name: keyof typeof connector.actions, input: ActionInput = {}) => {
    const action = connector.actions[name] ?? never();
    const parsed = action.input.parse(input);
    return {
      preview: async () => await action.preview(parsed, rig.outside),
      run: async () => await action.run(parsed, rig.outside),
      verify: async () => await action.verify(parsed, rig.outside),
      undo: async (done: Undoable) => await action.undo?.(parsed, done, rig.outside),
    };
  };
  const { outside, heard, kept } = rig;
  return { sim, act, outside, heard, kept, world: () => worldSchema.parse(sim.state()) };
};

describe('a war room', () => {
  test('is private, carries our sign, and steps aside when a stranger has the name', async () => {
    const { act, world } = await setUp();
    const outcome = await act('open-war-room', { name: 'inc-birch' }).run();
    expect(outcome).toMatchObject({ result: 'done', receipt: { name: 'inc-birch-2', created: true } });
    const room = world().channels.at(-1);
    expect(room).toMatchObject({ name: 'inc-birch-2', is_private: true });
    expect(room?.purpose).toMatch(/^Opened by firebreak \([0-9a-f]{12}\)$/);
    // Later steps name the room as the runbook does and must not reach the stranger's channel.
    await act('post-status', { channel: 'inc-birch', text: 'hello' }).run();
    expect(world().messages.map((one) => one.channel)).toEqual([room?.id]);
  });

  test('of an earlier incident with the same name is used again and not archived by undo', async () => {
    const { act } = await setUp();
    const outcome = await act('open-war-room', { name: 'inc-amber' }).run();
    expect(outcome).toMatchObject({ result: 'already', receipt: { channel: 'C0INCIDENT1', created: false } });
  });

  test('that lost its sign, because we died between its two calls, is still found by undo', async () => {
    const { act, kept, sim, world } = await setUp();
    sim.fault({ is: 'cut', path: 'conversations.setPurpose' });
    await act('open-war-room', { name: 'inc-cedar' }).run();
    expect(world().channels.at(-1)).toMatchObject({ name: 'inc-cedar', purpose: '', is_archived: false });
    const [before = never()] = kept;
    expect(before.receipt).toMatchObject({ channel: null, name: 'inc-cedar', created: true });
    expect(await act('open-war-room', { name: 'inc-cedar' }).undo(before)).toMatchObject({ result: 'done' });
    expect(world().channels.map((one) => one.is_archived)).toEqual([false, false, true]);
  });

  test('that is not allowed says which scope is missing', async () => {
    const { act } = await setUp({ more: { tokens: [{ token: OWN, scopes: ['groups:read'] }] } });
    const outcome = await act('open-war-room', { name: 'inc-cedar' }).run();
    expect(outcome.result).toBe('forbidden');
    expect(outcome.detail).toContain('groups:write');
  });
});

describe('messages and people', () => {
  test('one wrong id keeps nobody else out, and is named', async () => {
    const { act, world } = await setUp();
    const outcome = await act('invite', { channel: 'C0INCIDENT1', users: 'U0DPO00001,U0NOBODY01' }).run();
    expect(outcome.result).toBe('accepted');
    expect(outcome.detail).toContain('U0NOBODY01');
    expect(world().channels[0]?.members).toContain('U0DPO00001');
    expect(
      (await act('invite', { channel: 'C0INCIDENT1', users: 'U0DPO00001,U0NOBODY01' }).verify()).is,
    ).toBe('refuted');
  });

  test('without the right to read the channel nothing is posted, because it could be the second time', async () => {
    const { act, world } = await setUp({
      more: { tokens: [{ token: OWN, scopes: ['chat:write', 'groups:read'] }] },
    });
    const outcome = await act('post-status', { channel: 'C0INCIDENT1', text: 'contained' }).run();
    expect(outcome.result).toBe('forbidden');
    expect(outcome.detail).toContain('groups:history');
    expect(world().messages).toEqual([]);
  });

  test('evidence goes to no host but Slack’s', async () => {
    const seen: string[] = [];
    const elsewhere = await listen((ask) => {
      seen.push(ask.path);
      return { status: 200, body: 'OK' };
    });
    open.push(elsewhere);
    const answers: Readonly<Record<string, Json>> = {
      '/conversations.info': { ok: true, channel: { id: 'C0INCIDENT1', name: 'inc-amber' } },
      '/files.list': { ok: true, files: [] },
      '/files.getUploadURLExternal': { ok: true, upload_url: `${elsewhere.url}/steal`, file_id: 'F1' },
    };
    const api = await listen((ask: Ask) => ({
      status: 200,
      body: JSON.stringify(answers[ask.path] ?? { ok: false, error: 'unknown_method' }),
    }));
    open.push(api);
    const { outside } = rigOutside({ baseUrl: api.url, secrets: { token: OWN } });
    const upload = connector.actions['upload-file'] ?? never();
    const outcome = await upload.run(
      { channel: 'C0INCIDENT1', filename: 'a.md', content: 'evidence' },
      outside,
    );
    expect(outcome).toMatchObject({ result: 'failed' });
    expect(seen).toEqual([]);
  });

  test('the record of exchanges tells of an upload without repeating the evidence', async () => {
    const { act, heard } = await setUp();
    await act('upload-file', {
      channel: 'inc-amber',
      filename: 'people.csv',
      content: 'mira,secret diagnosis',
    }).run();
    expect(JSON.stringify(heard)).not.toContain('diagnosis');
  });
});

describe('leaked tokens', () => {
  test('of a bot keep the list of channels that the bot loses', async () => {
    const { act, world } = await setUp({ suspects: [BOT] });
    const outcome = await act('revoke-token').run();
    expect(outcome).toMatchObject({
      result: 'done',
      receipt: { credentials: [{ channels: ['C0STRANGER1'] }] },
    });
    expect(world().channels[1]?.members).toEqual(['U0MIRA0001']);
    expect(await act('revoke-token').verify()).toMatchObject({ is: 'proved' });
    expect((await act('revoke-token').run()).result).toBe('already');
  });

  test('leave behind where their bot must be invited again, before they die', async () => {
    const { act, kept } = await setUp({ suspects: [BOT] });
    await act('revoke-token').run();
    expect(kept).toEqual([{ receipt: { credentials: [{ channels: ['C0STRANGER1'] }] }, after: null }]);
  });

  test('are killed at once even when their channels cannot be listed', async () => {
    const { act, sim, kept } = await setUp({ suspects: [BOT] });
    sim.fault({ is: 'status', status: 503, path: 'users.conversations' });
    const outcome = await act('revoke-token').run();
    expect(outcome).toMatchObject({ result: 'done' });
    expect(outcome.detail).toContain('evidence: not captured, because listing its channels');
    expect(kept).toEqual([]);
    expect(sim.seen().filter((ask) => ask.path.includes('users.conversations'))).toHaveLength(1);
  });

  test('that Slack does not know are neither called dead nor proved', async () => {
    const { act } = await setUp({ suspects: ['xoxb-sim-mistyped-token'] });
    expect((await act('revoke-token').preview()).now).toBe('unknown');
    expect((await act('revoke-token').run()).result).toBe('failed');
    expect((await act('revoke-token').verify()).is).toBe('unproved');
  });

  test('are killed without our own among them; given alone it is killed too', async () => {
    const both = await setUp({ suspects: [OWN, BOT] });
    expect((await both.act('revoke-token').run()).detail).toContain('left out and is still alive');
    expect(both.world().tokens.map((one) => one.revoked)).toEqual([false, true, false, false]);
    const alone = await setUp({ suspects: [OWN] });
    expect((await alone.act('revoke-token').run()).result).toBe('done');
    expect(alone.world().tokens[0]?.revoked).toBe(true);
  });
});

test('health tells the scopes, or Slack’s word for what is wrong', async () => {
  const { outside } = await setUp();
  const health = await connector.health(outside);
  expect(health.ok).toBe(true);
  expect(health.scopes).toContain('chat:write');
  const dead = await setUp({ more: { tokens: [{ token: OWN, revoked: true }] } });
  expect(await connector.health(dead.outside)).toMatchObject({ ok: false });
  expect((await connector.health(dead.outside)).detail).toContain('token_revoked');
});

test('the simulator answers 200 to everything, as Slack does', async () => {
  const { sim, outside } = await setUp();
  const ask = async (path: string, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await outside.http.fetch(`${sim.url}${path}`, { method: 'POST', headers });
    return [response.status, ((await response.json()) as { error?: string }).error];
  };
  expect(await ask('/api/auth.test')).toEqual([200, 'not_authed']);
  expect(await ask('/auth.test', 'xoxb-nobody')).toEqual([200, 'invalid_auth']);
  expect(await ask('/files.upload', OWN)).toEqual([200, 'unknown_method']);
  expect(await ask('/toString', OWN)).toEqual([200, 'unknown_method']);
  expect(await ask('/auth.test', OWN)).toEqual([200, undefined]);
});
