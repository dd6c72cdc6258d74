import { toHex } from '../base/hash.ts';
import type { AlertFault } from '../model/alert.ts';
import { openDoor } from './door.ts';
import type { Definitions, World } from './world.ts';

/** A message into a channel for whoever is elsewhere. Once: a message an hour late would say a wrong time. */

export type Posting = Readonly<{ world: World; definitions: Definitions; signal: AbortSignal }>;
export type NotPosted = Readonly<{ fault: AlertFault; detail: string }>;

export const NOT_TRUSTED = 'nobody has trusted the workspace that names it: firebreak trust';

export const isTrusted = async ({ world, definitions }: Posting): Promise<boolean> =>
  world.trusts === undefined || (await world.trusts(definitions));

/** Null where it is there. In a drill the channel is one of its simulator. */
export const postOnBoard = async (
  posting: Posting,
  { connector, channel }: Readonly<{ connector: string; channel: string }>,
  text: string,
): Promise<NotPosted | null> => {
  const { world, definitions, signal } = posting;
  try {
    if (!(await isTrusted(posting))) return { fault: 'not-configured', detail: NOT_TRUSTED };
    const door = await openDoor(world, definitions, connector);
    if (door.is === 'shut') return { fault: 'not-configured', detail: door.why };
    const { board } = door.connector;
    if (board === undefined)
      return { fault: 'not-configured', detail: `${connector} has no channel to post in` };
    const { outside } = door.outside({ key: toHex(world.random.bytes(8)), suspects: [], signal });
    const posted = await board.post(channel, text, outside);
    return posted.is === 'posted' ? null : { fault: 'refused', detail: posted.why };
  } catch (error) {
    return { fault: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
  }
};
