/** Rows that come in the order of their numbers, taken by number: one pass beside another instead of a search for each. */
export interface Cursor<Row> {
  /** The row with that number, or null. Numbers are asked for in rising order. */
  take(id: number): Row | null;
  /** Lets go of the rows; how many there were that nobody asked for. */
  rest(): number;
  /** The same without reading to the end, where reading has failed. */
  close(): void;
}

/** Reads nothing before it is asked. */
export function cursor<Row extends Readonly<{ id: number }>>(rows: () => Iterable<Row>): Cursor<Row> {
  let source: Iterator<Row> | null = null;
  let unasked = 0;
  let row: Row | null = null;
  const step = (): void => {
    const next = (source ??= rows()[Symbol.iterator]()).next();
    row = next.done === true ? null : next.value;
  };
  const current = (): Row | null => {
    if (source === null) step();
    return row;
  };
  const skip = (): void => {
    unasked += 1;
    step();
  };
  return {
    take(id) {
      let found = current();
      for (; found !== null && found.id < id; found = current()) skip();
      if (found?.id !== id) return null;
      step();
      return found;
    },
    rest() {
      while (current() !== null) skip();
      return unasked;
    },
    close: () => void source?.return?.(),
  };
}
