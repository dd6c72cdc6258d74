import type { InventoryEffect } from '../audits.ts';
import { comparing } from '../screens/difference/state.ts';
import { looking } from './looking.ts';
import { tell, waiting, type Stage } from './stage.ts';

/** The inventory against what exists: what its screen asks for. */

const compare = async (stage: Stage): Promise<void> => {
  tell(stage, { do: 'go', to: comparing(stage.world()) });
  await looking(
    stage,
    'difference',
    'the systems are being asked already',
    async (how) => (await stage.world().app.audits()).sync(how),
    (report) => ({ is: 'compared', report }),
  );
};

type About<Do> = Extract<InventoryEffect, { do: Do }>;

const draft = async (stage: Stage, { report }: About<'draft-inventory'>): Promise<void> => {
  const drafted = (await stage.world().app.audits()).draft(report);
  stage.send({ is: 'event', event: { is: 'drafted', draft: drafted } });
};

const write = async (stage: Stage, { report }: About<'write-inventory'>): Promise<void> =>
  waiting(
    stage,
    { what: 'writing inventory.yaml', keys: 'held' },
    async () => {
      const written = (await stage.world().app.audits()).write(report);
      stage.send({ is: 'event', event: { is: 'inventory-written', written } });
    },
    () => [],
  );

export const performInventory = async (stage: Stage, effect: InventoryEffect): Promise<void> => {
  switch (effect.do) {
    case 'compare':
      return compare(stage);
    case 'draft-inventory':
      return draft(stage, effect);
    case 'write-inventory':
      return write(stage, effect);
  }
};
