import type { Inventory } from '../../model/inventory.ts';
import type { Findings } from './finding.ts';

/**
 * FB072: an integration that can be stopped from here and has no tags. The built-in runbooks find integrations by their tags alone, so
 * that their steps stay by hand beside an action that would do them, and on the night nobody knows why.
 */
export function lintFound({ integrations }: Inventory, findings: Findings): void {
  for (const [i, { tags = [], pause, revoke }] of integrations.entries()) {
    if (tags.length > 0 || (pause ?? revoke) === undefined) continue;
    findings.warning(
      'FB072',
      ['integrations', i, pause === undefined ? 'revoke' : 'pause'],
      'no built-in runbook finds this row: it has no tags, and their steps for it stay by hand',
      'add tags, such as [transcripts] or [crm-sync]; firebreak init writes what each one means',
    );
  }
}
