import type { Catalog } from '../catalog/catalog.ts';

/**
 * The definitions of a live incident where no workspace is set up. The runbooks work, but nothing of the built-in example
 * company may be in them: at three in the morning nobody must dial a made-up number or pause a made-up integration.
 */
export const withoutExample = (catalog: Catalog): Catalog => {
  const { organisation } = catalog.company.value;
  const nobody = {
    name: 'this organisation',
    country: organisation.country,
    zone: organisation.zone,
    acts_as: 'both',
    takes_cards: true,
  } as const;
  return {
    ...catalog,
    company: { ...catalog.company, value: { organisation: nobody, connectors: {} } },
    inventory: { ...catalog.inventory, value: { channels: [], integrations: [], credentials: [] } },
    contacts: { ...catalog.contacts, value: { contacts: [] } },
    recipes: new Map(),
  };
};
