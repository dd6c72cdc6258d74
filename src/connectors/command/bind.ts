import type { Json } from '../../base/canonical.ts';
import type { Outcome } from '../../model/action.ts';
import type { Action, ActionInput, Outside } from '../connector.ts';
import { keep, placeholders, UnfitError, valuesOf, withKey } from '../fill.ts';
import type { Values } from '../fill.ts';
import { killSwitch } from '../kill.ts';
import type { Kill } from '../kill.ts';
import { held, inputOf } from '../recipe.ts';
import type { Held } from '../recipe.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { recipeSchema } from './recipe.ts';
import type { Command, Expect, Recipe, RecipeAction } from './recipe.ts';
import { ended, failed, meets, owned, run, shownCommand, stdoutJson, unsettled } from './run.ts';
import type { Dashes } from './run.ts';

/** From a recipe of commands to actions. */

type Bound = Readonly<{ recipe: Recipe; one: RecipeAction; dashes: Dashes }>;

const start = async ({ recipe, dashes }: Bound, command: Command, values: Values, outside: Outside) =>
  await run(recipe, command, values, dashes, outside);

/** Off, on, or null when the program said neither: any other exit code than zero is no answer. */
const judge = (ran: Awaited<ReturnType<typeof start>>, expect: Expect, values: Values): boolean | null => {
  if (meets(ran, expect, values)) return true;
  return ran.exit === 0 ? false : null;
};

const read = async (bound: Bound, input: ActionInput, outside: Outside): Promise<Reading<Held>> => {
  const { verify, snapshot } = bound.one;
  const values = valuesOf(input);
  const checked = await start(bound, verify.run, values, outside);
  const off = judge(checked, verify.expect, values);
  if (off === null) return { refusal: failed(checked, 'reading the state') };
  if (snapshot === undefined) return { state: { off, kept: {} }, remarks: [] };
  const same = JSON.stringify(snapshot.run) === JSON.stringify(verify.run);
  const ran = same ? checked : await start(bound, snapshot.run, values, outside);
  if (ran.exit !== 0) return { refusal: failed(ran, 'reading the state before') };
  const kept = keep(snapshot.keep, stdoutJson(ran));
  return typeof kept === 'string'
    ? { refusal: { result: 'failed', detail: kept } }
    : { state: { off, kept }, remarks: [] };
};

const outcomeOf = (
  ran: Awaited<ReturnType<typeof start>>,
  one: RecipeAction,
  values: Values,
  what: string,
): Outcome => {
  if (one.already !== undefined && meets(ran, one.already, values)) {
    return { result: 'already', detail: `${ended(ran, what)}: nothing was left to do` };
  }
  return meets(ran, one.done, values) ? { result: 'done', detail: ended(ran, what) } : failed(ran, what);
};

const change = async (bound: Bound, to: Held, input: ActionInput, outside: Outside): Promise<Outcome> => {
  const { one } = bound;
  if (to.off) {
    const values = withKey(valuesOf(input), outside);
    return outcomeOf(await start(bound, one.run, values, outside), one, values, 'running the command');
  }
  const ran = await start(bound, one.undo ?? one.run, withKey(valuesOf(input, to.kept), outside), outside);
  return ran.exit === 0 ? { result: 'done', detail: ended(ran, 'undoing') } : failed(ran, 'undoing');
};

const guarded = async <T>(act: () => Promise<T>, unfit: (detail: string) => T): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if (error instanceof UnfitError) return unfit(`nothing was run: ${error.message}`);
    throw error;
  }
};

const settingOf = (bound: Bound): Setting<ActionInput, Held> => ({
  what: 'the state',
  state: held,
  reread: true,
  ...(bound.one.undo === undefined ? { blind: { off: true, kept: {} } } : {}),
  read: async (input, outside) =>
    await guarded<Reading<Held>>(
      async () => await read(bound, input, outside),
      (detail) => ({ refusal: { result: 'failed', detail } }),
    ),
  isOff: (state) => state.off,
  off: (before) => ({ ...before, off: true }),
  set: async (to, input, outside) =>
    await guarded<Outcome>(
      async () => await change(bound, to, input, outside),
      (detail) => ({ result: 'failed', detail }),
    ),
  says: {
    on: 'the program does not report the state that was asked for',
    off: 'the program reports the state that was asked for',
  },
});

const killOf = (bound: Bound): Kill => ({
  breaks: bound.one.breaks,
  own: async (outside) => await owned(bound.recipe, outside),
  call: (input, outside, name) =>
    shownCommand(bound.one.run, withKey(valuesOf(input), outside), bound.dashes, name),
  // A program that lists what a credential is would have to be given it: nothing is captured here.
  capture: null,
  killOne: async (token, { name }, input, outside) =>
    await guarded<Outcome>(
      async () => {
        const values = withKey(valuesOf(input, {}, token.use()), outside);
        return outcomeOf(
          await start(bound, bound.one.run, values, outside),
          bound.one,
          values,
          `killing ${name}`,
        );
      },
      (detail) => ({ result: 'failed', detail }),
    ),
  proveOne: async (token, name, input, outside) =>
    await guarded(
      async () => {
        const values = valuesOf(input, {}, token.use());
        const ran = await start(bound, bound.one.verify.run, values, outside);
        const judged = judge(ran, bound.one.verify.expect, values);
        const how = ended(ran, `asking with ${name}`);
        return judged === null
          ? unsettled(ran, `asking with ${name}`)
          : { is: judged ? 'proved' : 'refuted', how };
      },
      (how) => ({ is: 'unproved', how }),
    ),
});

const dashesOf = (one: RecipeAction): Dashes =>
  new Set(
    Object.entries(one.input).flatMap(([key, param]) =>
      typeof param !== 'string' && param.dash === true ? [key] : [],
    ),
  );

const actionOf = (recipe: Recipe, one: RecipeAction): Action => {
  const bound = { recipe, one, dashes: dashesOf(one) };
  const needsSuspect = placeholders([one.run, one.verify]).includes('suspect');
  const setting = switchOff(settingOf(bound));
  const common = {
    title: one.title,
    effect: one.effect,
    retry: one.retry,
    confidence: one.confidence,
    scopes: one.scopes,
    secrets: Object.keys(recipe.secrets),
    input: inputOf(one.input),
    byHand: one.by_hand,
  };
  if (needsSuspect) return { ...common, needsSuspect, ...killSwitch(killOf(bound)) };
  return {
    ...common,
    preview: async (input, outside) =>
      await guarded(
        async () => ({
          calls: [shownCommand(one.run, withKey(valuesOf(input), outside), bound.dashes)],
          breaks: one.breaks,
          ...(await previewSetting(settingOf(bound), input, outside)),
        }),
        (detail) => ({ calls: [], breaks: one.breaks, now: 'unknown', warnings: [detail] }),
      ),
    run: setting.run,
    verify: setting.verify,
    ...(one.undo === undefined ? {} : { undo: setting.undo }),
  };
};

/** @throws ZodError for what is not a recipe; the catalog has reported its faults before. */
export const bind = (source: Json): Readonly<Record<string, Action>> => {
  const recipe = recipeSchema.parse(source);
  return Object.fromEntries(Object.entries(recipe.actions).map(([id, one]) => [id, actionOf(recipe, one)]));
};
