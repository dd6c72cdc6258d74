import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MINUTE } from '../../src/base/duration.ts';
import type { Json } from '../../src/base/canonical.ts';
import type { World } from '../../src/engine/world.ts';
import { Secret } from '../../src/io/secrets.ts';
import { company, type Company } from '../app/company.ts';
import { rigApp } from '../rig/app.ts';
import { openScreen } from '../rig/screen.ts';
import { firebreak } from './rig.ts';

// Seven ways in which a system lets nobody in, through the program: what failed, what is still true, what to do next, and the way
// by hand one key or one command away. The vendors are simulators; only what the case says is wrong.

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const APP = { id: '4711', public_key: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString() };

type Tools = Readonly<{ all: Company; change: (of: (world: never) => object) => void }>;
type Case = Readonly<{
  name: string;
  step: 'stop-hook' | 'suspend-app' | 'bar-app';
  spoil: (tools: Tools) => Partial<World>;
  result: string;
  failed: RegExp;
  still: string;
  next: RegExp;
  /** Where the manual page begins. */
  page: RegExp;
}>;

const UNCHANGED = 'nothing was changed there; what was done before stands, and the attempt is in the journal';
const hook = { step: 'stop-hook', still: UNCHANGED, page: /Settings > Webhooks/ } as const;
const GONE = `https://${'gone-'.repeat(13)}.invalid`;
const HTML = '<!doctype html><title>Sign in</title><p>Please sign in to the guest network.</p>';

const cases: readonly Case[] = [
  {
    ...hook,
    name: 'no permission',
    spoil: ({ change }) => {
      change((world: { tokens: readonly object[] }) => ({
        tokens: world.tokens.map((token) => ({ ...token, scopes: ['read:org'] })),
      }));
      return {};
    },
    result: 'FORBIDDEN',
    failed: /the tool's own credential is let in, and is not allowed this/,
    next: /give it the permission that the plan names under "needs"/,
  },
  {
    ...hook,
    name: 'the wrong organisation',
    spoil: ({ change }) => {
      change((world: { hooks: readonly object[]; keys: readonly object[] }) => ({
        hooks: world.hooks.map((one) => ({ ...one, org: 'lrh-house' })),
        keys: world.keys.map((one) => ({ ...one, owner: 'lrh-house' })),
      }));
      return {};
    },
    result: 'FORBIDDEN',
    failed:
      /the system shows no such thing to the tool's own credential: another organisation, or a wrong id/,
    next: /compare the organisation in firebreak\.yaml and the ids in inventory\.yaml .* it was NOT found to be gone/,
  },
  {
    name: 'a plan without the admin API',
    step: 'bar-app',
    spoil: ({ all }) => {
      for (let left = 0; left < 40; left += 1)
        all.systems
          .get('slack-lrh')
          ?.fault({ is: 'status', status: 200, body: '{"ok":false,"error":"feature_not_enabled"}' });
      return {};
    },
    result: 'NOT-SUPPORTED',
    failed: /this account has no such API: the plan does not hold it/,
    still: UNCHANGED,
    next: /do it by hand now/,
    page: /Manage apps/,
  },
  {
    ...hook,
    name: 'a token that expires in the middle',
    spoil: ({ all }) => {
      const body = '{"message":"Bad credentials"}';
      all.systems.get('github-lrh')?.fault({ is: 'status', status: 401, method: 'PATCH', body });
      return {};
    },
    result: 'FORBIDDEN',
    failed: /the tool's own credential is not accepted: it has expired, was revoked, or is the wrong one/,
    next: /put a new one where firebreak\.yaml says that it lies/,
  },
  {
    ...hook,
    name: 'an answer that is HTML',
    spoil: ({ all }) => {
      for (let left = 0; left < 40; left += 1)
        all.systems.get('github-lrh')?.fault({ is: 'status', status: 200, body: HTML });
      return {};
    },
    result: 'FAILED',
    failed: /a web page answered in place of the system: a proxy, a login page, or a wrong address/,
    next: /go past the proxy or use another network, and look at base_url/,
  },
  {
    ...hook,
    name: 'DNS is gone',
    spoil: ({ all }) => ({
      wall: 'open',
      baseUrl: (name) => (name === 'github-lrh' ? GONE : all.systems.baseUrl(name)),
    }),
    result: 'FAILED',
    failed: /the name of the system was not found: DNS is gone/,
    next: /use another network, a telephone will do/,
  },
  {
    name: 'a clock that breaks a JWT',
    step: 'suspend-app',
    spoil: ({ all }) => {
      all.setWrong(20 * MINUTE);
      return {};
    },
    result: 'FORBIDDEN',
    failed: /the clock of this machine is wrong, so the system does not take what we sign with its time/,
    still: UNCHANGED,
    next: /set the clock, by NTP or by hand/,
    page: /GitHub Apps > Configure/,
  },
];

const STEP = (id: string, action: string, item: string) => `      - id: ${id}
        title: Stop ${item}
        why: To stop it.
        role: responder
        minutes: 5
        act: { action: ${action}, targets: { items: [${item}] } }
        verify: It has stopped.
        fallback: Stop it in its console.
        serves: [gdpr:32]
`;
const RUNBOOK = `title: Three systems
version: 1.0.0
summary: One action at each of three doors.
severity: high
words: [doors]
duties: []
reviewed: '2026-11-01'
phases:
  - id: contain
    title: Contain
    goal: It has stopped
    steps:
${STEP('stop-hook', 'item.pause', 'storefront-deploy-hook')}${STEP('suspend-app', 'item.pause', 'lrh-app')}${STEP('bar-app', 'item.pause', 'slack-app')}`;
const ROWS = `integrations:
  - { id: lrh-app, title: Our GitHub app, connector: github-lrh, params: { installation_id: '501' }, stops: The app, owner: Platform, pause: github.suspend-app }
  - { id: slack-app, title: An app in Slack, connector: slack-lrh, params: { app: A0EVILAPP01 }, stops: The app, owner: Platform, pause: slack.restrict-app }
`;

const edit = (path: string, from: string, to: string): void => {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
};

const doors = async (spoil: Case['spoil'] = () => ({})) => {
  const all = await company({ drill: 'widget-card-skimming' });
  const folder = join(all.workspace, 'runbooks/doors');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'runbook.yaml'), RUNBOOK);
  edit(join(all.workspace, 'inventory.yaml'), 'integrations:\n', ROWS);
  const yaml = join(all.workspace, 'firebreak.yaml');
  edit(yaml, 'repos: lrh-home/storefront }', "repos: lrh-home/storefront, app_id: '4711' }");
  edit(
    yaml,
    "token: { command: [op, read, 'op://incident/github/token'] }",
    'token: { env: X }\n      app_private_key: { env: Y }',
  );
  edit(yaml, 'token: { keychain: firebreak-slack }', 'token: { env: Z }\n      admin_token: { env: W }');
  const change = (name: string, of: (world: never) => object): void =>
    all.systems.get(name)?.change((state) => ({ ...(state as object), ...of(state as never) }) as Json);
  change('github-lrh', () => ({ app: APP, installations: [{ id: 501, org: 'lrh-home', app_slug: 'lrh' }] }));
  change('slack-lrh', (world: { tokens: readonly object[] }) => ({
    apps: [{ id: 'A0EVILAPP01' }],
    tokens: [
      ...world.tokens,
      { token: all.made('slack-lrh.admin_token'), scopes: ['admin.apps:read', 'admin.apps:write'] },
    ],
  }));
  const secrets: World['secrets'] = {
    ...all.world.secrets,
    resolve: async (ref, name) =>
      name.endsWith('app_private_key') ? new Secret(pem) : await all.world.secrets.resolve(ref, name),
  };
  const first = await rigApp({ ...all, live: { ...all.world, secrets } });
  const { id, ...incident } = await first.declare({ runbook: 'doors', title: 'Three doors' });
  await incident.leave();
  await first.close();
  const more = spoil({ all, change: (of) => change('github-lrh', of) });
  const app = async () => await rigApp({ ...all, live: { ...all.world, secrets, ...more } });
  const states = () =>
    JSON.stringify(['github-lrh', 'slack-lrh'].map((name) => all.systems.get(name)?.state()));
  return { app, id, states };
};

test.each(['stop-hook', 'suspend-app', 'bar-app'])(
  'with nothing wrong %s is proved, and nothing is explained',
  async (step) => {
    const { app, states } = await doors();
    const before = states();
    const said = await firebreak(['run', step, '--yes'], { app: await app() });
    expect(said.stdout).toContain('PROVED: the real system confirms it.');
    expect(said.stdout).not.toContain('what failed:');
    expect([said.code, states() === before]).toEqual([0, false]);
  },
  30_000,
);

test.each(cases)(
  '$name: the command line says what failed, what is still true and what to do',
  async (one) => {
    const { app, states } = await doors(one.spoil);
    const before = states();
    const said = await firebreak(['run', one.step, '--yes'], { app: await app() });
    expect(said.stdout).toMatch(new RegExp(`: ${one.result} `));
    const line = (label: string) =>
      said.stdout
        .split('\n')
        .filter((text) => text.includes(`      ${label}: `))
        .join('\n');
    expect(line('what failed')).toMatch(one.failed);
    expect(line('still true')).toContain(one.still);
    expect(line('next')).toMatch(one.next);
    // What is called still true is true.
    expect(states()).toBe(before);
    expect(said.code).toBe(5);
    const command = /by hand: firebreak (run .+ --by-hand)/.exec(line('by hand'))?.[1]?.split(' ') ?? [];
    const page = await firebreak(command, { app: await app() });
    expect(page.code).toBe(0);
    expect(page.stdout).toMatch(one.page);
    expect(page.stdout).toMatch(/where: [^]*1\. [^]*write down: /);
  },
  30_000,
);

test.each(cases)(
  '$name: the screen says the same, and h shows the way by hand',
  async (one) => {
    const { app, id, states } = await doors(one.spoil);
    const before = states();
    const opened = await app();
    const incident = await opened.open(id);
    const screen = openScreen(opened, { start: { screen: 'incident', incident }, columns: 200, rows: 50 });
    await screen.still();
    const down = { 'stop-hook': [], 'suspend-app': ['j'], 'bar-app': ['j', 'j'] }[one.step];
    await screen.type(...down, 'x');
    for (let looks = 0; looks < 50 && !screen.text().includes('y: run exactly this'); looks += 1)
      await screen.still();
    await screen.type('y');
    for (let looks = 0; looks < 50 && !screen.text().includes('go on'); looks += 1) await screen.still();
    const row = (label: string) =>
      screen
        .text()
        .split('\n')
        .filter((text) => text.startsWith(`${label} `))
        .join('\n');
    expect(screen.text()).toContain('FAIL');
    expect(row('Failed')).toMatch(one.failed);
    expect(row('Still true')).toContain(one.still);
    expect(row('Next')).toMatch(one.next);
    expect(row('By hand')).toContain('h shows the way');
    expect(states()).toBe(before);
    await screen.type('h');
    expect(screen.text()).toMatch(one.page);
    await opened.close();
  },
  30_000,
);
