import { expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import type { Connector } from '../../src/connectors/connector.ts';
import { connector as google } from '../../src/connectors/google/index.ts';
import { connector as microsoft } from '../../src/connectors/microsoft/index.ts';
import { connector as salesforce } from '../../src/connectors/salesforce/index.ts';
import { connector as slack } from '../../src/connectors/slack/index.ts';
import { cases as googleCases } from '../fixtures/connectors/google.ts';
import { cases as microsoftCases } from '../fixtures/connectors/microsoft.ts';
import { cases as salesforceCases } from '../fixtures/connectors/salesforce.ts';
import { cases as slackCases } from '../fixtures/connectors/slack.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { open } from './world.ts';

// What a listing shows can be acted on as it stands: the parameters of the very action that ends it.

const listed = async (connector: Connector, [first]: readonly ConnectorCase[], more: object = {}) => {
  if (first === undefined) throw new Error('no case');
  const seed = { ...(first.seed as object), ...more } as unknown as Json;
  const { outside, simulator } = await open({ connector, ...first, seed });
  try {
    const found = await connector.list?.(outside);
    return found ?? { items: [], blindSpots: [] };
  } finally {
    await simulator.close();
  }
};

const fits = (connector: Connector, action: string, params: unknown): boolean =>
  connector.actions[action]?.input.safeParse(params).success ?? false;

test.each([
  ['google', google, googleCases, { integration: ['disable-account'], credential: ['disable-key'] }],
  [
    'microsoft',
    microsoft,
    microsoftCases,
    { integration: ['pause-app'], credential: ['remove-secret', 'revoke-consents'] },
  ],
  ['salesforce', salesforce, salesforceCases, { integration: [], credential: ['delete-token'] }],
  ['slack', slack, slackCases, { integration: ['restrict-app', 'uninstall-app'], credential: [] }],
] as const)('%s', async (_name, connector, cases, actions) => {
  const { items } = await listed(connector, cases);
  expect(items.length).toBeGreaterThan(0);
  for (const { kind, params, title } of items)
    expect(
      actions[kind].some((action) => fits(connector, action, params)),
      title,
    ).toBe(true);
});

test('what no action would take offers none, so that no row is written that cannot run', async () => {
  const odd = await listed(slack, slackCases, { apps: [{ id: 'odd one' }] });
  expect(odd.items).toMatchObject([{ id: 'odd one', state: 'active' }]);
  expect(odd.items[0]).not.toHaveProperty('params');
});

test('Slack: installed, taken out again, allowed but not in, barred and still in', async () => {
  const apps = [
    { id: 'A0PARLO001', decision: 'approved' },
    { id: 'A0GONE0001', installed: false },
    { id: 'A0MAYBE001', installed: false, decision: 'approved' },
    { id: 'A0BARRED01', decision: 'restricted' },
  ];
  const { items, blindSpots } = await listed(slack, slackCases, { apps });
  expect(items.map(({ id, state, detail }) => [id, state, detail.split(',')[0]])).toEqual([
    ['A0PARLO001', 'active', 'installed'],
    ['A0BARRED01', 'active', 'barred from being installed anew'],
    ['A0MAYBE001', 'unknown', 'anybody may install it; the log of apps does not show it as installed'],
  ]);
  expect(items[0]).toMatchObject({
    owner: 'mira',
    scopes: ['chat:write', 'channels:read'],
    createdAt: '2025-03-04T09:12:44.000Z',
  });
  expect(blindSpots.join()).toContain('tokens that people made themselves');
  // Without an administrator's token nothing can be listed, and it is said.
  const [first] = slackCases;
  const { outside, simulator } = await open({
    connector: slack,
    seed: first?.seed ?? {},
    secrets: { token: first?.secrets['token'] ?? '' },
  });
  const blind = await slack.list?.(outside);
  expect(blind?.items).toEqual([]);
  expect(blind?.blindSpots.join()).toContain('admin_token');
  await simulator.close();
});
