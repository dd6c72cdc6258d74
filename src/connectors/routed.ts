import type { Json } from '../base/canonical.ts';
import { parseJson } from '../base/json.ts';
import type { Instant } from '../base/instant.ts';
import type { Answer, Ask } from '../io/server.ts';
import type { Simulator } from './simulator.ts';

/** The frame of a simulator: which path is served by what, and who may ask at all. What is served is the vendor's own. */

export type Turn<State> = Readonly<{ state: State; answer: Answer }>;

export type Told<State> = Readonly<{
  state: State;
  ask: Ask;
  now: Instant;
  /** The values of the path's `{names}`. */
  params: Readonly<Record<string, string>>;
  /** The body as its content type says, JSON or a form; `{}` for none, null for one that cannot be read. */
  body: Readonly<Record<string, Json>> | null;
}>;

export type Serve<State> = (told: Told<State>) => Turn<State>;

export const json = (status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: status === 204 ? '' : JSON.stringify(body),
});

/** An answer that changes nothing. */
export const stay = <State>({ state }: Pick<Told<State>, 'state'>, answer: Answer): Turn<State> => ({
  state,
  answer,
});

const bodyOf = ({ headers, body }: Ask): Told<Json>['body'] => {
  if (body === '') return {};
  if ((headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body));
  try {
    const parsed = parseJson(body);
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)
      ? (parsed as Readonly<Record<string, Json>>)
      : null;
  } catch {
    return null;
  }
};

const pattern = (route: string): RegExp => {
  const escaped = route.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
};

/**
 * `routes` by "METHOD /path/{id}", the first that fits serves. `guard` answers whoever may not ask, before anything is served;
 * `missing` answers what no route fits.
 */
export const routed = <State extends Json>(frame: {
  guard?: (told: Told<State>) => Answer | null;
  routes: Readonly<Record<string, Serve<State>>>;
  missing: (told: Told<State>) => Answer;
}): Simulator<State>['respond'] => {
  const table = Object.entries(frame.routes).map(([route, serve]) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, path: pattern(path), serve };
  });
  return (state, ask, now) => {
    const told: Told<State> = { state, ask, now, params: {}, body: bodyOf(ask) };
    const refusal = frame.guard?.(told) ?? null;
    if (refusal !== null) return stay(told, refusal);
    for (const { method, path, serve } of table) {
      const found = method === ask.method ? path.exec(ask.path) : null;
      if (found === null) continue;
      const params = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
      );
      return serve({ ...told, params });
    }
    return stay(told, frame.missing(told));
  };
};

/** What stands in `Authorization: Bearer`; '' where nothing does. */
export const bearerOf = ({ headers }: Ask): string =>
  /^(?:Bearer|token|SSWS) (.+)$/i.exec(headers['authorization'] ?? '')?.[1] ?? '';

/** User and password of HTTP Basic; null where there are none. */
export const basicOf = ({ headers }: Ask): Readonly<{ user: string; password: string }> | null => {
  const given = /^Basic (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (given === undefined) return null;
  const [user = '', ...rest] = Buffer.from(given, 'base64').toString('utf8').split(':');
  return { user, password: rest.join(':') };
};

/** Rows with one of them changed; the very same rows where none is meant. */
export const changed = <Row>(
  rows: readonly Row[],
  is: (row: Row) => boolean,
  to: (row: Row) => Row,
): readonly Row[] => (rows.some(is) ? rows.map((row) => (is(row) ? to(row) : row)) : rows);
