import { toHex } from '../../base/hash.ts';
import type { Board } from '../../connectors/connector.ts';
import { systemHttp } from '../../io/http.ts';
import type { Files } from '../../io/files.ts';
import type { Anchor } from '../../model/anchor.ts';
import { openDoor } from '../door.ts';
import type { Definitions, World } from '../world.ts';
import { folderPlace } from './folder.ts';
import { NotAnchored, type Note, type Place, type Reach } from './place.ts';
import { putPlace } from './put.ts';
import { syslogPlace } from './syslog.ts';
import { timestampPlace } from './timestamp.ts';

/** The configured places by name; a cosigner is a person, who is not gone to. */
export const placesOf = (
  world: World,
  definitions: Definitions,
  files: Files,
): Readonly<Record<string, Place>> => {
  const http = systemHttp({
    clock: world.clock,
    wall: world.wall,
    secrets: () => world.secrets.known(),
    ...(world.busy === undefined ? {} : { busy: world.busy }),
  });
  const reach: Reach = { world, files, http };
  const found: [string, Place][] = [];
  for (const [name, anchor] of Object.entries(definitions.company.anchors ?? {})) {
    const place = placeOf(reach, definitions, name, anchor);
    if (place !== null) found.push([name, trusted(world, definitions, place)]);
  }
  return Object.fromEntries(found);
};

const placeOf = (reach: Reach, definitions: Definitions, name: string, anchor: Anchor): Place | null => {
  if ('slack' in anchor) return boardPlace(reach.world, definitions, anchor.slack, anchor.channel);
  if ('timestamp' in anchor) return timestampPlace(reach, anchor);
  if ('syslog' in anchor) return syslogPlace(reach, anchor, name);
  if ('folder' in anchor) return folderPlace(reach, anchor.folder);
  return 'put' in anchor ? putPlace(reach, anchor, name) : null;
};

/** An address in a file that nobody has trusted gets nothing, not even a hash. */
const trusted = (world: World, definitions: Definitions, place: Place): Place => {
  const ask = async (): Promise<void> => {
    if (world.trusts !== undefined && !(await world.trusts(definitions)))
      throw new NotAnchored(
        'not-configured',
        'nobody has trusted the workspace that names it: firebreak trust',
      );
  };
  const { back } = place;
  return {
    kind: place.kind,
    put: async (note, signal) => {
      await ask();
      return await place.put(note, signal);
    },
    back:
      back.is !== 'read'
        ? back
        : {
            is: 'read',
            read: async (where, signal) => {
              await ask();
              return await back.read(where, signal);
            },
          },
  };
};

const FENCE = '```';

/** A fence keeps a chat from making links and smileys of it; what stands between is the note, byte by byte. */
const fenced = (note: string): string => `${FENCE}\n${note}${FENCE}`;
const unfenced = (text: string): string => {
  const inner = /^```\n?([^]*?)\n?```$/.exec(text.trim())?.[1];
  return inner === undefined ? text : `${inner}\n`;
};

const boardPlace = (world: World, definitions: Definitions, instance: string, channel: string): Place => {
  const through = async (signal: AbortSignal) => {
    const door = await openDoor(world, definitions, instance);
    if (door.is === 'shut') throw new NotAnchored('not-configured', door.why);
    const { board } = door.connector;
    if (board === undefined) throw new NotAnchored('not-configured', `${instance} has no channel to post in`);
    const { outside } = door.outside({ key: toHex(world.random.bytes(8)), suspects: [], signal });
    return { board, outside };
  };
  return {
    kind: 'slack',
    put: async ({ note }: Note, signal) => {
      const { board, outside } = await through(signal);
      return { place: taken(await board.post(channel, fenced(note), outside)), proof: null };
    },
    back: {
      is: 'read',
      read: async (place, signal) => {
        const { board, outside } = await through(signal);
        const found = await board.read(place, outside);
        if (found.is === 'refused') throw new NotAnchored('refused', found.why);
        return found.is === 'gone' ? null : unfenced(found.text);
      },
    },
  };
};

const taken = (posted: Awaited<ReturnType<Board['post']>>): Readonly<Record<string, string>> => {
  if (posted.is === 'refused') throw new NotAnchored('refused', posted.why);
  return posted.place;
};
