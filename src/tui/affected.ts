import type {
  CountFar,
  ScopeAsked,
  ScopeCounting,
  ScopeFar,
  ScopeImported,
  ScopeStopped,
} from '../app/scope-contract.ts';

/** What the screens of who is affected ask for and hear. */

export type ScopeEffect =
  | Readonly<{ do: 'preview-scope'; asked: ScopeAsked }>
  | Readonly<{ do: 'read-scope'; asked: ScopeAsked }>
  | Readonly<{ do: 'count-scope'; asked: ScopeCounting }>
  /** People in clear, into a file of one's own. */
  | Readonly<{ do: 'write-people'; path: string }>
  | Readonly<{ do: 'scope-faults' }>;

export type ScopeEvent =
  | Readonly<{ is: 'scope-reading'; far: ScopeFar }>
  | Readonly<{ is: 'scope-read'; report: ScopeImported | ScopeStopped }>
  | Readonly<{ is: 'counting'; far: CountFar }>
  /** False where it was stopped. */
  | Readonly<{ is: 'counted'; whole: boolean }>;

const about: ReadonlySet<string> = new Set<ScopeEffect['do']>([
  'preview-scope',
  'read-scope',
  'count-scope',
  'write-people',
  'scope-faults',
]);

export const isScope = (effect: Readonly<{ do: string }>): effect is ScopeEffect => about.has(effect.do);
