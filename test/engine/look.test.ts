import { describe, expect, test } from 'vitest';
import { nextTurn } from '../../src/io/clock.ts';
import { limits } from '../../src/model/limits.ts';
import { act } from '../incident/story.ts';
import { tiny, type Tiny } from './tiny.ts';

const MANY = 60;
const names = Array.from({ length: MANY }, (_, i) => `t${i}`);
const many = (): Tiny => tiny({ steps: [act('stop', names)], items: names });

describe('looking at many targets', () => {
  test('asks so many at once and no more, and leaves none out', async () => {
    const one = many();
    let [under, most, asked] = [0, 0, 0];
    one.script.preview = async () => {
      asked += 1;
      under += 1;
      most = Math.max(most, under);
      await nextTurn();
      under -= 1;
      return null;
    };
    const { targets } = await one.prepare('stop');
    expect(asked).toBe(MANY);
    expect(most).toBe(limits.previewsAtOnce);
    expect(targets.map(({ target }) => target.item)).toEqual(names);
    expect(targets.every(({ preview }) => preview?.now === 'active')).toBe(true);
  });

  test('gives a silent system up after several questions, says so, and runs it all the same', async () => {
    const one = many();
    let asked = 0;
    one.script.preview = async () => {
      asked += 1;
      await nextTurn();
      throw new DOMException('too slow', 'TimeoutError');
    };
    const prepared = await one.prepare('stop');
    // Those that were under way when it was given up are heard out.
    expect(asked).toBeLessThan(2 * limits.previewsAtOnce);
    expect(prepared.targets.at(-1)?.preview).toMatchObject({
      now: 'unknown',
      warnings: [expect.stringMatching(/^it was not asked: tiny answered none of \d+ questions in a row$/)],
    });
    expect((await one.act('stop')).state).toBe('proved');
  });

  test('asks on where some answers are missing and others come', async () => {
    const one = many();
    let asked = 0;
    one.script.preview = async () => {
      asked += 1;
      const mute = asked % 3 === 0;
      await nextTurn();
      if (mute) throw new DOMException('too slow', 'TimeoutError');
      return null;
    };
    await one.prepare('stop');
    expect(asked).toBe(MANY);
  });
});
