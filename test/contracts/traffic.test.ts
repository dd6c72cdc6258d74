import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Ask } from '../../src/io/server.ts';
import { checkerOf } from './openapi.ts';
import { members, openWorld, undoable } from './trial.ts';
import type { Member } from './trial.ts';

// Run with the folder that holds the vendors' descriptions: npm run test:contracts -- <folder>

const folder = process.env['FIREBREAK_CONTRACTS'] ?? '';

/** The description of each connector's vendor, and how a request is brought into its form; null for none of its business. */
const described: Readonly<Record<string, Readonly<{ file: string; adapt: (ask: Ask) => Ask | null }>>> = {
  github: { file: 'github.json', adapt: (ask) => ask },
  // The address for the bytes of a file is no method of the API: Slack gives it.
  slack: { file: 'slack.json', adapt: (ask) => (ask.path.startsWith('/upload/') ? null : ask) },
  // The extract holds WhatsApp only: pages, permissions, debugging and revoking of tokens are described elsewhere.
  meta: {
    file: 'meta-whatsapp.json',
    adapt: (ask) => (/^\/v[\d.]+\/\d{15}\b|\/owned_whatsapp_business_accounts$/.test(ask.path) ? ask : null),
  },
  // Event destinations (v2) and Connect's host are not in the extract.
  okta: { file: 'okta.json', adapt: (ask) => ask },
  twilio: { file: 'twilio.json', adapt: (ask) => ask },
  stripe: { file: 'stripe.json', adapt: (ask) => (ask.path.startsWith('/v1/') ? ask : null) },
};

/** Everything that the connector's cases send: previews, runs, proofs, undos, the listing and the question of health. */
const trafficOf = async (member: Member): Promise<readonly Ask[]> => {
  const asks: Ask[] = [];
  for (const one of member.fixture?.cases ?? []) {
    const world = await openWorld(member, one);
    try {
      const { action, input } = world;
      await action.preview(input, world.outside());
      const outcome = await action.run(input, world.outside());
      await action.verify(input, world.outside());
      await action.undo?.(input, undoable(outcome), world.outside());
      await member.connector.list?.(world.outside());
      await member.connector.health(world.outside());
      asks.push(...(world.simulator?.seen() ?? []));
    } finally {
      await world.close();
    }
  }
  return asks;
};

const all = await members();
const given = folder !== '' && existsSync(folder);
const title = given
  ? 'traffic'
  : 'traffic (skipped: give the folder of the descriptions, npm run test:contracts -- <folder>)';

describe.skipIf(!given)(`${title}`, () => {
  for (const member of all.filter(({ name }) => name in described)) {
    test(`${member.name} sends only what its vendor describes`, async () => {
      const { file = '', adapt = () => null } = described[member.name] ?? {};
      const checker = checkerOf(join(folder, file));
      const asks = (await trafficOf(member)).map(adapt).filter((ask) => ask !== null);
      expect(asks.length).toBeGreaterThan(5);
      expect([...new Set(asks.flatMap((ask) => checker.problems(ask)))]).toEqual([]);
    });
  }
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
  const form = 'application/x-www-form-urlencoded';
  const files = encodeURIComponent('[{"id":"F1"}]');
  expect(checker.problems(ask('POST', '/share', `files=${files}&loud=true&to[team]=x`, form))).toEqual([]);
  expect(checker.problems(ask('POST', '/share', 'files=F1', form))).not.toEqual([]);
  expect(checker.problems(ask('POST', '/share', `files=${files}&extra=1`, form))).not.toEqual([]);
  expect(checker.problems(ask('POST', '/share', '{}', 'text/plain'))).toHaveLength(1);
});
