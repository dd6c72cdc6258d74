import { expect, test } from 'vitest';
import { fakeApp } from './fake-app.ts';
import { firebreak } from './rig.ts';

// Without a workspace the inventory that is known is that of the example company.

test.each([['pause'], ['revoke'], ['rotate']])(
  '%s sends nobody to a row of the example company, and says what to do instead',
  async (command) => {
    const { code, stderr } = await firebreak([command, 'wa'], { app: fakeApp({ workspace: null }) });
    expect(code).toBe(10);
    expect(stderr).toContain('there is no workspace here, and so no inventory');
    expect(stderr).toMatch(/Next: .*own console.*firebreak note/);
    expect(stderr).not.toContain('wa-');
    expect(stderr).not.toContain('firebreak inventory');
  },
);

test('with one a name that is nearly right is said', async () => {
  const { code, stderr } = await firebreak(['pause', 'wa'], { app: fakeApp({ workspace: '/work/acme' }) });
  expect(code).toBe(10);
  expect(stderr).toMatch(/wa-\w+/);
  expect(stderr).toContain('firebreak inventory shows what there is');
});
