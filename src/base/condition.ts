import { Environment } from '@marcbachmann/cel-js';
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Json } from './canonical.ts';
import { answerPlainly } from './comparison.ts';

/**
 * Conditions of runbooks and the checks at the end of a drill: CEL, checked before it runs, without regular expressions
 * (they backtrack) and within limits that keep one evaluation far under a millisecond.
 *
 * Hyphens in ids are written as underscores, because CEL reads `a-b` as a subtraction: `facts.personal_data`,
 * `steps.revoke_token`, `sim.meta_lrh`. Nothing has to exist: a fact that a condition names and nobody has learned is `null`,
 * a step that has not been reached is `'todo'`. So `facts.personal_data == true` is false while it is unknown, and
 * `facts.personal_data != false` is true until somebody has ruled it out.
 */
export type Condition = Readonly<{
  text: string;
  /** Facts and steps it reads, spelt with underscores. */
  facts: readonly string[];
  steps: readonly string[];
  /** Systems it reads; only in a drill. */
  systems: readonly string[];
  /** Steps whose end or choice it reads; only in a drill. */
  ends: readonly string[];
  choices: readonly string[];
  /** Facts whose time it reads; only in a drill. */
  times: readonly string[];
  run: (context: Readonly<Record<string, unknown>>) => unknown;
}>;

/** `drill` may also look into the simulators and the clocks; a runbook's `when:` may not. */
export type ConditionScope = 'runbook' | 'drill';

export type ParsedCondition =
  | Readonly<{ ok: true; condition: Condition }>
  | Readonly<{
      ok: false;
      /** `matches` has its own rule, because it is refused for what it can cost and not for being wrong. */
      fault: 'wrong' | 'matches';
      message: string;
      /** Offsets in the text, `to` exclusive. */
      from: number;
      to: number;
    }>;

/** Ids with underscores for hyphens. Numbers, text, booleans, null, lists and maps of them. */
export type ConditionContext = Readonly<{
  facts: Readonly<Record<string, unknown>>;
  steps: Readonly<Record<string, string>>;
  incident: Readonly<{ severity: string; drill: boolean }>;
  sim?: Readonly<Record<string, unknown>>;
  clocks?: Readonly<Record<string, unknown>>;
  /** Seconds from the start to the end of each step that has ended. */
  at?: Readonly<Record<string, number>>;
  decided?: Readonly<Record<string, string>>;
  /** Seconds from the start to the time that a fact is: less than nothing before it. */
  time?: Readonly<Record<string, number>>;
  undone?: readonly string[];
  waived?: readonly string[];
  acted?: readonly string[];
  second?: number;
}>;

/** Seconds at which a step ends that has not ended, and of a time that nobody knows: later than anything, so that `at.a < at.b` says what it reads like. */
const NEVER = 1_000_000_000;

const LIMITS = {
  maxAstNodes: 500,
  maxDepth: 30,
  maxListElements: 100,
  maxMapEntries: 100,
  maxCallArguments: 8,
};
/** Loops inside loops multiply; two are enough for "every token of every app". */
const LOOPS_MAX = 2;
const LOOPS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
/** Names under which a condition reads by name, so that what it needs is known before it runs. */
const NAMED = new Set(['facts', 'steps', 'sim', 'at', 'decided', 'time']);

const environment = (scope: ConditionScope): Environment => {
  const base = new Environment({ limits: LIMITS })
    .registerVariable('facts', 'map')
    .registerVariable('steps', 'map')
    .registerVariable({ name: 'incident', schema: { severity: 'string', drill: 'bool' } });
  if (scope === 'runbook') return base;
  return base
    .registerVariable('sim', 'map')
    .registerVariable('clocks', 'map')
    .registerVariable('at', 'map')
    .registerVariable('time', 'map')
    .registerVariable('decided', 'map')
    .registerVariable('undone', 'list')
    .registerVariable('waived', 'list')
    .registerVariable('acted', 'list')
    .registerVariable('second', 'int');
};

// Making an environment takes a millisecond, so each kind is made once, when first asked for.
const environments = new Map<ConditionScope, Environment>();
const environmentOf = (scope: ConditionScope): Environment => {
  const made = environments.get(scope) ?? environment(scope);
  environments.set(scope, made);
  return made;
};

/** An id as conditions spell it. */
export const conditionName = (id: string): string => id.replaceAll('-', '_');

/** Parses and checks types. All that is wrong with a condition is known before it runs. */
export function parseCondition(text: string, scope: ConditionScope = 'runbook'): ParsedCondition {
  try {
    const parsed = environmentOf(scope).parse(text);
    const reads = noReads();
    const refused = look(parsed.ast, reads, 0);
    if (refused !== null) return refused;
    const checked = parsed.check();
    if (!checked.valid) return wrong(checked.error, text);
    if (checked.type !== 'bool' && checked.type !== 'dyn') {
      return refuse(
        `a condition is true or false, this is ${checked.type ?? 'something else'}`,
        0,
        text.length,
      );
    }
    return {
      ok: true,
      condition: {
        text,
        facts: [...reads.facts],
        steps: [...reads.steps],
        systems: [...reads.sim],
        ends: [...reads.at],
        choices: [...reads.decided],
        times: [...reads.time],
        run: (context) => parsed({ ...context }) as unknown,
      },
    };
  } catch (error) {
    return wrong(error, text);
  }
}

/**
 * True or false, or a sentence saying why it cannot be told. A step whose condition cannot be told stays in the plan:
 * nothing is skipped in silence.
 */
export function evaluate(condition: Condition, context: ConditionContext): boolean | string {
  const filled = {
    ...context,
    facts: read(condition.facts, context.facts, null),
    steps: read(condition.steps, context.steps, 'todo'),
    sim: read(condition.systems, context.sim),
    at: read(condition.ends, context.at, NEVER),
    decided: read(condition.choices, context.decided, ''),
    time: read(condition.times, context.time, NEVER),
  };
  try {
    const value = condition.run(toCel(filled) as Readonly<Record<string, unknown>>);
    return typeof value === 'boolean' ? value : `\`${condition.text}\` is neither true nor false`;
  } catch (error) {
    return `\`${condition.text}\` cannot be told: ${summaryOf(error)}`;
  }
}

// A plan asks the same few conditions again after every entry; parsing them again would cost more than asking.
const parsedBefore = new Map<string, ParsedCondition>();
const PARSED_MAX = 2000;

/**
 * For a plan's `when:`, whose text was checked when it was loaded. What cannot be told counts as true, so that the step
 * stays in sight. `context` is `{facts, steps, incident}`.
 */
export function conditionHolds(text: string, context: Json): boolean {
  const known = context as unknown as ConditionContext;
  const plainly = answerPlainly(text, known);
  if (plainly !== null) return plainly;
  const parsed = parsedBefore.get(text) ?? parseCondition(text);
  if (parsedBefore.size < PARSED_MAX) parsedBefore.set(text, parsed);
  return !parsed.ok || evaluate(parsed.condition, known) !== false;
}

/**
 * What a condition names, and nothing else: a simulator's state alone can be a thousand rows of log, and a condition is asked at every
 * turn of a drill. What is not there stands as `absent`; without one it stays away, and the condition cannot be told.
 */
const read = (
  names: readonly string[],
  known: Readonly<Record<string, unknown>> = {},
  absent?: unknown,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      if (Object.hasOwn(known, name)) return [[name, known[name]]];
      return absent === undefined ? [] : [[name, absent]];
    }),
  );

/** CEL counts in 64-bit integers, which this library takes as BigInt; `1 == 1.0` would otherwise be a type error. */
function toCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toCel(item)]));
}

type Reads = Readonly<Record<'facts' | 'steps' | 'sim' | 'at' | 'decided' | 'time', Set<string>>>;
const noReads = (): Reads => ({
  facts: new Set(),
  steps: new Set(),
  sim: new Set(),
  at: new Set(),
  decided: new Set(),
  time: new Set(),
});
type Refused = Extract<ParsedCondition, { ok: false }>;

const refuse = (message: string, from: number, to: number, fault: Refused['fault'] = 'wrong'): Refused => ({
  ok: false,
  fault,
  message,
  from,
  to: Math.max(to, from + 1),
});

/** Notes what is read, and refuses regular expressions, deep loops and names that are only known while it runs. */
function look(node: ASTNode, reads: Reads, loops: number): Refused | null {
  if (node.op === 'call' || node.op === 'rcall') {
    const name = node.args[0];
    if (name === 'matches') {
      const why = '`matches` is a backtracking regular expression; use startsWith, endsWith, contains or ==';
      return refuse(why, node.start, node.end, 'matches');
    }
    if (LOOPS.has(name) && loops >= LOOPS_MAX) {
      return refuse(`loops inside loops inside loops are refused`, node.start, node.end);
    }
    return lookAll(node.args, reads, LOOPS.has(name) ? loops + 1 : loops);
  }
  if (node.op === 'id' && NAMED.has(node.args)) {
    return refuse(`write ${node.args}.name; \`${node.args}\` alone is not a value`, node.start, node.end);
  }
  if (node.op === '.' && node.args[0].op === 'id' && NAMED.has(node.args[0].args)) {
    reads[node.args[0].args as keyof Reads].add(node.args[1]);
    return null;
  }
  return lookAll(node.args, reads, loops);
}

function lookAll(args: unknown, reads: Reads, loops: number): Refused | null {
  if (isNode(args)) return look(args, reads, loops);
  if (!Array.isArray(args)) return null;
  for (const one of args as readonly unknown[]) {
    const refused = lookAll(one, reads, loops);
    if (refused !== null) return refused;
  }
  return null;
}

const isNode = (value: unknown): value is ASTNode =>
  value !== null && typeof value === 'object' && 'op' in value && 'args' in value;

const summaryOf = (error: unknown): string => {
  const found =
    error !== null && typeof error === 'object' && 'summary' in error ? String(error.summary) : String(error);
  return found
    .replace(/^Unexpected token: EOF$/, 'the condition ends too early')
    .replace(/^no such overload: /, 'types that do not go together: ');
};

function wrong(error: unknown, text: string): Refused {
  const range: unknown = error !== null && typeof error === 'object' && 'range' in error ? error.range : null;
  if (range === null || typeof range !== 'object' || !('start' in range) || !('end' in range)) {
    return refuse(summaryOf(error), 0, text.length);
  }
  return refuse(summaryOf(error), Number(range.start), Number(range.end));
}
