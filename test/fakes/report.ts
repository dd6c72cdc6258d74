import type { RunLine, RunReport } from '../../src/app/contract.ts';

/** How a run ended as a whole: the worst of what its targets said. */
export const reportState = (lines: readonly RunLine[]): RunReport['state'] => {
  if (lines.some((line) => line.is === 'outcome' && line.outcome.result === 'unknown')) return 'unsure';
  if (lines.some((line) => line.is === 'proof' && line.proof.is === 'refuted')) return 'failed';
  if (
    lines.some(
      (line) =>
        line.is === 'outcome' && ['failed', 'forbidden', 'not-supported'].includes(line.outcome.result),
    )
  )
    return 'failed';
  return lines.some((line) => line.is === 'proof' && line.proof.is !== 'proved') ? 'unproved' : 'proved';
};
