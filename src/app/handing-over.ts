/** A drill that waits for its players in one program, and goes on in the program of whoever comes. */
export type HandingOver = Readonly<{
  /** True once somebody takes it, false where `signal` ended the waiting. */
  offer: (signal: AbortSignal) => Promise<boolean>;
  /** False where it is not offered. */
  take: () => boolean;
}>;

export const handingOver = (): HandingOver => {
  let waiting: ((taken: boolean) => void) | null = null;
  return {
    offer: async (signal) =>
      await new Promise((resolve) => {
        waiting = resolve;
        signal.addEventListener('abort', () => {
          waiting = null;
          resolve(false);
        });
      }),
    take: () => {
      const tell = waiting;
      waiting = null;
      tell?.(true);
      return tell !== null;
    },
  };
};
