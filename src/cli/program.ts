import { Argument, Command, CommanderError, Option, type HelpConfiguration } from 'commander';
import { globalOptions, globalsOf, type Globals } from './globals.ts';
import { parsedFlags } from './option.ts';
import { reflow } from './reflow.ts';
import { argumentsOf, inputOf, type CommandSpec, type Input, type OptionSpec } from './spec.ts';
import { tree } from './tree/index.ts';

// The only file that knows commander: it turns the tree of specs into a parser, and the parser's word into a value.

/**
 * `home`: no command was named. `said`: help, ready to be printed. `wrong`: the command line cannot be understood, and where
 * to read how it is written.
 */
export type Parsed =
  | Readonly<{ is: 'run'; path: string; spec: CommandSpec; input: Input; globals: Globals }>
  | Readonly<{ is: 'home' | 'version'; globals: Globals }>
  | Readonly<{ is: 'said'; code: number; stdout: string; stderr: string }>
  | Readonly<{ is: 'wrong'; why: string; next: string; globals: Globals }>;

const USAGE = 2;

export function parse(argv: readonly string[], width: number): Parsed {
  const said = { stdout: '', stderr: '' };
  const program = programOf(reachable(argv), {
    width,
    out: (text) => (said.stdout += text),
    err: (text) => (said.stderr += text.replace(/^error: /, '')),
    run: (path, spec, command) => {
      const dashes = spec.rest === true ? argv.indexOf('--') : -1;
      const rest = dashes === -1 ? [] : argv.slice(dashes + 1);
      const args = command.args.slice(0, command.args.length - rest.length);
      const input = inputOf(args, rest, namedOptions(command));
      found.parsed = { is: 'run', path, spec, input, globals: globalsOf(program.opts()) };
    },
  });
  const found: { parsed: Parsed | null } = { parsed: null };
  try {
    program.parse(argv.map(agoAsWords), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help' && program.args.length === 0) {
      return {
        is: program.opts()['version'] === true ? 'version' : 'home',
        globals: globalsOf(program.opts()),
      };
    }
    if (error.code === 'commander.helpDisplayed') return { is: 'said', code: 0, ...said };
    if (error.code === 'commander.help') return { is: 'said', code: USAGE, ...said };
    return {
      is: 'wrong',
      why: said.stderr.trim(),
      next: helpFor(program.args),
      globals: globalsOf(program.opts()),
    };
  }
  return found.parsed ?? { is: 'home', globals: globalsOf(program.opts()) };
}

/** A command line that starts with a command needs no other; building all of them takes longer than most commands. */
function reachable([first]: readonly string[]): readonly CommandSpec[] {
  const named = tree.find(({ name }) => name === first);
  return named === undefined ? tree : [named];
}

/** `-20m` is a time, not an option. */
const agoAsWords = (word: string): string => (/^-\d{1,4}[mh]$/.test(word) ? `${word.slice(1)} ago` : word);

/** The page that explains what was meant: that of the command as far as it was named rightly. */
function helpFor(words: readonly string[]): string {
  const path: string[] = [];
  for (let specs = tree, i = 0; i < words.length; i += 1) {
    const spec = specs.find(({ name }) => name === words[i]);
    if (spec === undefined) break;
    path.push(spec.name);
    specs = spec.parts ?? [];
  }
  return ['firebreak', ...path, '--help'].join(' ');
}

/** Help of the program, or of the command that the words name; null when there is no such command. */
export function helpOf(words: readonly string[], width: number): string | null {
  let help = '';
  const out = (text: string): void => void (help += text);
  let command: Command | undefined = programOf(tree, { width, out, err: out, run: () => {} });
  for (const word of words) command = command?.commands.find((one) => one.name() === word);
  command?.outputHelp();
  return command === undefined ? null : help;
}

type Wiring = Readonly<{
  width: number;
  out: (text: string) => void;
  err: (text: string) => void;
  run: (path: string, spec: CommandSpec, command: Command) => void;
}>;

function programOf(specs: readonly CommandSpec[], wiring: Wiring): Command {
  const program = prepared(new Command('firebreak'), wiring)
    .usage('[command] [options]')
    .description('Runbooks, legal clocks, letters and a verifiable journal for the night a chat token leaks.')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ ...helpWords(wiring), visibleOptions: () => [] })
    .addHelpText('after', `\n${globalHelp}`);
  for (const option of globalOptions) program.addOption(optionOf(option));
  // Answered by the launcher where it comes first.
  program.addOption(new Option('-V, --version', 'show the version'));
  for (const spec of specs) program.addCommand(commandOf(spec, spec.name, wiring));
  return program;
}

function commandOf(spec: CommandSpec, path: string, wiring: Wiring): Command {
  const command = prepared(new Command(spec.name), wiring).description(spec.help);
  command.helpOption('-h, --help', 'show help');
  if (spec.group !== undefined) command.helpGroup(`${spec.group}:`);
  for (const arg of argumentsOf(spec)) command.addArgument(new Argument(arg));
  for (const option of spec.options ?? []) command.addOption(optionOf(option));
  if (spec.more !== undefined) command.addHelpText('after', `\n${reflow(spec.more, wiring.width)}`);
  for (const part of spec.parts ?? []) command.addCommand(commandOf(part, `${path} ${part.name}`, wiring));
  if (spec.load !== undefined) command.action(() => wiring.run(path, spec, command));
  return command;
}

function prepared(command: Command, { width, out, err }: Wiring): Command {
  return command
    .exitOverride()
    .helpCommand(false)
    .showHelpAfterError(false)
    .configureHelp(helpWords({ width }))
    .configureOutput({
      writeOut: out,
      writeErr: err,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

/** A list of commands shows what each needs; its options have their own page. */
const helpWords = ({ width }: Pick<Wiring, 'width'>): HelpConfiguration => ({
  helpWidth: width,
  subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentWord)].join(' '),
});

const argumentWord = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};

const globalHelp = [
  'Options for every command:',
  ...globalOptions.map(({ flags, help }) => `  ${flags.padEnd(15)}  ${help}`),
  `  ${'-V, --version'.padEnd(15)}  show the version`,
  `  ${'-h, --help'.padEnd(15)}  show help, also of each command`,
  '',
  'Without a command it opens the app; without a terminal it prints the status.',
].join('\n');

function optionOf(spec: OptionSpec): Option {
  const { help, many, choices } = spec;
  const option = new Option(parsedFlags(spec), help);
  if (choices !== undefined) option.choices(choices);
  if (many === true)
    option.argParser((value: string, all: readonly string[] | undefined) => [...(all ?? []), value]);
  return option;
}

/**
 * Values under the names that stand in the specs, where commander makes camel case of them. An option that the command above
 * has too is taken by that one, wherever it stands.
 */
function namedOptions(command: Command): Readonly<Record<string, unknown>> {
  const above = [command.parent].filter((one) => one?.parent !== null);
  return Object.fromEntries(
    command.options.map((option) => {
      const name = option.attributeName();
      const values = [command, ...above].map((one): unknown => one?.getOptionValue(name));
      return [option.name(), values.find((value) => value !== undefined)];
    }),
  );
}
