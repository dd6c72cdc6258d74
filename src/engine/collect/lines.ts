import type { Gap, Window } from '../../connectors/connector.ts';
import type { Manual } from '../../model/action.ts';

/** What is heard while logs are read, and what it came to. */

/** What became of one log. `already`: it was had whole before. `log` is null where the system could not be asked for any. */
export type CollectLine = Readonly<{
  is: 'whole' | 'partial' | 'none' | 'already';
  instance: string;
  log: string | null;
  records: number;
  parts: number;
  bytes: number;
  got: Window | null;
  gaps: readonly Gap[];
  /** The way by hand, wherever something is missing that a person could fetch. */
  manual: Manual | null;
}>;
export type Reading = Readonly<{
  is: 'reading';
  instance: string;
  log: string;
  records: number;
  bytes: number;
}>;

/** `nothing`: no system that is meant keeps a log that can be fetched. */
export type CollectReport = Readonly<{
  window: Window;
  lines: readonly CollectLine[];
  /** Systems that keep no log that the tool knows how to fetch. */
  without: readonly string[];
  state: 'whole' | 'partial' | 'none' | 'nothing' | 'stopped';
}>;
