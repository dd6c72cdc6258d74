import type { ScopeDoor } from '../../src/app/contract.ts';
import { scopeView } from '../../src/projections/scope.ts';
import { unopened } from '../../src/incident/state.ts';

/** An incident in which nobody was counted. */
export const fakeScope: ScopeDoor = {
  view: () => scopeView(unopened.scope, () => null),
  preview: async () => await Promise.resolve({ mapping: 'own: Own', refused: [], rows: [], bad: [] }),
  read: async () =>
    await Promise.resolve({
      scope: 'sc-1',
      already: false,
      sha256: 'a'.repeat(64),
      rows: 0,
      ways: 0,
      nobody: 0,
      hidden: 0,
      bad: 0,
      faults: [],
    }),
  count: async () => await Promise.resolve(scopeView(unopened.scope, () => null)),
  facts: () => [],
  recipients: () => null,
  export: async () => await Promise.resolve({ listed: 0, sha256: 'a'.repeat(64) }),
};
