import type { ZodType } from 'zod';
import { NetworkError } from '../../io/http.ts';
import type { Secret } from '../../io/secrets.ts';
import { addressOf } from '../address.ts';
import type { Listed, Outside, Sends } from '../connector.ts';
import { graph, node, ok, refusal } from './graph.ts';

/** One list of Meta's, read as far as it lets us. */

export type Rows = Readonly<{ items: readonly Listed[]; blindSpots: readonly string[] }>;

/** Meta signs whatever it sends and does not take http; only the receiver can be at fault. */
export const sendsTo = (url: string): Readonly<{ sends?: Sends }> => {
  if (url === '') return {};
  const { scheme, host } = addressOf(url);
  return { sends: { scheme, host, signed: 'always', tls: 'checked', method: 'POST' } };
};

/** One listing; what could not be read becomes a blind spot, so that the rest is still shown. */
export const rows = async <T>(
  outside: Outside,
  token: Secret,
  path: string,
  schema: ZodType<T>,
  toItems: (data: T) => readonly Listed[],
  query: Readonly<Record<string, string>> = {},
): Promise<Rows> => {
  try {
    const answer = await graph(outside, token, { method: 'GET', path: node(outside, path), query });
    const parsed = schema.safeParse(answer.json);
    if (!ok(answer) || !parsed.success)
      return { items: [], blindSpots: [refusal(answer, `GET ${path}`).detail] };
    return { items: toItems(parsed.data), blindSpots: [] };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { items: [], blindSpots: [`GET ${path}: ${error.message}`] };
  }
};
