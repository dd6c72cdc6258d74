import { isProblem } from '../base/problem.ts';
import type { Seen } from '../audit/seen.ts';
import type { Listing } from '../connectors/connector.ts';
import { openDoor } from '../engine/door.ts';
import { NetworkError, within } from '../io/http.ts';
import { redactSentence } from '../io/redact.ts';
import { limits } from '../model/limits.ts';
import type { Definitions, World } from '../engine/world.ts';

/** Asks every configured system what exists there. Reads only; one that cannot be asked costs the others nothing. */
export const lookAround = async (world: World, definitions: Definitions): Promise<readonly Seen[]> =>
  await Promise.all(
    Object.entries(definitions.company.connectors).map(
      async ([instance, { uses }]) => await lookAt(world, definitions, instance, uses),
    ),
  );

const nothingListed = (kind: string): Listing => ({
  items: [],
  blindSpots: [`a connector of the kind ${kind} cannot list anything`],
});

const lookAt = async (
  world: World,
  definitions: Definitions,
  instance: string,
  kind: string,
): Promise<Seen> => {
  const door = await openDoor(world, definitions, instance);
  if (door.is === 'shut') return { is: 'not-asked', instance, kind, why: door.why, fix: door.fix };
  const { connector } = door;
  if (connector.list === undefined && connector.posture === undefined)
    return { is: 'unlisted', instance, kind };
  const hide = redactSentence(world.secrets.known());
  const { outside } = door.outside({ key: 'audit', suspects: [], signal: within(limits.callMs) });
  try {
    const [listing, posture] = await Promise.all([
      connector.list?.(outside) ?? nothingListed(kind),
      connector.posture?.(outside) ?? {},
    ]);
    return { is: 'asked', instance, kind, listing, posture };
  } catch (error) {
    if (!isProblem(error) && !(error instanceof NetworkError) && !(error instanceof DOMException))
      throw error;
    const [why, fix] = isProblem(error)
      ? [error.facts['why'] ?? error.code, 'firebreak doctor says what it lacks']
      : [error.message, 'check the network and the address'];
    return { is: 'not-asked', instance, kind, why: hide(why), fix };
  }
};
