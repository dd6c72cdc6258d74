import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { lateSource } from '../../src/dev/late.ts';

const visit = Object.assign(() => 'visited', { SKIP: 'skip' });
class Counter {
  readonly from: number;
  constructor(from: number) {
    this.from = from;
  }
}
const members = { double: (n: number) => n * 2, visit, Counter, limit: 7, 'not-a-name': 1 };

/** Runs `code` behind the module's source; `load` is what gives the members, `loads` how often it did. */
const runs = (code: string): unknown => {
  const source = lateSource('load()', Object.entries(members))
    .replace(/^export default (.*)$/m, 'const whole = $1')
    .replaceAll(/^export \{ (\w+) as (\w+) \};$/gm, (_, from: string, to: string) =>
      from === to ? '' : `const ${to} = ${from};`,
    );
  const shaken = transformSync(`${source}\nresult(() => { ${code} });`, { treeShaking: true, format: 'esm' });
  let loads = 0;
  let outcome: unknown;
  // oxlint-disable-next-line typescript/no-implied-eval -- the source is code, and running it is the test
  new Function('load', 'result', 'loads', shaken.code)(
    () => {
      loads += 1;
      return members;
    },
    (run: () => unknown) => {
      const before = loads;
      outcome = { before, given: run(), loads };
    },
    () => loads,
  );
  return outcome;
};

test('importing loads nothing, the first use does, and once', () => {
  expect(runs('return [double(2), double(3)];')).toEqual({ before: 0, given: [4, 6], loads: 1 });
  expect(runs('return 0;')).toEqual({ before: 0, given: 0, loads: 0 });
});

test('what stands in is called, made, asked for members and looked at like what it stands for', () => {
  const { given } = runs(
    `const one = new Counter(3);
     return [one.from, one instanceof Counter, visit(), visit.SKIP, 'SKIP' in visit, whole.double(4), whole.limit];`,
  ) as { given: unknown };
  expect(given).toEqual([3, true, 'visited', 'skip', true, 8, 7]);
});

test('a plain value is read at import, where somebody asks for it', () => {
  expect(runs('return limit;')).toEqual({ before: 1, given: 7, loads: 1 });
});
