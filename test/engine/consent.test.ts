import { describe, expect, test } from 'vitest';
import { limits } from '../../src/model/limits.ts';
import { act } from '../incident/story.ts';
import { tiny } from './tiny.ts';

const kinds = (entries: readonly { kind: string }[]): readonly string[] =>
  entries.slice(2).map(({ kind }) => kind);

describe('consent', () => {
  const severe = act('stop', ['bridge'], { effect: 'irreversible', friction: 'type-target' });

  test('by Enter is none: a pause wants a yes', async () => {
    const one = tiny();
    const prepared = await one.prepare('stop');
    await expect(one.confirm(prepared, {})).rejects.toThrow(/needs-confirmation.*with=yes/);
    await expect(one.confirm(prepared, { yes: false, typed: 'y' })).rejects.toThrow(/needs-confirmation/);
    expect(one.calls).toEqual([]);
    expect(one.durable()).toHaveLength(2);
  });

  test.each(['', 'bridg', 'Bridge', 'bridge ', ' bridge', 'bridge\n'])(
    'to what cannot be taken back is the exact name, not %j',
    async (typed) => {
      const one = tiny({ steps: [severe] });
      const prepared = await one.prepare('stop');
      expect(prepared.phrase).toBe('bridge');
      await expect(one.confirm(prepared, { yes: true, typed })).rejects.toThrow(
        /needs-confirmation.*with=bridge/,
      );
      expect(one.calls).toEqual([]);
    },
  );

  test('to several targets is the name of the step', async () => {
    const one = tiny({
      steps: [{ ...severe, ...act('stop', ['bridge', 'token'], { friction: 'type-target' }) }],
    });
    const prepared = await one.prepare('stop');
    expect(prepared.phrase).toBe('stop');
    expect((await one.confirm(prepared, { typed: 'stop' })).state).toBe('proved');
  });

  test('of a second person that is missing is overridden with a typed reason, masked and written first', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'], { approvals: 1 })] });
    const prepared = await one.prepare('stop');
    await expect(one.confirm(prepared, { yes: true })).rejects.toThrow(/needs-confirmation.*OVERRIDE/);
    await expect(one.confirm(prepared, { yes: true, reason: '  ' })).rejects.toThrow(/needs-confirmation/);
    await one.confirm(prepared, { yes: true, reason: 'Nobody answers; token EAAabcdefghijklmnop1234' });
    expect(kinds(one.durable()).slice(0, 3)).toEqual(['step.started', 'override.taken', 'act.intent']);
    expect(one.told.state().overrides).toMatchObject([{ step: 'stop', what: 'approval', by: 'ada' }]);
    expect(one.engine.ledger.reveal({ n: one.told.state().overrides[0]?.n ?? 0, name: 'reason' })).toBe(
      'Nobody answers; token [token EAA…]',
    );
  });

  test('is to this plan: with another target, or another plan, nothing is sent', async () => {
    const one = tiny();
    const prepared = await one.prepare('stop');
    const request = one.request('stop');
    const less = { ...request, targets: request.targets.slice(1) };
    const other = { ...request, planSha256: 'cd'.repeat(32) };
    const input = { ...request, input: { hard: true } };
    for (const again of [less, other, input])
      await expect(one.confirm(prepared, { yes: true }, again)).rejects.toThrow(/plan-changed/);
    expect(one.calls).toEqual([]);
    expect(one.durable()).toHaveLength(2);
  });

  test('is as old as its preview: after five minutes it is asked again', async () => {
    const one = tiny();
    const prepared = await one.prepare('stop');
    await one.clock.sleep(limits.previewMaxAgeMs);
    await expect(one.confirm({ ...prepared, at: prepared.at }, { yes: true })).resolves.toMatchObject({
      state: 'proved',
    });
    const two = tiny();
    const older = await two.prepare('stop');
    await two.clock.sleep(limits.previewMaxAgeMs + 1);
    await expect(two.confirm(older, { yes: true })).rejects.toThrow(/plan-changed.*older than 5 minutes/);
    expect(two.calls).toEqual([]);
  });

  test('is asked for evidence that would be lost', async () => {
    const one = tiny();
    const prepared = await one.prepare('stop');
    const outstanding = { ...prepared.request, preserve: ['copy-logs'] };
    await expect(one.confirm(prepared, { yes: true }, outstanding)).rejects.toThrow(
      /needs-confirmation.*preserve=copy-logs/,
    );
    expect(one.calls).toEqual([]);
  });

  test('is not asked again for evidence that was captured or waived since the preview', async () => {
    const one = tiny();
    const prepared = { ...(await one.prepare('stop')), preserve: ['copy-logs'] };
    expect((await one.confirm(prepared, { yes: true })).state).toBe('proved');
  });
});
