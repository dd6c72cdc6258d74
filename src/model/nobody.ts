import type { Company } from './company.ts';
import type { Contacts, Inventory } from './inventory.ts';

/** No country of ISO 3166-1, and so no holidays: a holiday that is counted as a working day makes nobody late. */
export const NO_COUNTRY = 'ZZ';

/**
 * A company of which nothing is known: stands in where its file is broken, sealed or not there, and then everything that would
 * need it is by hand. The duties of every role are kept in sight, because leaving one out would be a guess.
 */
export const nobody: Company = {
  organisation: {
    name: 'this organisation',
    country: NO_COUNTRY,
    zone: 'UTC',
    acts_as: 'both',
    takes_cards: true,
  },
  connectors: {},
};
export const noInventory: Inventory = { channels: [], integrations: [], credentials: [] };
export const noContacts: Contacts = { contacts: [] };
