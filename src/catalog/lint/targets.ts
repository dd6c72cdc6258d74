import type { Inventory } from '../../model/inventory.ts';
import type { Targets } from '../../model/runbook.ts';
import type { Path } from '../yaml.ts';
import type { Findings, Vocabulary } from './finding.ts';

const rowsOf = (inventory: Inventory) => [
  ...inventory.channels,
  ...inventory.integrations,
  ...inventory.credentials,
];

/**
 * FB004: what a step names outright must be in the inventory. A tag is only a wish: a company without Instagram has no row
 * tagged so, its plan shows the step as by hand, and here it is a warning.
 */
export function lintTargets(targets: Targets, path: Path, findings: Findings, vocabulary: Vocabulary): void {
  const { items, fact, kind, channel, connector, tag } = targets;
  if ([items, fact, kind, channel, connector, tag].every((key) => key === undefined)) {
    findings.error('FB004', path, 'names no target', 'give items, fact, kind, channel, connector or tag');
  }
  if (connector !== undefined)
    findings.reference([...path, 'connector'], 'kind of connector', connector, vocabulary.connectors);
  if (vocabulary.inventory === null) return;
  const rows = rowsOf(vocabulary.inventory);
  for (const [i, id] of (items ?? []).entries()) {
    findings.reference(
      [...path, 'items', i],
      'item in inventory.yaml',
      id,
      rows.map((row) => row.id),
    );
  }
  if (channel !== undefined) {
    findings.reference(
      [...path, 'channel'],
      'channel in inventory.yaml',
      channel,
      vocabulary.inventory.channels.map((row) => row.id),
    );
  }
}
