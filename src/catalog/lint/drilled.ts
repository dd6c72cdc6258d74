import { daysBetween } from '../../base/instant.ts';
import type { Issue } from '../../base/problem.ts';
import type { RunbookSource } from '../../model/runbook.ts';
import type { Loaded } from '../load.ts';
import { parseYaml } from '../yaml.ts';
import { findingsIn } from './finding.ts';

const YEAR = 365;
/** A runbook that nobody has played yet is new for so long after it was read through. */
const NEW_DAYS = 90;

/** FB061: `last` is the day on which people last played it to its score, `YYYY-MM-DD`; null: never. */
export function lintDrilled(
  { file, text, value, id }: Loaded<RunbookSource> & Readonly<{ id: string }>,
  last: string | null,
  today: string,
): readonly Issue[] {
  const parsed = parseYaml(file, text);
  if (!parsed.ok) return [];
  const findings = findingsIn(parsed.yaml);
  const hint = `firebreak drill run ${id}`;
  if (last === null) {
    const age = daysBetween(value.reviewed, today);
    if (age !== null && age > NEW_DAYS)
      findings.warning('FB061', ['title'], 'nobody has ever practised this', hint);
  } else {
    const age = daysBetween(last, today);
    if (age !== null && age > YEAR)
      findings.warning('FB061', ['title'], `nobody has practised this for ${age} days`, hint);
  }
  return findings.issues;
}
