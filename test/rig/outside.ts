import { Problem } from '../../src/base/problem.ts';
import type { Json } from '../../src/base/canonical.ts';
import type { Outside, Undoable } from '../../src/connectors/connector.ts';
import type { Clock } from '../../src/io/clock.ts';
import { systemHttp, within } from '../../src/io/http.ts';
import type { Exchange } from '../../src/io/http.ts';
import { walledProcesses } from '../../src/io/process.ts';
import type { Processes } from '../../src/io/process.ts';
import { systemMail } from '../../src/io/mail.ts';
import { systemRandom } from '../../src/io/random.ts';
import { Secret } from '../../src/io/secrets.ts';
import { fastClock } from './fast-clock.ts';

/** The outside world of one action in a test: the real HTTP client behind the wall of a drill, and a clock that does not wait. */
export type Rig = Readonly<{
  outside: Outside;
  heard: readonly Exchange[];
  /** What the action kept before it wrote, as the journal would hand it back: through JSON. */
  kept: readonly Undoable[];
  /** The new credentials that the action handed out. */
  made: readonly Readonly<{ id: string; secret: string }>[];
  clock: Clock;
}>;

export type RigOptions = Readonly<{
  baseUrl: string;
  config?: Outside['config'];
  secrets?: Readonly<Record<string, string>>;
  suspects?: readonly string[];
  recipe?: Json;
  key?: string;
  signal?: AbortSignal;
  clock?: Clock;
  processes?: Processes;
  within?: Outside['within'];
  /** Real milliseconds for one exchange. */
  exchangeMs?: number;
  /** In place of the journal; what it is given is in `kept` either way. */
  keep?: Outside['keep'];
  /** The new credential that was made before. */
  fresh?: string;
  /** In place of the journal; what it is given is in `made` either way. */
  made?: Outside['made'];
}>;

export const rigOutside = (options: RigOptions): Rig => {
  const { secrets = {}, suspects = [], clock = fastClock() } = options;
  const heard: Exchange[] = [];
  const kept: Undoable[] = [];
  const made: { id: string; secret: string }[] = [];
  const fresh = options.fresh === undefined ? [] : [options.fresh];
  let known: readonly string[] = [...Object.values(secrets), ...suspects, ...fresh];
  let counted = 0;
  /** The same list until another is known: what is prepared to look for them is prepared once. */
  const knownNow = (): readonly string[] => {
    if (made.length > counted) known = [...known, ...made.slice(counted).map(({ secret }) => secret)];
    counted = made.length;
    return known;
  };
  const http = systemHttp({
    clock,
    wall: 'loopback-only',
    secrets: knownNow,
    heard: (exchange) => void heard.push(exchange),
    ...(options.exchangeMs === undefined ? {} : { exchangeMs: options.exchangeMs }),
  });
  const outside: Outside = {
    http,
    mail: systemMail('loopback-only'),
    processes: options.processes ?? walledProcesses(new Set()),
    clock,
    random: systemRandom(),
    baseUrl: options.baseUrl,
    config: options.config ?? {},
    secret: (name) => {
      const value = secrets[name];
      return value === undefined
        ? Promise.reject(new Problem('missing-secret', { name, ref: 'test', why: 'the case gives none' }))
        : Promise.resolve(new Secret(value));
    },
    suspects: suspects.map((value) => new Secret(value)),
    fresh: options.fresh === undefined ? null : new Secret(options.fresh),
    made: async (id, secret) => {
      made.push({ id, secret: secret.use() });
      await options.made?.(id, secret);
    },
    key: options.key ?? 'intent-01',
    keep: async (receipt, after) => {
      kept.push(JSON.parse(JSON.stringify({ receipt, after })) as Undoable);
      await options.keep?.(receipt, after);
    },
    signal: options.signal ?? new AbortController().signal,
    within: options.within ?? within,
    recipe: options.recipe ?? null,
  };
  return { outside, heard, kept, made, clock };
};
