import type { BulletinEvents, BulletinFault, BulletinPlace } from '../model/bulletin.ts';
import type { Recorded } from '../model/event.ts';

/** How the line for managers last fared at each place, as far as it is written down. Pure, and of public parts alone. */
export type BulletinsState = ReadonlyMap<BulletinPlace, 'told' | BulletinFault>;

export const noBulletins: BulletinsState = new Map();

export type BulletinEntry = Recorded<keyof BulletinEvents>;
export const isAboutBulletins = (entry: Recorded): entry is BulletinEntry =>
  entry.kind === 'bulletin.told' || entry.kind === 'bulletin.failed';

export const bulletinsChanged = (state: BulletinsState, entry: BulletinEntry): BulletinsState =>
  new Map([...state, [entry.pub.place, entry.kind === 'bulletin.told' ? 'told' : entry.pub.fault]]);
