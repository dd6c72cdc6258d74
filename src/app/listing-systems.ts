import { isProblem } from '../base/problem.ts';
import type { Seen } from '../audit/seen.ts';
import type { Listing } from '../connectors/connector.ts';
import { openDoor } from '../engine/door.ts';
import { NetworkError, within } from '../io/http.ts';
import { redactSentence } from '../io/redact.ts';
import { limits } from '../model/limits.ts';
import type { Definitions, World } from '../engine/world.ts';
import type { LookHow } from './look-contract.ts';

/** Asks every configured system what exists there. Reads only; one that cannot be asked costs the others nothing. */
export const lookAround = async (
  world: World,
  definitions: Definitions,
  { heard, stop }: LookHow = {},
): Promise<readonly Seen[]> => {
  const seen = await Promise.all(
    Object.entries(definitions.company.connectors).map(async ([instance, { uses }]) => {
      const what = `what exists at ${instance}`;
      heard?.(what, 'begun');
      try {
        return await lookAt(world, definitions, { instance, kind: uses }, stop);
      } finally {
        heard?.(what, 'ended');
      }
    }),
  );
  // A question that was cut off looks like a system that does not answer: of a look that was stopped nothing is told.
  stop?.throwIfAborted();
  return seen;
};

const nothingListed = (kind: string): Listing => ({
  items: [],
  blindSpots: [`a connector of the kind ${kind} cannot list anything`],
});

const lookAt = async (
  world: World,
  definitions: Definitions,
  { instance, kind }: Pick<Seen, 'instance' | 'kind'>,
  stop: AbortSignal | undefined,
): Promise<Seen> => {
  const door = await openDoor(world, definitions, instance);
  if (door.is === 'shut') return { is: 'not-asked', instance, kind, why: door.why, fix: door.fix };
  const { connector } = door;
  if (connector.list === undefined && connector.posture === undefined)
    return { is: 'unlisted', instance, kind };
  const hide = redactSentence(world.secrets.known());
  const patience = within(limits.callMs);
  const signal = stop === undefined ? patience : AbortSignal.any([patience, stop]);
  const { outside } = door.outside({ key: 'audit', suspects: [], signal });
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
