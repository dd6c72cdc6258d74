import type { ZodType } from 'zod';
import type { Json } from '../base/canonical.ts';
import { formatMailDate } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { listen } from '../io/server.ts';
import type { Answer, Ask, Reply, Server } from '../io/server.ts';
import type { Furnished, Furnishing } from './furnishing.ts';

/**
 * A simulator is a pure function from (state, request) to (state, answer); the host below makes a real HTTP server of it that
 * writes the new state down before it answers, so that a crash of the tool never revives a revoked token.
 */
export interface Simulator<State extends Json = Json> {
  /** Parses the scenario's seed of this system, with defaults for all it does not say. */
  readonly state: ZodType<State>;
  /** Completes the seed from a scripted simulator's own defaults, before `state` parses it. */
  prepare?(seed: Json, recipe: Json): Json;
  respond(state: State, ask: Ask, now: Instant, recipe: Json): Readonly<{ state: State; answer: Answer }>;
  /** The seed for the rows of a team's own inventory. @throws for a script that is none */
  furnish?(asked: Furnishing): Furnished;
}

/** Types the state of one simulator; the host meets it only after the schema has parsed it. */
export const simulator = <State extends Json>(one: Simulator<State>): Simulator =>
  one as unknown as Simulator;

/** Faults on demand, used up one request at a time, in order. `after`: the request takes effect, the answer is lost. */
export type Fault =
  | Readonly<{ is: 'status'; status: number; retryAfter?: number; body?: string } & Where>
  | Readonly<{ is: 'cut' | 'hang' | 'cut-after' | 'hang-after' } & Where>;
/** Which requests a fault waits for: part of the path, and the method; all where nothing is said. */
type Where = { path?: string; method?: string };

const meets = (fault: Fault, ask: Ask): boolean =>
  (fault.path === undefined || ask.path.includes(fault.path)) &&
  (fault.method === undefined || fault.method === ask.method);

export interface RunningSimulator {
  readonly url: string;
  state(): Json;
  /** The attacker and the director change the world through this; persisted like any other change. */
  change(next: (state: Json) => Json): void;
  fault(fault: Fault): void;
  /** Every request seen, newest last; for checks of traffic. Secrets in it are the drill's made-up ones. */
  seen(): readonly Ask[];
  /** False once nothing answers there any more. */
  alive(): boolean;
  close(): Promise<void>;
}

export type SimulatorHost = Readonly<{
  simulator: Simulator;
  seed: Json;
  recipe: Json;
  now: () => Instant;
  /** Called with the whole state before an answer leaves. */
  persist: (state: Json) => void;
  /** Told of every request while it is served: the virtual clock of a drill stands still meanwhile. */
  busy?: (inFlight: number) => void;
}>;

const afterwards = (fault: Fault, answer: Answer): Reply =>
  fault.is === 'cut-after' ? 'cut' : fault.is === 'hang-after' ? 'hang' : answer;

const instead = (fault: Fault | undefined): Reply | null => {
  if (fault === undefined || fault.is === 'cut-after' || fault.is === 'hang-after') return null;
  if (fault.is !== 'status') return fault.is;
  const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  return { status: fault.status, headers, body: fault.body ?? JSON.stringify({ error: 'made to fail' }) };
};

/** Told in the time of its own world: whoever compares clocks must not find a fault where there is none. */
const dated = (reply: Reply, now: Instant): Reply =>
  typeof reply === 'string' ? reply : { ...reply, headers: { date: formatMailDate(now), ...reply.headers } };

export const startSimulator = async (host: SimulatorHost): Promise<RunningSimulator> => {
  let state = host.simulator.state.parse(host.simulator.prepare?.(host.seed, host.recipe) ?? host.seed);
  const faults: Fault[] = [];
  const seen: Ask[] = [];
  let inFlight = 0;
  host.persist(state);

  const serve = (ask: Ask): Reply => {
    seen.push(ask);
    const at = faults.findIndex((fault) => meets(fault, ask));
    const fault = at === -1 ? undefined : faults.splice(at, 1)[0];
    const early = instead(fault);
    if (early !== null) return early;
    const next = host.simulator.respond(state, ask, host.now(), host.recipe);
    if (next.state !== state) {
      state = next.state;
      host.persist(state);
    }
    return fault === undefined ? next.answer : afterwards(fault, next.answer);
  };
  const server: Server = await listen((ask) => {
    host.busy?.((inFlight += 1));
    try {
      return dated(serve(ask), host.now());
    } finally {
      host.busy?.((inFlight -= 1));
    }
  });
  return {
    url: server.url,
    state: () => state,
    change: (next) => {
      state = host.simulator.state.parse(next(state));
      host.persist(state);
    },
    fault: (fault) => void faults.push(fault),
    seen: () => seen,
    alive: () => server.alive(),
    close: async () => {
      await server.close();
    },
  };
};
