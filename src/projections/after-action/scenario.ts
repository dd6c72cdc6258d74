import { parseInstant, type Instant } from '../../base/instant.ts';
import type { Recorded, Reveal } from '../../model/event.ts';

/** What the journal of a drill keeps of its scenario; empty where the journal is from before it kept it. */
export type Scenario = Readonly<{
  title: string;
  version: string;
  /** Drill time of the page. */
  start: Instant;
  injects: readonly Readonly<{ id: string; expect?: readonly string[]; within?: number }>[];
  objectives: readonly Objective[];
  covers: Readonly<{ pci: readonly string[]; gdpr: readonly string[] }>;
  /** `own`: on the team's own plan; with what no drill can test of it, and what of the scenario had no place there. */
  company: 'own' | 'built-in';
  untested: readonly string[];
  left: readonly string[];
}>;
export type Objective = Readonly<{
  id: string;
  says: string;
  measures?: readonly string[];
  steps?: readonly string[];
}>;

type Kept = Partial<
  Omit<Scenario, 'start' | 'covers'> & { starts: string; covers: Partial<Scenario['covers']> }
>;

export const scenarioOf = (entries: readonly Recorded[], reveal: Reveal): Scenario => {
  const entry = entries.find((one) => one.kind === 'definition.frozen' && one.pub.name === 'scenario');
  const text = entry === undefined ? null : reveal({ n: entry.n, name: 'text' });
  // Written by the program itself when the drill was begun, and hash-checked by the journal: it has the shape it had.
  const kept = (text === null ? {} : JSON.parse(text)) as Kept;
  const first = entries[0]?.recorded_at ?? (0 as Instant);
  return {
    title: kept.title ?? '',
    version: kept.version ?? '',
    start: parseInstant(kept.starts ?? '') ?? first,
    injects: kept.injects ?? [],
    objectives: kept.objectives ?? [],
    company: kept.company ?? 'built-in',
    untested: kept.untested ?? [],
    left: kept.left ?? [],
    covers: { pci: kept.covers?.pci ?? [], gdpr: kept.covers?.gdpr ?? [] },
  };
};
