import { expect, test } from 'vitest';
import { company } from './company.ts';

/** Two who act on one incident in the same moment: what one decided, the other knew nothing of. */

test('two clocks that are opened in the same moment are two clocks', async () => {
  const all = await company();
  const app = await all.app();
  const one = await app.requests();
  const two = await (await all.app({ actor: 'ben' })).open(one.id);
  const open = { do: 'open-clock', duty: 'gdpr.dsar', at: one.view().now } as const;
  await Promise.all([one.act({ ...open, ref: 'D-1' }), two.act({ ...open, ref: 'D-2' })]);
  await one.act({ do: 'note', text: 'Both came by the same post' });
  const refs = [...one.view().state.personClocks.values()].map(({ n }) => one.reveal({ n, name: 'ref' }));
  expect(new Set(refs)).toEqual(new Set(['D-1', 'D-2']));
});
