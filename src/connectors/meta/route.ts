import type { Json } from '../../base/canonical.ts';
import type { State, Token } from './state.ts';

/** What a route of the simulated Graph API is: state in, state and answer out. */

export type Caller = Readonly<{ app: string; token: Token | null }>;

export type Heard = Readonly<{
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, readonly string[]>>;
  body: Readonly<Record<string, Json>>;
  caller: Caller;
}>;
/** HTTP status, Graph code, message. */
export type Refused = Readonly<{ refused: readonly [number, number, string] }>;
export type Served = Readonly<{ state: State; body: Json }> | Refused;

export type Route = Readonly<{
  method: string;
  path: RegExp;
  scope: string | null;
  serve: (state: State, heard: Heard) => Served;
}>;
