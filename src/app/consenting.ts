import { Problem } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Base } from './base.ts';
import type { App, OpenIncident } from './contract.ts';
import type { Shelves } from './own-drill.ts';
import type { Shelf } from './shelf.ts';

/** Drills that nobody is told of: the word of a manager, and what is begun on it. */
export const consenting = (
  base: Base,
  shelf: Shelf,
  track: <One extends OpenIncident>(one: One) => One,
  catalogs: Shelves,
): Pick<App, 'consent' | 'unannounced'> => ({
  consent: async (asked) => {
    const { giveConsent } = await import('./consents.ts');
    const { catalog } = await shelf.example();
    mustBeScenario([...catalog.drills.keys()], asked.scenario);
    if (base.workspace !== null) mustManage((await shelf.learn()).catalog, asked.by);
    return giveConsent(base, await zoneOf(base, shelf), asked);
  },
  unannounced: async (runbook, options = {}) => {
    const [{ spendConsent }, { startDrill }, { placeOf }, { consentedTo }] = await Promise.all([
      import('./consents.ts'),
      import('./drills.ts'),
      import('./own-drill.ts'),
      import('./unannounced.ts'),
    ]);
    const place = await placeOf(base, catalogs, runbook, null);
    const consent = spendConsent(base, await zoneOf(base, shelf), runbook);
    const drill = track(
      await startDrill(base, place, runbook, { ...options, fresh: true }, [consentedTo(consent)]),
    );
    const notPaged = await drill.page();
    return { drill, consent, notPaged };
  },
});

const zoneOf = async (base: Base, shelf: Shelf): Promise<string> =>
  base.zone ?? (await shelf.learn()).catalog.company.value.organisation.zone;

const mustBeScenario = (all: readonly string[], id: string): void => {
  if (!all.includes(id))
    throw new Problem('not-found', { what: 'drill', id, near: all.toSorted().join(', ') });
};

/** The people of the built-in company are nobody: only a workspace says who manages. */
const mustManage = ({ company }: Catalog, by: string): void => {
  const managers = (company.value.people ?? []).filter(({ roles }) => roles.includes('manager'));
  if (managers.length === 0 || managers.some(({ handle, name }) => handle === by || name === by)) return;
  throw new Problem('not-authorised', {
    why: `${by} is no manager in firebreak.yaml`,
    next: `one of: ${managers.map(({ handle }) => handle).join(', ')}`,
  });
};
