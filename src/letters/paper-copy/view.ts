import type { Manual } from '../../model/action.ts';
import type { Contact } from '../../model/inventory.ts';
import type { Period } from '../../model/obligation.ts';
import type { Plan } from '../../model/plan.ts';

/** A runbook as it is printed for the night in which neither network nor program can be had: what the paper has to know. */
export type PaperCopy = Readonly<{
  plan: Plan;
  summary: string;
  /** Of the plan, 64 hex digits. */
  sha256: string;
  /** `2026-11-27`: paper grows old. */
  printedOn: string;
  /** Where the company's clocks hang, an IANA zone. */
  zone: string;
  /** Where it comes from, where somebody else wrote it. */
  pack: string | null;
  /** Null where nobody has written any down: then there are lines to do it. */
  contacts: readonly Contact[] | null;
  clocks: readonly PaperClock[];
  /** The way by hand of each action, by `connector.action`. */
  manuals: ReadonlyMap<string, Manual>;
}>;

export type PaperClock = Readonly<{ id: string; title: string; to: string; starts: string; period: Period }>;
