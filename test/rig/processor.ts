/**
 * Milliseconds of processor that work takes on this thread: unlike a watch on the wall it says the same while other suites run beside it.
 * For work that waits for nothing.
 */
export const processorMs = (work: () => unknown): number => {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};
