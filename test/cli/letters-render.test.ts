import { describe, expect, test } from 'vitest';
import type { OpenIncident, RenderedPaper } from '../../src/app/contract.ts';
import { fakeApp, fakeIncident } from './fake-app.ts';
import { firebreak } from './rig.ts';

const opened = (more: Partial<RenderedPaper> = {}) => {
  const usual = fakeIncident();
  const incident: OpenIncident = {
    ...usual,
    paper: async (asked) => ({ ...(await usual.paper(asked)), ...more }),
    writePaper: async (asked, out, overwrite) => ({
      ...(await usual.writePaper(asked, out, overwrite)),
      ...more,
    }),
  };
  const app = fakeApp({ open: async () => await Promise.resolve(incident) });
  return { app, asked: usual };
};

const ask = async (argv: readonly string[], more: Partial<RenderedPaper> = {}) => {
  const { app, asked } = opened(more);
  return { ...(await firebreak(['letters', 'render', 'gdpr-art33', ...argv], { app, cwd: '/work' })), asked };
};

describe('letters render', () => {
  test('writes what was asked for and prints where it is', async () => {
    const { code, stdout, stderr, asked } = await ask([
      '--format=pdf',
      '--out=a.pdf',
      '--language=de',
      '--to=a@example.com',
    ]);
    expect([code, stdout, stderr]).toEqual([0, '/work/a.pdf\n', '']);
    expect(asked.writePaper).toHaveBeenCalledWith(
      { letter: 'gdpr-art33', language: 'de', format: 'pdf', to: 'a@example.com' },
      '/work/a.pdf',
      false,
    );
  });

  test('takes the form from the ending of the file, and overwrites when told to', async () => {
    const { asked } = await ask(['--out=/tmp/a.docx', '--overwrite']);
    expect(asked.writePaper).toHaveBeenCalledWith(
      expect.objectContaining({ format: 'docx' }),
      '/tmp/a.docx',
      true,
    );
  });

  test('puts text on standard output, as it is, and nothing beside it', async () => {
    const { code, stdout, asked } = await ask(['--format=txt', '--out=-']);
    expect([code, stdout]).toEqual([0, 'A letter.\n']);
    expect(asked.writePaper).not.toHaveBeenCalled();
  });

  test.each([
    [['--format=pdf', '--out=-'], 'a pdf file is no text'],
    [['--format=txt', '--out=-', '--json'], 'take --json or --out -'],
    [[], 'say which form with --format: md, txt, html, eml, docx or pdf'],
    [['--out=letter'], 'say which form with --format'],
  ])('refuses %j', async (argv, why) => {
    const { code, stderr, stdout } = await ask(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(`${stderr}`).toContain(why);
  });

  test('says what is not said in it, and what no font has', async () => {
    const more = { complete: false, missing: ['Art. 33(3)(a) nature'], replaced: ['漢', '\u0000'] };
    const { stdout, stderr } = await ask(['--format=pdf'], more);
    expect(stdout).toBe('/home/example/exports/heron.pdf\n');
    expect(stderr).toContain('Not complete, and marked so: Art. 33(3)(a) nature');
    expect(stderr).toContain('No font has 漢 \\u{0}');
  });

  test('is one object with its schema for a program', async () => {
    const { stdout } = await ask(['--format=eml', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'firebreak.letter-file/v1',
      letter: 'gdpr-art33',
      format: 'eml',
      sha256: 'c'.repeat(64),
      replaced: [],
    });
  });
});
