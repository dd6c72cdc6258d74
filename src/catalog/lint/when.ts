import type { DrillSource } from '../../model/drill.ts';
import type { InjectSource } from '../../model/scenario.ts';
import type { Path } from '../yaml.ts';
import type { Findings } from './finding.ts';

/** When messages come: none before the page, none after the end, and none before what it waits for. */

/** Minutes from a trap until its consequence, where the scenario says nothing else. */
const DELAY = 1;

type Waiting = Readonly<{ chain: readonly string[]; minute: number | null }>;

/**
 * The earliest minute at which a message can come, through the traps it waits for and the messages that tempt into those. `minute` is
 * null for one that waits for itself: it never comes.
 */
const earliestOf = (drill: DrillSource, id: string, before: readonly string[] = []): Waiting => {
  const chain = [...before, id];
  if (before.includes(id)) return { chain, minute: null };
  const inject = drill.injects.find((one) => one.id === id);
  if (inject?.after === undefined) return { chain, minute: inject?.at ?? 0 };
  const trap = drill.traps?.find((one) => one.id === inject.after);
  if (trap?.inject === undefined) return { chain, minute: 0 };
  const tempting = earliestOf(drill, trap.inject, chain);
  if (tempting.minute === null) return tempting;
  return { chain: tempting.chain, minute: tempting.minute + (inject.delay ?? DELAY) };
};

const lintOne = (drill: DrillSource, inject: InjectSource, path: Path, findings: Findings): void => {
  const over = `the drill is over after ${drill.duration_minutes} minutes`;
  if (inject.at !== undefined) {
    if (inject.at < 0)
      findings.error(
        'FB004',
        [...path, 'at'],
        `a message cannot come ${-inject.at} minutes before the page`,
        'what was before it belongs into the story, or into `earliest`',
      );
    if (inject.at > drill.duration_minutes) findings.error('FB004', [...path, 'at'], over);
    return;
  }
  const { chain, minute } = earliestOf(drill, inject.id);
  if (minute === null)
    findings.error(
      'FB004',
      [...path, 'after'],
      `it waits for itself and never comes: ${chain.join(', then ')}`,
      'give one of them `at`',
    );
  else if (minute > drill.duration_minutes)
    findings.error('FB004', [...path, 'after'], `it comes at minute ${minute} at the earliest, and ${over}`);
};

export function lintWhen(drill: DrillSource, findings: Findings): void {
  for (const [i, inject] of drill.injects.entries()) lintOne(drill, inject, ['injects', i], findings);
  if (drill.enough === undefined) return;
  const found = drill.injects.find(({ id }) => id === drill.enough);
  if (found?.after !== undefined)
    findings.error(
      'FB004',
      ['enough'],
      `\`${drill.enough}\` waits for a wrong move, so the facts would never suffice for those who make none`,
      'name a message that comes at a minute',
    );
}
