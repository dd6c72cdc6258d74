import type { Recorded } from '../model/event.ts';
import { put, type ScopeState } from './state.ts';

export type ScopeEntry = Recorded<'scope.kept'> | Recorded<'scope.imported'> | Recorded<'scope.counted'>;
export const isAboutScope = (entry: Recorded): entry is ScopeEntry =>
  entry.kind === 'scope.kept' || entry.kind === 'scope.imported' || entry.kind === 'scope.counted';

/** What an entry does to what is known of the people affected. Pieces of an export that was cut off are named by no import. */
export const scoped = (scope: ScopeState, entry: ScopeEntry): ScopeState => {
  switch (entry.kind) {
    case 'scope.kept': {
      const { scope: id, records, sha256 } = entry.pub;
      const before = scope.pieces.get(id) ?? [];
      return { ...scope, pieces: put(scope.pieces, id, [...before, { n: entry.n, records, sha256 }]) };
    }
    case 'scope.imported':
      return { ...scope, imports: [...scope.imports, { ...entry.pub, n: entry.n, at: entry.recorded_at }] };
    case 'scope.counted':
      return { ...scope, counted: { ...entry.pub, n: entry.n, at: entry.recorded_at } };
  }
};
