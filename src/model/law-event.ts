import type { Instant } from '../base/instant.ts';
import type { AlertFault, AlertWay } from './alert.ts';
import type { ClockEnd } from './person-clock.ts';

/** What happens to letters, to duties and to the clocks of single persons; a part of `Events`. */
export type LawEvents = {
  /** One list became letters in one file: `sha256` is that of the file, `list_sha256` that of the list; versions are by language. */
  'letters.merged': {
    letter: string;
    format: string;
    versions: Readonly<Record<string, string>>;
    rows: number;
    written: number;
    rejected: number;
    duplicates: number;
    bytes: number;
    sha256: string;
    list_sha256: string;
  };
  'letter.drafted': {
    letter: string;
    duty: string | null;
    sha256: string;
    missing: readonly string[];
    follows: readonly string[];
  };
  /**
   * A named person let this very text go. `at` is the moment it was written for: the draft of that moment is the text again, byte
   * for byte. `missing` and `refused` (rules, sorted) were gone past; `override` is then true, and why is sealed.
   */
  'letter.released': {
    letter: string;
    language: string;
    duty: string | null;
    sha256: string;
    at: Instant;
    missing: readonly string[];
    refused: readonly string[];
    override: boolean;
  };
  'duty.submitted': { duty: string; at: Instant; phase: number };
  'duty.proved': {
    duty: string;
    kind: 'portal-reference' | 'delivery-status' | 'screenshot' | 'other';
    evidence: string | null;
  };
  'duty.acknowledged': { duty: string; at: Instant };
  /** One person asked for something that the law answers within a time: a clock of its own, named in `model/person-clock.ts`. */
  'clock.opened': { clock: string; at: Instant; zone: string | null; country: string | null };
  'clock.corrected': { clock: string; at: Instant; corrects: number };
  /** It was decided that the answer takes longer; `told` is when the person was told so, with the reasons. */
  'clock.extended': { clock: string; told: Instant; decider: string };
  'clock.ended': { clock: string; how: ClockEnd };
  /** Somebody is told that a clock runs out, once for this end of it; `threshold` says how near it is. */
  'alert.rung': { duty: string; threshold: string; due: Instant };
  /** Who should have heard it elsewhere did not; written once for each way and fault. */
  'alert.failed': { way: AlertWay; fault: AlertFault };
};
