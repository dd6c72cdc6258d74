import type { Company, Instance } from '../model/company.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Plan } from '../model/plan.ts';

/** `plan` null: an incident of before there is one. */
export type Reachable = Readonly<{
  company: Pick<Company, 'connectors'>;
  inventory: Pick<Inventory, 'integrations' | 'credentials'>;
  plan: Pick<Plan, 'phases'> | null;
}>;

/**
 * Why nothing is said in the channel of this connector; null where it may be. What has to be stopped lies in its workspace, and whoever
 * is in there would read along.
 */
export const touchedBy = (
  connector: string,
  stopped: readonly string[],
  { company, inventory, plan }: Reachable,
): string | null => {
  const reaches = new Map<string, string | undefined>([
    ...[...inventory.integrations, ...inventory.credentials].map((row) => [row.id, row.connector] as const),
    ...(plan?.phases ?? [])
      .flatMap(({ steps }) => steps)
      .flatMap((step) => (step.kind === 'act' ? step.targets : []))
      .flatMap(({ item, instance }) => (instance === null ? [] : [[item, instance] as const])),
  ]);
  const hit = stopped.find((item) => isSameWorkspace(company, connector, reaches.get(item)));
  return hit === undefined
    ? null
    : `this incident is about its workspace (${hit}), and whoever is in there would read along: tell them by a file or by telephone`;
};

/** Two connectors whose workspaces nobody named apart may be doors to one. */
const isSameWorkspace = (
  company: Reachable['company'],
  ours: string,
  theirs: string | undefined,
): boolean => {
  if (theirs === undefined) return false;
  if (theirs === ours) return true;
  const [a, b] = [instance(company, ours), instance(company, theirs)];
  if (a?.uses !== 'slack' || b?.uses !== 'slack') return false;
  const [one, other] = [a.config?.['team_id'], b.config?.['team_id']];
  return one === undefined || other === undefined || one === other;
};

const instance = ({ connectors }: Reachable['company'], name: string): Instance | undefined =>
  Object.hasOwn(connectors, name) ? connectors[name] : undefined;
