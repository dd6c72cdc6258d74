import { formatLocal } from '../../base/instant.ts';
import type { OpenDrill } from '../../app/contract.ts';
import { placeParts } from '../../app/drill-words.ts';
import { listed } from '../parts/line.ts';
import type { Block, PageState } from '../places.ts';
import { onlyRead, onlyReadWords } from '../only-read.ts';
import type { Effect, World } from '../screen.ts';
import { reading } from '../screens/page/page.ts';
import { timelineStart } from '../screens/timeline/state.ts';

/** Messages of a drill as they arrived, newest first. */
const messageBlocks = (drill: OpenDrill, zone: string): readonly Block[] =>
  drill
    .injects()
    .toReversed()
    .flatMap(({ at, channel, from, to, body, artifact }) => [
      { head: `${formatLocal(at, zone, 'time')} ${channel} from ${from} to ${to}`, body },
      ...attached(drill, artifact),
    ]);

/** A file that came with a message is read where the message is. */
const attached = (drill: OpenDrill, name: string | null): readonly Block[] => {
  if (name === null) return [];
  return [{ head: `  with ${name}`, body: drill.artifact(name) ?? 'It cannot be read here.', tone: 'dim' }];
};

/** What the team must know of a drill in its own company; what no drill can test stands out. */
const placeBlocks = (place: OpenDrill['place']): readonly Block[] =>
  placeParts(place).map(({ head, rows }) => ({
    head,
    body: listed(rows),
    ...(head.startsWith('NOT TESTED') ? { tone: 'warn' as const } : {}),
  }));

/** What a player sees first: where they are, and what has arrived by then. */
export const storyPage = (drill: OpenDrill, zone: string): PageState =>
  reading(
    'The story',
    [
      { head: 'You are told', body: drill.story },
      ...placeBlocks(drill.place),
      ...messageBlocks(drill, zone),
      { head: '', body: 'Enter says that you have seen the page; the time until then is measured.' },
    ],
    'acknowledge',
  );

/** What works from any screen of an incident. */
export const wideCommand = (id: string, world: World): readonly Effect[] => {
  switch (id) {
    case 'incident:note':
      return [{ do: 'form', purpose: { for: 'note' } }];
    case 'incident:decision':
      return [{ do: 'form', purpose: { for: 'decision' } }];
    case 'incident:evidence':
      return [{ do: 'form', purpose: { for: 'evidence', step: null } }];
    case 'incident:clocks':
      return [{ do: 'go', to: { at: 'clocks', chosen: 0 } }];
    case 'incident:timeline':
      return [{ do: 'go', to: timelineStart(null) }];
    case 'incident:changed':
      return [{ do: 'go', to: timelineStart(world.seen) }];
    case 'incident:contacts':
      return [{ do: 'go', to: { at: 'who', only: null, chosen: 0 } }];
    case 'incident:scope':
      return [{ do: 'go', to: { at: 'scope', stage: 'shown', progress: null, trouble: null } }];
    case 'incident:people':
      return [{ do: 'go', to: { at: 'people', chosen: 0 } }];
    case 'incident:letters':
      return [{ do: 'go', to: { at: 'letters', chosen: 0 } }];
    case 'incident:inventory':
      return [{ do: 'go', to: { at: 'inventory', chosen: 0 } }];
    case 'incident:injects':
      return world.drill === null
        ? []
        : [
            { do: 'read', title: 'Messages of the drill', blocks: messageBlocks(world.drill, world.zone) },
            { do: 'messages-read' },
          ];
    case 'incident:real-event':
      return [{ do: 'form', purpose: { for: 'real-event' } }];
    default:
      return [];
  }
};

const IN_DRILLS: ReadonlySet<string> = new Set(['incident:injects', 'incident:real-event']);

/** What a second process may do beside the one that acts, and nobody who opened it for reading only. */
const WRITES: ReadonlySet<string> = new Set([
  'incident:note',
  'incident:decision',
  'incident:evidence',
  'incident:real-event',
]);

export const wideDisabled = (id: string, world: World): string | null => {
  if (world.incident === null) return 'open an incident first';
  if (IN_DRILLS.has(id) && world.drill === null) return 'this is not a drill';
  const why = onlyRead(world);
  return (why !== null && id === 'incident:inventory') || (why === 'asked' && WRITES.has(id))
    ? onlyReadWords(world)
    : null;
};
