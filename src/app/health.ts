import { isProblem } from '../base/problem.ts';
import { parseMailDate } from '../base/instant.ts';
import type { Health } from '../connectors/connector.ts';
import { openDoor } from '../engine/door.ts';
import type { Definitions, World } from '../engine/world.ts';
import { NetworkError, within } from '../io/http.ts';
import type { Http } from '../io/http.ts';
import { redactSentence } from '../io/redact.ts';
import { limits } from '../model/limits.ts';

/** Who a system says that we are: one harmless question. */
export type Told =
  | Readonly<{ is: 'asked'; health: Health; aheadMs: number | null }>
  | Readonly<{ is: 'shut'; why: string; fix: string }>
  | Readonly<{ is: 'no-secret'; why: string }>
  | Readonly<{ is: 'silent'; why: string }>;

export const healthOf = async (
  world: World,
  definitions: Definitions,
  name: string,
  stop?: AbortSignal,
): Promise<Told> => {
  const door = await openDoor(world, definitions, name);
  if (door.is === 'shut') return door;
  const patience = within(limits.connectMs);
  const signal = stop === undefined ? patience : AbortSignal.any([patience, stop]);
  const { outside } = door.outside({ key: 'doctor', suspects: [], signal });
  const dates: number[] = [];
  const listening = {
    ...outside,
    http: {
      fetch: async (...args: Parameters<Http['fetch']>) => {
        const response = await outside.http.fetch(...args);
        const date = parseMailDate(response.headers.get('date') ?? '');
        if (date !== null) dates.push(world.clock.now() - date);
        return response;
      },
    },
  };
  try {
    const health = await door.connector.health(listening);
    const detail = redactSentence(world.secrets.known())(health.detail);
    return { is: 'asked', health: { ...health, detail }, aheadMs: dates.at(-1) ?? null };
  } catch (error) {
    if (isProblem(error) && error.code === 'missing-secret') {
      const { name: secret = '', ref = '', why = '' } = error.facts;
      return { is: 'no-secret', why: `the secret ${secret} (${ref}): ${why}` };
    }
    if (error instanceof NetworkError || error instanceof DOMException || isProblem(error))
      return { is: 'silent', why: redactSentence(world.secrets.known())(error.message) };
    throw error;
  }
};
