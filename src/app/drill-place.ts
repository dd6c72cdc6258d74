import type { Catalog } from '../catalog/catalog.ts';
import { onCall } from '../incident/called.ts';
import type { Contacts } from '../model/inventory.ts';
import type { Base } from './base.ts';
import { asWritten } from './drill-setting.ts';
import type { Setting } from './drill-setting.ts';
import type { DrillPlace, WhichCompany } from './place-contract.ts';
import { ownPlan } from './own-drill.ts';
import type { Shelves } from './own-drill.ts';

/** The place of a drill as people read it. Numbers of the built-in company are fiction: nobody is asked to ring them. */
export const shownPlace = (
  { company, stands, untested, left }: Setting,
  name: string,
  { contacts }: Contacts,
  cannot: readonly string[] = [],
): DrillPlace => ({
  company,
  name,
  stands,
  untested,
  left,
  cannot,
  call: company === 'own' ? onCall(contacts) : null,
});

const shownIn = (catalog: Catalog, setting: Setting, cannot: readonly string[]): DrillPlace =>
  shownPlace(setting, catalog.company.value.organisation.name, catalog.contacts.value, cannot);

/** The same before anything is begun, and also where it cannot be. */
export const placeShown = async (
  base: Base,
  shelves: Shelves,
  runbook: string,
  asked: WhichCompany | null,
): Promise<DrillPlace> => {
  const example = await shelves.example();
  if ((asked ?? 'own') === 'built-in' || base.workspace === null)
    return shownIn(example, asWritten(base, example, runbook), []);
  const catalog = await shelves.own();
  const { setting, cannot } = await ownPlan(base, catalog, example, runbook);
  return shownIn(catalog, setting, cannot);
};
