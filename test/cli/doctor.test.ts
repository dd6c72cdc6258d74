import { expect, test } from 'vitest';
import type { Finding } from '../../src/app/contract.ts';
import { fakeApp } from './fake-app.ts';
import { firebreak } from './rig.ts';

// What the look by day ends with: 0 all well, 3 something would fail, 4 a credential is missing or refused.

test('each kind of finding has its exit code, and warnings have none', async () => {
  const finding: Finding = { what: 'letter x', state: 'broken', detail: 'no', fix: 'mend it' };
  const cases: readonly (readonly [readonly Finding[], number])[] = [
    [[], 0],
    [[{ ...finding, state: 'warning' }], 0],
    [[finding], 3],
    [[finding, { ...finding, credential: 'missing' }], 4],
    [[{ ...finding, credential: 'refused' }], 4],
  ];
  for (const [findings, code] of cases) {
    const app = fakeApp({ doctor: async () => await Promise.resolve(findings) });
    expect((await firebreak(['doctor'], { app })).code).toBe(code);
    const json = await firebreak(['--json', 'doctor'], { app });
    expect(json.code).toBe(code);
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'firebreak.doctor/v1', findings });
  }
});
