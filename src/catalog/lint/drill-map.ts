import type { Issue } from '../../base/problem.ts';
import type { Company } from '../../model/company.ts';
import type { DrillMap } from '../../model/drill-map.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { YamlFile } from '../yaml.ts';
import { findingsIn } from './finding.ts';

type Files = Readonly<{
  company: Readonly<{ loaded: Readonly<{ value: Company }> }>;
  inventory: Readonly<{ loaded: Readonly<{ value: Inventory }> }>;
}>;
type Mapped = Files &
  Readonly<{ drillMap: Readonly<{ loaded: Readonly<{ value: DrillMap }>; yaml: YamlFile | null }> }>;

const rowsIn = ({ inventory }: Files): readonly string[] => {
  const { channels, integrations, credentials } = inventory.loaded.value;
  return [...channels, ...integrations, ...credentials].map(({ id }) => id);
};
const systemsIn = ({ company }: Files): readonly string[] => Object.keys(company.loaded.value.connectors);

/** `drills.yaml`: on the left what the built-in company has, on the right what the team has. */
export function lintDrillMap(own: Mapped, example: Files): readonly Issue[] {
  const { loaded, yaml } = own.drillMap;
  if (yaml === null) return [];
  const findings = findingsIn(yaml);
  const parts = [
    [
      'systems',
      loaded.value.systems,
      systemsIn,
      'system of the built-in company',
      'connector in firebreak.yaml',
    ],
    ['rows', loaded.value.rows, rowsIn, 'row of the built-in inventory', 'row of inventory.yaml'],
  ] as const;
  for (const [key, said = {}, idsIn, theirs, ours] of parts) {
    for (const [from, to] of Object.entries(said)) {
      findings.reference([key, from], theirs, from, idsIn(example));
      if (to !== null) findings.reference([key, from], ours, to, idsIn(own));
    }
  }
  return findings.issues;
}
