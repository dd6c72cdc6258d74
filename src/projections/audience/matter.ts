import type { EventKind } from '../../model/event.ts';
import type { privateFields } from '../../model/private-fields.ts';

/** What a row of the timeline is about, and what each sealed text in it is: what an audience gets is decided by these words alone. */

export const subjects = [
  'frame',
  'steps',
  'facts',
  'decisions',
  'acts',
  'people',
  'calls',
  'notes',
  'evidence',
  'duties',
  'letters',
  'requests',
  'machine',
  'drill',
] as const;
export type Subject = (typeof subjects)[number];

/**
 * `words`: what a person wrote down. `opinion`: why somebody decided. `person`: who somebody is. `others`: what outsiders said or who they
 * are. `technical`: calls, answers, places, settings.
 */
export const matters = ['words', 'opinion', 'person', 'others', 'technical'] as const;
export type Matter = (typeof matters)[number];

type About = {
  [K in EventKind]: readonly [Subject, Readonly<Record<(typeof privateFields)[K][number], Matter>>];
};

/** Every kind of entry and every sealed field is here: a new one does not compile before somebody has said what it is. */
const about: About = {
  'incident.opened': ['frame', { title: 'words' }],
  'incident.closed': ['frame', { summary: 'words' }],
  'severity.set': ['frame', { reason: 'words' }],
  'definition.frozen': ['machine', { text: 'technical' }],
  'plan.adopted': ['machine', {}],
  'role.claimed': ['people', { name: 'person' }],
  'fact.learned': ['facts', { text: 'words', reason: 'words' }],
  'fact.corrected': ['facts', { text: 'words', reason: 'words' }],
  'fact.ruled_out': ['facts', { reason: 'words' }],
  'step.started': ['steps', {}],
  'step.finished': ['steps', { result: 'words' }],
  'step.skipped': ['steps', { reason: 'words' }],
  'step.reopened': ['steps', { reason: 'words' }],
  'evidence.waived': ['steps', { reason: 'words' }],
  'override.taken': ['steps', { reason: 'words' }],
  'person.known': ['people', { name: 'person' }],
  'approval.asked': ['people', { title: 'words' }],
  'approval.given': ['people', {}],
  'approval.used': ['people', {}],
  'review.given': ['people', { comment: 'opinion' }],
  'command.refused': ['people', {}],
  'act.intent': ['acts', { args: 'technical', calls: 'technical' }],
  'act.by_hand': ['acts', { args: 'technical' }],
  'act.kept': ['acts', { receipt: 'technical', after: 'technical' }],
  'act.outcome': [
    'acts',
    { detail: 'technical', receipt: 'technical', after: 'technical', exchange: 'technical' },
  ],
  'act.verified': ['acts', { how: 'technical' }],
  'batch.intent': ['acts', {}],
  'batch.outcome': ['acts', {}],
  'credential.given': ['acts', { secret: 'technical' }],
  'rotation.begun': ['acts', {}],
  'credential.made': ['acts', { secret: 'technical' }],
  'rotation.ended': ['acts', {}],
  'decision.made': [
    'decisions',
    { question: 'words', options: 'words', rationale: 'opinion', objections: 'opinion' },
  ],
  'note.added': ['notes', { text: 'words' }],
  'evidence.added': [
    'evidence',
    {
      source: 'technical',
      collector: 'person',
      content: 'technical',
      headers: 'technical',
      note: 'words',
      place: 'technical',
    },
  ],
  'collection.begun': ['evidence', { collector: 'person', method: 'technical' }],
  'collection.ended': ['evidence', { gaps: 'technical' }],
  'letters.merged': ['letters', { path: 'technical', list: 'technical' }],
  'mail.intent': ['letters', {}],
  'mail.outcome': ['letters', {}],
  'mail.settled': ['letters', { reason: 'words' }],
  'mail.again': ['letters', { reason: 'words' }],
  'mail.bounced': ['letters', { says: 'others' }],
  'mail.handed': ['letters', { to: 'others' }],
  'scope.kept': ['evidence', { content: 'person' }],
  'scope.imported': ['evidence', { source: 'technical', bad: 'technical' }],
  'scope.counted': ['evidence', { basis: 'words', brands: 'others' }],
  'letter.drafted': ['letters', { body: 'words', recipient: 'others' }],
  'letter.released': ['letters', { body: 'words', findings: 'technical', reason: 'words' }],
  'duty.submitted': ['duties', { channel: 'words' }],
  'duty.proved': ['duties', { reference: 'words' }],
  'duty.acknowledged': ['duties', { reference: 'words' }],
  'clock.opened': ['requests', { ref: 'person', person: 'person', note: 'person' }],
  'clock.corrected': ['requests', { reason: 'person' }],
  'clock.extended': ['requests', { reason: 'person' }],
  'clock.ended': ['requests', { reason: 'person' }],
  'alert.rung': ['machine', {}],
  'alert.failed': ['machine', { detail: 'technical' }],
  'bulletin.told': ['machine', {}],
  'bulletin.failed': ['machine', { detail: 'technical' }],
  'contact.called': ['calls', { name: 'others', note: 'others' }],
  'handover.offered': ['people', { note: 'words' }],
  'handover.taken': ['people', { said: 'words' }],
  'handover.withdrawn': ['people', { reason: 'words' }],
  'task.given': ['people', { text: 'words' }],
  'task.acknowledged': ['people', {}],
  'task.ended': ['people', { note: 'words' }],
  'export.written': ['machine', { path: 'technical', secret: 'technical', recipients: 'person' }],
  'engine.recovered': ['machine', {}],
  'engine.taken_over': ['machine', {}],
  'anchor.made': ['machine', {}],
  'anchor.copied': ['machine', {}],
  'anchor.failed': ['machine', { detail: 'technical' }],
  'anchor.lost': ['machine', { detail: 'technical' }],
  'journal.contradicted': ['machine', {}],
  'journal.acknowledged': ['machine', { reason: 'words' }],
  'key.lost': ['machine', {}],
  'key.accepted': ['machine', { reason: 'words' }],
  'journal.handed': ['machine', {}],
  'journal.kept': ['machine', { reason: 'words' }],
  'origin.changed': ['machine', {}],
  'clock.jump': ['machine', {}],
  'hold.set': ['machine', { reason: 'words' }],
  'hold.lifted': ['machine', { reason: 'words' }],
  'content.destroyed': ['machine', {}],
  'item.opened': ['drill', { observation: 'words', action: 'words', cause: 'words' }],
  'item.closed': ['drill', { evidence: 'words' }],
  'drill.begun': ['drill', {}],
  'drill.consented': ['drill', { by: 'person' }],
  'drill.paged': ['drill', {}],
  'drill.injected': ['drill', { body: 'words', sender: 'others' }],
  'drill.acknowledged': ['drill', {}],
  'drill.attacked': ['drill', {}],
  'drill.lost': ['drill', {}],
  'drill.called': ['drill', { note: 'others' }],
  'drill.slept': ['drill', {}],
  'drill.scored': ['drill', { scorecard: 'words' }],
  'drill.sprung': ['drill', { says: 'words', instead: 'words' }],
  'drill.directed': ['drill', { text: 'words' }],
  'drill.stopped': ['drill', { says: 'words' }],
};

export const subjectOf = (kind: EventKind): Subject => about[kind][0];

/** A field that no list names is treated as the most delicate. */
export const matterOf = (kind: EventKind, field: string): Matter =>
  (about[kind][1] as Readonly<Record<string, Matter>>)[field] ?? 'technical';
