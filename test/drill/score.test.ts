import { describe, expect, test } from 'vitest';
import { emptyLog, logged } from '../../src/drill/log.ts';
import { score } from '../../src/drill/score.ts';
import type { ScoreInput } from '../../src/drill/score.ts';
import { progress } from '../../src/incident/ready.ts';
import type { DrillSource } from '../../src/model/drill.ts';
import { plus } from '../../src/base/instant.ts';
import { act, byHand, intent, opened, outcome, story, verified } from '../incident/story.ts';
import type { Story } from '../incident/story.ts';

const drillWith = (checks: readonly string[]): DrillSource =>
  ({
    injects: [],
    targets: { contain_minutes: 10, declare_minutes: 5 },
    end: checks.map((check, i) => ({ id: `end-${i}`, says: `This holds: ${i}`, check })),
  }) as unknown as DrillSource;

const scored = (told: Story, checks: readonly string[] = [], more: Partial<ScoreInput> = {}) =>
  score({
    drill: drillWith(checks),
    state: told.state(),
    progress: progress(told.state()),
    clocks: [],
    truth: {},
    start: plus(told.state().openedAt, -90_000),
    now: plus(told.state().openedAt, 90_000),
    log: told.entries().reduce(logged, emptyLog),
    attempts: new Map(),
    ...more,
  });
const measure = (card: ReturnType<typeof scored>, id: string) => card.measures.find((one) => one.id === id);
const stop = (told: Story, step: string, target: string): void => {
  const n = told.happens(intent(step, target));
  told.happens(outcome(n, step, target, 'done'), verified(n, step, target, 'proved'), {
    kind: 'step.finished',
    pub: { step, how: 'acted' },
  });
};

describe('a drill', () => {
  test('is passed when every check at its end holds and no step is open', () => {
    const told = story([act('stop', ['bridge']), byHand('ring')]);
    expect(scored(told)).toMatchObject({ passed: false, ends: [{ id: 'every-step', holds: false }] });
    stop(told, 'stop', 'bridge');
    told.does({ do: 'skip', step: 'ring', reason: 'Nobody there' });
    const checks = [
      "steps.stop == 'done'",
      "steps.ring == 'skip'",
      'sim.meta_lrh.tokens.all(t, !t.valid)',
      'facts.risk == null',
      "incident.severity == 'high'",
    ];
    const truth = { meta_lrh: { tokens: [{ valid: false }, { valid: false }] } };
    expect(scored(told, checks, { truth })).toMatchObject({ passed: true });
    const alive = scored(told, checks, { truth: { meta_lrh: { tokens: [{ valid: true }] } } });
    expect(alive.passed).toBe(false);
    expect(alive.ends.filter(({ holds }) => !holds)).toEqual([
      { id: 'end-2', says: 'This holds: 2', holds: false },
    ]);
  });

  test.each(['sim.parlo.tokens.size() == 0', 'steps.stop', '1 +', 'sim.meta.state == 1'])(
    'does not pass on a check that cannot be told: %s',
    (check) => {
      const told = story([byHand('ring')]);
      told.does({ do: 'tick', step: 'ring', result: 'Reached' });
      const card = scored(told, [check]);
      expect(card.passed).toBe(false);
      expect(card.ends[0]?.holds).toBe(false);
    },
  );
});

describe('the measures', () => {
  test('count from the page to the declaration, and from there to the last proof of containment', () => {
    const told = story([act('stop', ['bridge'])], { ...opened, pub: { ...opened.pub, drill: true } });
    expect(measure(scored(told), 'contain')).toMatchObject({ value: 'not contained', met: false });
    stop(told, 'stop', 'bridge');
    const card = scored(told);
    expect(measure(card, 'declare')).toMatchObject({ value: '1.5 min', target: '5 min', met: true });
    expect(measure(card, 'contain')).toMatchObject({ value: '1 min', target: '10 min', met: true });
  });

  test('do not call contained what is only begun: every step that stops something has to be through', () => {
    const told = story([act('stop', ['bridge']), act('kill', ['token'])]);
    stop(told, 'stop', 'bridge');
    expect(measure(scored(told), 'contain')).toMatchObject({ value: 'not contained', met: false });
    stop(told, 'kill', 'token');
    expect(measure(scored(told), 'contain')).toMatchObject({ met: true });
  });

  test('name what was skipped, what stayed unsure and what was overridden', () => {
    const told = story([act('stop', ['bridge']), byHand('ring')]);
    told.does({ do: 'skip', step: 'ring', reason: 'Nobody' });
    told.does({ do: 'override', step: 'stop', what: 'approval', reason: 'Alone' });
    told.happens(intent('stop', 'bridge'));
    const card = scored(told);
    expect(
      ['skipped', 'unsure', 'overrides'].map((id) => [measure(card, id)?.value, measure(card, id)?.met]),
    ).toEqual([
      ['1', false],
      ['1', false],
      ['1', true],
    ]);
    expect(measure(scored(story()), 'skipped')).toMatchObject({ value: 'none', met: true });
  });
});
