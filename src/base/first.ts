/** The first so many of a list, and how many are left: what is shortened says by how much. */
export const firstOf = <T>(
  all: readonly T[],
  most: number,
): Readonly<{ named: readonly T[]; more: number }> => ({
  named: all.slice(0, most),
  more: Math.max(0, all.length - most),
});
