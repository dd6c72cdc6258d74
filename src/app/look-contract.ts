/**
 * How a look at live systems is followed and ended. `heard` is told of every question as it begins and as it ends; `stop` ends those that
 * are under way.
 */
export type LookHow = Readonly<{
  heard?: (what: string, at: 'begun' | 'ended') => void;
  stop?: AbortSignal;
}>;
