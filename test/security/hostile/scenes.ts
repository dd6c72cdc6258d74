import { parseInstant } from '../../../src/base/instant.ts';
import type { Size } from '../../../src/tui/screen.ts';
import type { FakeApp } from '../../fakes/app.ts';
import { letGo, merged } from '../../fakes/mailing.ts';
import { readAndCounted } from '../../fakes/scope.ts';
import { unsureIntent } from '../../fakes/unsure.ts';
import { poisons } from './poisons.ts';
import { walkScreens, type Scene, type Walked } from './screens.ts';

/** A night in which everything waits for somebody: two doubts, an approval, an override to review, a proof, a step left out. */
const busy = async (app: FakeApp): Promise<void> => {
  const incident = app.incident();
  incident.write(unsureIntent('a'), unsureIntent('b'));
  await incident.act({ do: 'ask-approval', step: 'stop-webhooks' });
  await incident.act({ do: 'skip', step: 'review', reason: 'Later' });
  await incident.act({ do: 'override', step: 'ring-dpo', what: 'approval', reason: 'Nobody answered' });
  for (const duty of ['gdpr.33-1', 'gdpr.34']) await incident.act({ do: 'submit', duty, channel: 'portal' });
};
/** What stands before a kill is done, so that both ways to end a credential are open. */
const preserved = async (app: FakeApp): Promise<void> =>
  await app.incident().act({ do: 'skip', step: 'copy-record', reason: 'Copied by hand' });
/** A person asked for their data so long ago that their clock comes first. */
const asked = async (app: FakeApp): Promise<void> => {
  const at = parseInstant('2026-01-05T09:00:00Z') ?? app.now();
  await app.incident().act({ do: 'open-clock', duty: 'gdpr.dsar', at, ref: 'D-12' });
};
/** A letter that may go, so that it can be written to a list. */
const mayGo = async (app: FakeApp): Promise<void> =>
  await Promise.resolve(app.incident().write(letGo, merged()));
/** A role on its way, a task that waits and one that has ended. */
const handingOver = async (app: FakeApp): Promise<void> => {
  const incident = app.incident();
  await incident.act({
    do: 'hand-over',
    role: 'commander',
    to: 'ben',
    note: 'The vendor rings back at three',
  });
  await incident.act({ do: 'role', role: 'scribe', person: 'ada' });
  await incident.act({ do: 'give-task', person: 'ada', text: 'Pull the audit log', minutes: 20 });
  await incident.act({ do: 'give-task', person: 'ben', text: 'Ring the acquirer', minutes: 5 });
  const task = Math.max(...incident.view().state.team.tasks.keys());
  await incident.act({ do: 'end-task', task, how: 'done', note: 'They have a case number' });
};
const list = ['L', 'm', 'type', 'enter', 'enter', 'enter', 'enter'];
/** Letters to colleagues are sent by two keys, and then each of them can be looked at. */
const seed = { mail: { plan: { letters: 12, leaves: 12 } } };
const posted = ['L', 'S', 'enter', 's', 'y', 'v', 'tab'];
const free = { mail: { plan: { bars: [] } } };
const several = { mail: { servers: ['mail-notices', 'mail-offices'] } };
/** Somebody was counted, and one of the counts was known otherwise before. */
const counted = async (app: FakeApp): Promise<void> => {
  const incident = app.incident();
  incident.write(...readAndCounted(app.now()));
  await incident.act({ do: 'learn', fact: 'subjects-count', answer: { is: 'number', value: 3 } });
};
const anExport = ['W', 'a', 'type', 'enter', 'enter', 'enter', 'enter'];
const approvals = { 'stop-webhooks': 1, 'ring-dpo': 1 };

/** `deep`: the busy night leads everywhere; the others add what only they have. */
const scenes: readonly Scene[] = [
  { start: 'home', deep: 2 },
  { start: 'home', via: ['o'], deep: 1 },
  { start: 'home', via: ['a', 'r'], deep: 1 },
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
  { start: 'incident', prepare: counted, steps: 1, via: ['W'], deep: 1 },
  { start: 'incident', prepare: counted, steps: 1, via: ['W', 'f'], deep: 1 },
  { start: 'incident', steps: 1, via: anExport, deep: 1 },
  { start: 'incident', steps: 1, via: [...anExport, 'y'], deep: 1 },
  { start: 'incident', fake: { scope: { refuses: ['no such column'] } }, steps: 1, via: anExport, deep: 1 },
  { start: 'drill', fake: { drill: true }, steps: 1, deep: 2 },
  { start: 'facilitate', deep: 2 },
  { start: 'incident', fake: { readOnly: true }, steps: 1, deep: 1 },
];

/** Every scene, one after the other, at most so many keys deep. */
export const walkAll = async (size: Size, deep = 2): Promise<Walked> => {
  const walks: Walked[] = [];
  for (const scene of scenes)
    walks.push(
      await walkScreens({ ...scene, deep: Math.min(deep, scene.deep) }, size, Object.values(poisons)),
    );
  return {
    seen: new Set(walks.flatMap(({ seen }) => [...seen])),
    spoke: new Set(walks.flatMap(({ spoke }) => [...spoke])),
    faults: walks.flatMap(({ faults }) => faults),
  };
};
