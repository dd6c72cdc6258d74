import { z } from 'zod';
import type { ZodType } from 'zod';
import type { Issue } from '../base/problem.ts';
import { didYouMean, nearest } from './nearest.ts';
import { limits } from '../model/limits.ts';
import { byPlace, fewOf } from './yaml.ts';
import type { Path, YamlFile } from './yaml.ts';

/**
 * A parsed file against its schema: every fault at once, each with its line, in the words of the person who wrote the file.
 * FB001 is a wrong value, FB002 an unknown key; what a rule of its own is about (a step without `verify`) carries that rule.
 */
export type Validated<T> =
  | Readonly<{ ok: true; value: T }>
  | Readonly<{ ok: false; issues: readonly Issue[] }>;

type Fault = Readonly<{
  path: Path;
  at: 'key' | 'value';
  rule: string;
  message: string;
  hint?: string;
  /** The one key that an unknown one can have been meant as. */
  meant?: string;
}>;
type ZodIssue = z.core.$ZodIssue;

export function validate<T>(schema: ZodType<T>, yaml: YamlFile): Validated<T> {
  const result = schema.safeParse(yaml.value, { reportInput: true });
  if (result.success) return { ok: true, value: result.data };
  const shape = z.toJSONSchema(schema, { target: 'draft-07', unrepresentable: 'any' });
  const faults = result.error.issues.slice(0, ISSUES_EXPLAINED).flatMap((issue) => explain(issue, [], shape));
  // A place is looked up from the beginning of the file: for a few hundred, not for all of a hundred thousand.
  const told = withoutEchoes(faults).slice(0, ISSUES_EXPLAINED);
  return { ok: false, issues: fewOf(told.map((fault) => place(fault, yaml)).toSorted(byPlace)) };
}

/** One more than are told, so that it is seen that there are more. */
const ISSUES_EXPLAINED = limits.issuesMax + 1;

const place = ({ path, at, rule, message, hint, meant }: Fault, yaml: YamlFile): Issue => {
  const { line, col } = yaml.placeOf(path, at);
  return {
    rule: rule === 'FB001' ? (ruleOfDuty(path) ?? rule) : rule,
    severity: 'error',
    file: yaml.file,
    line,
    col,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(meant === undefined || isTaken(meant, path, yaml.value)
      ? {}
      : { fix: { from: String(path.at(-1)), to: meant } }),
  };
};

/** Whether the key is written there already: then nobody can tell which of the two is right. */
function isTaken(key: string, path: Path, value: unknown): boolean {
  let around: unknown = value;
  for (const part of path.slice(0, -1)) around = asRecord(around)[String(part)];
  return Object.hasOwn(asRecord(around), key);
}

/** A misspelt key is told once: not again as the key that is missing. */
function withoutEchoes(faults: readonly Fault[]): readonly Fault[] {
  const meant = new Set(
    faults.flatMap(({ rule, path, hint }) =>
      rule === 'FB002' && hint !== undefined ? [`${path.slice(0, -1).join('/')} ${hint}`] : [],
    ),
  );
  return faults.filter(({ path, message }) => {
    const echo = `${path.slice(0, -1).join('/')} did you mean \`${String(path.at(-1))}\`?`;
    return !(message.endsWith('is missing') && meant.has(echo));
  });
}

function explain(issue: ZodIssue, above: Path, shape: unknown): readonly Fault[] {
  const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, ISSUES_EXPLAINED).map((key) => unknownKey(key, path, shape));
    case 'invalid_union':
      return explainUnion(issue, path, shape);
    case 'invalid_type':
      return [wrongType(issue, path)];
    case 'invalid_value':
      return [wrongValue(issue, path)];
    case 'too_big':
    case 'too_small':
      return [{ path, at: 'value', rule: ruleOf(path, 'FB001'), message: wrongSize(issue, path) }];
    case 'invalid_key':
      return [
        {
          path,
          at: 'key',
          rule: 'FB001',
          message: `\`${String(path.at(-1))}\`: ${issue.issues[0]?.message ?? 'not a name'}`,
        },
      ];
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
    case 'custom':
      return [{ path, at: 'value', rule: 'FB001', message: `${nameOf(path)}: ${plain(issue.message)}` }];
  }
}

/** A step names its kind by the key it carries, so it is explained as that kind and not as six things that it is not. */
function explainUnion(
  issue: Extract<ZodIssue, { code: 'invalid_union' }>,
  path: Path,
  shape: unknown,
): readonly Fault[] {
  if (isMissing(issue)) return [missingKey(path)];
  const branches = issue.errors.map((errors) => ({ errors, ...misfit(errors) }));
  const least = Math.min(...branches.map(({ score }) => score));
  const best = branches.filter(({ score }) => score === least);
  const [first] = best;
  if (first === undefined)
    return [{ path, at: 'value', rule: 'FB001', message: `${nameOf(path)} is not understood` }];
  if (best.length === 1) return first.errors.flatMap((one) => explain(one, path, shape));
  const types = new Set(
    best.flatMap(({ errors }) =>
      errors.map((one) => (one.code === 'invalid_type' && one.path.length === 0 ? one.expected : '')),
    ),
  );
  if (!types.has(''))
    return [
      {
        path,
        at: 'value',
        rule: 'FB001',
        message: `${nameOf(path)} must be ${[...types].map(typeName).join(' or ')}`,
      },
    ];

  // No kind, or two of them. A slip of the fingers in the kind points at the one that was meant.
  const meant = best.find(({ missing, unknown }) =>
    missing.some((key) => unknown.some((word) => nearest(word, [key]).length > 0)),
  );
  if (meant !== undefined) return meant.errors.flatMap((one) => explain(one, path, shape));
  const common = first.errors.filter((one) =>
    best.every(({ errors }) => errors.some((other) => same(one, other))),
  );
  const choice = [...new Set(best.flatMap(({ missing }) => missing))].filter(
    (key) => !best.every(({ missing }) => missing.includes(key)),
  );
  const message =
    choice.length > 0
      ? `needs one of ${choice.map((key) => `\`${key}\``).join(', ')}`
      : `has more than one of ${[...new Set(best.flatMap(({ unknown }) => unknown))].map((key) => `\`${key}\``).join(', ')}`;
  return [
    { path, at: 'value', rule: 'FB001', message: `${nameOf(path)} ${message}` },
    ...common.flatMap((one) => explain(one, path, shape)),
  ];
}

/** How badly a value misses one form of a union, by its own keys alone: what is wrong deeper down says nothing about the form. */
function misfit(
  errors: readonly ZodIssue[],
): Readonly<{ score: number; missing: readonly string[]; unknown: readonly string[] }> {
  const unknown = errors.flatMap((one) =>
    one.code === 'unrecognized_keys' && one.path.length === 0 ? one.keys : [],
  );
  const missing = errors.flatMap((one) =>
    one.path.length === 1 && isMissing(one) ? [String(one.path[0])] : [],
  );
  const wrongWhole = errors.some((one) => one.path.length === 0 && one.code !== 'unrecognized_keys');
  return { score: unknown.length + missing.length + (wrongWhole ? 100 : 0), missing, unknown };
}

const same = (a: ZodIssue, b: ZodIssue): boolean =>
  a.code === b.code && a.message === b.message && a.path.join('/') === b.path.join('/');
const isMissing = (issue: ZodIssue): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union') &&
  issue.input === undefined;

function unknownKey(key: string, path: Path, shape: unknown): Fault {
  const known = keysAt(shape, path);
  const fault = { path: [...path, key], at: 'key', rule: 'FB002' } as const;
  if (known.includes(key)) return { ...fault, message: `\`${key}\` does not go with the other keys here` };
  const hint = didYouMean(key, known);
  const [meant, other] = nearest(key, known, 2);
  return {
    ...fault,
    message: `unknown key \`${key}\``,
    ...(hint === undefined ? {} : { hint }),
    ...(meant === undefined || other !== undefined ? {} : { meant }),
  };
}

function wrongType(issue: Extract<ZodIssue, { code: 'invalid_type' }>, path: Path): Fault {
  if (isMissing(issue)) return missingKey(path);
  return { path, at: 'value', rule: 'FB001', message: `${nameOf(path)} must be ${typeName(issue.expected)}` };
}

const missingKey = (path: Path): Fault => ({
  path,
  at: 'key',
  rule: ruleOf(path, 'FB001'),
  message: `${nameOf(path)} is missing`,
});

function wrongValue(issue: Extract<ZodIssue, { code: 'invalid_value' }>, path: Path): Fault {
  if (isMissing(issue)) return missingKey(path);
  const values = issue.values.map(String);
  const hint = typeof issue.input === 'string' ? didYouMean(issue.input, values) : undefined;
  const message = `${nameOf(path)} must be one of ${values.join(', ')}`;
  return { path, at: 'value', rule: 'FB001', message, ...(hint === undefined ? {} : { hint }) };
}

function wrongSize(issue: Extract<ZodIssue, { code: 'too_big' | 'too_small' }>, path: Path): string {
  const name = nameOf(path);
  const big = issue.code === 'too_big';
  const bound = String(big ? issue.maximum : issue.minimum);
  const limit = big ? `at most ${bound}` : `at least ${bound}`;
  if (issue.origin === 'string') {
    if (!big && bound === '1') return `${name} is empty`;
    const has = typeof issue.input === 'string' ? `has ${issue.input.trim().length} characters, ` : 'has ';
    return `${name} ${has}${limit} ${big ? 'fit' : 'are needed'}`;
  }
  if (issue.origin === 'array') return `${name} needs ${limit} ${bound === '1' ? 'entry' : 'entries'}`;
  return `${name} must be ${limit}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of `key: value`',
  record: 'a group of `key: value`',
  null: 'nothing',
};
const typeName = (expected: string): string => typeNames[expected] ?? expected;
const plain = (message: string): string => message.replace(/^Invalid (?:string|input): /, '');

/** `step 2 of phase contain` is found by its line; the name says which key. */
const nameOf = (path: Path): string => {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'string'
    ? `\`${last}\``
    : `entry ${last + 1} of \`${String(path.findLast((part) => typeof part === 'string') ?? '')}\``;
};

/** Rules about a step that the schema already enforces keep their own ids. */
const stepRules: Readonly<Record<string, string>> = {
  verify: 'FB010',
  fallback: 'FB011',
  title: 'FB013',
  role: 'FB014',
  minutes: 'FB014',
};
const ruleOf = (path: Path, otherwise: string): string => {
  const [phases, , steps, , key] = path;
  const inStep = path.length === 5 && phases === 'phases' && steps === 'steps';
  return (inStep ? stepRules[String(key)] : undefined) ?? otherwise;
};

/** What a duty of the company's own cannot be counted without. */
const dutyRules: Readonly<Record<string, string>> = {
  source: 'FB030',
  effective_from: 'FB030',
  starts: 'FB031',
  period: 'FB032',
};
const ruleOfDuty = ([list, , key]: Path): string | undefined =>
  list === 'obligations' ? dutyRules[String(key)] : undefined;

/** The keys that may stand at a path, read from the generated JSON Schema; of all forms where there are several. */
function keysAt(shape: unknown, path: Path): readonly string[] {
  let places = forms(shape);
  for (const part of path) {
    places = places.flatMap((one) => {
      const next =
        typeof part === 'number'
          ? one['items']
          : (asRecord(one['properties'])[part] ?? one['additionalProperties']);
      return forms(next);
    });
  }
  return [...new Set(places.flatMap((one) => Object.keys(asRecord(one['properties']))))];
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {};
const forms = (shape: unknown): readonly Readonly<Record<string, unknown>>[] => {
  const { anyOf, oneOf } = asRecord(shape) as { anyOf?: unknown; oneOf?: unknown };
  const several = anyOf ?? oneOf;
  return Array.isArray(several) ? (several as readonly unknown[]).flatMap(forms) : [asRecord(shape)];
};
