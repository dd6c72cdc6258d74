/**
 * What was made of a text, as long as it is asked for again: a process opens the same definitions for the company, for the example
 * beside it and for each drill, and making sense of them costs more than all else at a start. Only for what depends on the text alone
 * and is frozen. The one that was not asked for the longest is forgotten first, counted in characters of text.
 */
export type Remembered<T> = Readonly<{ of: (text: string, make: () => T) => T }>;

export function remembered<T>(charactersMax: number): Remembered<T> {
  const known = new Map<string, T>();
  let held = 0;
  return {
    of: (text, make) => {
      const found = known.get(text);
      const value = found ?? make();
      if (found === undefined) held += text.length;
      // Written anew, so that the order of the map is the order of use.
      known.delete(text);
      known.set(text, value);
      for (const oldest of known.keys()) {
        if (held <= charactersMax) break;
        known.delete(oldest);
        held -= oldest.length;
      }
      return value;
    },
  };
}
