import fc from 'fast-check';
import type { Events } from '../../src/model/event.ts';
import type { HandingEvents } from '../../src/model/handing-event.ts';
import type { TeamEvents } from '../../src/model/team-event.ts';
import { handingPubs } from './handing-happenings.ts';
import { place, time, word } from './words.ts';

const role = fc.constantFrom('legal', 'scribe' as const);

export const teamPubs: {
  readonly [One in keyof (TeamEvents & HandingEvents)]: fc.Arbitrary<Events[One]>;
} = {
  ...handingPubs,
  'handover.offered': fc.record({ role, from: word, to: word }),
  'handover.taken': fc.record({ role, offer: place, person: word }),
  'handover.withdrawn': fc.record({ role, offer: place }),
  'task.given': fc.record({ person: word, due_at: time }),
  'task.acknowledged': fc.record({ task: place }),
  'task.ended': fc.record({ task: place, how: fc.constantFrom('done', 'dropped' as const) }),
};
