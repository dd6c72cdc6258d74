import { parseInstant } from '../../src/base/instant.ts';
import type { FakeApp, FakeOptions } from './app.ts';
import { letGo, merged } from './mailing.ts';
import { readAndCounted } from './scope.ts';
import { unsureIntent } from './unsure.ts';

/** What happened before somebody looks: the same nights for the golden screens, for hostile words and for the kitchen. */

/** A night in which everything waits for somebody: two doubts, an approval, an override to review, a proof, a step left out. */
export const busy = async (app: FakeApp): Promise<void> => {
  const incident = app.incident();
  incident.write(unsureIntent('a'), unsureIntent('b'));
  await incident.act({ do: 'ask-approval', step: 'stop-webhooks' });
  await incident.act({ do: 'skip', step: 'review', reason: 'Later' });
  await incident.act({ do: 'override', step: 'ring-dpo', what: 'approval', reason: 'Nobody answered' });
  for (const duty of ['gdpr.33-1', 'gdpr.34']) await incident.act({ do: 'submit', duty, channel: 'portal' });
};
export const approvals = { 'stop-webhooks': 1, 'ring-dpo': 1 } as const;
export const busyNight = { fake: { approvals }, prepare: busy } as const;

/** What stands before a kill is done, so that both ways to end a credential are open. */
export const preserved = async (app: FakeApp): Promise<void> =>
  await app.incident().act({ do: 'skip', step: 'copy-record', reason: 'Copied by hand' });

/** A person asked for their data so long ago that their clock comes first. */
export const asked = async (app: FakeApp): Promise<void> => {
  const at = parseInstant('2026-01-05T09:00:00Z') ?? app.now();
  await app.incident().act({ do: 'open-clock', duty: 'gdpr.dsar', at, ref: 'D-12' });
};

/** A letter that may go, so that it can be written to a list. */
export const mayGo = async (app: FakeApp): Promise<void> =>
  await Promise.resolve(app.incident().write(letGo, merged()));

/** A role on its way, a task that waits and one that has ended. */
export const handingOver = async (app: FakeApp): Promise<void> => {
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

/** Somebody was counted, and one of the counts was known otherwise before. */
export const counted = async (app: FakeApp): Promise<void> => {
  const incident = app.incident();
  incident.write(...readAndCounted(app.now()));
  await incident.act({ do: 'learn', fact: 'subjects-count', answer: { is: 'number', value: 3 } });
};

/** Letters to colleagues are sent by two keys, and then each of them can be looked at. */
export const seed: FakeOptions = { mail: { plan: { letters: 12, leaves: 12 } } };
/** Nothing keeps the letters from leaving. */
export const free: FakeOptions = { mail: { plan: { bars: [] } } };
export const several: FakeOptions = { mail: { servers: ['mail-notices', 'mail-offices'] } };

/** It goes on at another machine. */
export const gone = async (app: FakeApp): Promise<void> => void (await app.incident().packet('', ''));
