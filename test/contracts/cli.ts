import { readFileSync } from 'node:fs';
import type { RunRequest } from '../../src/io/process.ts';

/** Holds commands against the argument contracts of command-line tools: command, flags, values, how many names. */

type Flag = Readonly<{
  type?: 'string' | 'integer' | 'switch' | 'list' | 'structure';
  pattern?: string;
  enum?: readonly string[];
}>;
type Command = Readonly<{
  argv: readonly string[];
  flags: Readonly<Record<string, Flag>>;
  required: readonly string[];
  globals: readonly string[];
  positional?: readonly string[];
}>;

export type Argv = Pick<RunRequest, 'file' | 'args'>;
export type CliChecker = Readonly<{ problems: (asked: Argv) => readonly string[] }>;

export const cliCheckerOf = (file: string): CliChecker => {
  const { commands } = JSON.parse(readFileSync(file, 'utf8')) as { commands: readonly Command[] };
  return { problems: (asked) => problemsOf(commands, [asked.file, ...asked.args]) };
};

/** The words of a command stand in front, whatever options follow. */
const commandOf = (commands: readonly Command[], argv: readonly string[]): Command | undefined =>
  commands
    .filter(({ argv: words }) => words.every((word, index) => argv[index] === word))
    .toSorted((a, b) => b.argv.length - a.argv.length)[0];

const problemsOf = (commands: readonly Command[], argv: readonly string[]): readonly string[] => {
  const command = commandOf(commands, argv);
  if (command === undefined) return [`${argv.slice(0, 3).join(' ')}: not in the description`];
  const { found, names, problems } = readArgs(command, argv.slice(command.argv.length));
  const missing = command.required.filter((flag) => !found.has(flag));
  const many = names.length - (command.positional ?? []).length;
  return [
    ...problems,
    ...missing.map((flag) => `missing ${flag}`),
    ...(many > 0 ? [`${many} names too many`] : []),
  ].map((problem) => `${command.argv.join(' ')}: ${problem}`);
};

/** Options that every tool takes without a value. */
const BARE: ReadonlySet<string> = new Set(['--no-cli-pager', '--quiet', '--only-show-errors']);

const readArgs = (
  { flags, globals }: Command,
  rest: readonly string[],
): Readonly<{ found: ReadonlySet<string>; names: readonly string[]; problems: readonly string[] }> => {
  const found = new Set<string>();
  const names: string[] = [];
  const problems: string[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (!word.startsWith('-')) {
      names.push(word);
      continue;
    }
    const [flag = '', ...joined] = word.split('=');
    found.add(flag);
    const one = flags[flag];
    if (one === undefined && !globals.includes(flag)) {
      problems.push(`unknown option ${flag}`);
      continue;
    }
    if (one?.type === 'switch' || BARE.has(flag)) continue;
    const value = joined.length > 0 ? joined.join('=') : (rest[(at += 1)] ?? null);
    problems.push(...valueProblems(flag, one ?? {}, value));
  }
  return { found, names, problems };
};

const valueProblems = (flag: string, one: Flag, value: string | null): readonly string[] => {
  if (value === null) return [`${flag} has no value`];
  if (one.enum !== undefined && !one.enum.includes(value)) return [`${flag} is none of its values`];
  if (one.type === 'integer' && !/^-?\d+$/.test(value)) return [`${flag} is not a whole number`];
  return one.pattern !== undefined && !new RegExp(`^(?:${one.pattern})$`, 'u').test(value)
    ? [`${flag} does not have its form`]
    : [];
};
