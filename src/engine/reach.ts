import { isProblem } from '../base/problem.ts';
import type { Json } from '../base/canonical.ts';
import type { Action, ActionInput, Connector, Outside } from '../connectors/connector.ts';
import type { Manual } from '../model/action.ts';
import type { Target } from '../model/plan.ts';
import { discreet } from './discreet.ts';
import { openDoor, recipeOf } from './door.ts';
import type { Attempt, Reached } from './door.ts';
import type { Definitions, World } from './world.ts';
import { entryOf, instanceOf } from './world.ts';

/** A target within reach: its action and a fresh outside for one attempt. Or why only a person can do it. */
export type Reach =
  | Readonly<{ is: 'reachable'; action: Action; input: ActionInput; outside: (attempt: Attempt) => Reached }>
  | Readonly<{ is: 'by-hand'; why: string; manual: Manual }>;

/** The runbook's own words stand where no connector brings a page. */
const plainManual = (fallback: string): Manual => ({
  where: 'By hand',
  steps: [fallback],
  record: 'What you did, when, and what the system showed',
});

type Actions = Readonly<Record<string, Action>>;
/** What was made of a recipe, which nobody changes: a batch asks for it once a target. */
const bound = new WeakMap<object, Map<Connector, Actions>>();

export const actionsOf = (connector: Connector, recipe: Json): Actions => {
  if (connector.bind === undefined) return connector.actions;
  // Without its recipe a generic connector offers nothing; the catalog has told the person why.
  if (typeof recipe !== 'object' || recipe === null) return {};
  const made = bound.get(recipe) ?? new Map<Connector, Actions>();
  bound.set(recipe, made);
  const actions = made.get(connector) ?? connector.bind(recipe);
  made.set(connector, actions);
  return actions;
};

const paramsOf = (definitions: Definitions, item: string): ActionInput => {
  const { integrations, credentials } = definitions.inventory;
  return (
    integrations.find((row) => row.id === item)?.params ??
    credentials.find((row) => row.id === item)?.params ??
    {}
  );
};

/** What is missing before an action could run: said by name, so that it can be mended, and never with a value. */
const missing = async (
  action: Action,
  secret: Outside['secret'],
  suspects: number,
): Promise<string | null> => {
  if (action.needsSuspect === true && suspects === 0) return 'no copy of the leaked credential was given';
  for (const name of action.secrets) {
    try {
      await secret(name);
    } catch (error) {
      if (!isProblem(error) || error.code !== 'missing-secret') throw error;
      return `the secret ${error.facts['name'] ?? name} is missing (${error.facts['ref'] ?? 'not configured'}: ${error.facts['why'] ?? ''})`;
    }
  }
  return null;
};

export const reach = async (
  world: World,
  definitions: Definitions,
  target: Target,
  stepInput: ActionInput,
  /** `asking`: nothing is to be done, so what has no API can be reached too. */
  more: Readonly<{ fallback: string; suspects: number; asking?: true }>,
): Promise<Reach> => {
  const byHand = (why: string, manual: Manual): Reach => ({ is: 'by-hand', why, manual });
  const door = await openDoor(world, definitions, target.instance);
  const action = await actionOf(definitions, target);
  if (action === null) {
    const why =
      target.instance === null
        ? 'no connector is configured for it'
        : `${target.instance} offers no such action`;
    return byHand(why, plainManual(more.fallback));
  }
  if (action.noApi === true && more.asking !== true)
    return byHand('this system has no API for it', action.byHand);
  if (door.is === 'shut') return byHand(door.why, action.byHand);
  const lacking = await missing(action, door.secret, more.suspects);
  if (lacking !== null) return byHand(lacking, action.byHand);
  const input = action.input.safeParse({ ...paramsOf(definitions, target.item), ...stepInput });
  if (!input.success) {
    const what = input.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return byHand(`inventory row ${target.item} does not say ${what}`, action.byHand);
  }
  return { is: 'reachable', action: discreet(action, world), input: input.data, outside: door.outside };
};

/** Asked without the door: even where it is shut, the action's own page says how a person does it. */
const actionOf = async (definitions: Definitions, target: Target): Promise<Action | null> => {
  const instance = instanceOf(definitions, target.instance);
  const connector = instance === null ? undefined : await entryOf(definitions, instance.uses)?.load();
  if (instance === null || connector === undefined || target.action === null) return null;
  const name = target.action.slice(target.action.indexOf('.') + 1);
  const actions = actionsOf(connector, recipeOf(definitions, instance));
  return Object.hasOwn(actions, name) ? (actions[name] ?? null) : null;
};
