import { describe, expect, test, vi } from 'vitest';
import type { SendDoor, SentView } from '../../src/app/send-contract.ts';
import { fakeApp, fakeIncident } from './fake-app.ts';
import { fakePapers } from '../fakes/company.ts';
import { firebreak, type Said } from './rig.ts';

const left: SentView = {
  mailing: 'ab'.repeat(32),
  letter: 'gdpr-art34',
  to: 'list',
  instance: 'mail-notices',
  letters: 20,
  stand: { open: 0, underway: 0, taken: 17, refused: 1, later: 2, unsure: 0 },
  bounced: { lasting: 0, late: 0 },
  handed: false,
};

const settling = async (...argv: readonly string[]): Promise<Said & { done: unknown[] }> => {
  const settle = vi.fn<SendDoor['settle']>(async () => await Promise.resolve(left));
  const tryAgain = vi.fn<SendDoor['tryAgain']>(async () => await Promise.resolve(left));
  const incident = fakeIncident({ mail: { ...fakePapers.mail, settle, tryAgain } });
  const said = await firebreak(['letters', 'settle', 'abab', ...argv, '--why', 'They say so'], {
    app: fakeApp({ open: async () => await Promise.resolve(incident) }),
  });
  const calls = [...settle.mock.calls, ...tryAgain.mock.calls].map(([asked]) => asked);
  return { ...said, done: calls };
};

describe('letters settle', () => {
  test('lets refused letters leave once more, by number or all of them', async () => {
    const some = await settling('12,15', '7', '--try-again');
    expect(some.done).toEqual([{ mailing: 'abab', letters: [12, 15, 7], reason: 'They say so' }]);
    expect(some.stdout).toMatch(/^TO BE TRIED AGAIN\n.*17 of 20 taken[^]*2 not taken, may be tried again/);
    expect((await settling('--try-again')).done).toEqual([
      { mailing: 'abab', letters: null, reason: 'They say so' },
    ]);
  });

  test('settles a doubt by what was found', async () => {
    const { done, stdout } = await settling('12', '--result', 'not-taken');
    expect(done).toEqual([{ mailing: 'abab', letters: [12], reason: 'They say so', taken: false }]);
    expect(stdout).toContain('SETTLED: not taken');
  });

  test.each([[[]], [['--result', 'taken', '--try-again']], [['12x', '--try-again']]])(
    'wants one of them, and numbers: %j',
    async (argv) => {
      const { code, done } = await settling(...argv);
      expect(code).toBe(2);
      expect(done).toEqual([]);
    },
  );
});
