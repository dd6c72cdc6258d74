import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json } from '../../src/base/canonical.ts';
import { HOUR } from '../../src/base/duration.ts';
import { recipeSchema } from '../../src/connectors/command/recipe.ts';
import type { Ask } from '../../src/io/server.ts';
import { cliCheckerOf } from './cli.ts';
import type { Argv } from './cli.ts';
import { checkerOf } from './openapi.ts';
import { recipeTraffic } from './recipe-traffic.ts';
import { members, openWorld, undoable } from './trial.ts';
import type { Member } from './trial.ts';

// Run with the folder that holds the vendors' descriptions: npm run test:contracts -- <folder>

const folder = process.env['FIREBREAK_CONTRACTS'] ?? '';
const report = process.env['FIREBREAK_CONTRACTS_REPORT'] ?? '';

/** The description of each connector's vendor, and how a request is brought into its form; null for none of its business. */
const described: Readonly<Record<string, Readonly<{ file: string; adapt: (ask: Ask) => Ask | null }>>> = {
  // The settings of an organisation are not in the extract.
  github: { file: 'github', adapt: (ask) => (/^\/orgs\/[^/]+$/.test(ask.path) ? null : ask) },
  // The address for the bytes of a file is no method of the API, Slack gives it; the Audit Logs API is another one.
  slack: { file: 'slack', adapt: (ask) => (/^\/(?:upload|audit)\//.test(ask.path) ? null : ask) },
  // The extract holds WhatsApp only, without its templates: pages, permissions and tokens are described elsewhere.
  meta: {
    file: 'meta-whatsapp',
    adapt: (ask) =>
      /^\/v[\d.]+\/\d{15}(?!\/message_templates)\b|\/owned_whatsapp_business_accounts$/.test(ask.path)
        ? ask
        : null,
  },
  // Policies are not in the extract, and neither is the authorization server.
  okta: {
    file: 'okta',
    adapt: (ask) => (/^\/(?:api\/v1\/policies|oauth2\/)/.test(ask.path) ? null : ask),
  },
  // Monitor, which tells events, is another API of theirs.
  twilio: { file: 'twilio', adapt: (ask) => (ask.path === '/v1/Events' ? null : ask) },
  // Event destinations (v2) and Connect's host are not in the extract.
  stripe: { file: 'stripe', adapt: (ask) => (ask.path.startsWith('/v1/') ? ask : null) },
};

/** Actions whose requests no description covers: they speak to a part of the vendor that is not in the extract, or to nobody. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  // Pages, Instagram, permissions and tokens.
  meta: [
    'clear-app-callback',
    'revoke-token',
    'revoke-user-permissions',
    'stop-instagram-webhooks',
    'stop-page-webhooks',
  ],
  // Version 2 of the API.
  stripe: ['pause-destination'],
};

/** What the connector's cases send, by action: previews, runs, proofs, undos; under words of their own what is listed and collected. */
type Traffic = ReadonlyMap<string, readonly Ask[]>;

const trafficOf = async (member: Member): Promise<Traffic> => {
  const sent = new Map<string, Ask[]>();
  const heard = (name: string, asks: readonly Ask[]): void =>
    void sent.set(name, [...(sent.get(name) ?? []), ...asks]);
  for (const one of member.fixture?.cases ?? []) {
    const world = await openWorld(member, one);
    try {
      const { action, input } = world;
      await action.preview(input, world.outside());
      const outcome = await action.run(input, world.outside());
      const fresh = world.made.at(-1)?.secret;
      await action.verify(input, world.outside(fresh === undefined ? {} : { fresh }));
      await action.undo?.(input, undoable(outcome), world.outside());
      const own = world.simulator?.seen().length ?? 0;
      await member.connector.list?.(world.outside());
      await member.connector.posture?.(world.outside());
      await member.connector.health(world.outside());
      heard(one.action, world.simulator?.seen().slice(0, own) ?? []);
      for (const log of member.connector.logs ?? []) {
        const from = world.clock.now() - HALF_A_DAY;
        const pages = log.read({ from, to: world.clock.now() }, null, world.outside());
        for await (const _page of pages) continue;
      }
      heard('listing, health, posture, logs', world.simulator?.seen().slice(own) ?? []);
    } finally {
      await world.close();
    }
  }
  return sent;
};

const HALF_A_DAY = 12 * HOUR;

/** What was held against one description, for whoever asked for it; the control is a request with a fault planted in it. */
const told = (
  vendor: string,
  requests: number,
  problems: readonly string[],
  control: boolean,
  unheld: readonly string[] = [],
): void => {
  const row = { vendor, requests, problems: problems.length, control, unheld };
  if (report !== '') appendFileSync(report, `${JSON.stringify(row)}\n`);
  expect(problems).toEqual([]);
  expect(control).toBe(true);
};

const all = await members();
const given = folder !== '' && existsSync(folder);
const title = given
  ? 'traffic'
  : 'traffic (skipped: give the folder of the descriptions, npm run test:contracts -- <folder>)';

describe.skipIf(!given)(`${title}`, () => {
  for (const member of all.filter(({ name }) => name in described)) {
    const { file = '', adapt = () => null } = described[member.name] ?? {};
    test.skipIf(!existsSync(join(folder, `${file}.json`)))(
      `${member.name} sends only what its vendor describes`,
      async () => {
        const checker = checkerOf(join(folder, `${file}.json`));
        const sent = [...(await trafficOf(member))].map(
          ([name, all]) => [name, all.map(adapt).filter((ask) => ask !== null)] as const,
        );
        const asks = sent.flatMap(([, all]) => all);
        // An action that sends nothing that is described was held against nothing.
        const unheld = sent.filter(([, all]) => all.length === 0).map(([name]) => name);
        expect(unheld.toSorted()).toEqual((OUTSIDE[member.name] ?? []).toSorted());
        expect(asks.length).toBeGreaterThan(5);
        const planted = asks.map((ask) => ({ ...ask, query: { ...ask.query, firebreak_planted: ['1'] } }));
        const found = planted.every((ask) => checker.problems(ask).length > 0);
        told(file, asks.length, [...new Set(asks.flatMap((ask) => checker.problems(ask)))], found, unheld);
      },
    );
  }

  test.skipIf(!existsSync(join(folder, 'cli-contracts.json')))(
    'the ready-made recipes run only what the tools describe',
    async () => {
      const checker = cliCheckerOf(join(folder, 'cli-contracts.json'));
      const commands = (await Promise.all(recipes().map(recipeTraffic))).flat().filter(isDescribed);
      expect(commands.length).toBeGreaterThan(20);
      const planted = commands.map((one) => ({ ...one, args: [...one.args, '--firebreak-planted=1'] }));
      const found = planted.every((one) => checker.problems(one).length > 0);
      told('cli', commands.length, [...new Set(commands.flatMap((one) => checker.problems(one)))], found);
    },
  );
});

/** Questions that are not in the extract of the tools' descriptions; each is named here, so that no other slips through. */
const UNDESCRIBED = [
  'aws iam get-role-policy',
  'gcloud iam service-accounts describe',
  'kubectl version',
  'vault lease lookup',
];
const isDescribed = ({ file, args }: Argv): boolean =>
  !UNDESCRIBED.some((words) => [file, ...args].join(' ').startsWith(`${words} `));

const recipes = (): readonly Json[] => {
  const shelf = join(import.meta.dirname, '../../runbooks/_recipes');
  return readdirSync(shelf)
    .toSorted()
    .map((name) => parse(readFileSync(join(shelf, name), 'utf8')) as Json);
};

test('every ready-made recipe is one', () => {
  const found = recipes();
  expect(found.length).toBeGreaterThan(3);
  for (const recipe of found) expect(recipeSchema.safeParse(recipe).error?.issues ?? []).toEqual([]);
});

test('the checker finds what a description does not allow', () => {
  const checker = checkerOf(join(import.meta.dirname, 'small-api.json'));
  const ask = (
    method: string,
    path: string,
    body = '',
    type = 'application/json',
    query: Ask['query'] = {},
  ): Ask => ({
    method,
    path,
    query,
    headers: { 'content-type': type },
    body,
  });
  expect(checker.problems(ask('PATCH', '/hooks/7', '{"active":false}'))).toEqual([]);
  expect(checker.problems(ask('PATCH', '/hooks/x', '{"active":false}'))).toHaveLength(1);
  expect(checker.problems(ask('PATCH', '/hooks/7', '{"active":"no"}'))).toHaveLength(1);
  expect(checker.problems(ask('PATCH', '/hooks/7'))).toHaveLength(1);
  expect(checker.problems(ask('DELETE', '/hooks/7'))).toEqual(['DELETE /hooks/7: not in the description']);
  expect(checker.problems(ask('PATCH', '/hooks/7', '{}', 'application/json', { dry: ['1'] }))).toHaveLength(
    1,
  );
  expect(checker.problems(ask('GET', '/events', '', '', { 'created[gte]': ['1'] }))).toEqual([]);
  expect(checker.problems(ask('GET', '/events', '', '', { 'created[after]': ['1'] }))).toHaveLength(1);
  const form = 'application/x-www-form-urlencoded';
  const files = encodeURIComponent('[{"id":"F1"}]');
  expect(checker.problems(ask('POST', '/share', `files=${files}&loud=true&to[team]=x`, form))).toEqual([]);
  expect(checker.problems(ask('POST', '/share', 'files=F1', form))).not.toEqual([]);
  expect(checker.problems(ask('POST', '/share', `files=${files}&extra=1`, form))).not.toEqual([]);
  expect(checker.problems(ask('POST', '/share', '{}', 'text/plain'))).toHaveLength(1);
});

test('the checker of commands finds what a description does not allow', () => {
  const checker = cliCheckerOf(join(import.meta.dirname, 'small-cli.json'));
  const asked = (...args: readonly string[]): readonly string[] => checker.problems({ file: 'tool', args });
  expect(asked('key', 'set', 'K1', '--status', 'off', '--output', 'json')).toEqual([]);
  expect(asked('key', 'set', 'K1', '--status=off', '--force')).toEqual([]);
  expect(asked('key', 'set', '--status', 'maybe')).toHaveLength(1);
  expect(asked('key', 'set', 'K1')).toEqual(['tool key set: missing --status']);
  expect(asked('key', 'set', 'K1', 'K2', '--status', 'off')).toHaveLength(1);
  expect(asked('key', 'set', '--status', 'off', '--age', 'x')).toHaveLength(1);
  expect(asked('key', 'set', '--status')).toHaveLength(1);
  expect(asked('key', 'set', '--status', 'off', '--loud')).toEqual(['tool key set: unknown option --loud']);
  expect(asked('key', 'drop', 'K1')).toEqual(['tool key drop: not in the description']);
});
