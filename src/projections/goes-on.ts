import type { ClockView } from './countdowns.ts';
import type { ContainmentView } from './containment.ts';

/** Stopped by the tool, and not yet switched on again. */
const STOPPED: ReadonlySet<ContainmentView['targets'][number]['hold']> = new Set(['proved', 'unproved']);
const COUNTS: ReadonlySet<ClockView['standing']> = new Set(['provisional', 'running', 'overdue']);

type Seen = Readonly<{
  clocks: readonly Pick<ClockView, 'duty' | 'standing' | 'context'>[];
  containment: Readonly<{ targets: readonly Pick<ContainmentView['targets'][number], 'item' | 'hold'>[] }>;
}>;

/** What closing an incident does not end, in sentences: clocks that count, and what it has switched off. */
export const goesOn = ({ clocks, containment }: Seen): readonly string[] => {
  const duties = clocks.filter(({ standing, context }) => COUNTS.has(standing) && !context);
  const held = containment.targets.filter(({ hold }) => STOPPED.has(hold));
  const named = (words: string, ids: readonly string[]): readonly string[] =>
    ids.length === 0 ? [] : [`${words}: ${ids.join(', ')}`];
  return [
    ...named(
      'Clocks that run on, and can still be met',
      duties.map(({ duty }) => duty),
    ),
    ...named(
      'Still switched off',
      held.map(({ item }) => item),
    ),
  ];
};
