import { assert } from '../base/assert.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Base } from './base.ts';
import { bindingsOf, definitionsOf, freezeCatalog } from './definitions.ts';
import { withoutExample } from './empty.ts';
import type { Knowledge } from './knowledge.ts';

/** The definitions, read when first needed: a status line must not wait for them. */
export interface Shelf {
  /** What was read already; null before that. */
  read(): Knowledge | null;
  /** The same for what cannot be asked before. */
  known(): Knowledge;
  learn(): Promise<Knowledge>;
  /** Reads the files anew, once they were changed: by this program or by an editor beside it. */
  again(): Promise<Knowledge>;
  /** What a live incident is made of: the team's own definitions, or none. */
  own(): Promise<Knowledge>;
  /** What a built-in drill is played in. */
  example(): Promise<Knowledge>;
}

export const readKnowledge = async (base: Base, workspace: string | null): Promise<Knowledge> =>
  await bound(base, await base.readCatalog(workspace));

const bound = async (base: Base, catalog: Catalog): Promise<Knowledge> => ({
  catalog,
  bindings: await bindingsOf(definitionsOf(freezeCatalog(catalog, null, []), base.connectors)),
});

/** Of a team that has no workspace. */
const homeZone = ({ machineZone }: Pick<Base, 'machineZone'>): string => machineZone?.() ?? 'UTC';

/** The zone of what is shown before an incident is open. */
export const zoneKnown = (
  base: Pick<Base, 'machineZone' | 'workspace'>,
  shelf: Pick<Shelf, 'read'>,
): string =>
  (base.workspace === null ? null : shelf.read()?.catalog.company.value.organisation.zone) ?? homeZone(base);

export const makeShelf = (base: Base, preloaded: Knowledge | null): Shelf => {
  let knowledge = preloaded;
  let reading: Promise<Knowledge> | null = null;
  const learn = async (): Promise<Knowledge> =>
    (knowledge ??= await (reading ??= readKnowledge(base, base.workspace)));
  return {
    read: () => knowledge,
    known: () => {
      assert(knowledge !== null, 'the definitions are read before they are listed');
      return knowledge;
    },
    learn,
    again: async () => (knowledge = await bound(base, await base.readCatalog(base.workspace, true))),
    own: async () => {
      const all = await learn();
      return base.workspace === null ? await bound(base, withoutExample(all.catalog, homeZone(base))) : all;
    },
    example: async () => await readKnowledge(base, null),
  };
};
