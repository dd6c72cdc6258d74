/**
 * What is wrong with a command line, seen without the program: for the launcher, to which a typing error should not cost a start. It
 * knows the commands as a table that the build makes of the tree, goes over the words as the parser does, and uses the parser's words;
 * whatever it is not sure of (null) goes to the program. A test holds the two equal.
 */

type KnownOption = Readonly<{
  /** `--name`. */
  name: string;
  /** As it stands in messages. */
  flags: string;
  takesValue: boolean;
  /** What its value has to be one of. */
  choices: readonly string[] | null;
}>;

/** A command, or the program itself: what it takes, and what lies below it. */
export type Known = Readonly<{
  name: string;
  /** `<needed>`, `[optional]`, `[several...]`. */
  args: readonly string[];
  options: readonly KnownOption[];
  parts: readonly Known[];
  /** False: it is a heading, and one of its parts has to be named. */
  runs: boolean;
}>;

/** As the program prints it to stderr; it ends with exit code 2. */
export const refusalOf = (argv: readonly string[], program: Known): string | null => {
  if (argv.some((word) => UNSURE.test(word))) return null;
  const [name] = argv;
  const named = program.parts.filter((part) => part.name === name);
  const found = wrongIn([{ ...program, parts: named.length > 0 ? named : program.parts }], [], argv);
  if (found === null || found.echoed.some((word) => !PLAIN.test(word))) return null;
  const next = [['firebreak', ...pathIn(program, found.words), '--help'].join(' ')];
  if (!found.json) return [`firebreak: ${found.why}`, ...next.map((one) => `  Next: ${one}`), ''].join('\n');
  const told = { code: 'usage', exit: USAGE, failed: found.why, details: [], still: '', next };
  return `${JSON.stringify({ schema: 'firebreak.problem/v1', ...told })}\n`;
};

const USAGE = 2;

/** Short options, numbers, `--name=value`, what follows `--`, and whatever is answered with a page. */
const UNSURE = /^-(?!-[a-z][a-z-]*$)|^--(?:help|version)$/;
/** What may be said again as it came; what could hide, act or be a secret is shown by the program. */
const PLAIN = /^(?:--)?[a-z][a-z-]{0,13}$/;

type Wrong = Readonly<{
  why: string;
  /** Words of the person that stand in it. */
  echoed: readonly string[];
  /** As far as the words were understood when it was found. */
  words: readonly string[];
  json: boolean;
}>;
type Said = Pick<Wrong, 'why' | 'echoed'>;
type Read = Readonly<{
  operands: readonly string[];
  unknown: readonly string[];
  json: boolean;
  wrong: Said | null;
}>;

/** The last of `path` is the command that is looked at, the first the program. */
const wrongIn = (
  path: readonly Known[],
  before: readonly string[],
  rest: readonly string[],
): Wrong | null => {
  const command = path.at(-1);
  if (command === undefined) return null;
  const { operands, unknown, json, wrong } = read(command, rest);
  if (wrong !== null) return { ...wrong, words: [], json };
  const all = [...before, ...operands];
  const words = [...all, ...unknown];
  const part = command.parts.find(({ name }) => name === all[0]);
  if (part === undefined) {
    const said = saidOf(path, command, all, unknown);
    return said === null ? null : { ...said, words, json };
  }
  const below = wrongIn([...path, part], all.slice(1), unknown);
  // Each command has its words from the one above: the last that is asked about them is the program.
  return below === null ? null : { ...below, words, json };
};

const saidOf = (
  path: readonly Known[],
  command: Known,
  operands: readonly string[],
  unknown: readonly string[],
): Said | null => {
  const [first] = operands;
  const [option] = unknown;
  if (!command.runs && first !== undefined) {
    const names = command.parts.map(({ name }) => name);
    return { why: `unknown command '${first}'${similar(first, names)}`, echoed: [first] };
  }
  if (option !== undefined) return unknownOption(path, option);
  return command.runs ? countOf(path, command, operands) : null;
};

/** Options are taken wherever they stand; from the first one that is not known here, all that is left is for the command below. */
const read = ({ options }: Known, words: readonly string[]): Read => {
  const [operands, unknown]: [string[], string[]] = [[], []];
  let json = false;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const option = options.find(({ name }) => name === word);
    if (option === undefined) {
      (unknown.length > 0 || word.startsWith('--') ? unknown : operands).push(word);
      continue;
    }
    json ||= word === '--json';
    if (!option.takesValue) continue;
    i += 1;
    const wrong = wrongValue(option, words[i]);
    if (wrong !== null) return { operands, unknown, json, wrong };
  }
  return { operands, unknown, json, wrong: null };
};

const wrongValue = ({ flags, choices }: KnownOption, value: string | undefined): Said | null => {
  if (value === undefined) return { why: `option '${flags}' argument missing`, echoed: [] };
  if (choices === null || choices.includes(value)) return null;
  return {
    why: `option '${flags}' argument '${value}' is invalid. Allowed choices are ${choices.join(', ')}.`,
    echoed: [value],
  };
};

const unknownOption = (path: readonly Known[], option: string): Said => {
  const known = path.slice(1).flatMap(({ options }) => [...options.map(({ name }) => name), '--help']);
  const near = similar(
    option.slice(2),
    known.map((one) => one.slice(2)),
    '--',
  );
  return { why: `unknown option '${option}'${near}`, echoed: [option] };
};

const countOf = (path: readonly Known[], { name, args }: Known, given: readonly string[]): Said | null => {
  const missing = args.find((arg, i) => arg.startsWith('<') && given[i] === undefined);
  if (missing !== undefined)
    return { why: `missing required argument '${missing.replaceAll(/[<>]|\.\.\./g, '')}'`, echoed: [] };
  if (given.length <= args.length || args.at(-1)?.includes('...') === true) return null;
  const of = path.length > 1 ? ` for '${name}'` : '';
  const expected = `${args.length} argument${args.length === 1 ? '' : 's'}`;
  return {
    why: `too many arguments${of}. Expected ${expected} but got ${given.length}: ${given.join(', ')}.`,
    echoed: given,
  };
};

/** The page of the command as far as it was named rightly. */
const pathIn = ({ parts }: Known, [word, ...rest]: readonly string[]): readonly string[] => {
  const part = parts.find(({ name }) => name === word);
  return part === undefined ? [] : [part.name, ...pathIn(part, rest)];
};

const FAR = 3;

/** As the parser guesses: the names that are nearest, where they are near at all. */
const similar = (word: string, names: readonly string[], mark = ''): string => {
  const near = [...new Set(names)].flatMap((name) => {
    const length = Math.max(word.length, name.length);
    const distance = distanceOf(word, name);
    return name.length > 1 && distance <= FAR && (length - distance) / length > 0.4
      ? [{ name, distance }]
      : [];
  });
  const least = Math.min(...near.map(({ distance }) => distance));
  const best = near
    .flatMap(({ name, distance }) => (distance === least ? [name] : []))
    .toSorted((a, b) => a.localeCompare(b))
    .map((name) => `${mark}${name}`);
  if (best.length === 0) return '';
  return ` (Did you mean ${best.length === 1 ? '' : 'one of '}${best.join(', ')}?)`;
};

/** Letters left out, added, changed, or two in the other order. */
const distanceOf = (a: string, b: string): number => {
  if (Math.abs(a.length - b.length) > FAR) return FAR + 1;
  let [before, last]: readonly (readonly number[])[] = [
    [],
    Array.from({ length: b.length + 1 }, (_, j) => j),
  ];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        swapped ? (before?.[j - 2] ?? 0) + 1 : FAR + b.length,
      );
    }
    [before, last] = [last, row];
  }
  return last?.[b.length] ?? 0;
};
