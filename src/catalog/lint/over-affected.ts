import type { Inventory } from '../../model/inventory.ts';
import type { PhaseId } from '../../model/names.ts';
import type { RunbookSource, StepSource, Targets } from '../../model/runbook.ts';
import type { Findings, Vocabulary } from './finding.ts';

/** Where a runbook stops things: what it works on there counts as affected. */
const STOPPING: ReadonlySet<PhaseId> = new Set(['contain', 'secure']);

type Act = Extract<StepSource, { act: unknown }>;

/**
 * FB070: people are told over a channel that the same runbook stops. Only what is named outright, by row, channel or tag, is looked
 * at: which rows a fact chooses is known in the incident alone.
 */
export function lintOverAffected(
  runbook: RunbookSource,
  { actions, inventory }: Vocabulary,
  findings: Findings,
): void {
  if (inventory === null) return;
  const acts = runbook.phases.flatMap((phase, p) =>
    phase.steps.flatMap((step, s) =>
      'act' in step ? [{ step, phase: phase.id, path: ['phases', p, 'steps', s] as const }] : [],
    ),
  );
  const stopped = new Map<string, string>();
  for (const { step, phase } of acts)
    if (STOPPING.has(phase) && stops(step, actions))
      for (const id of channelsOf(step.act.targets, inventory)) stopped.set(id, step.id);
  for (const { step, phase, path } of acts) {
    const over = phase === 'notify' ? channelsOf(step.act.targets, inventory) : [];
    const affected = over.find((id) => stopped.has(id));
    if (affected !== undefined)
      findings.warning(
        'FB070',
        [...path, 'act', 'targets'],
        `this tells people over \`${affected}\`, which \`${stopped.get(affected) ?? ''}\` stops as affected`,
        'choose a channel that the incident has not touched',
      );
  }
}

const stops = (step: Act, actions: Vocabulary['actions']): boolean => {
  const action = actions.get(step.act.action);
  return action === undefined || (action.effect !== 'reads' && action.creates !== true);
};

const channelsOf = ({ items, channel, tag, kind }: Targets, inventory: Inventory): readonly string[] => {
  if (items === undefined && channel === undefined && tag === undefined) return [];
  const rows = [
    ...inventory.channels.map((row) => ({ kind: 'channel', id: row.id, tags: row.tags, over: [row.id] })),
    ...inventory.integrations.map((row) => ({
      kind: 'integration',
      id: row.id,
      tags: row.tags,
      over: row.channel === undefined ? [] : [row.channel],
    })),
    ...inventory.credentials.map((row) => ({
      kind: 'credential',
      id: row.id,
      tags: row.tags,
      over: row.opens,
    })),
  ];
  const chosen = rows.filter(
    (row) =>
      (items === undefined || items.includes(row.id)) &&
      (channel === undefined || row.over.includes(channel)) &&
      (tag === undefined || row.tags?.includes(tag) === true) &&
      (kind === undefined || row.kind === kind),
  );
  return [...new Set(chosen.flatMap(({ over }) => over))];
};
