/** What is made of each, in the order given, with so many under way at once. The first failure ends it: nothing further begins. */
export const bounded = async <In, Out>(
  given: readonly In[],
  atOnce: number,
  make: (one: In) => Promise<Out>,
): Promise<readonly Out[]> => {
  const made = new Map<number, Out>();
  const left = given.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [place, one] of left) {
      if (failed) return;
      try {
        made.set(place, await make(one));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, given.length) }, work));
  return given.map((_one, place) => made.get(place) as Out);
};
