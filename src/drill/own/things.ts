import type { Company } from '../../model/company.ts';
import type { Inventory } from '../../model/inventory.ts';

/** A row of an inventory, as far as another company's row can be like it. */
export type Thing = Readonly<{
  id: string;
  kind: 'channel' | 'integration' | 'credential';
  title: string;
  instance: string | null;
  /** The word its actions go by: `meta`, or the recipe of a generic connector. */
  speaks: string | null;
  media: readonly string[];
  data: readonly string[];
  tags: readonly string[];
  /** `meta.revoke-token` */
  does: readonly string[];
  params: Readonly<Record<string, string>>;
}>;

export const speaksOf = (company: Pick<Company, 'connectors'>, instance: string): string | null => {
  const found = company.connectors[instance];
  return found === undefined ? null : (found.recipe ?? found.uses);
};

const given = (...actions: readonly (string | undefined)[]): readonly string[] =>
  actions.filter((one) => one !== undefined);

export const thingsOf = (inventory: Inventory, company: Pick<Company, 'connectors'>): readonly Thing[] => {
  const channels = new Map(inventory.channels.map((row) => [row.id, row]));
  const homes = new Map(inventory.integrations.map((row) => [row.id, row.channel]));
  // A credential opens channels, and integrations of channels.
  const opened = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const found = channels.get(id) ?? channels.get(homes.get(id) ?? '');
      return found === undefined ? [] : [found];
    });
  const common = (
    row: { id: string; title: string; tags?: string[] | undefined; connector?: string | undefined },
    where: readonly Inventory['channels'][number][],
  ) => ({
    id: row.id,
    title: row.title,
    tags: row.tags ?? [],
    instance: row.connector ?? null,
    speaks: row.connector === undefined ? null : speaksOf(company, row.connector),
    media: [...new Set(where.map(({ medium }) => medium))],
    data: [...new Set(where.flatMap(({ data }) => data))],
  });
  return [
    ...inventory.channels.map((row): Thing => ({
      ...common(row, [row]),
      kind: 'channel',
      does: [],
      params: {},
    })),
    ...inventory.integrations.map((row): Thing => ({
      ...common(row, opened(row.channel === undefined ? [] : [row.channel])),
      kind: 'integration',
      does: given(row.pause, row.revoke),
      params: row.params ?? {},
    })),
    ...inventory.credentials.map((row): Thing => ({
      ...common(row, opened(row.opens)),
      kind: 'credential',
      does: given(row.revoke, row.make),
      params: row.params ?? {},
    })),
  ];
};
