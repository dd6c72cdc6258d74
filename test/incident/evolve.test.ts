import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import { evolve, fold } from '../../src/incident/evolve.ts';
import { progress } from '../../src/incident/ready.ts';
import { toRecorded } from '../../src/incident/recorded.ts';
import { unopened } from '../../src/incident/state.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { isEventKind, privateFields } from '../../src/model/event.ts';
import type { EventKind, Events, Recorded } from '../../src/model/event.ts';
import { act, adopted, ask, byHand, choice, intent, opened, outcome, planOf, story, verified, wait } from './story.ts';

/** Any event, of any kind, with small ids so that events meet each other; nothing says that their order makes sense. */

const plan = planOf([ask('say', 'report', 'text'), act('stop', ['bridge', 'token']), act('named', ['bridge', 'token'], { from_fact: 'report' }), choice('risk', 'report'), byHand('ring', { when: 'facts.report != null', after: ['stop'] }), wait('pause', 'aware')]);
const text = JSON.stringify(plan);
const step = fc.constantFrom('say', 'stop', 'named', 'risk', 'ring', 'pause', 'gone');
const noStep = fc.option(step, { nil: null });
const fact = fc.constantFrom('report', 'aware', 'earliest-sign');
const item = fc.constantFrom('bridge', 'token');
const place = fc.nat({ max: 30 });
const time = fc.nat({ max: 2_000_000_000 }).map((ms) => instant(1_700_000_000_000 + ms));
const value = fc.constantFrom(null, true, 'no', 41, ['bridge'], { about: 3 });
const result = fc.constantFrom('done', 'already', 'accepted', 'forbidden', 'not-supported', 'failed', 'unknown' as const);
const basis = fc.constantFrom('observed', 'log', 'told', 'estimated' as const);
const word = fc.constantFrom('one', 'two');

const pubs: { readonly [Kind in EventKind]: fc.Arbitrary<Events[Kind]> } = {
  'incident.opened': fc.constant(opened.pub),
  'definition.frozen': fc.record({ name: word, sha256: word, part: place, of: place, text: fc.option(word, { nil: null }) }),
  'plan.adopted': fc.record({
    plan_sha256: word, runbook: word, part: fc.nat({ max: 2 }), of: fc.integer({ min: 1, max: 2 }),
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
  'override.taken': fc.record({ step: noStep, what: word }),
  'act.intent': fc.record({
    step: noStep, target: item, instance: word, action: word, attempt: place, direction: fc.constantFrom('do', 'undo' as const),
    of: fc.option(place, { nil: null }), effect: fc.constantFrom('reads', 'irreversible' as const),
    retry: fc.constantFrom('A', 'B', 'C', 'D' as const), confidence: fc.constantFrom('confirmed', 'unconfirmed' as const), idem: word, plan_sha256: word,
  }),
  'act.kept': fc.record({ intent: place, step: noStep, target: item }),
  'act.outcome': fc.record({ intent: place, step: noStep, target: item, result, http: fc.constant(null), by: fc.constantFrom('tool', 'person' as const) }),
  'act.verified': fc.record({ intent: place, step: noStep, target: item, proof: fc.constantFrom('proved', 'refuted', 'unproved' as const), http: fc.constant(null), at: time }),
  'credential.given': fc.record({ credential: item, fingerprint: word }),
  'decision.made': fc.record({ decision: word, option: word, decider: word, step: noStep, star: fc.boolean() }),
  'note.added': fc.record({ at: time, star: fc.boolean(), corrects: fc.option(place, { nil: null }) }),
  'evidence.added': fc.record({ evidence: word, sha256: word, size: place, method: fc.constantFrom('file', 'url' as const), at: time, step: noStep }),
  'letter.drafted': fc.record({ letter: word, duty: fc.option(word, { nil: null }), sha256: word, missing: fc.array(word), follows: fc.array(word) }),
  'duty.submitted': fc.record({ duty: word, at: time, phase: place }),
  'duty.proved': fc.record({ duty: word, kind: fc.constant('other' as const), evidence: fc.constant(null) }),
  'duty.acknowledged': fc.record({ duty: word, at: time }),
  'contact.called': fc.record({ contact: word, outcome: fc.constantFrom('reached', 'no-answer' as const) }),
  'export.written': fc.record({ format: word, sha256: word }),
  'engine.recovered': fc.record({ unsure: place }),
  'engine.taken_over': fc.record({ from: word }),
  'drill.injected': fc.record({ inject: word, channel: word, to: word }),
  'drill.scored': fc.record({ passed: fc.boolean(), seed: place }),
  'incident.closed': fc.record({ outcome: fc.constantFrom('resolved', 'not-an-incident', 'drill-ended' as const) }),
};

const happening = fc.oneof(
  ...(Object.keys(pubs) as EventKind[]).map((kind) =>
    fc.record({ kind: fc.constant(kind), pub: pubs[kind] as fc.Arbitrary<unknown>, actor: fc.constantFrom('ada', 'ben'), recorded_at: time, priv: fc.subarray([...privateFields[kind]]) }),
  ),
);
const history: fc.Arbitrary<readonly Recorded[]> = fc
  .array(happening, { maxLength: 60 })
  .map((all) => all.map((one, n) => ({ ...one, n, hash: '' }) as unknown as Recorded));
const begun: fc.Arbitrary<readonly Recorded[]> = history.map((all) =>
  [opened, adopted(plan), ...all].map((one, n) => ({ actor: 'ada', recorded_at: instant(1_700_000_000_000), priv: [], hash: '', ...one, n }) as unknown as Recorded),
);

describe('whatever a journal holds', () => {
  test('folding it never throws, and the state always has a progress', () => {
    fc.assert(fc.property(history, (entries) => {
      const state = fold(entries);
      expect(state.size).toBe(entries.length);
      expect(progress(state).total).toBeGreaterThanOrEqual(0);
    }), { numRuns: 400 });
  });

  test('going on from any place gives the same as reading it whole', () => {
    fc.assert(fc.property(begun, fc.nat({ max: 62 }), (entries, cut) => {
      const resumed = fold(entries.slice(cut), fold(entries.slice(0, cut)));
      expect(resumed).toEqual(fold(entries));
    }), { numRuns: 200 });
  });

  test('the sealed fields play no part in it', () => {
    fc.assert(fc.property(begun, (entries) => {
      expect(fold(entries.map((one) => ({ ...one, priv: [] }) as Recorded))).toEqual(fold(entries));
    }), { numRuns: 200 });
  });

  test('nothing that was folded before is changed in place', () => {
    const freeze = (value: unknown): void => {
      if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return;
      Object.freeze(value);
      for (const one of value instanceof Map ? value.values() : Object.values(value)) freeze(one);
    };
    fc.assert(fc.property(begun, (entries) => {
      let state: IncidentState = unopened;
      const seen: [IncidentState, string][] = [];
      for (const entry of entries) {
        state = evolve(state, entry);
        freeze(state);
        seen.push([state, JSON.stringify([...state.facts, ...state.acts])]);
      }
      for (const [before, text] of seen) expect(JSON.stringify([...before.facts, ...before.acts])).toBe(text);
    }), { numRuns: 60 });
  });

  test('the earliest known time moves forward by a correction alone', () => {
    fc.assert(fc.property(begun, (entries) => {
      let state: IncidentState = unopened;
      for (const entry of entries) {
        const next = evolve(state, entry);
        if (state.phase !== 'unopened' && next.earliestAt > state.earliestAt) expect(['fact.corrected', 'incident.opened']).toContain(entry.kind);
        state = next;
      }
    }), { numRuns: 200 });
  });

  test('every kind of event is tried here', () => {
    expect(Object.keys(pubs).toSorted()).toEqual(Object.keys(privateFields).toSorted());
  });
});

describe('reading entries of the journal', () => {
  const line = { n: 4, actor: 'ada', at: { wall: '2026-11-20T02:10:00.000Z' }, pub: { severity: 'low' }, priv: [{ name: 'reason' }] };

  test('book-keeping of the journal and kinds of a newer version are passed over', () => {
    for (const kind of ['log.open', 'key.shred', 'disk.full', 'act.dreamt', 'constructor', '__proto__']) {
      expect(toRecorded({ ...line, kind }, 'ab')).toBeNull();
      expect(isEventKind(kind)).toBe(false);
    }
  });

  test('an event keeps its place, its time and the names of what is sealed', () => {
    expect(toRecorded({ ...line, kind: 'severity.set' }, 'ab')).toEqual({
      kind: 'severity.set', n: 4, actor: 'ada', recorded_at: Date.UTC(2026, 10, 20, 2, 10), pub: { severity: 'low' }, priv: ['reason'], hash: 'ab',
    });
  });
});

describe('the plan', () => {
  test('arrives in parts and takes effect with the last one', () => {
    const told = story();
    const pub = { plan_sha256: 'cd', runbook: 'small', of: 2 };
    told.happens({ kind: 'plan.adopted', pub: { ...pub, part: 0, text: text.slice(0, 300) } });
    expect(told.state().plan).toBeNull();
    told.happens({ kind: 'plan.adopted', pub: { ...pub, part: 1, text: text.slice(300) } });
    expect(told.state()).toMatchObject({ plan, planSha256: 'cd', planText: '', runbook: 'small' });
  });

  test('that does not come whole leaves the one before in force', () => {
    const told = story([byHand('ring')]);
    told.happens({ kind: 'plan.adopted', pub: { plan_sha256: 'cd', runbook: 'other', part: 1, of: 2, text: text.slice(300) } });
    expect(told.state().planSha256).toBe('ab'.repeat(32));
    expect(told.step('ring').status).toBe('todo');
  });
});

describe('an attempt', () => {
  test('goes from intent over what was kept to outcome and proof', () => {
    const told = story([act('stop', ['bridge'])]);
    const n = told.happens(intent('stop', 'bridge'));
    const kept = told.happens({ kind: 'act.kept', pub: { intent: n, step: 'stop', target: 'bridge' } });
    expect(told.state().acts.get(n)).toMatchObject({ result: null, outcome: null, kept, proof: null });
    const ended = told.happens(outcome(n, 'stop', 'bridge', 'done'));
    const proof = told.happens(verified(n, 'stop', 'bridge', 'proved'));
    expect(told.state().acts.get(n)).toMatchObject({ result: 'done', outcome: ended, settledBy: 'tool', proof: 'proved', proofEntry: proof });
  });

  test('that an undo took back is marked, and with it every earlier one on the same target', () => {
    const told = story([act('stop', ['bridge', 'token'])]);
    const first = told.happens(intent('stop', 'bridge'));
    told.happens(outcome(first, 'stop', 'bridge', 'done'));
    const second = told.happens(intent('stop', 'bridge'));
    told.happens(outcome(second, 'stop', 'bridge', 'already'));
    const other = told.happens(intent('stop', 'token'));
    told.happens(outcome(other, 'stop', 'token', 'done'));
    const undo = told.happens(intent('stop', 'bridge', { direction: 'undo', of: first }));
    told.happens(outcome(undo, 'stop', 'bridge', 'failed'));
    expect(told.state().acts.get(first)?.undone).toBe(false);
    const again = told.happens(intent('stop', 'bridge', { direction: 'undo', of: first }));
    told.happens(outcome(again, 'stop', 'bridge', 'done'));
    const undone = [first, second, other].map((n) => told.state().acts.get(n)?.undone);
    expect(undone).toEqual([true, true, false]);
  });
});
