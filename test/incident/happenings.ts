import { itemPubs } from './item-happenings.ts';
import { teamPubs } from './team-happenings.ts';
import { letterPubs } from './letter-happenings.ts';
import { mailPubs } from './mail-happenings.ts';
import { place, time, word } from './words.ts';
import fc from 'fast-check';
import { instant } from '../../src/base/instant.ts';
import { privateFields } from '../../src/model/private-fields.ts';
import type { EventKind, Events, Recorded } from '../../src/model/event.ts';
import { anchorPubs } from './anchor-happenings.ts';
import { drillPubs } from './drill-happenings.ts';
import { personPubs } from './person-happenings.ts';
import { act, adopted, ask, byHand, choice, opened, planOf, wait } from './story.ts';
import { scopeHappenings } from './scope-happenings.ts';

/** Any event, of any kind, with small ids so that events meet each other; nothing says that their order makes sense. */

export const plan = planOf([
  ask('say', 'report', 'text'),
  act('stop', ['bridge', 'token']),
  act('named', ['bridge', 'token'], { from_fact: 'report' }),
  choice('risk', 'report'),
  byHand('ring', { when: 'facts.report != null', after: ['stop'] }),
  wait('pause', 'aware'),
]);
export const text = JSON.stringify(plan);
const step = fc.constantFrom('say', 'stop', 'named', 'risk', 'ring', 'pause', 'gone');
const noStep = fc.option(step, { nil: null });
const fact = fc.constantFrom('report', 'aware', 'earliest-sign');
const item = fc.constantFrom('bridge', 'token');
const value = fc.constantFrom(null, true, 'no', 41, ['bridge'], { about: 3 });
const result = fc.constantFrom(
  'done',
  'already',
  'accepted',
  'forbidden',
  'not-supported',
  'failed',
  'unknown' as const,
);
const basis = fc.constantFrom('observed', 'log', 'told', 'estimated' as const);

export const pubs: { readonly [Kind in EventKind]: fc.Arbitrary<Events[Kind]> } = {
  ...itemPubs,
  ...teamPubs,
  'incident.opened': fc.constant(opened.pub),
  'definition.frozen': fc.record({
    name: word,
    sha256: word,
    part: place,
    of: place,
    text: fc.option(word, { nil: null }),
  }),
  'plan.adopted': fc.record({
    plan_sha256: word,
    runbook: word,
    part: fc.nat({ max: 2 }),
    of: fc.integer({ min: 1, max: 2 }),
    text: fc.constantFrom(text, text.slice(0, 200), text.slice(200), '', 'null', '42', '{"phases":7}', '{'),
  }),
  'severity.set': fc.record({ severity: fc.constantFrom('low', 'critical' as const) }),
  'role.claimed': fc.record({ role: fc.constantFrom('legal', 'scribe' as const), person: word }),
  'fact.learned': fc.record({ fact, value, known: fc.boolean(), at: time, basis, step: noStep }),
  'fact.corrected': fc.record({ fact, value, known: fc.boolean(), at: time, basis, corrects: place }),
  'fact.ruled_out': fc.record({ fact, step: noStep }),
  'step.started': fc.record({ step }),
  'step.finished': fc.record({ step, how: fc.constantFrom('acted', 'answered', 'by-hand' as const) }),
  'step.skipped': fc.record({ step }),
  'step.reopened': fc.record({ step }),
  'evidence.waived': fc.record({ step, preserve: step }),
  'override.taken': fc.record({ step: noStep, what: word, review_by: time }),
  'person.known': fc.record({
    person: fc.constantFrom('ada', 'ben'),
    roles: fc.subarray(['manager', 'legal'] as const),
    keys: fc.array(word),
  }),
  'hold.set': fc.record({ classes: fc.subarray(['staff', 'victims'] as const) }),
  'hold.lifted': fc.record({ hold: place }),
  'content.destroyed': fc.record({
    class: fc.constantFrom('victims', 'evidence' as const),
    policy: word,
    asked: place,
  }),
  'approval.asked': fc.record({
    step,
    action: word,
    targets: fc.array(item),
    intended_sha256: word,
    plan_sha256: word,
    need: place,
    expires_at: time,
  }),
  'approval.given': fc.record({ asked: place, person: fc.constantFrom('ada', 'ben'), signature: word }),
  'approval.used': fc.record({ asked: place, given: fc.array(place) }),
  'review.given': fc.record({
    override: place,
    person: fc.constantFrom('ada', 'ben'),
    agrees: fc.boolean(),
    signature: fc.option(word, { nil: null }),
  }),
  'command.refused': fc.record({ command: word, step: noStep, rule: word }),
  'act.intent': fc.record({
    step: noStep,
    target: item,
    instance: word,
    action: word,
    attempt: place,
    direction: fc.constantFrom('do', 'undo' as const),
    of: fc.option(place, { nil: null }),
    effect: fc.constantFrom('reads', 'irreversible' as const),
    retry: fc.constantFrom('A', 'B', 'C', 'D' as const),
    confidence: fc.constantFrom('confirmed', 'unconfirmed' as const),
    idem: word,
    plan_sha256: word,
  }),
  'act.by_hand': fc.record({
    step: noStep,
    target: item,
    instance: word,
    action: word,
    effect: fc.constantFrom('reversible', 'irreversible' as const),
    retry: fc.constant('D' as const),
    confidence: fc.constant('confirmed' as const),
  }),
  'act.kept': fc.record({ intent: place, step: noStep, target: item }),
  'act.outcome': fc.record({
    intent: place,
    step: noStep,
    target: item,
    result,
    http: fc.constant(null),
    by: fc.constantFrom('tool', 'person' as const),
  }),
  'act.verified': fc.record({
    intent: place,
    step: noStep,
    target: item,
    proof: fc.constantFrom('proved', 'refuted', 'unproved' as const),
    http: fc.constant(null),
    at: time,
  }),
  'batch.intent': fc.record({
    step: noStep,
    direction: fc.constantFrom('do', 'undo' as const),
    plan_sha256: word,
    ways: fc.constant([
      { instance: 'one', action: 'one', effect: 'irreversible', retry: 'B', confidence: 'confirmed' },
    ] as const),
    targets: fc.array(item, { maxLength: 4 }),
    way: fc.constant([0, 0, 0]),
    rows: place,
    rows_root: word,
  }),
  'batch.outcome': fc.record({
    batch: place,
    step: noStep,
    results: fc.constantFrom('', 'ddfu', '--a-', 'zz'),
    proofs: fc.constantFrom('', 'pru-', 'pp'),
    ended: fc.constantFrom('whole', 'stopped', 'cut' as const),
    rows: place,
    rows_root: word,
  }),
  'credential.given': fc.record({ credential: item, fingerprint: word }),
  'rotation.begun': fc.record({
    step: noStep,
    target: item,
    make: fc.option(word, { nil: null }),
    place: fc.option(word, { nil: null }),
    revoke: fc.option(word, { nil: null }),
    plan_sha256: word,
  }),
  'credential.made': fc.record({ rotation: place, credential: item, id: word, fingerprint: word }),
  'rotation.ended': fc.record({
    rotation: place,
    target: item,
    how: fc.constantFrom('rotated', 'abandoned' as const),
  }),
  'decision.made': fc.record({
    decision: word,
    option: word,
    decider: word,
    step: noStep,
    star: fc.boolean(),
  }),
  'note.added': fc.record(
    { at: time, star: fc.boolean(), corrects: fc.option(place, { nil: null }), privileged: word },
    { requiredKeys: ['at', 'star', 'corrects'] },
  ),
  'evidence.added': fc.record({
    evidence: word,
    sha256: word,
    size: place,
    method: fc.constantFrom('file', 'url' as const),
    at: time,
    step: noStep,
  }),
  'collection.begun': fc.record({
    instance: word,
    connector: word,
    log: word,
    since: time,
    until: time,
    step: noStep,
  }),
  'collection.ended': fc.record({
    collection: place,
    ended: fc.constantFrom('whole', 'partial', 'none' as const),
    records: place,
    parts: place,
    size: place,
    got_from: fc.option(time, { nil: null }),
    got_to: fc.option(time, { nil: null }),
    gaps: fc.array(word),
    parts_sha256: word,
  }),
  ...letterPubs,
  ...mailPubs,
  ...scopeHappenings,
  'letter.drafted': fc.record({
    letter: word,
    duty: fc.option(word, { nil: null }),
    sha256: word,
    missing: fc.array(word),
    follows: fc.array(word),
  }),
  'duty.submitted': fc.record({ duty: word, at: time, phase: place }),
  'duty.proved': fc.record({ duty: word, kind: fc.constant('other' as const), evidence: fc.constant(null) }),
  ...personPubs,
  'duty.acknowledged': fc.record({ duty: word, at: time }),
  'contact.called': fc.record({ contact: word, outcome: fc.constantFrom('reached', 'no-answer' as const) }),
  'export.written': fc.record(
    { format: word, sha256: word, size: place, audience: word, withheld_sha256: word },
    { requiredKeys: ['format', 'sha256'] },
  ),
  'engine.recovered': fc.record({ unsure: place }),
  'engine.taken_over': fc.record({ from: word }),
  ...anchorPubs,
  'clock.jump': fc.record({
    before: time,
    after: time,
    difference_ms: fc.integer({ min: -90_000_000, max: 90_000_000 }),
    restarted: fc.boolean(),
  }),
  ...drillPubs,
  'incident.closed': fc.record({
    outcome: fc.constantFrom('resolved', 'not-an-incident', 'drill-ended' as const),
  }),
};

const beat = fc.record({ boot: fc.constantFrom('c0ffee01', 'c0ffee02'), mono: place.map(String) });

const happening = fc.oneof(
  ...(Object.keys(pubs) as EventKind[]).map((kind) =>
    fc.record({
      kind: fc.constant(kind),
      pub: pubs[kind] as fc.Arbitrary<unknown>,
      actor: fc.constantFrom('ada', 'ben'),
      recorded_at: time,
      beat,
      priv: fc.subarray([...privateFields[kind]]),
    }),
  ),
);
export const history: fc.Arbitrary<readonly Recorded[]> = fc
  .array(happening, { maxLength: 60 })
  .map((all) => all.map((one, n) => ({ ...one, n, hash: '' }) as unknown as Recorded));
export const begun: fc.Arbitrary<readonly Recorded[]> = history.map((all) =>
  [opened, adopted(plan), ...all].map(
    (one, n) =>
      Object.assign(
        {
          actor: 'ada',
          recorded_at: instant(1_700_000_000_000),
          beat: { boot: 'c0ffee01', mono: '0' },
          priv: [],
          hash: '',
        },
        one,
        { n },
      ) as unknown as Recorded,
  ),
);
