import { expect, test } from 'vitest';
import { canonicalEntry } from '../../src/base/canonical.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { act, inWorld } from './acts.ts';
import { leaks } from './forms.ts';
import { undoable } from './trial.ts';
import type { Member } from './trial.ts';

/** What must be durable before the first changing request: after a kill -9 it is all that is left. */
export function keepSuite(member: Member, one: ConnectorCase): void {
  const secrets = [...Object.values(one.secrets), ...(one.suspects ?? [])];

  test('keeps the state before its first changing request, once, and no secret in it', async () => {
    await inWorld(member, one, async (world) => {
      const outcome = await act(world);
      if (world.action.undo !== undefined) expect(world.kept).toHaveLength(1);
      expect(world.kept.length).toBeLessThanOrEqual(1);
      expect(leaks(world.kept, secrets)).toEqual([]);
      const [kept] = world.kept;
      if (kept === undefined) return;
      expect(kept.writes).toBe(0);
      expect(kept.receipt).not.toBeNull();
      expect(() => canonicalEntry({ receipt: kept.receipt, after: kept.after })).not.toThrow();
      // What a creating action makes has no name yet; everything else is known beforehand, or left open.
      if (world.action.creates === true) return;
      const done = undoable(outcome);
      expect(kept.receipt).toEqual(done.receipt);
      expect([null, done.after]).toContainEqual(kept.after);
    });
  });

  test('writes nothing when the journal refuses to keep it', async () => {
    await inWorld(member, one, async (world) => {
      const before = JSON.stringify(world.state());
      const refusal = new Error('the disk is full');
      const keep = async () => await Promise.reject(refusal);
      const thrown: unknown = await act(world, { keep }).then(
        () => null,
        (error: unknown) => error,
      );
      // An irreversible action may have nothing to keep; then there is nothing to refuse.
      if (world.kept.length === 0) return;
      expect(thrown).toBe(refusal);
      expect(world.writes).toEqual([]);
      expect(JSON.stringify(world.state())).toBe(before);
    });
  });

  const { restores } = one;
  if (restores === null) return;

  test('what was kept is enough for undo when the outcome was never recorded', async () => {
    await inWorld(member, one, async (world) => {
      const before = restores(world.state());
      await act(world);
      expect(restores(world.state())).not.toEqual(before);
      const [kept = null] = world.kept;
      expect(kept).not.toBeNull();
      if (kept === null) return;
      const takeBack = async () =>
        await world.action.undo?.(world.input, kept, world.outside({ key: 'undo' }));
      expect(await takeBack()).toMatchObject({ result: 'done' });
      expect(restores(world.state())).toEqual(before);
      expect(await takeBack()).toMatchObject({ result: 'already' });
      expect(restores(world.state())).toEqual(before);
    });
  });

  test('what was kept takes nothing back when the change itself never came', async () => {
    await inWorld(member, one, async (world) => {
      const state = JSON.stringify(world.state());
      const died = new Error('the tool died right after the entry');
      await expect(act(world, { keep: async () => await Promise.reject(died) })).rejects.toBe(died);
      const [kept = { receipt: null, after: null }] = world.kept;
      const outcome = await world.action.undo?.(world.input, kept, world.outside({ key: 'undo' }));
      expect(outcome).toMatchObject({ result: 'already' });
      expect(JSON.stringify(world.state())).toBe(state);
    });
  });

  const { meddle } = one;
  test.skipIf(meddle === undefined)(
    'what was kept makes undo stop when somebody else changed it since',
    async () => {
      await inWorld(member, one, async (world) => {
        await act(world);
        const [kept = null] = world.kept;
        world.change((state) => meddle?.(state) ?? state);
        const state = JSON.stringify(world.state());
        const done = { receipt: kept?.receipt ?? null, after: kept?.after ?? null };
        const outcome = await world.action.undo?.(world.input, done, world.outside({ key: 'undo' }));
        expect(['failed', 'already']).toContain(outcome?.result);
        expect(JSON.stringify(world.state())).toBe(state);
      });
    },
  );
}
