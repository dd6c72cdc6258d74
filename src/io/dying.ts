import { writeFileSync } from 'node:fs';

/**
 * This process holds secrets, so what it leaves when it dies must not: no memory in a core file, no environment in a report of
 * the runtime. An error that nobody caught is told to `heard` instead of being printed with whatever it quotes.
 */
export const dieWithoutTraces = (heard: (error: unknown) => void): void => {
  process.report.excludeEnv = true;
  try {
    // Linux keeps for each process, and for what it starts, which parts of its memory go into a core file: none.
    if (process.platform === 'linux') writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // Where it cannot be said, the machine's own limit for core files is what holds.
  }
  process.on('uncaughtException', (error) => {
    try {
      heard(error);
    } finally {
      process.exit(1);
    }
  });
};
