import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startReceiver } from '../rig/receiver.ts';
import type { Care, Sender } from '../rig/receiver.ts';
import { rigApp } from '../rig/app.ts';
import { company } from './company.ts';

// A real receiver on this machine, careless in each way in turn: the probe names that way, and finds nothing at the right one.

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const scene = async (sender: Sender, care: Care) => {
  const all = await company();
  const secrets = { key: all.made('meta-lrh.app_secret'), verifyToken: all.made('meta-lrh.verify_token') };
  const receiver = await startReceiver(sender, care, secrets);
  ends.push(async () => {
    await receiver.close();
  });
  const verify = sender === 'meta' ? ', verify_token: verify_token' : '';
  appendFileSync(
    join(all.workspace, 'inventory.yaml'),
    `  - { id: in, title: In, url: '${receiver.url}/hook', signs: ${sender}, owner: Tomasz, connector: meta-lrh, secret: app_secret${verify} }\n`,
  );
  const door = await (await all.app()).audits();
  const plan = await door.planProbe(`${receiver.url}/hook`);
  return { all, receiver, secrets, door, plan };
};

const probed = async (sender: Sender, care: Care) => {
  const { door, plan, receiver, secrets } = await scene(sender, care);
  const report = await door.probe(plan, plan.host);
  const bad = report.verdicts.filter(({ is }) => is === 'bad').map(({ id }) => id);
  const unclear = report.verdicts.filter(({ is }) => is === 'unclear').map(({ id }) => id);
  // It counts what it was sent, and the key itself is never among it.
  expect(receiver.asked.length).toBeLessThan(60);
  expect(JSON.stringify([report, receiver.asked.map(({ headers, body }) => [headers, body])])).not.toContain(
    secrets.key,
  );
  return { bad, unclear, limited: report.rate?.limitedAt !== null };
};

const SENDERS = ['meta', 'github', 'slack', 'stripe', 'twilio'] as const;

test.each(SENDERS)(
  'a right receiver of %s: nothing is found',
  async (sender) => {
    expect(await probed(sender, 'right')).toEqual({ bad: [], unclear: [], limited: true });
  },
  30_000,
);

test.each([
  ['github', 'takes-unsigned', ['unsigned']],
  ['meta', 'compares-nothing', ['other-bytes', 'wrong-key', 'empty-key']],
  ['slack', 'compares-nothing', ['other-bytes', 'old', 'wrong-key', 'empty-key']],
  ['meta', 'signs-what-it-parsed', ['other-bytes']],
  ['twilio', 'has-an-empty-key', ['empty-key']],
  ['slack', 'forgets-the-time', ['old']],
  ['stripe', 'forgets-the-time', ['old']],
  ['meta', 'believes-any-verify-token', ['verify-wrong']],
] as const)(
  'a receiver of %s that %s is told so',
  async (sender, care, wanted) => {
    const { bad, unclear } = await probed(sender, care);
    expect(bad.toSorted()).toEqual([...wanted].toSorted());
    expect(unclear.filter((id) => id !== 'replay' && id !== 'right')).toEqual([]);
  },
  30_000,
);

test('repeats, a missing limit, a receiver that breaks and one that refuses everybody are told apart', async () => {
  expect(await probed('stripe', 'takes-repeats')).toEqual({ bad: [], unclear: ['replay'], limited: true });
  expect(await probed('github', 'limits-nothing')).toMatchObject({ bad: [], limited: false });
  expect((await probed('github', 'breaks')).bad).toContain('unsigned');
  // Whoever refuses what is right proves nothing by refusing the rest.
  expect(await probed('github', 'refuses-everything')).toMatchObject({ bad: [], unclear: ['right'] });
}, 60_000);

test('nothing is sent to a host that the inventory does not name, nor before its name was typed', async () => {
  const { door, plan, receiver } = await scene('github', 'right');
  await expect(door.planProbe('https://victim.example/hook')).rejects.toThrow(/not-authorised/);
  await expect(door.planProbe(`${receiver.url}/hook?token=1`)).rejects.toThrow(/usage/);
  await expect(door.planProbe('http://user:pass@127.0.0.1/')).rejects.toThrow(/usage/);
  await expect(door.probe(plan, 'yes')).rejects.toThrow(/usage/);
  expect(receiver.asked).toEqual([]);
}, 30_000);

test('a workspace that nobody has trusted gives no key, and a drill probes nobody', async () => {
  const { all, plan, receiver } = await scene('github', 'right');
  for (const [more, code] of [
    [{ trusts: async () => await Promise.resolve(false) }, /not-authorised/],
    [{ drill: true }, /wall/],
  ] as const) {
    const app = await rigApp({ ...all, live: { ...all.world, ...more } });
    await expect((await app.audits()).probe(plan, plan.host)).rejects.toThrow(code);
    await app.close();
  }
  expect(receiver.asked).toEqual([]);
}, 30_000);
