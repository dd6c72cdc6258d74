import { describe, expect, test, vi } from 'vitest';
import type { CheckedLetter, OpenIncident } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';
import { at } from '../fakes/clock.ts';
import { checked } from '../fakes/letting.ts';
import { fakeApp, fakeIncident } from './fake-app.ts';
import { firebreak } from './rig.ts';

const found = checked(false);
const fine: CheckedLetter = {
  ...found,
  report: { ...found.report, complete: true, missing: [], claims: [], lint: [], refused: [], clean: true },
};

const run = async (argv: readonly string[], incident: Partial<OpenIncident>) => {
  const app = fakeApp({ open: async () => await Promise.resolve({ ...fakeIncident(), ...incident }) });
  return await firebreak(['letters', ...argv], { app });
};
const checking = (one: CheckedLetter) => ({ checkedLetter: async () => await Promise.resolve(one) });

describe('letters check', () => {
  test('says of each claim what carries it, or what would and how to record that', async () => {
    const { stdout, code } = await run(['check', 'gdpr-33'], checking(found));
    expect(code).toBe(3);
    expect(stdout).toContain(
      'carried  "was revoked": proved by the systems themselves: WhatsApp token [entry 12]',
    );
    expect(stdout).toContain('REFUSED  claim.no-access: "There is no evidence that messages were read."');
    expect(stdout).toContain('firebreak evidence collect');
    expect(stdout).toContain('warning  lint.link');
    expect(stdout).toContain('Reading ease: 58, fairly hard (Flesch).');
    expect(stdout).toContain('Not released.');
  });

  test('is 0 for a letter with nothing to say against it', async () => {
    const { stdout, code } = await run(['check', 'gdpr-33'], checking(fine));
    expect(code).toBe(0);
    expect(stdout).not.toContain('REFUSED');
  });

  test('as JSON shows elements, claims, lint, ease and the release', async () => {
    const { stdout } = await run(['check', 'gdpr-33', '--json'], checking(found));
    const shown = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(shown['schema']).toBe('firebreak.letter-check/v1');
    expect(Object.keys(shown)).toEqual(
      expect.arrayContaining([
        'elements',
        'claims',
        'lint',
        'ease',
        'released',
        'missing',
        'refused',
        'clean',
      ]),
    );
  });

  test('without a letter looks at each that is asked for, in each language', async () => {
    const checkedLetter = vi.fn<OpenIncident['checkedLetter']>(async () => await Promise.resolve(fine));
    const wanted = [
      { letter: 'gdpr-33', language: 'en' },
      { letter: 'gdpr-34', language: 'de' },
    ];
    const { stdout, code } = await run(['check', '--json'], {
      checkedLetter,
      wantedLetters: async () => await Promise.resolve(wanted),
    });
    expect(code).toBe(0);
    expect(checkedLetter.mock.calls).toEqual([
      ['gdpr-33', 'en'],
      ['gdpr-34', 'de'],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'firebreak.letter-checks/v1', letters: [{}, {}] });
  });
});

describe('letters release', () => {
  test('names what was gone past, and that somebody reviews it', async () => {
    const released = {
      letter: 'gdpr-33',
      language: 'en',
      duty: 'gdpr.33-1',
      sha256: 'a'.repeat(64),
      at: at('2026-11-20T06:00:00Z'),
      missing: [],
      refused: ['claim.no-access'],
      override: true,
      n: 41,
      by: 'ada',
      releasedAt: at('2026-11-20T06:00:00Z'),
      stands: true,
    };
    const releaseLetter = vi.fn<OpenIncident['releaseLetter']>(
      async () => await Promise.resolve({ ...found, released }),
    );
    const { stdout, stderr, code } = await run(['release', 'gdpr-33', '--override', 'counsel agreed'], {
      releaseLetter,
    });
    expect(code).toBe(0);
    expect(releaseLetter).toHaveBeenCalledWith({
      letter: 'gdpr-33',
      language: 'en',
      override: 'counsel agreed',
    });
    expect(stdout).toContain(`RELEASED gdpr-33 (en), SHA-256 ${'a'.repeat(64)}`);
    expect(stderr).toContain('Gone past in your name: claim.no-access');
  });

  test('is refused with what is in the way and the way past it', async () => {
    const refused = new Problem('letter-refused', {
      letter: 'gdpr-33',
      language: 'en',
      why: 'refused: claim.no-access',
    });
    const { stderr, code } = await run(['release', 'gdpr-33'], {
      releaseLetter: async () => await Promise.reject(refused),
    });
    expect(code).toBe(3);
    expect(stderr).toContain('claim.no-access');
    expect(stderr).toContain('--override "why"');
  });
});
