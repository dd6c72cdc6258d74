import { assert } from '../base/assert.ts';
import { Problem } from '../base/problem.ts';
import type { Context } from './context.ts';
import type { OptionSpec } from './option.ts';

export type { OptionSpec } from './option.ts';

/** A command as data: its words are read by the parser, the help and the completion; its code is loaded when it is run. */
export type CommandSpec = Readonly<{
  name: string;
  /** As shown in usage: `<needed> [optional] [several...]`. */
  args?: string;
  help: string;
  group?: string;
  options?: readonly OptionSpec[];
  /** What follows `--` is another program's command line and is kept apart. */
  rest?: boolean;
  /** Printed below the options. */
  more?: string;
  load?: () => Promise<Run>;
  parts?: readonly CommandSpec[];
}>;

/** The name of the option below, which `run` and not the command itself looks at. */
export const PRACTICE = 'practice';
/** For what asks live systems: the same code on the example company. What such a command prints is marked. */
export const practiceOption: OptionSpec = {
  flags: `--${PRACTICE}`,
  help: 'on the example company and its simulators; nothing of yours is read or reached',
};

/** Each argument by itself. */
export const argumentsOf = ({ args = '' }: CommandSpec): readonly string[] =>
  Array.from(args.matchAll(/<[^>]+>|\[[^\]]+\]/g), ([arg]) => arg);

/** Does the work; the number is the exit code. */
export type Run = (context: Context, input: Input) => Promise<number>;

/** What was typed for one command, checked against its spec. */
export interface Input {
  readonly args: readonly string[];
  /** What followed `--`, for a command that keeps it apart. */
  readonly rest: readonly string[];
  /** An argument that the spec calls needed. */
  arg(place: number): string;
  flag(name: string): boolean;
  text(name: string): string | null;
  many(name: string): readonly string[];
  /** @throws Problem `usage` unless a number from `least` on */
  number(name: string, least: number): number | null;
}

export function inputOf(
  args: readonly string[],
  rest: readonly string[],
  options: Readonly<Record<string, unknown>>,
): Input {
  const text = (name: string): string | null => {
    const value = options[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    args,
    rest,
    arg(place) {
      const value = args[place];
      assert(value !== undefined, `argument ${place} is declared as needed`);
      return value;
    },
    flag: (name) => options[name] === true,
    text,
    many(name) {
      const value = options[name];
      return Array.isArray(value) ? value.map(String) : [];
    },
    number(name, least) {
      const value = text(name);
      if (value === null) return null;
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number) || number < least) {
        throw new Problem('usage', { why: `--${name} takes a number from ${least} on, not "${value}"` });
      }
      return number;
    },
  };
}

export const usage = (why: string): Problem => new Problem('usage', { why });
