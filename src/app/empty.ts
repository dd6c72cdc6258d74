import type { Catalog } from '../catalog/catalog.ts';
import { noContacts, noInventory, nobody } from '../model/nobody.ts';
import { noOwnDuties } from '../model/own-duty.ts';

/**
 * The definitions of a live incident where no workspace is set up. The runbooks work, but nothing of the built-in example
 * company may be in them: at three in the morning nobody must dial a made-up number or pause a made-up integration. A time that is
 * typed without a zone is one of the wall clock beside the person.
 */
export const withoutExample = (catalog: Catalog, zone: string): Catalog => ({
  ...catalog,
  company: { ...catalog.company, value: { ...nobody, organisation: { ...nobody.organisation, zone } } },
  inventory: { ...catalog.inventory, value: noInventory },
  contacts: { ...catalog.contacts, value: noContacts },
  obligations: { ...catalog.obligations, value: noOwnDuties },
  recipes: new Map(),
});
