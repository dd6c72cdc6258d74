import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasEnded, progress } from '../../src/incident/ready.ts';
import type { PlannedStep } from '../../src/model/plan.ts';
import { act, ask, byHand, choice, intent, outcome, story, verified, wait } from './story.ts';

const steps: readonly PlannedStep[] = [
  ask('say', 'report', 'text'),
  act('stop', ['bridge', 'token'], { after: ['say'] }),
  byHand('ring', { when: 'facts.personal_data != false' }),
  choice('risk', 'risk-unlikely'),
  byHand('notify', { after: ['stop', 'risk'] }),
  wait('pause', 'aware'),
];

describe('where the incident stands', () => {
  test('at the first open step that nothing holds back, with the next one after it', () => {
    const told = story(steps);
    const first = progress(told.state());
    expect([first.current?.step.id, first.next?.step.id]).toEqual(['say', 'stop']);
    expect(told.step('stop')).toMatchObject({ status: 'wait', because: 'after say' });
    told.does({ do: 'skip', step: 'say', reason: 'Nobody knows' });
    const second = progress(told.state());
    expect([second.current?.step.id, second.skipped]).toEqual(['stop', 1]);
  });

  test('at no step once everything is done, skipped or not needed', () => {
    const told = story(steps);
    told.does({ do: 'learn', fact: 'personal-data', answer: { is: 'yes-no', value: false } });
    told.does({ do: 'learn', fact: 'aware', answer: { is: 'time', at: told.now() } });
    for (const step of ['say', 'stop', 'risk', 'notify'])
      told.does({ do: 'skip', step, reason: 'Not tonight' });
    expect(progress(told.state())).toMatchObject({
      current: null,
      next: null,
      done: 1,
      skipped: 4,
      unsure: 0,
      total: 5,
    });
    expect(told.step('pause')).toMatchObject({ status: 'done', because: 'aware is known' });
  });

  test('without a plan is nowhere, and counts nothing', () => {
    expect(progress(story().state())).toEqual({
      steps: [],
      current: null,
      next: null,
      done: 0,
      skipped: 0,
      unsure: 0,
      total: 0,
    });
  });

  test('a condition that does not hold makes a step not needed, says why, and lets those after it go on', () => {
    const told = story([
      byHand('ring', { when: 'facts.personal_data == true' }),
      byHand('after', { after: ['ring'] }),
    ]);
    expect(told.step('ring')).toMatchObject({
      status: 'void',
      because: 'not needed while facts.personal_data == true does not hold',
    });
    expect(told.step('after').status).toBe('todo');
    told.does({ do: 'learn', fact: 'personal-data', answer: { is: 'yes-no', value: true } });
    expect([told.step('ring').status, told.step('after').status]).toEqual(['todo', 'wait']);
  });

  test('a step that was begun is not made void by a condition that stops holding', () => {
    const told = story(steps);
    told.does({ do: 'start', step: 'ring' });
    told.does({ do: 'learn', fact: 'personal-data', answer: { is: 'yes-no', value: false } });
    expect(told.step('ring').status).toBe('now');
  });

  test('targets that a fact chooses are there once it is known', () => {
    const told = story([act('named', ['bridge', 'token', 'hook'], { from_fact: 'leaked' })]);
    expect(told.step('named').targets).toEqual([]);
    told.does({ do: 'learn', fact: 'leaked', answer: { is: 'items', ids: ['hook', 'bridge', 'not-there'] } });
    expect(told.step('named').targets.map(({ item }) => item)).toEqual(['bridge', 'hook']);
  });
});

describe('a step that acts', () => {
  const acted = (...results: readonly Parameters<typeof outcome>[3][]) => {
    const told = story([act('stop', ['bridge', 'token'])]);
    const places = results.map((result, i) => {
      const target = i === 0 ? 'bridge' : 'token';
      const n = told.happens(intent('stop', target));
      told.happens(outcome(n, 'stop', target, result));
      return n;
    });
    return { told, places };
  };

  test('is unsure while one outcome is not known, whatever the others are', () => {
    const { told } = acted('done', 'unknown');
    expect(told.step('stop')).toMatchObject({
      status: 'unsure',
      because: 'the outcome on token is not known: it may have happened',
    });
    expect(progress(told.state()).unsure).toBe(1);
  });

  test('fails by name where the system refused', () => {
    expect(acted('done', 'forbidden').told.step('stop')).toMatchObject({
      status: 'fail',
      because: 'it did not work on token',
    });
  });

  test('stays open while its effect is refuted or not proved', () => {
    const { told, places } = acted('done', 'accepted');
    expect(told.step('stop')).toMatchObject({ status: 'now', because: 'not proved yet for bridge, token' });
    told.happens(verified(places[0] ?? 0, 'stop', 'bridge', 'refuted'));
    expect(told.step('stop')).toMatchObject({
      status: 'fail',
      because: 'the system still answers for bridge',
    });
    told.happens(
      verified(places[0] ?? 0, 'stop', 'bridge', 'proved'),
      verified(places[1] ?? 0, 'stop', 'token', 'unproved'),
    );
    expect(told.step('stop')).toMatchObject({ status: 'now', because: 'not proved yet for token' });
  });

  test('is open again when what it stopped answers again, although it was finished', () => {
    const { told, places } = acted('done');
    const bridge = places[0] ?? 0;
    told.happens(verified(bridge, 'stop', 'bridge', 'proved'), {
      kind: 'step.finished',
      pub: { step: 'stop', how: 'acted' },
    });
    expect(told.step('stop').status).toBe('done');
    told.happens(verified(bridge, 'stop', 'bridge', 'refuted'));
    expect(told.step('stop')).toMatchObject({
      status: 'fail',
      because: 'it was proved off and answers again: bridge',
    });
  });

  test('keeps its proof when a later check could not be made', () => {
    const { told, places } = acted('done');
    told.happens(
      verified(places[0] ?? 0, 'stop', 'bridge', 'proved'),
      verified(places[0] ?? 0, 'stop', 'bridge', 'unproved'),
    );
    expect(told.step('stop').acts[0]?.proof).toBe('proved');
  });

  test('is unsure again while nobody knows how its undo ended, although it was finished', () => {
    const { told, places } = acted('done');
    told.happens(verified(places[0] ?? 0, 'stop', 'bridge', 'proved'), {
      kind: 'step.finished',
      pub: { step: 'stop', how: 'acted' },
    });
    expect(told.step('stop').status).toBe('done');
    const undo = told.happens(intent('stop', 'bridge', { direction: 'undo', of: places[0] ?? 0 }));
    expect(told.step('stop')).toMatchObject({
      status: 'unsure',
      because: 'the outcome of undoing it on bridge is not known: it may be on again',
    });
    told.happens(outcome(undo, 'stop', 'bridge', 'done'), { kind: 'step.reopened', pub: { step: 'stop' } });
    expect(told.step('stop')).toMatchObject({ status: 'now', because: '' });
  });

  test('is a by-hand step once a person says so', () => {
    const { told } = acted('forbidden');
    told.does({ do: 'tick', step: 'stop', result: 'Paused in the console, seen off' });
    expect(told.step('stop').status).toBe('hand');
    expect(progress(told.state()).done).toBe(1);
  });
});

/** Things that can happen to this plan in any order; refusals are part of life. */
const moves = fc.array(
  fc.record({
    what: fc.constantFrom(
      'start',
      'tick',
      'skip',
      'reopen',
      'answer',
      'learn',
      'intent',
      'lost',
      'done',
      'failed',
      'proved',
      'settle' as const,
    ),
    step: fc.constantFrom(...steps.map(({ id }) => id)),
    first: fc.boolean(),
  }),
  { maxLength: 30 },
);

const lived = (
  all: typeof moves extends fc.Arbitrary<infer T> ? T : never,
  looked: (told: ReturnType<typeof story>) => void,
): void => {
  const told = story(steps);
  const asked: number[] = [];
  for (const { what, step, first } of all) {
    const target = first ? 'bridge' : 'token';
    const n = asked.at(first ? 0 : -1);
    const open = n !== undefined && told.state().acts.get(n)?.result === null;
    const on = n === undefined ? target : (told.state().acts.get(n)?.target ?? target);
    try {
      if (what === 'start') told.does({ do: 'start', step });
      if (what === 'tick') told.does({ do: 'tick', step, result: 'seen' });
      if (what === 'skip' || what === 'reopen') told.does({ do: what, step, reason: 'so' });
      if (what === 'answer') told.does({ do: 'answer', step: 'say', answer: { is: 'text', text: 'x' } });
      if (what === 'learn')
        told.does({
          do: 'learn',
          fact: first ? 'personal-data' : 'aware',
          answer: { is: 'yes-no', value: step === 'say' },
        });
      if (what === 'intent') asked.push(told.happens(intent('stop', target)));
      if (n !== undefined && open && what === 'lost') told.happens(outcome(n, 'stop', on, 'unknown'));
      if (n !== undefined && open && (what === 'done' || what === 'failed'))
        told.happens(outcome(n, 'stop', on, what));
      if (n !== undefined && what === 'proved') told.happens(verified(n, 'stop', on, 'proved'));
      if (n !== undefined && what === 'settle')
        told.does({ do: 'settle', intent: n, result: first ? 'done' : 'failed', reason: 'seen' });
    } catch (error) {
      if (!(error instanceof Error && error.name === 'Problem')) throw error;
    }
    looked(told);
  }
};

describe('in whatever order things happen', () => {
  test('the counts agree with the steps, and the current step is one that can be taken', () => {
    fc.assert(
      fc.property(moves, (all) => {
        lived(all, (told) => {
          const now = progress(told.state());
          const of = (...wanted: readonly string[]) =>
            now.steps.filter(({ status }) => wanted.includes(status)).length;
          expect(now.done).toBe(of('done', 'hand'));
          expect(now.skipped).toBe(of('skip'));
          expect(now.unsure).toBe(of('unsure'));
          expect(now.total).toBe(now.steps.length - of('void'));
          expect(now.done + now.skipped).toBeLessThanOrEqual(now.total);
          const open = now.steps.filter(({ status }) => !hasEnded(status) && status !== 'wait');
          expect(now.current).toBe(open[0] ?? null);
          expect(now.next === null || (now.next !== now.current && !hasEnded(now.next.status))).toBe(true);
          expect(now.steps.map(({ step }) => step.id)).toEqual(steps.map(({ id }) => id));
        });
      }),
      { numRuns: 150 },
    );
  });

  test('a step that nobody has touched waits for every step it comes after', () => {
    fc.assert(
      fc.property(moves, (all) => {
        lived(all, (told) => {
          const now = progress(told.state());
          const statuses = new Map(now.steps.map(({ step, status }) => [step.id, status]));
          for (const { step, status, acts } of now.steps) {
            const untouched =
              told.state().steps.get(step.id) === undefined &&
              acts.length === 0 &&
              status !== 'void' &&
              step.kind !== 'wait';
            const held = step.after.some((id) => !hasEnded(statuses.get(id) ?? 'todo'));
            if (untouched) expect(status === 'wait').toBe(held);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  test('a step is unsure until an outcome is recorded or a person has ended it, and no longer', () => {
    fc.assert(
      fc.property(moves, (all) => {
        let before = '';
        let size = 0;
        lived(all, (told) => {
          const { status } = told.step('stop');
          const fresh = told.entries().slice(size);
          if (before === 'unsure' && status !== 'unsure') {
            expect(
              fresh.some(({ kind }) =>
                ['act.outcome', 'act.intent', 'step.finished', 'step.skipped'].includes(kind),
              ),
            ).toBe(true);
          }
          before = status;
          size = told.entries().length;
        });
      }),
      { numRuns: 300 },
    );
  });
});
