import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import type { FurnishRow } from '../../src/connectors/furnishing.ts';
import { madeSecret, withSecrets } from '../../src/drill/secrets.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { act, inWorld, proof } from './acts.ts';
import { actionsOf, members } from './trial.ts';
import type { Member } from './trial.ts';

/**
 * A drill of a team's own plan furnishes the simulator of a system from rows of the inventory: each action must find its row there,
 * alive, and must be able to end it with credentials that were made up.
 */

const rowOf = (one: ConnectorCase): FurnishRow => ({
  id: 'our-row',
  title: 'A row of ours',
  kind: (one.suspects ?? []).length > 0 || /token|key|secret/.test(one.action) ? 'credential' : 'integration',
  params: Object.fromEntries(Object.entries(one.input).map(([name, value]) => [name, String(value)])),
  does: [one.action],
  secret: '$secret:our-row',
});

/** The case as it is in a furnished world. */
const furnished = (member: Member, one: ConnectorCase, row: FurnishRow): ConnectorCase => {
  const found = member.connector.simulator?.furnish?.({
    config: member.connector.config.parse(one.config ?? {}),
    rows: [row],
    own: (name) => `$secret:own.${name}`,
    ownPublic: (name) => `$public:own.${name}`,
    recipe: one.recipe ?? null,
    script: one.script ?? null,
  });
  if (found === undefined) throw new Error(`${member.name} has a simulator that nobody can furnish`);
  const { seed, credentials, keys = [] } = found;
  const made = madeSecret(7, {
    secrets: {
      ...(credentials === undefined ? {} : { 'our-row': credentials }),
      ...Object.fromEntries(keys.map((name) => [`own.${name}`, { key: 'rsa' }])),
    },
  });
  return {
    ...one,
    seed: withSecrets(seed, made),
    secrets: Object.fromEntries(Object.keys(one.secrets).map((name) => [name, made(`own.${name}`)])),
    ...(one.suspects === undefined ? {} : { suspects: [made('our-row')] }),
  };
};

const tried = (await members()).flatMap((member) =>
  member.connector.simulator === null
    ? []
    : (member.fixture?.cases ?? [])
        .filter(({ kind = 'switch' }) => kind === 'switch')
        // What a rotation made before is of that rotation alone.
        .filter(({ fresh }) => fresh === undefined)
        .filter((one) => actionsOf(member, one)[one.action]?.noApi !== true)
        .map((one) => ({ title: `${member.name} ${one.action} ${JSON.stringify(one.input)}`, member, one })),
);

describe('furnished from the inventory', () => {
  test.each(tried)('$title', async ({ member, one }) => {
    const there = furnished(member, one, rowOf(one));
    await inWorld(member, there, async (world) => {
      const preview = await world.action.preview(world.input, world.outside());
      expect({ now: preview.now, warnings: preview.warnings }).toMatchObject({ now: 'active' });
      const outcome = await act(world);
      expect({ result: outcome.result, detail: outcome.detail }).toMatchObject({
        result: expect.stringMatching(/^(done|accepted)$/) as string,
      });
      expect(await proof(world, outcome)).toMatchObject({ is: 'proved' });
    });
  });

  test('without the row there is nothing to stop: the suite above does not pass by itself', async () => {
    const found = tried.find(({ title }) => title.startsWith('stripe pause-endpoint'));
    if (found === undefined) throw new Error('the case is gone');
    const { member, one } = found;
    const elsewhere = furnished(member, one, { ...rowOf(one), params: { endpoint: 'we_other' } });
    const seed: Json = elsewhere.seed;
    await inWorld(member, { ...elsewhere, seed }, async (world) => {
      expect((await world.action.preview(world.input, world.outside())).now).toBe('unknown');
    });
  });
});
