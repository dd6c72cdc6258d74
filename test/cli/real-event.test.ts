import { expect, test } from 'vitest';
import { Problem } from '../../src/base/problem.ts';
import { fakeApp } from './fake-app.ts';
import { firebreak } from './rig.ts';

const STOP = ['drill', 'stop', '--real-event'] as const;

test('at a terminal the form for the real incident opens, in an app that is no drill', async () => {
  const { code, screens, opened } = await firebreak([...STOP], { tty: true });
  expect(code).toBe(0);
  expect(screens).toEqual(['declare']);
  expect(opened.map(({ drillOnly }) => drillOnly)).toEqual([true, false]);
});

test('in a pipe it says what to type next, and in JSON which drill it was', async () => {
  const { code, stdout, screens } = await firebreak([...STOP]);
  expect([code, screens]).toEqual([0, []]);
  expect(stdout).toContain('firebreak declare <runbook>');
  const json = await firebreak([...STOP, '--json']);
  expect(JSON.parse(json.stdout)).toEqual({
    schema: 'firebreak.drill-stopped/v1',
    drill: 'drill-1',
    why: 'real-event',
  });
});

test('where no drill is found a person at a terminal declares all the same; a script is told with 10', async () => {
  const app = fakeApp({
    realEvent: async () => await Promise.reject(new Problem('not-found', { what: 'unfinished drill' })),
  });
  expect(await firebreak([...STOP], { tty: true, app })).toMatchObject({ code: 0, screens: ['declare'] });
  expect((await firebreak([...STOP], { app })).code).toBe(10);
});
