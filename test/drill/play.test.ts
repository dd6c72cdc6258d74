import { describe, expect, test } from 'vitest';
import { isProblem } from '../../src/base/problem.ts';
import { faultsFor, play } from '../../src/drill/play.ts';
import type { Player } from '../../src/drill/play.ts';
import type { RunReport } from '../../src/engine/lines.ts';
import { progress } from '../../src/incident/ready.ts';
import { limits } from '../../src/model/limits.ts';
import type { Command } from '../../src/model/command.ts';
import type { DrillSource } from '../../src/model/drill.ts';
import type { Move } from '../../src/model/move.ts';
import type { PlannedStep } from '../../src/model/plan.ts';
import { act, ask, byHand, choice, intent, outcome, story, verified, wait } from '../incident/story.ts';

/** A player over a told story: what the scripted responder does, without any system. */
const scripted = (steps: readonly PlannedStep[], runs: readonly RunReport['state'][] = []) => {
  const told = story(steps);
  const commands: Command[] = [];
  const log: string[] = [];
  const left = [...runs];
  const ran = (step: string, state: RunReport['state']): RunReport => {
    const n = told.happens(intent(step, 'bridge'));
    const result = state === 'unsure' ? 'unknown' : state === 'failed' ? 'failed' : 'done';
    if (state !== 'by-hand') told.happens(outcome(n, step, 'bridge', result));
    if (state === 'by-hand') told.happens(outcome(n, step, 'bridge', 'not-supported'));
    if (state === 'proved')
      told.happens(verified(n, step, 'bridge', 'proved'), {
        kind: 'step.finished',
        pub: { step, how: 'acted' },
      });
    return { lines: [{ is: 'proof', target: 'bridge', proof: { is: 'unproved', how: '' } }], state };
  };
  const player: Player = {
    now: () => told.now(),
    progress: () => progress(told.state()),
    act: async (command) => {
      commands.push(command);
      told.does(command);
      await Promise.resolve();
    },
    runStep: async (step, reason) => {
      log.push(`run ${step}: ${reason}`);
      return await Promise.resolve(ran(step, left.shift() ?? 'proved'));
    },
    approve: async (step) => {
      log.push(`approve ${step}`);
      await Promise.resolve();
    },
    recheck: async (step) => {
      log.push(`recheck ${step}`);
      const state = left.shift() ?? 'proved';
      const [n] = [...told.state().acts.keys()].slice(-1);
      if (state === 'proved')
        told.happens(verified(n ?? 0, step, 'bridge', 'proved'), outcome(n ?? 0, step, 'bridge', 'done'), {
          kind: 'step.finished',
          pub: { step, how: 'acted' },
        });
      return await Promise.resolve({ lines: [], state });
    },
    writeLetter: async (step) => {
      told.happens({ kind: 'step.finished', pub: { step, how: 'written' } });
      return await Promise.resolve({ complete: false, missing: ['33(3)(c)'] });
    },
    meanwhile: async (step) => {
      log.push(`meanwhile ${step}`);
      await Promise.resolve();
    },
    pass: async (ms) => {
      told.later(ms);
      await Promise.resolve();
    },
    undo: async (step) => {
      log.push(`undo ${step}`);
      await Promise.resolve();
    },
    stop: async (item, what) => {
      log.push(`${what} ${item}`);
      await Promise.resolve();
    },
    learn: async (fact) => {
      log.push(`learn ${fact}`);
      await Promise.resolve();
    },
    over: () => false,
    pace: () => 1,
    made: (secret) => `made ${secret}`,
    itemOf: (secret) => `row of ${secret}`,
  };
  const said: string[] = [];
  const go = async (moves: Readonly<Record<string, Move>> = {}): Promise<void> => {
    await play(
      player,
      { moves, earliest: '2026-11-10T02:10:00+00:00', faults: [] } as unknown as DrillSource,
      (line) => void said.push(line),
    );
  };
  return { told, commands, log, said, go };
};

describe('the scripted responder', () => {
  test('does at each step what the drill says, and what a person would where it says nothing', async () => {
    const one = scripted([
      ask('say', 'report', 'long-text'),
      ask('sign', 'earliest-sign', 'time'),
      ask('which', 'leaked', 'secret'),
      ask('many', 'people', 'range'),
      ask('sure', 'personal-data', 'yes-no'),
      ask('rows', 'rows', 'items'),
      ask('later', 'later', 'number'),
      choice('risk', 'risk-unlikely'),
      byHand('ring'),
      byHand('notify', { submits: 'gdpr.33-1' }),
      wait('pause', null),
      act('stop', ['bridge']),
      byHand('not-now'),
    ]);
    await one.go({
      say: { answer: 'A scanner wrote' },
      sign: { answer: 'earliest', because: 'The header says so' },
      which: { secrets: ['su'] },
      many: { range: { about: 5, from: 4, to: 9, basis: 'log' } },
      sure: { answer: true },
      rows: { answer: ['bridge'] },
      later: { unknown: true },
      risk: { decide: 'no', because: 'Pictures were taken' },
      notify: { record: 'Reference 4471' },
      stop: { run: true, because: 'Nobody awake' },
      'not-now': { skip: 'Tomorrow' },
    });
    expect(one.commands.map((command) => command.do)).toEqual([
      ...Array.from({ length: 7 }, () => 'answer'),
      'decide',
      'tick',
      'tick',
      'tick',
      'skip',
    ]);
    expect(one.commands[1]).toMatchObject({
      answer: { is: 'time', at: Date.UTC(2026, 10, 10, 2, 10) },
      reason: 'The header says so',
    });
    expect(one.commands[2]).toMatchObject({
      answer: { credentials: [{ item: 'row of su', value: 'made su' }] },
    });
    expect(one.commands[8]).toMatchObject({ step: 'ring', result: 'Done as the runbook says.' });
    expect(one.told.state().submissions.get('gdpr.33-1')).toMatchObject({ proved: true });
    expect(one.log).toContain('run stop: Nobody awake');
    expect(one.said.at(-1)).toBe('not-now: skipped with a reason');
    expect(progress(one.told.state()).current).toBeNull();
  });

  test('takes the time that a practised person takes, within reason', async () => {
    const one = scripted([
      byHand('short', { minutes: 0.1 }),
      byHand('usual', { minutes: 4 }),
      byHand('long', { minutes: 600 }),
    ]);
    const begun = one.told.now();
    await one.go();
    expect(one.told.now() - begun).toBe(20_000 + 120_000 + 240_000);
  });

  test('ticks by hand what the tool could not do or prove', async () => {
    const one = scripted([act('stop', ['bridge'])], ['unproved']);
    await one.go({ stop: { record: 'Seen off in the console' } });
    expect(one.commands).toEqual([{ do: 'tick', step: 'stop', result: 'Seen off in the console' }]);
  });

  test('asks a system whose answer was lost, waits until nothing can be under way, and asks again', async () => {
    const one = scripted([act('stop', ['bridge'])], ['unsure', 'unsure', 'proved']);
    const begun = one.told.now();
    await one.go();
    expect(one.log.filter((line) => !line.startsWith('meanwhile'))).toEqual([
      'run stop: Alone on call; to be reviewed.',
      'recheck stop',
      'recheck stop',
    ]);
    expect(one.told.now() - begun).toBeGreaterThanOrEqual(limits.inFlightMs);
    expect(one.said.at(-1)).toBe('stop: was unsure, asked the system twice: proved');
  });

  test('leaves out, with its reason, what nothing in the inventory is meant by', async () => {
    const one = scripted([act('stop', [])]);
    await one.go();
    expect(one.commands).toEqual([
      { do: 'skip', step: 'stop', reason: 'Nothing in the inventory is meant by it.' },
    ]);
  });

  test('gives up on a step that never ends, and names it', async () => {
    const one = scripted(
      [act('stop', ['bridge'])],
      Array.from({ length: 9 }, () => 'failed'),
    );
    const error: unknown = await one.go().catch((caught: unknown) => caught);
    expect(isProblem(error) && [error.code, error.facts]).toEqual([
      'drill-not-passed',
      { step: 'stop', why: 'it did not work on bridge' },
    ]);
    expect(one.log.filter((line) => line.startsWith('run'))).toHaveLength(4);
  });

  test.each([
    [ask('say', 'report', 'text'), undefined, /has no answer to it/],
    [ask('say', 'report', 'text'), { record: 'x' } as const, /answers in the wrong way/],
    [ask('say', 'report', 'time'), { answer: 'yesterday' } as const, /not a time with an offset/],
    [ask('say', 'report', 'secret'), { answer: 'EAA' } as const, /must answer it with secrets/],
    [choice('say', 'report'), undefined, /decides nothing here/],
  ])('a drill that does not fit its runbook is said at the step (%#)', async (step, move, why) => {
    await expect(scripted([step]).go(move === undefined ? {} : { say: move })).rejects.toThrow(why);
  });
});

test('the faults of a step are armed for it alone, as the simulator takes them', () => {
  const drill = {
    faults: [
      { instance: 'meta', before: 'stop', is: 'status', status: 429, retry_after: 2, path: '/me' },
      { instance: 'meta', before: 'stop', is: 'status' },
      { instance: 'parlo', before: 'other', is: 'cut-after' },
      { instance: 'parlo', before: 'stop', is: 'hang', path: '/v1' },
    ],
  } as unknown as DrillSource;
  expect(faultsFor(drill, 'stop')).toEqual([
    { instance: 'meta', fault: { is: 'status', status: 429, retryAfter: 2, path: '/me' } },
    { instance: 'meta', fault: { is: 'status', status: 503 } },
    { instance: 'parlo', fault: { is: 'hang', path: '/v1' } },
  ]);
  expect(faultsFor({} as DrillSource, 'stop')).toEqual([]);
});
