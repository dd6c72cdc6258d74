import { describe, expect, test } from 'vitest';
import { endOpenBatches } from '../../src/engine/batch/end.ts';
import type { RunLine } from '../../src/engine/lines.ts';
import { run } from '../../src/engine/run.ts';
import { inDoubt } from '../../src/incident/state.ts';
import type { Processes } from '../../src/io/process.ts';
import { limits } from '../../src/model/limits.ts';
import type { RetryClass } from '../../src/model/action.ts';
import { placeOf } from '../../src/model/item.ts';
import { act } from '../incident/story.ts';
import { tiny, type Tiny, type TinyOptions } from './tiny.ts';

const MANY = 60;
const names = Array.from({ length: MANY }, (_, i) => `t${i}`);
const many = (options: TinyOptions = {}): Tiny => {
  const one = tiny({ steps: [act('stop', names)], items: names, ...options });
  for (const name of names) one.switches.set(name, 'on');
  return one;
};
const isOn = (one: Tiny): readonly string[] => names.filter((name) => one.switches.get(name) === 'on');
const runs = (one: Tiny): readonly string[] => one.calls.filter((call) => call.startsWith('run '));
const kinds = (one: Tiny): readonly string[] => one.durable().map(({ kind }) => kind);

/** The tool dies after so many rows of a batch. */
class Died extends Error {}
const dyingAfter = (one: Tiny, rows: number): void => {
  const { batches } = one.engine.ledger;
  const write = batches.write.bind(batches);
  let left = rows;
  Object.assign(batches, {
    write: async (...args: Parameters<typeof write>) => {
      if (left <= 0) throw new Died('killed');
      left -= 1;
      await write(...args);
    },
  });
  one.revive = () => void Object.assign(batches, { write });
};

describe('many targets', () => {
  test('are one batch: an entry on each side, rows for each item, every one proved', async () => {
    const one = many();
    const report = await one.act('stop');
    expect(report.state).toBe('proved');
    expect(report.lines).toHaveLength(MANY);
    expect(isOn(one)).toEqual([]);
    expect(kinds(one).slice(2)).toEqual(['step.started', 'batch.intent', 'batch.outcome', 'step.finished']);
    const batch = one.durable().findIndex(({ kind }) => kind === 'batch.intent');
    const rows = one.engine.ledger.batches.rows(batch);
    for (const [i] of names.entries()) {
      const of = rows.filter(({ item }) => item === i).map(({ kind }) => kind);
      expect(of).toEqual(['plan', 'intent', 'kept', 'outcome', 'proof']);
    }
    expect(one.told.step('stop').status).toBe('done');
  });

  test('up to the limit are entries of their own, as ever', async () => {
    const few = names.slice(0, limits.batchFrom);
    const one = many({ steps: [act('stop', few)] });
    await one.act('stop');
    expect(kinds(one).filter((kind) => kind === 'act.intent')).toHaveLength(limits.batchFrom);
    expect(kinds(one)).not.toContain('batch.intent');
  });

  test('have an intent on the disk before each request, and never more under way than the system takes', async () => {
    const one = many();
    let [under, most] = [0, 0];
    const processes: Processes = {
      run: async () => {
        under += 1;
        most = Math.max(most, under);
        await one.clock.sleep(1);
        under -= 1;
        return { exit: 0, started: true, stdout: '', stderr: '', timedOut: false };
      },
    };
    one.script.run = async (name, outside) => {
      const batch = one.engine.ledger.state().openBatches[0] ?? -1;
      const place = names.indexOf(name);
      const rows = one.engine.ledger.batches.rows(batch).filter(({ item }) => item === place);
      expect(rows.map(({ kind }) => kind)).toEqual(['plan', 'intent']);
      await outside.processes.run({ file: 'turn', args: [name] });
      one.switches.set(name, 'off');
      return { result: 'done', detail: 'turned' };
    };
    const engine = { ...one.engine, world: { ...one.engine.world, processes } };
    const prepared = await one.prepare('stop');
    expect((await run(engine, prepared, { yes: true }, () => undefined)).state).toBe('proved');
    expect(most).toBe(limits.paceAtOnce);
  });

  test('of class D are begun only where there is a place, so that a crash leaves no more doubts than that', async () => {
    const one = many({ retry: 'D' });
    let [under, most] = [0, 0];
    one.script.run = async (name) => {
      under += 1;
      most = Math.max(most, under);
      await one.clock.sleep(1);
      under -= 1;
      one.switches.set(name, 'off');
      return { result: 'done', detail: 'turned' };
    };
    expect((await one.act('stop')).state).toBe('proved');
    expect(most).toBe(limits.paceAtOnce);
  });

  test('say how far they are, how fast and how long it will take', async () => {
    const one = many();
    one.script.run = async (name) => {
      await one.clock.sleep(1000);
      one.switches.set(name, 'off');
      return { result: 'done', detail: 'turned' };
    };
    const heard: RunLine[] = [];
    const prepared = await one.prepare('stop');
    await run(one.engine, prepared, { yes: true }, (line) => void heard.push(line));
    const far = heard.filter((line) => line.is === 'progress');
    expect(far[0]).toMatchObject({ done: 0, total: MANY, perMinute: null, leftMs: null });
    expect(far.at(-1)).toMatchObject({ done: MANY, total: MANY, leftMs: 0, failed: 0, unsure: 0 });
    expect(far.every(({ perMinute }) => perMinute === null || perMinute > 0)).toBe(true);
    expect(heard.every(({ is }) => is === 'progress')).toBe(true);
  });

  test('of which some fail go on with the others, and those are named one by one', async () => {
    const one = many();
    one.script.run = (name) => {
      if (name === 't7') return Promise.resolve({ result: 'forbidden', detail: 'no scope', http: 403 });
      one.switches.set(name, 'off');
      return Promise.resolve({ result: 'done', detail: 'ok' });
    };
    const heard: RunLine[] = [];
    const prepared = await one.prepare('stop');
    const report = await run(one.engine, prepared, { yes: true }, (line) => void heard.push(line));
    expect(report.state).toBe('failed');
    expect(heard.filter(({ is }) => is !== 'progress')).toMatchObject([{ is: 'outcome', target: 't7' }]);
    expect(one.told.step('stop')).toMatchObject({ status: 'fail', because: 'it did not work on t7' });
    delete one.script.run;
    const before = runs(one).length;
    expect((await one.act('stop')).state).toBe('proved');
    expect(runs(one).slice(before)).toEqual(['run t7']);
  });

  test('are split where one entry cannot name them all', async () => {
    const long = Array.from({ length: 30 }, (_, i) => `${'long-'.repeat(500)}${i}`);
    const one = tiny({ steps: [act('stop', long)], items: long });
    for (const name of long) one.switches.set(name, 'on');
    expect((await one.act('stop')).state).toBe('proved');
    expect(kinds(one).filter((kind) => kind === 'batch.intent')).toHaveLength(2);
  });
});

describe('a batch that a person stops', () => {
  test('lets what is under way end, begins nothing further, and goes on with what is left', async () => {
    const one = many();
    const stop = new AbortController();
    one.script.run = async (name) => {
      if (name === 't9') stop.abort();
      await one.clock.sleep(1);
      one.switches.set(name, 'off');
      return { result: 'done', detail: 'turned' };
    };
    const prepared = await one.prepare('stop');
    const report = await run({ ...one.engine, stop: stop.signal }, prepared, { yes: true }, () => undefined);
    expect(report.state).toBe('stopped');
    const left = isOn(one);
    expect(left.length).toBeGreaterThan(MANY - 10 - limits.paceAtOnce);
    expect(left.length).toBeLessThan(MANY);
    expect(one.told.state().openBatches).toEqual([]);
    expect([...one.told.state().acts.values()].filter(inDoubt)).toEqual([]);
    const before = runs(one).length;
    expect((await one.act('stop')).state).toBe('proved');
    expect(runs(one).slice(before).toSorted()).toEqual(left.map((name) => `run ${name}`).toSorted());
  });
});

describe('a batch cut off in the middle', () => {
  const cut = async (retry: RetryClass): Promise<Tiny> => {
    const one = many({ retry });
    // The eight of the first two rounds are begun; the outcomes of two of them are not written any more.
    dyingAfter(one, 26);
    await expect(one.act('stop')).rejects.toThrow(Died);
    one.revive?.();
    return one;
  };

  test.each(['A', 'B', 'C', 'D'] as const)(
    'of class %s loses nothing and does nothing twice in silence',
    async (retry) => {
      const one = await cut(retry);
      expect(one.told.step('stop').status).toBe('unsure');
      const [batch = -1] = one.told.state().openBatches;
      const rows = one.engine.ledger.batches.rows(batch);
      const begun = new Set(rows.filter(({ kind }) => kind === 'intent').map(({ item }) => item));
      const ended = new Set(rows.filter(({ kind }) => kind === 'outcome').map(({ item }) => item));
      const doubtful = [...begun].filter((item) => !ended.has(item)).map((item) => names[item] ?? '');
      expect(doubtful.length).toBeGreaterThan(0);
      const before = runs(one).length;
      if (retry === 'C') await one.clock.sleep(limits.inFlightMs);
      const report = await one.act('stop');
      const again = runs(one)
        .slice(before)
        .map((call) => call.slice(4));
      expect(new Set(again).size).toBe(again.length);
      expect(again.some((name) => ended.has(names.indexOf(name)) && one.told.state().acts.size === 0)).toBe(
        false,
      );
      if (retry === 'D') {
        expect(report.state).toBe('unsure');
        expect(again.filter((name) => doubtful.includes(name))).toEqual([]);
        expect([...one.told.state().acts.values()].filter(inDoubt).map(({ target }) => target)).toEqual(
          doubtful,
        );
        for (const { intent } of [...one.told.state().acts.values()].filter(inDoubt))
          one.told.does({ do: 'settle', intent, result: 'failed', reason: 'the panel shows it lit' });
        expect((await one.act('stop')).state).toBe('proved');
      } else {
        expect(report.state).toBe('proved');
      }
      expect([...one.told.state().acts.values()].filter(inDoubt)).toEqual([]);
      expect(isOn(one)).toEqual([]);
      expect(one.told.step('stop').status).toBe('done');
    },
  );

  test('of class A is sent again under the key it was sent under', async () => {
    const keys = new Map<string, string[]>();
    const one = many({ retry: 'A' });
    one.script.run = (name, outside) => {
      keys.set(name, [...(keys.get(name) ?? []), outside.key]);
      one.switches.set(name, 'off');
      return Promise.resolve({ result: 'done', detail: 'ok' });
    };
    dyingAfter(one, 22);
    await expect(one.act('stop')).rejects.toThrow(Died);
    one.revive?.();
    expect((await one.act('stop')).state).toBe('proved');
    const twice = [...keys.values()].filter(({ length }) => length > 1);
    expect(twice.length).toBeGreaterThan(0);
    for (const [first, second] of twice) expect(second).toBe(first);
    expect(new Set([...keys.values()].map(([first]) => first)).size).toBe(MANY);
  });
});

describe('an item that somebody else settles while its batch is open', () => {
  const actOf = (one: Tiny, name: string) =>
    [...one.told.state().acts.values()].find(({ target }) => target === name);
  const settle = (one: Tiny, name: string, result: 'done' | 'failed'): void => {
    one.told.does({
      do: 'settle',
      intent: actOf(one, name)?.intent ?? 0,
      result,
      reason: 'the panel shows it',
    });
  };

  test('keeps what was said of it where the batch knows no better, and the answer of the system wins', async () => {
    const one = many({ retry: 'D' });
    dyingAfter(one, 26);
    await expect(one.act('stop')).rejects.toThrow(Died);
    one.revive?.();
    const [batch = -1] = one.told.state().openBatches;
    const rows = one.engine.ledger.batches.rows(batch);
    const having = (kind: string) => new Set(rows.filter((row) => row.kind === kind).map(({ item }) => item));
    const [begun, answered] = [having('intent'), having('outcome')];
    const [lost = '', alsoLost = ''] = names.filter((_, i) => begun.has(i) && !answered.has(i));
    const [known = ''] = names.filter((_, i) => answered.has(i));
    const [left = '', alsoLeft = ''] = names.filter((_, i) => !begun.has(i));
    await one.clock.sleep(1);
    settle(one, lost, 'failed');
    settle(one, left, 'done');
    settle(one, known, 'failed');
    expect(await endOpenBatches(one.engine.ledger)).toEqual([batch]);
    expect(actOf(one, lost)).toMatchObject({ result: 'failed', settledBy: 'person' });
    expect(actOf(one, left)).toMatchObject({ result: 'done', settledBy: 'person' });
    expect(actOf(one, known)).toMatchObject({ result: 'done', settledBy: 'tool' });
    // The control: of whom nobody said anything, the batch alone speaks.
    expect([actOf(one, alsoLost)?.result, actOf(one, alsoLeft)]).toEqual(['unknown', undefined]);
  });

  test('is in doubt all the same when it was begun only after that', async () => {
    const one = many({ retry: 'D' });
    one.script.run = async (name) => {
      if (name === 't0') settle(one, 't40', 'failed');
      await one.clock.sleep(1);
      if (name === 't40') return { result: 'unknown', detail: 'the line was cut' };
      one.switches.set(name, 'off');
      return { result: 'done', detail: 'turned' };
    };
    expect((await one.act('stop')).state).toBe('unsure');
    expect(actOf(one, 't40')).toMatchObject({ result: 'unknown', settledBy: 'tool' });
  });
});

describe('undoing a batch', () => {
  test('brings back exactly what was, item by item, as a batch of its own', async () => {
    const one = many();
    for (const name of names.slice(0, 9)) one.switches.set(name, 'off');
    await one.act('stop');
    expect((await one.act('stop', 'undo')).state).toBe('restored');
    expect(isOn(one)).toEqual(names.slice(9));
    expect(one.told.step('stop').status).toBe('now');
    const acts = [...one.told.state().acts.values()];
    expect(acts.filter(({ direction, undone }) => direction === 'do' && !undone)).toEqual([]);
    expect(placeOf(acts.find(({ direction }) => direction === 'undo')?.of ?? 0).place).toBe(0);
  });
});
