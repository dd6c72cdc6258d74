import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { firebreak } from './rig.ts';

const cases = join(process.cwd(), 'test/fixtures/edpb-cases.json');
type Expected = Readonly<{ document: boolean; notify_sa: boolean; notify_subjects: boolean }>;
type Answer = Expected &
  Readonly<{ id: string; severity: Readonly<Record<string, unknown>>; reasons: readonly string[] }>;

const ask = async (input: unknown) => {
  const said = await firebreak(['assess', '--input', '-', '--json'], { stdin: JSON.stringify(input) });
  return { ...said, answers: JSON.parse(said.stdout) as readonly Answer[] };
};

describe('firebreak assess', () => {
  test('prints a bare array, one per case, in their order', async () => {
    const { code, stdout, stderr } = await firebreak(['assess', '--input', cases, '--json']);
    const given = (
      JSON.parse(readFileSync(cases, 'utf8')) as Readonly<{
        cases: readonly Readonly<{ id: string; expected: Expected }>[];
      }>
    ).cases;
    const answers = JSON.parse(stdout) as readonly Answer[];
    expect([code, stderr]).toEqual([0, '']);
    expect(
      answers.map(({ id, document, notify_sa, notify_subjects }) => ({
        id,
        expected: { document, notify_sa, notify_subjects },
      })),
    ).toEqual(given.map(({ id, expected }) => ({ id, expected })));
    for (const one of answers) {
      expect(Object.keys(one)).toEqual([
        'id',
        'document',
        'notify_sa',
        'notify_subjects',
        'severity',
        'reasons',
      ]);
      for (const about of ['document', 'notify_sa', 'notify_subjects'])
        for (const side of ['because', 'against it'])
          expect(one.reasons.some((text) => text.startsWith(about) && text.includes(`, ${side}: `))).toBe(
            true,
          );
    }
  });

  test('keeps the inputs of the severity beside it', async () => {
    const { answers } = await ask([
      {
        id: 'x',
        factors: {
          breach: ['confidentiality'],
          malicious: false,
          recipient: 'known_other_customer',
          subjects: 1,
          special_categories: false,
          financial: true,
          vulnerable: false,
        },
      },
    ]);
    expect(answers[0]?.severity).toMatchObject({
      se: 3.25,
      level: 'high',
      dpc: 3,
      ei: 1,
      cb: { confidentiality: 0.25, integrity: 0, availability: 0, malicious_intent: 0 },
      flags: [],
      inputs: { ease: 'maximum', individuals: 1, unintelligible: false },
    });
  });

  test('says both sides and who decides', async () => {
    const { stdout } = await firebreak(['assess', '--input', cases]);
    expect(stdout).toContain('NOTIFY the authority (GDPR 33): YES, advised');
    expect(stdout).toContain('TELL the people (GDPR 34): no, not advised');
    expect(stdout).toMatch(/because .+[^]+against .+/);
    expect(stdout).toContain('It advises, a named person decides');
  });

  test('warns of what it does not understand, on stderr, and goes on', async () => {
    const { code, answers, stderr } = await ask({
      cases: [{ id: 'a', factors: { moon: 'full', malicious: 'maybe' } }, 7, { id: 'b' }],
    });
    expect(code).toBe(0);
    expect(answers.map(({ id, notify_subjects }) => [id, notify_subjects])).toEqual([
      ['a', true],
      ['case 2', true],
      ['b', true],
    ]);
    for (const word of [
      'WARNING a: moon',
      'WARNING a: malicious',
      'WARNING case 2: it has no id',
      'WARNING b: it has no factors',
    ])
      expect(stderr).toContain(word);
  });

  test('takes no cases for no answers', async () => {
    expect((await ask([])).answers).toEqual([]);
  });

  test.each([
    ['no file', ['assess'], '', 2],
    ['a file that is not there', ['assess', '--input', '/nowhere/at/all.json'], '', 10],
    ['no JSON', ['assess', '--input', '-'], '{', 3],
    ['no cases', ['assess', '--input', '-'], '"x"', 3],
    ['cases that are none', ['assess', '--input', '-'], '{"cases": 3}', 3],
  ])('%s: a precise message', async (_, argv, stdin, code) => {
    const said = await firebreak(argv, { stdin });
    expect([said.code, said.stdout]).toEqual([code, '']);
    expect(said.stderr).not.toBe('');
  });

  test('shows nothing of a case that could act on the terminal', async () => {
    const { stdout } = await firebreak(['assess', '--input', '-'], {
      stdin: JSON.stringify([{ id: '\u001B[2Jx', factors: { '\u001B[31m': 1 } }]),
    });
    expect(stdout).not.toContain('\u001B');
  });

  test('shows the tables of the score', async () => {
    const { stdout, code } = await firebreak(['assess', '--tables']);
    expect(code).toBe(0);
    for (const word of ['SE = DPC x EI + CB', 'undercover', 'emergency room', 'picture', 'very-high'])
      expect(stdout).toContain(word);
  });
});
