/** A duty as versioned data: who tells whom, from which fact, within which period. The law's own words are in `source`. */

/** Periods are of different kinds and never converted into each other. `none`: "without undue delay", no invented number. */
export type Period =
  | Readonly<{ kind: 'hours'; hours: number }>
  | Readonly<{ kind: 'calendar-days'; days: number }>
  | Readonly<{ kind: 'business-days'; days: number; calendar: string | null }>
  | Readonly<{ kind: 'months'; months: number; roll: 'none' | 'next-working-day'; calendar: string | null }>
  | Readonly<{ kind: 'none'; wording: string }>;

export type Reading = Readonly<{ name: string; text: string }>;

/** One thing a letter must say, with the article that asks for it and the facts that supply it. */
export type Element = Readonly<{ id: string; article: string; title: string; facts: readonly string[]; may_follow: boolean }>;

export type Obligation = Readonly<{
  id: string;
  regime: string;
  title: string;
  /** Who owes it. `context`: another party owes it and the clock is shown only so that nobody is surprised. */
  owed_by: 'controller' | 'processor' | 'merchant' | 'context';
  owed_by_name?: string;
  to: string;
  /** The fact that starts the clock. */
  starts: string;
  /** Facts that end the duty by ruling it out, with a named person's reason. */
  ruled_out_by?: readonly string[];
  period: Period;
  threshold: string;
  region?: string;
  elements: readonly Element[];
  serves: readonly string[];
  source: string;
  version: string;
  effective_from: string;
  effective_to?: string;
  confidence: 'primary' | 'third-party' | 'memory' | 'disputed';
  readings?: readonly Reading[];
  letter?: string;
  /** Contact wanted: a key of contacts.yaml `for`. */
  contact?: string;
}>;

/**
 * Where a duty stands, a pure view of facts, the rule and now. `provisional`: nobody has yet said whether or when it started,
 * so it is counted from the earliest known time. `sent`: submitted, proof not recorded yet.
 */
export type Standing = 'idle' | 'provisional' | 'running' | 'overdue' | 'sent' | 'met' | 'met-late' | 'ruled-out';
