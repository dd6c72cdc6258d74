import type { Block } from '../../places.ts';
import { formatLocal } from '../../../base/instant.ts';
import { driftAlarms } from '../../../projections/containment.ts';
import type { World } from '../../screen.ts';

const verdicts = {
  yes: { head: 'STILL BLEEDING? YES', tone: 'bad' },
  no: { head: 'STILL BLEEDING? NO: all is stopped and proved', tone: 'good' },
  unsure: {
    head: 'STILL BLEEDING? NOT PROVED: nothing shows that it goes on, but not all is confirmed',
    tone: 'warn',
  },
  unknown: { head: 'STILL BLEEDING? NOT KNOWN: nothing to stop has been named', tone: 'warn' },
} as const;

/** What is stopped and how that was proved, target by target. */
export const holdBlocks = (world: World): readonly Block[] => {
  const view = world.view?.containment;
  if (view === undefined) return [];
  const verdict = verdicts[view.bleeding];
  const since = view.since === null ? '' : `since ${formatLocal(view.since, world.zone)}`;
  return [
    { head: verdict.head, body: since, tone: verdict.tone },
    ...driftAlarms(view).map((alarm): Block => ({ head: 'ALARM', body: alarm, tone: 'bad' })),
    ...view.targets.map((target): Block => ({
      head: `${target.title} (${target.item})`,
      body: `${target.word}${target.provedAt === null ? '' : `, proved ${formatLocal(target.provedAt, world.zone, 'second')}`}\n${target.action}${target.step === null ? '' : ` in step ${target.step}`}`,
    })),
  ];
};
