import type { Size } from '../../../src/tui/screen.ts';
import {
  approvals,
  asked,
  busy,
  counted,
  free,
  gone,
  handingOver,
  mayGo,
  preserved,
  seed,
  several,
} from '../../fakes/nights.ts';
import { poisons } from './poisons.ts';
import { walkScreens, type Scene, type Walked } from './screens.ts';

const list = ['L', 'm', 'type', 'enter', 'enter', 'enter', 'enter'];
const posted = ['L', 'S', 'enter', 's', 'y', 'v', 'tab'];
const anExport = ['W', 'a', 'type', 'enter', 'enter', 'enter', 'enter'];

/** `deep`: the busy night leads everywhere; the others add what only they have. */
const scenes: readonly Scene[] = [
  { start: 'home', deep: 2 },
  { start: 'home', via: ['o'], deep: 1 },
  { start: 'home', via: ['a', 'r'], deep: 1 },
  { start: 'home', via: ['i', 's'], deep: 1 },
  { start: 'home', via: ['i', 's', 'p'], deep: 1 },
  { start: 'home', via: ['a', 'r', 'j', 'j', 'j', 'a'], deep: 1 },
  { start: 'incident', fake: { approvals }, prepare: busy, deep: 2 },
  { start: 'incident', fake: { rotates: true }, prepare: preserved, steps: 7, deep: 2 },
  { start: 'incident', prepare: asked, steps: 1, deep: 2 },
  { start: 'incident', prepare: mayGo, steps: 1, via: ['L'], deep: 1 },
  { start: 'incident', prepare: mayGo, steps: 1, via: list, deep: 1 },
  { start: 'incident', prepare: mayGo, steps: 1, via: ['L', 'S'], deep: 1 },
  { start: 'incident', fake: seed, prepare: mayGo, steps: 1, via: posted, deep: 1 },
  { start: 'incident', prepare: mayGo, steps: 1, via: ['L', 'S', 'b'], deep: 1 },
  { start: 'incident', fake: seed, prepare: mayGo, steps: 1, via: [...posted, 'u'], deep: 1 },
  { start: 'incident', fake: seed, prepare: mayGo, steps: 1, via: [...posted, 'tab', 'x'], deep: 1 },
  { start: 'incident', fake: free, prepare: mayGo, steps: 1, via: ['L', 'S', 'enter'], deep: 1 },
  { start: 'incident', fake: several, prepare: mayGo, steps: 1, via: ['L', 'S', 'enter'], deep: 1 },
  { start: 'incident', prepare: handingOver, steps: 1, via: ['H'], deep: 1 },
  { start: 'incident', prepare: handingOver, steps: 1, via: ['H', 'j', 'j'], deep: 1 },
  { start: 'incident', prepare: handingOver, steps: 1, via: ['H', 'G', 'k'], deep: 1 },
  { start: 'incident', steps: 1, via: ['H', 'p', 'type', 'enter', 'enter'], deep: 1 },
  { start: 'incident', prepare: gone, steps: 1, via: ['H', 'p'], deep: 1 },
  { start: 'incident', prepare: gone, steps: 1, via: ['H', 'K'], deep: 1 },
  { start: 'incident', prepare: counted, steps: 1, via: ['W'], deep: 1 },
  { start: 'incident', prepare: counted, steps: 1, via: ['W', 'f'], deep: 1 },
  { start: 'incident', steps: 1, via: anExport, deep: 1 },
  { start: 'incident', steps: 1, via: [...anExport, 'y'], deep: 1 },
  { start: 'incident', fake: { scope: { refuses: ['no such column'] } }, steps: 1, via: anExport, deep: 1 },
  { start: 'drill', fake: { drill: true }, steps: 1, deep: 2 },
  { start: 'facilitate', deep: 2 },
  { start: 'incident', fake: { readOnly: true }, steps: 1, deep: 1 },
];

/** Every scene, one after the other, at most so many keys deep; `enough`: the fault after which a control need not go on. */
export const walkAll = async (size: Size, deep = 2, enough: RegExp | null = null): Promise<Walked> => {
  const walks: Walked[] = [];
  for (const scene of scenes) {
    const walk = await walkScreens(
      { ...scene, deep: Math.min(deep, scene.deep) },
      size,
      Object.values(poisons),
    );
    walks.push(walk);
    if (enough !== null && walk.faults.some(({ what }) => enough.test(what))) break;
  }
  return {
    seen: new Set(walks.flatMap(({ seen }) => [...seen])),
    spoke: new Set(walks.flatMap(({ spoke }) => [...spoke])),
    faults: walks.flatMap(({ faults }) => faults),
  };
};
