import { expect, test } from 'vitest';
import { connector } from '../../src/connectors/slack/index.ts';
import { worldSchema } from '../../src/connectors/slack/world.ts';
import { startSimulator } from '../../src/connectors/simulator.ts';
import { seed } from '../fixtures/connectors/slack.ts';
import { fastClock } from '../rig/fast-clock.ts';
import { rigOutside } from '../rig/outside.ts';

const action = connector.actions['restrict-app'];
const input = { app: 'A0PARLO001' };

const opened = async () => {
  if (connector.simulator === null || action?.undo === undefined) throw new Error('nothing to try');
  const { simulator } = connector;
  const clock = fastClock();
  const host = await startSimulator({
    simulator,
    seed,
    recipe: null,
    now: () => clock.now(),
    persist: () => {},
  });
  const decision = () => worldSchema.parse(host.state()).apps.find(({ id }) => id === input.app)?.decision;
  const outside = (token: string) =>
    rigOutside({ baseUrl: host.url, config: { team_id: 'T0EXAMPLE' }, secrets: { admin_token: token } })
      .outside;
  return { host, decision, outside, action };
};

test('an app that was approved is approved again, not merely undecided', async () => {
  const { host, decision, outside, action: one } = await opened();
  try {
    expect(decision()).toBe('approved');
    const {
      receipt = null,
      after = null,
      result,
    } = await one.run(input, outside('xoxp-sim-admin-of-firebreak'));
    expect([result, decision()]).toEqual(['done', 'restricted']);
    const back = await one.undo?.(input, { receipt, after }, outside('xoxp-sim-admin-of-firebreak'));
    expect([back?.result, decision()]).toEqual(['done', 'approved']);
  } finally {
    await host.close();
  }
});

test('a token without the right is told so, and nothing is changed', async () => {
  const { host, decision, outside, action: one } = await opened();
  try {
    expect((await one.run(input, outside('xoxb-sim-own-token-of-firebreak'))).result).toBe('forbidden');
    expect(decision()).toBe('approved');
  } finally {
    await host.close();
  }
});
