import { assert } from '../base/assert.ts';
import type { Base } from './base.ts';
import { bindingsOf, definitionsOf, freezeCatalog } from './definitions.ts';
import { withoutExample } from './empty.ts';
import type { Knowledge } from './knowledge.ts';

/** The definitions, read when first needed: a status line must not wait for them. */
export interface Shelf {
  /** What was read already; listing methods are only called on an app that was opened with its definitions. */
  known(): Knowledge;
  learn(): Promise<Knowledge>;
  /** What a live incident is made of: the team's own definitions, or none. */
  own(): Promise<Knowledge>;
  /** What a built-in drill is played in. */
  example(): Promise<Knowledge>;
}

export const readKnowledge = async (base: Base, workspace: string | null): Promise<Knowledge> => {
  const catalog = await base.readCatalog(workspace);
  return {
    catalog,
    bindings: await bindingsOf(definitionsOf(freezeCatalog(catalog, null, []), base.connectors)),
  };
};

export const makeShelf = (base: Base, preloaded: Knowledge | null): Shelf => {
  let knowledge = preloaded;
  const learn = async (): Promise<Knowledge> => (knowledge ??= await readKnowledge(base, base.workspace));
  return {
    known: () => {
      assert(knowledge !== null, 'the definitions are read before they are listed');
      return knowledge;
    },
    learn,
    own: async () => {
      const all = await learn();
      return base.workspace === null ? { ...all, catalog: withoutExample(all.catalog) } : all;
    },
    example: async () => await readKnowledge(base, null),
  };
};
