import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolve, fold } from '../../src/incident/evolve.ts';
import { progress } from '../../src/incident/ready.ts';
import { toRecorded } from '../../src/incident/recorded.ts';
import { unopened } from '../../src/incident/state.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { isEventKind, privateFields } from '../../src/model/private-fields.ts';
import type { Recorded } from '../../src/model/event.ts';
import { like } from '../fakes/recorded.ts';
import { begun, history, plan, pubs, text } from './happenings.ts';
import { act, byHand, intent, outcome, story, verified } from './story.ts';

describe('whatever a journal holds', () => {
  test('folding it never throws, and the state always has a progress', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const state = fold(entries);
        expect(state.size).toBe(entries.length);
        expect(progress(state).total).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 400 },
    );
  });

  test('going on from any place gives the same as reading it whole', () => {
    fc.assert(
      fc.property(begun, fc.nat({ max: 62 }), (entries, cut) => {
        const resumed = fold(entries.slice(cut), fold(entries.slice(0, cut)));
        expect(resumed).toEqual(fold(entries));
      }),
      { numRuns: 200 },
    );
  });

  test('the sealed fields play no part in it', () => {
    fc.assert(
      fc.property(begun, (entries) => {
        expect(fold(entries.map((one) => like(one, { priv: [] })))).toEqual(fold(entries));
      }),
      { numRuns: 200 },
    );
  });

  test('nothing that was folded before is changed in place', () => {
    const freeze = (value: unknown): void => {
      if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return;
      Object.freeze(value);
      for (const one of value instanceof Map ? value.values() : Object.values(value)) freeze(one);
    };
    fc.assert(
      fc.property(begun, (entries) => {
        let state: IncidentState = unopened;
        const seen: [IncidentState, string][] = [];
        for (const entry of entries) {
          state = evolve(state, entry);
          freeze(state);
          seen.push([state, JSON.stringify([...state.facts, ...state.acts])]);
        }
        for (const [before, text] of seen)
          expect(JSON.stringify([...before.facts, ...before.acts])).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test('the earliest known time moves forward by a correction alone', () => {
    fc.assert(
      fc.property(begun, (entries) => {
        let state: IncidentState = unopened;
        for (const entry of entries) {
          const next = evolve(state, entry);
          if (state.phase !== 'unopened' && next.earliestAt > state.earliestAt)
            expect(['fact.corrected', 'incident.opened']).toContain(entry.kind);
          state = next;
        }
      }),
      { numRuns: 200 },
    );
  });

  test('every kind of event is tried here', () => {
    expect(Object.keys(pubs).toSorted()).toEqual(Object.keys(privateFields).toSorted());
  });
});

describe('reading entries of the journal', () => {
  const line = {
    n: 4,
    actor: 'ada',
    at: { boot: 'c0ffee01', mono: '7', wall: '2026-11-20T02:10:00.000Z' },
    pub: { severity: 'low' },
    priv: [{ name: 'reason' }],
  };

  test('book-keeping of the journal and kinds of a newer version are passed over', () => {
    for (const kind of ['log.open', 'key.shred', 'disk.full', 'act.dreamt', 'constructor', '__proto__']) {
      expect(toRecorded({ ...line, kind }, () => 'ab')).toBeNull();
      expect(isEventKind(kind)).toBe(false);
    }
  });

  test('an event keeps its place, its time and the names of what is sealed', () => {
    const event = toRecorded({ ...line, kind: 'severity.set' }, () => 'ab');
    expect(event).toMatchObject({
      kind: 'severity.set',
      n: 4,
      actor: 'ada',
      recorded_at: Date.UTC(2026, 10, 20, 2, 10),
      beat: { boot: 'c0ffee01', mono: '7' },
      pub: { severity: 'low' },
      priv: ['reason'],
      hash: 'ab',
    });
  });

  test('a copy of it is no entry until somebody says which hash it has', () => {
    const event = toRecorded({ ...line, kind: 'severity.set' }, () => 'ab');
    if (event === null) throw new Error('no event');
    // oxlint-disable-next-line typescript/no-misused-spread -- the lint refuses it too, and this is what would happen
    const copy = { ...event };
    expect(copy).not.toHaveProperty('hash');
    // @ts-expect-error the hash is an accessor of the class, which a spread leaves behind
    const passedOff: Recorded = copy;
    expect(passedOff.hash).toBeUndefined();
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
    told.happens({
      kind: 'plan.adopted',
      pub: { plan_sha256: 'cd', runbook: 'other', part: 1, of: 2, text: text.slice(300) },
    });
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
    expect(told.state().acts.get(n)).toMatchObject({
      result: 'done',
      outcome: ended,
      settledBy: 'tool',
      proof: 'proved',
      proofEntry: proof,
    });
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
