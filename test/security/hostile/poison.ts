import { Problem } from '../../../src/base/problem.ts';
import { StorageError } from '../../../src/io/storage.ts';

/**
 * A door behind which everything is hostile: whatever comes up through it has the poison in front of every text that could have
 * been written by somebody else. What the program compares or calculates with (words of a union, ids, hashes, times) is left
 * as it is, known by its form; so a field that is added tomorrow is poisoned without being named here.
 */

/** What the program itself makes up or checks before it lets it in: one word, a hash, an instant, a zone. */
const OWN_WORD = /^[\w.:+@-]*$/;
const ZONE = /^[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)+$/;
/** Names and words that may be one word long and are somebody's all the same. */
const FOREIGN = new Set([
  'title',
  'name',
  'owner',
  'detail',
  'body',
  'note',
  'from',
  'to',
  'summary',
  'says',
  'how',
]);
/** What is compared, parsed or sent although it holds more than a word. */
const EXACT = new Set(['phrase', 'vkey', 'origin', 'zone', 'leaf', 'sig', 'keys', 'namespace', 'from_fact']);

const isForeign = (text: string, key: string): boolean =>
  text !== '' &&
  !EXACT.has(key) &&
  (FOREIGN.has(key) ? /[A-Z ]/.test(text) : !OWN_WORD.test(text) && !ZONE.test(text));

export type Poisoner = Readonly<{ poison: <T>(value: T) => T; count: () => number }>;

export const poisoner = (hostile: () => string): Poisoner => {
  const made = new WeakMap<object, object>();
  const originals = new WeakMap<object, object>();
  let count = 0;

  /** What the program hands back is the thing that it was handed, not its poisoned likeness. */
  const back = (value: unknown): unknown => {
    if (typeof value === 'function') return heardPoisoned(value as (...args: unknown[]) => unknown);
    return typeof value === 'object' && value !== null ? (originals.get(value) ?? value) : value;
  };
  const heardPoisoned =
    (heard: (...args: unknown[]) => unknown) =>
    (...args: unknown[]): unknown =>
      heard(...args.map((one) => deep(one, '')));

  const keep = <T extends object>(from: object, to: T): T => {
    made.set(from, to);
    originals.set(to, from);
    return to;
  };
  const called =
    (work: (...args: unknown[]) => unknown, self: object) =>
    (...args: unknown[]): unknown => {
      let result: unknown;
      try {
        result = work.apply(self, args.map(back));
      } catch (error) {
        throw poisonedError(error);
      }
      if (!(result instanceof Promise)) return deep(result, '');
      return result.then(
        (value: unknown) => deep(value, ''),
        (error: unknown) => {
          throw poisonedError(error);
        },
      );
    };
  const poisonedError = (error: unknown): unknown => {
    if (error instanceof Problem)
      return new Problem(error.code, deep(error.facts, '') as Problem['facts'], error.cause);
    if (error instanceof StorageError)
      return new StorageError(error.code, `${hostile()}${error.path}`, `${hostile()}${error.message}`, {
        landed: error.landed ?? false,
      });
    return error instanceof Error ? new Error(`${hostile()}${error.message}`) : error;
  };
  const deep = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (!isForeign(value, key)) return value;
      count += 1;
      return `${hostile()}${value}`;
    }
    if (typeof value !== 'object' || value === null) return value;
    const before = made.get(value);
    if (before !== undefined) return before;
    if (value instanceof Error) return keep(value, poisonedError(value) as object);
    if (value instanceof Uint8Array || value instanceof AbortSignal || value instanceof Promise) return value;
    if (Array.isArray(value))
      return keep(
        value,
        value.map((one: unknown) => deep(one, key)),
      );
    if (value instanceof Map)
      return keep(
        value,
        new Map(Array.from(value, ([name, one]: [unknown, unknown]) => [name, deep(one, '')])),
      );
    if (value instanceof Set)
      return keep(value, new Set(Array.from(value, (one: unknown) => deep(one, key))));
    const plain =
      Object.getPrototypeOf(value) === Object.prototype &&
      !Object.values(value).some((one) => typeof one === 'function');
    if (plain)
      return keep(
        value,
        Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deep(one, name)])),
      );
    return keep(value, members(value));
  };
  /** Read when it is asked for: a door has getters and methods, and most of it is never looked at. */
  const members = (from: object): object =>
    new Proxy(from, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof name === 'symbol') return value;
        return typeof value === 'function'
          ? called(value as (...args: unknown[]) => unknown, target)
          : deep(value, name);
      },
    });
  return { poison: <T>(value: T): T => deep(value, '') as T, count: () => count };
};
