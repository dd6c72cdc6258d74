/** Thrown for what cannot be: a bug in firebreak, never a fault of the person or of the world. */
class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** States what must hold at this point. `why` says in a sentence why it cannot be otherwise. */
export function assert(condition: unknown, why: string): asserts condition {
  if (!condition) throw new AssertionError(why);
}

/** Ends a switch over a union: a new member does not compile until it is handled. */
export function unreachable(value: never): never {
  throw new AssertionError(`this value was thought impossible: ${String(value)}`);
}
