import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globalOptions } from '../../src/cli/globals.ts';
import { parse } from '../../src/cli/program.ts';
import { refusalOf } from '../../src/cli/refusal.ts';
import type { CommandSpec } from '../../src/cli/spec.ts';
import { tree } from '../../src/cli/tree/index.ts';
import { knownProgram } from '../../src/dev/refusals.ts';
import { firebreak } from './rig.ts';

// The launcher refuses by itself what cannot be understood. It says what the program would say, and nothing where that would go on.

type Leaf = Readonly<{ path: readonly string[]; spec: CommandSpec }>;
const commands = (specs: readonly CommandSpec[], before: readonly string[] = []): readonly Leaf[] =>
  specs.flatMap((spec) => {
    const path = [...before, spec.name];
    return [{ path, spec }, ...commands(spec.parts ?? [], path)];
  });
const all = commands(tree);

/** Null, or what the program says too. */
const refused = async (argv: readonly string[]): Promise<string | null> => {
  const said = refusalOf(argv, knownProgram);
  if (said === null) return null;
  const { code, stdout, stderr } = await firebreak(argv);
  expect({ argv, code, stdout, stderr }).toEqual({ argv, code: 2, stdout: '', stderr: said });
  return said;
};

/** Somebody's fingers: a letter left out, two the other way round, one too many. */
const typos = (word: string): readonly string[] => {
  const at = Math.floor(word.length / 2);
  return [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at - 1) + (word[at] ?? '') + (word[at - 1] ?? '') + word.slice(at + 1),
    `${word.slice(0, at)}x${word.slice(at)}`,
  ];
};

test.each(all.map(({ path, spec }) => [path.join(' '), path, spec] as const))(
  '%s',
  async (_name, path, spec) => {
    expect(await refused([...path, '--nonsense'])).toContain("unknown option '--nonsense'");
    expect(await refused(['--json', ...path, '--nonsense'])).toMatch(/^\{"schema":"firebreak.problem\/v1"/);
    for (const { flags, choices, many } of spec.options ?? []) {
      const [, flag = '', value] = /(--[a-z-]+)(?: (.+))?$/.exec(flags) ?? [];
      for (const typo of typos(flag.slice(2))) await refused([...path, `--${typo}`]);
      if (value !== undefined) expect(await refused([...path, flag])).toContain('argument missing');
      if (choices !== undefined && many !== true)
        expect(await refused([...path, flag, 'never'])).toContain('Allowed choices are');
    }
    const last = path.at(-1) ?? '';
    for (const typo of typos(last)) await refused([...path.slice(0, -1), typo]);
    for (const count of [0, 1, 2, 3, 9])
      await refused([...path, ...Array.from({ length: count }, () => 'word')]);
  },
);

test('words in any order', { timeout: 60_000 }, async () => {
  const words = [
    ...all.flatMap(({ path }) => path),
    ...all.flatMap(({ spec }) => (spec.options ?? []).map(({ flags }) => /--[a-z-]+/.exec(flags)?.[0] ?? '')),
    ...globalOptions.flatMap(({ flags }) => flags.split(' ')[0] ?? []),
    '--',
    '-',
    '-h',
    '--help',
    '-V',
    '--version',
    '-20m',
    '-5',
    '--json=1',
    'low',
    'x',
    'a b',
    '',
    'nope',
    '--nope',
    '--Nope',
    '\u001b[31m',
    'xoxb-abcdefghijklmnop',
  ];
  let [found, left] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...all),
      fc.array(fc.constantFrom(...words), { maxLength: 4 }),
      fc.array(fc.constantFrom(...words), { maxLength: 2 }),
      async ({ path }, after, before) => {
        const argv = [...before, ...path, ...after];
        if ((await refused(argv)) === null) left += parse(argv, 80).is === 'wrong' ? 1 : 0;
        else found += 1;
      },
    ),
    { numRuns: 500 },
  );
  // It is of use, and it knows what it does not know.
  expect(found).toBeGreaterThan(left);
});

test.each([
  ['staus', "unknown command 'staus' (Did you mean status?)", 'firebreak --help'],
  ['journal shw', "unknown command 'shw' (Did you mean show?)", 'firebreak journal --help'],
  ['note', "missing required argument 'text'", 'firebreak note --help'],
  [
    'status a b',
    "too many arguments for 'status'. Expected 1 argument but got 2: a, b.",
    'firebreak status --help',
  ],
])('%s', async (line, why, next) => {
  expect(await refused(line.split(' '))).toBe(`firebreak: ${why}\n  Next: ${next}\n`);
});

test.each([
  [],
  ['status'],
  ['journal'],
  ['note', 'a'],
  ['--json'],
  ['evidence', 'add', '--', 'ls', '--nope'],
])('%s %s goes to the program', (...argv) => {
  expect(refusalOf(argv, knownProgram)).toBeNull();
});

test('what could act, hide or be a secret is left to the program, which shows it', () => {
  for (const word of [
    '\u001b[2J',
    'EAAabcdefghijklmnop123456',
    'x'.repeat(60),
    '--token=EAAabc',
    'b\u202eidi',
  ])
    expect(refusalOf(['status', word, word], knownProgram)).toBeNull();
});
