import type { CountFar, ScopeFar } from '../../app/scope-contract.ts';
import { grouped } from '../../base/grouped.ts';
import { SEALED } from '../../projections/facts.ts';
import type { ScopeEffect } from '../affected.ts';
import { listed } from '../parts/line.ts';
import type { Block } from '../places.ts';
import { importPreviewed } from '../screens/scope/import-state.ts';
import { present, sometimes, tell, waiting, working, type Stage } from './stage.ts';

/** Who is affected: what its screens ask for. */

type Asking<Do> = Extract<ScopeEffect, { do: Do }>;

const preview = async (stage: Stage, { asked }: Asking<'preview-scope'>): Promise<void> =>
  waiting(
    stage,
    { what: 'reading the beginning of the file', keys: 'stoppable' },
    async () => present(stage.world()).scope.preview(asked),
    (found) => [{ do: 'go', to: importPreviewed(asked, found) }],
  );

const read = async (stage: Stage, { asked }: Asking<'read-scope'>): Promise<void> =>
  working(stage, 'scope-import', 'another export is being read just now: one at a time', async (stop) => {
    const heard = sometimes((far: ScopeFar) =>
      stage.send({ is: 'event', event: { is: 'scope-reading', far } }),
    );
    return { is: 'scope-read', report: await present(stage.world()).scope.read(asked, heard, stop) };
  });

const count = async (stage: Stage, { asked }: Asking<'count-scope'>): Promise<void> =>
  working(stage, 'scope', 'a count goes on already: one at a time', async (stop) => {
    const heard = sometimes((far: CountFar) => stage.send({ is: 'event', event: { is: 'counting', far } }));
    const view = await present(stage.world()).scope.count(asked, heard, stop);
    return { is: 'counted', whole: view !== null };
  });

const writePeople = async (stage: Stage, { path }: Asking<'write-people'>): Promise<void> =>
  waiting(
    stage,
    { what: 'writing the list of recipients', keys: 'held' },
    async () => present(stage.world()).scope.export(path),
    ({ listed: people, sha256 }) => [
      {
        do: 'read',
        title: 'Written',
        blocks: [
          { head: path, body: `${grouped(people)} people, sha256 ${sha256}` },
          {
            head: '',
            body: 'They stand there in clear: remove the file when the letters are out.',
            tone: 'warn',
          },
        ],
      },
    ],
  );

/** Of every export the rows that were not read, or not wholly. */
const faultBlocks = (stage: Stage): readonly Block[] => {
  const { scope } = present(stage.world());
  return scope.view().imports.flatMap(({ scope: id, source, bad }): readonly Block[] => {
    const faults = scope.faults(id);
    if (faults !== null && faults.length === 0) return [];
    return [
      {
        head: `${source} (${id}): ${grouped(bad)} rows could not be read`,
        body: faults === null ? SEALED : listed(faults.map((one) => `line ${one}`)),
      },
    ];
  });
};

const faults = (stage: Stage): void => {
  const blocks = faultBlocks(stage);
  const none: Block = { head: 'Every row of every export was read whole.', body: '' };
  tell(stage, { do: 'read', title: 'Rows left out', blocks: blocks.length === 0 ? [none] : blocks });
};

export const performScope = async (stage: Stage, effect: ScopeEffect): Promise<void> => {
  switch (effect.do) {
    case 'preview-scope':
      return preview(stage, effect);
    case 'read-scope':
      return read(stage, effect);
    case 'count-scope':
      return count(stage, effect);
    case 'write-people':
      return writePeople(stage, effect);
    case 'scope-faults':
      return faults(stage);
  }
};
