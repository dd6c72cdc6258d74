import type { DrillSource } from '../../model/drill.ts';
import type { InjectSource } from '../../model/scenario.ts';
import type { Path } from '../yaml.ts';
import type { Findings } from './finding.ts';

/** When messages come: none before the page, none after the end, and none before what it waits for. */

/** The messages that one waits for, through traps and what tempts into them, itself first; a circle ends with the one it comes back to. */
const waitsFor = (
  { injects, traps = [] }: DrillSource,
  id: string,
): Readonly<{ chain: readonly string[]; circle: boolean }> => {
  const chain = [id];
  for (let at: string | undefined = id; at !== undefined;) {
    const after = injects.find((one) => one.id === at)?.after;
    at = traps.find((one) => one.id === after)?.inject;
    if (at === undefined) break;
    const circle = chain.includes(at);
    chain.push(at);
    if (circle) return { chain, circle };
  }
  return { chain, circle: false };
};

const lintOne = (drill: DrillSource, inject: InjectSource, path: Path, findings: Findings): void => {
  const { at, id } = inject;
  if (at === undefined) {
    const { chain, circle } = waitsFor(drill, id);
    if (circle)
      findings.error(
        'FB004',
        [...path, 'after'],
        `it waits for itself and never comes: ${chain.join(', then ')}`,
        'give one of them `at`',
      );
    return;
  }
  if (at < 0)
    findings.error(
      'FB004',
      [...path, 'at'],
      `a message cannot come ${-at} minutes before the page`,
      'what was before it belongs into the story, or into `earliest`',
    );
  if (at > drill.duration_minutes)
    findings.error('FB004', [...path, 'at'], `the drill is over after ${drill.duration_minutes} minutes`);
};

export function lintWhen(drill: DrillSource, findings: Findings): void {
  for (const [i, inject] of drill.injects.entries()) lintOne(drill, inject, ['injects', i], findings);
  const found = drill.injects.find(({ id }) => id === drill.enough);
  if (found?.after !== undefined)
    findings.error(
      'FB004',
      ['enough'],
      `\`${found.id}\` waits for a wrong move, so the facts would never suffice for those who make none`,
      'name a message that comes at a minute',
    );
}
