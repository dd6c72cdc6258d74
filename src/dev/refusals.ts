import { globalOptions } from '../cli/globals.ts';
import type { Known } from '../cli/refusal.ts';
import { parsedFlags, type OptionSpec } from '../cli/option.ts';
import { argumentsOf, type CommandSpec } from '../cli/spec.ts';
import { tree } from '../cli/tree/index.ts';

// What the launcher has to know of the commands to see by itself that a line cannot be understood.

/** An option that may be given several times takes every value: the command looks at them. */
const optionOf = (spec: OptionSpec): Known['options'][number] => {
  const flags = parsedFlags(spec);
  return {
    name: /--[a-z-]+/.exec(flags)?.[0] ?? '',
    flags,
    takesValue: flags.endsWith('>'),
    choices: spec.many === true ? null : (spec.choices ?? null),
  };
};

const knownOf = (spec: CommandSpec): Known => ({
  name: spec.name,
  args: argumentsOf(spec),
  options: (spec.options ?? []).map(optionOf),
  parts: (spec.parts ?? []).map(knownOf),
  runs: spec.load !== undefined,
});

export const knownProgram: Known = {
  name: 'firebreak',
  args: [],
  options: globalOptions.map(optionOf),
  parts: tree.map(knownOf),
  runs: false,
};

/** The source of `dist/refusal.js`: small, because every start of the program reads it. */
export const refusalSource = (): string =>
  [
    `import { refusalOf } from './src/cli/refusal.ts';`,
    `const known = JSON.parse(${JSON.stringify(JSON.stringify(knownProgram))});`,
    'export const refusal = (argv) => refusalOf(argv, known);',
  ].join('\n');
