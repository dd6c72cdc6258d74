import { expect, test } from 'vitest';
import type { Recorded } from '../../src/model/event.ts';
import { oldLives, rotated, shop } from './rotation-rig.ts';

/** Of the proofs of a rotation: made, placed, and then that the service has it. */
const PROVED_THERE = 3;

test.each([
  ['goes on', 60],
  ['is set back', -60],
])(
  'the old one does not end on a proof from before a crash, after which the clock %s',
  async (_how, minutes) => {
    const one = await shop();
    const first = await (await one.app()).contain('orders-key', 'rotate');
    const { id } = first;
    await first.leave();
    let proofs = 0;
    const after = (written: readonly Recorded[]): void => {
      proofs += written.filter(({ kind }) => kind === 'act.verified').length;
      if (proofs === PROVED_THERE) throw new Error('the tool died');
    };
    const doomed = await (await one.app({ after })).open(id);
    await rotated(doomed).catch(() => null);
    await doomed.leave().catch(() => undefined);
    expect(oldLives(one)).toBe(true);
    await one.clock.sleep(minutes * 60_000);
    one.service.broken = true;
    const again = await (await one.app()).open(id);
    expect(await rotated(again)).toMatchObject({ state: 'unproved', at: 'revoke', oldDead: false });
    expect(oldLives(one)).toBe(true);
  },
);
