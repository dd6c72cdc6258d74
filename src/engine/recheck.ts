import type { Act } from '../incident/state.ts';
import { latestActs, progress, undosInDoubt } from '../incident/ready.ts';
import { ask } from './ask.ts';
import type { Engine, RunReport, TargetLine } from './lines.ts';
import { finishIfProved, runState } from './run.ts';

/**
 * Asks the real systems again, read-only: to settle what a crash or a lost answer left UNSURE, and to catch somebody
 * turning a thing back on. Class D without an answer stays with the person.
 */

/** The newest attempt on each target, of one step or of all, that did something or may have. */
const worthAsking = (engine: Engine, step: string | undefined): readonly Act[] => {
  const state = engine.ledger.state();
  const steps =
    step === undefined ? new Set([...state.acts.values()].map((act) => act.step)) : new Set([step]);
  return [...steps].flatMap((one) => {
    if (one === null)
      return [...state.acts.values()].filter(
        (act) => act.step === null && act.stage === undefined && act.direction === 'do' && !act.undone,
      );
    const undoing = undosInDoubt(one, state);
    const asked = new Set(undoing.map((act) => act.target));
    const done = [...latestActs(one, state).values()].filter(
      (act) => !act.undone && act.result !== 'failed' && act.result !== 'forbidden',
    );
    return [...undoing, ...done.filter((act) => !asked.has(act.target))];
  });
};

export const recheck = async (
  engine: Engine,
  step: string | undefined,
  heard: (line: TargetLine) => void,
): Promise<RunReport> => {
  const lines: TargetLine[] = [];
  for (const act of worthAsking(engine, step)) {
    if (engine.signal.aborted) break;
    const line = await ask(engine, act);
    heard(line);
    lines.push(line);
    const finished = finishIfProved(engine.ledger.state(), act.step);
    if (finished.length > 0) await engine.ledger.append(finished);
  }
  const unsure = progress(engine.ledger.state()).unsure > 0;
  return { lines, state: runState(lines, unsure) };
};
