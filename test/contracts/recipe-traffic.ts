import type { Json } from '../../src/base/canonical.ts';
import { connector } from '../../src/connectors/command/index.ts';
import { recipeSchema } from '../../src/connectors/command/recipe.ts';
import type { Recipe } from '../../src/connectors/command/recipe.ts';
import { at } from '../../src/connectors/fill.ts';
import type { Processes, RunRequest, RunResult } from '../../src/io/process.ts';
import { rigOutside } from '../rig/outside.ts';
import { undoable } from './trial.ts';
import type { Argv } from './cli.ts';

/** All commands of a recipe, as the connector starts them: nothing is run, and what a tool would answer is made up here. */

const ended = (stdout: string): RunResult => ({
  exit: 0,
  started: true,
  stdout,
  stderr: '',
  timedOut: false,
});

/** Puts a value where a pointer looks for it. */
const put = (json: Json, pointer: string, value: Json): Json => {
  const [, key = '', ...rest] = pointer.split('/');
  if (pointer === '') return value;
  const inner: Readonly<Record<string, Json>> =
    json !== null && typeof json === 'object' && !Array.isArray(json)
      ? (json as Readonly<Record<string, Json>>)
      : {};
  const deeper = rest.length === 0 ? '' : `/${rest.join('/')}`;
  return { ...inner, [key]: put(at(inner, `/${key}`) ?? {}, deeper, value) };
};

/** A state in which the action has something to do, and can put it back afterwards. */
const answerOf = (one: Recipe['actions'][string], off: boolean): Json => {
  const kept = Object.entries(one.snapshot?.keep ?? {});
  const before = kept.reduce<Json>(
    (json, [name, pointer]) => put(json, pointer, name === 'status' ? 'Active' : 3),
    {},
  );
  const wanted = Object.entries(one.verify.expect.json ?? {});
  return off ? wanted.reduce<Json>((json, [pointer, value]) => put(json, pointer, value), before) : before;
};

/** Values that fit what tools ask for; what an input is, its name tells. */
const value = (name: string): string =>
  ({ before: '2026-02-01T00:00:00Z', namespace: 'chat' })[name] ?? `${name.replaceAll('_', '')}1`;

export const recipeTraffic = async (source: Json): Promise<readonly Argv[]> => {
  const recipe = recipeSchema.parse(source);
  const asked: Argv[] = [];
  for (const [id, action] of Object.entries(connector.bind?.(source) ?? {})) {
    const one = recipe.actions[id];
    if (one === undefined) throw new Error(`no action ${id}`);
    let off = false;
    const processes: Processes = {
      run: async ({ file, args }: RunRequest) => {
        asked.push({ file, args });
        if (JSON.stringify(args) === JSON.stringify(filled(one.run.args, one))) off = true;
        return await Promise.resolve(ended(JSON.stringify(answerOf(one, off))));
      },
    };
    const { outside } = rigOutside({
      baseUrl: 'http://127.0.0.1:9',
      recipe: source,
      processes,
      suspects: action.needsSuspect === true ? ['sim-leaked'] : [],
      secrets: Object.fromEntries(Object.keys(recipe.secrets).map((name) => [name, `sim-${name}`])),
    });
    const input = action.input.parse(inputOf(one));
    await connector.health(outside);
    await action.preview(input, outside);
    const outcome = await action.run(input, outside);
    await action.verify(input, outside);
    await action.undo?.(input, undoable(outcome), outside);
  }
  return asked;
};

const inputOf = (one: Recipe['actions'][string]): Record<string, string> =>
  Object.fromEntries(Object.keys(one.input).map((name) => [name, value(name)]));

const filled = (args: readonly string[], one: Recipe['actions'][string]): readonly string[] =>
  args.map((arg) => arg.replace(/\{([a-z_]+)\}/g, (place, name: string) => inputOf(one)[name] ?? place));
