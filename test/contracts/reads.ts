import { expect, test } from 'vitest';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { act, inWorld } from './acts.ts';
import { isRead } from './asks.ts';
import type { Member } from './trial.ts';

/** Whatever only looks, before and after something was done: every request of it is one that changes nothing. */
export function readsTest(member: Member, one: ConnectorCase): void {
  test('whatever only reads sends no request that writes', async () => {
    await inWorld(member, one, async (world) => {
      const { connector } = member;
      const sent = () => world.simulator?.seen() ?? [];
      const wrote = (from: number) =>
        sent()
          .slice(from)
          .filter((ask) => !isRead(member.name, ask));
      const look = async (): Promise<void> => {
        const [from, state] = [sent().length, JSON.stringify(world.state())];
        await world.action.preview(world.input, world.outside());
        await world.action.verify(world.input, world.outside());
        await connector.list?.(world.outside());
        await connector.health(world.outside());
        const now = world.clock.now();
        const window = { from: now - 86_400_000, to: now };
        for (const log of connector.logs ?? [])
          for await (const page of log.read(window, null, world.outside())) expect(page.gaps).toBeDefined();
        if (world.action.effect === 'reads') await act(world);
        expect(wrote(from)).toEqual([]);
        expect(JSON.stringify(world.state())).toBe(state);
      };
      await look();
      // A program's questions are told by what they leave as it was.
      if (world.simulator !== null) expect(sent().length).toBeGreaterThan(0);
      const from = sent().length;
      await act(world);
      // The control: what acts is seen to write by the same eyes.
      const acts = world.action.noApi !== true && world.action.effect !== 'reads';
      if (world.simulator !== null) expect(wrote(from).length > 0).toBe(acts);
      await look();
    });
  });
}
