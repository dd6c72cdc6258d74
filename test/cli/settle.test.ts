import { describe, expect, test, vi } from 'vitest';
import type { OpenIncident, View } from '../../src/app/contract.ts';
import { progress } from '../../src/incident/ready.ts';
import { itemRef } from '../../src/model/item.ts';
import { act, story } from '../incident/story.ts';
import { fakeApp, fakeIncident, view } from './fake-app.ts';
import { firebreak, type Said } from './rig.ts';

const settling = async (argv: readonly string[]): Promise<Said & { acted: unknown[] }> => {
  const acted = vi.fn<OpenIncident['act']>(async () => await Promise.resolve());
  const incident = fakeIncident({ act: acted });
  const said = await firebreak(['settle', ...argv], {
    app: fakeApp({ open: async () => await Promise.resolve(incident) }),
  });
  return { ...said, acted: acted.mock.calls.map(([command]) => command) };
};

describe('settle', () => {
  test.each([
    ['41', 41],
    ['41.7', itemRef(41, 7)],
  ])('takes %s as people see it', async (name, intent) => {
    const { code, stdout, acted } = await settling([name, '--result', 'failed', '--why', 'It is lit']);
    expect(code).toBe(0);
    expect(acted).toEqual([{ do: 'settle', intent, result: 'failed', reason: 'It is lit' }]);
    expect(stdout).toContain(`SETTLED ${name}: failed`);
  });

  test.each(['x', '41.', '-1', '41.7.1', '41.4096'])(
    'refuses %s and says what a name looks like',
    async (name) => {
      const { code, stderr, acted } = await settling(['--result', 'done', '--why', 'Seen', '--', name]);
      expect(code).toBe(2);
      expect(stderr).toContain('41.7');
      expect(acted).toEqual([]);
    },
  );
});

const many = 30;
const names = Array.from({ length: many }, (_, i) => `t${i}`);
const doubtful = (begun: number): View => {
  const told = story([act('stop', names)]);
  const batch = told.happens({
    kind: 'batch.intent',
    pub: {
      step: 'stop',
      direction: 'do',
      plan_sha256: 'ab'.repeat(32),
      ways: [
        {
          instance: 'tiny',
          action: 'tiny.stop',
          effect: 'irreversible',
          retry: 'D',
          confidence: 'confirmed',
        },
      ],
      targets: names,
      way: names.map(() => 0),
      rows: many,
      rows_root: '',
    },
  });
  told.happens({
    kind: 'batch.outcome',
    pub: {
      batch,
      step: 'stop',
      results: names.map((_, i) => (i < begun ? 'u' : '-')).join(''),
      proofs: '-'.repeat(many),
      ended: 'cut',
      rows: many + begun,
      rows_root: '',
    },
  });
  return view({ state: told.state(), progress: progress(told.state()) });
};
const showing = async (argv: readonly string[], shown: View): Promise<Said> =>
  await firebreak(argv, {
    app: fakeApp({
      open: async () => await Promise.resolve(fakeIncident({ view: () => shown })),
    }),
  });

describe('what is unsure', () => {
  test.each(['status', 'next'])(
    'is told by %s: what is known, how to check, and the two answers',
    async (command) => {
      const { stdout } = await showing([command, 'inc-1'], doubtful(1));
      expect(stdout).toContain('UNSURE 2.0: tiny.stop on t0');
      expect(stdout).toContain('known: target 1 of the batch of entry 2: it was begun');
      expect(stdout).toContain('check: firebreak status --recheck');
      expect(stdout).toContain('worked when: It is known.');
      expect(stdout).toContain('firebreak settle 2.0 --result done --why');
      expect(stdout).toContain('firebreak settle 2.0 --result failed --why');
      expect(stdout).not.toContain('firebreak run stop');
    },
  );

  test('of many names the first and counts the rest; JSON has them all', async () => {
    const shown = doubtful(many);
    const { stdout } = await showing(['status', 'inc-1'], shown);
    expect(stdout.match(/firebreak settle/g)).toHaveLength(6);
    expect(stdout.match(/UNSURE 2\.\d+:/g)).toHaveLength(20);
    expect(stdout).toContain('and 10 more UNSURE');
    const json = await showing(['status', 'inc-1', '--json'], shown);
    const { in_doubt: all } = JSON.parse(json.stdout) as { in_doubt: readonly { attempt: string }[] };
    expect(all.map(({ attempt }) => attempt)).toEqual(names.map((_, i) => `2.${i}`));
  });

  test('is not spoken of where all is known', async () => {
    const { stdout } = await showing(['status', 'inc-1'], doubtful(0));
    expect(stdout).not.toContain('settle');
  });
});
