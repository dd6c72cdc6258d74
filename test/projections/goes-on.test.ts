import { expect, test } from 'vitest';
import { goesOn } from '../../src/projections/goes-on.ts';

test('what closing does not end is the clocks of the company that count, and what the tool switched off', () => {
  const clock = (duty: string, standing: 'running' | 'met' | 'overdue', context = false) => ({
    duty,
    standing,
    context,
  });
  const held = (item: string, hold: 'proved' | 'unproved' | 'by-hand' | 'taken-back') => ({ item, hold });
  const said = goesOn({
    clocks: [clock('a', 'running'), clock('b', 'met'), clock('c', 'overdue'), clock('d', 'running', true)],
    containment: {
      targets: [
        held('sync', 'proved'),
        held('call', 'by-hand'),
        held('hook', 'unproved'),
        held('back', 'taken-back'),
      ],
    },
  });
  expect(said).toEqual(['Clocks that run on, and can still be met: a, c', 'Still switched off: sync, hook']);
  expect(goesOn({ clocks: [clock('b', 'met')], containment: { targets: [] } })).toEqual([]);
});
