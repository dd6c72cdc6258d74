import type { Json } from '../../base/canonical.ts';
import { parseJson } from '../../base/json.ts';
import type { Call, Outcome, Proof } from '../../model/action.ts';
import type { RunResult } from '../../io/process.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Outside } from '../connector.ts';
import { at, fillJson, fillText, placeholders, UnfitError } from '../fill.ts';
import type { Values } from '../fill.ts';
import { cut, HIDDEN } from '../several.ts';
import type { Command, Expect, Recipe } from './recipe.ts';

/** Makes a recipe's command real and reads how it ended. */

/** Inputs that may begin with a dash; for all others a dash would turn a value into an option. */
export type Dashes = ReadonlySet<string>;

const argument = (template: string, values: Values, dashes: Dashes): string => {
  const filled = fillText(template, values);
  // Only a value at the very beginning can make an option of an argument that was none.
  const first = /^\{([a-z][a-z0-9_.]*)\}/.exec(template)?.[1];
  if (first !== undefined && !dashes.has(first) && filled.startsWith('-')) {
    throw new UnfitError(`the value of ${first} begins with "-" and would be read as an option`);
  }
  if (filled.includes('\0')) throw new UnfitError('a value holds a NUL, which no argument can carry');
  return filled;
};

const secretValues = async (recipe: Recipe, command: Command, outside: Outside): Promise<Values> => {
  const wanted = placeholders([recipe.env, command.env ?? {}, command.stdin ?? '']).filter((one) =>
    one.startsWith('secret.'),
  );
  const found: Record<string, Json> = {};
  for (const name of new Set(wanted))
    found[name] = (await outside.secret(name.slice('secret.'.length))).use();
  return found;
};

/** @throws UnfitError */
export const run = async (
  recipe: Recipe,
  command: Command,
  values: Values,
  dashes: Dashes,
  outside: Outside,
): Promise<RunResult> => {
  const args = command.args.map((one) => argument(one, values, dashes));
  const all = { ...values, ...(await secretValues(recipe, command, outside)) };
  const env = Object.entries({ ...recipe.env, ...command.env }).map(
    ([key, one]) => [key, fillText(one, all)] as const,
  );
  if (env.some(([, value]) => value.includes('\0')))
    throw new UnfitError('a value holds a NUL, which no environment can carry');
  return await outside.processes.run({
    file: command.file,
    args,
    env: Object.fromEntries(env),
    ...(command.stdin === undefined ? {} : { stdin: fillText(command.stdin, all) }),
    signal: outside.signal,
  });
};

/** The command as a preview shows it: each argument in quotes, so that no space hides. */
export const shownCommand = (command: Command, values: Values, dashes: Dashes, note?: string): Call => {
  const args = command.args.map((one) => JSON.stringify(argument(one, values, dashes)));
  const stdin =
    command.stdin === undefined ? undefined : fillText(command.stdin, { ...values, suspect: HIDDEN });
  return {
    method: 'RUN',
    url: [command.file, ...args].join(' '),
    ...(stdin === undefined ? {} : { body: stdin.replace(/\{secret\.[a-z0-9_]+\}/g, HIDDEN) }),
    ...(note === undefined ? {} : { note }),
  };
};

export const stdoutJson = (ran: RunResult): Json => {
  try {
    return parseJson(ran.stdout);
  } catch {
    return null;
  }
};

export const meets = (ran: RunResult, expect: Expect, values: Values): boolean => {
  if (ran.exit === null || ran.timedOut || !expect.exit.includes(ran.exit)) return false;
  if (expect.stderr !== undefined && !ran.stderr.includes(expect.stderr)) return false;
  const json = expect.json === undefined ? null : stdoutJson(ran);
  return Object.entries(expect.json ?? {}).every(
    ([pointer, wanted]) => at(json, pointer) === fillJson(wanted, values),
  );
};

/** How a command ended, in a sentence. Its output may quote a secret, so no more than the exit code is told. */
export const ended = (ran: RunResult, what: string): string => {
  if (!ran.started) return `${what}: the program could not be started`;
  if (ran.timedOut) return `${what}: the program did not end in time`;
  return ran.exit === null ? `${what}: the program was ended by a signal` : `${what}: exit code ${ran.exit}`;
};

/** A program that ran and failed may have done half of its work; one that never started did nothing. */
export const failed = (ran: RunResult, what: string): Outcome => ({
  result: ran.started && ran.exit === null ? 'unknown' : 'failed',
  detail: cut(ended(ran, what)),
});

export const unsettled = (ran: RunResult, what: string): Proof => ({
  is: 'unproved',
  how: cut(ended(ran, what)),
});

/** The secrets of the instance: the tool works with them. */
export const owned = async (recipe: Recipe, outside: Outside): Promise<readonly Secret[]> =>
  await Promise.all(Object.keys(recipe.secrets).map(async (name) => await outside.secret(name)));
