import { expect, test, vi } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { fakeApp, fakeIncident } from './fake-app.ts';
import { firebreak, type Said } from './rig.ts';

type Night = Readonly<{ ended?: readonly string[]; meant?: string }>;
const telling = async (
  argv: readonly string[],
  { ended = [], meant }: Night = {},
): Promise<Said & { acted: unknown[] }> => {
  const act = vi.fn<OpenIncident['act']>(async () => await Promise.resolve());
  const incident = fakeIncident({ act, ends: () => ended, meant: () => meant ?? null });
  const said = await firebreak(argv, { app: fakeApp({ open: async () => await Promise.resolve(incident) }) });
  return { ...said, acted: act.mock.calls.map(([command]) => command) };
};

test('an answer that ends duties wants its reason, and names them', async () => {
  const argv = ['fact', 'personal-data', 'no'];
  const ended = ['gdpr.33-1', 'gdpr.34'];
  const refused = await telling(argv, { ended });
  expect(refused.code).toBe(7);
  expect(refused.stderr).toContain('an answer that ends gdpr.33-1, gdpr.34 needs a person');
  expect(refused.stderr).toContain('--why TEXT');
  expect(refused.acted).toEqual([]);
  const { code, acted } = await telling([...argv, '--why', 'only test rows'], { ended });
  expect(code).toBe(0);
  expect(acted).toMatchObject([{ do: 'learn', fact: 'personal-data', reason: 'only test rows' }]);
});

test('a name that nothing hangs on is recorded, and the one that was probably meant is named', async () => {
  const { code, acted, stderr } = await telling(['fact', 'awrae', 'now'], { meant: 'aware' });
  expect(code).toBe(0);
  expect(acted).toHaveLength(1);
  expect(stderr).toContain('nothing here hangs on "awrae"');
  expect(stderr).toContain('firebreak fact aware VALUE');
  expect((await telling(['fact', 'aware', 'now'])).stderr).not.toContain('WARNING');
});

test('a fact without a value says how to give one, in options that this command has', async () => {
  const { code, stderr } = await telling(['fact', 'aware', '--at', '-20m']);
  expect(code).toBe(2);
  expect(stderr).toContain('firebreak fact aware VALUE');
  expect(stderr).not.toContain('--answer');
});
