import type { Base } from './base.ts';
import { consenting } from './consenting.ts';
import type { App, OpenIncident } from './contract.ts';
import type { Shelf } from './shelf.ts';

/** The definitions of both companies that a drill may be played in. */
const catalogsOf = (shelf: Shelf) => ({
  own: async () => (await shelf.learn()).catalog,
  example: async () => (await shelf.example()).catalog,
});

/** Drills: begun, directed, looked at before they begin, put on paper, and played by the script alone. */
export const practising = (
  base: Base,
  shelf: Shelf,
  track: <One extends OpenIncident>(one: One) => One,
): Pick<
  App,
  | 'drill'
  | 'drillPlace'
  | 'consent'
  | 'facilitate'
  | 'newScenario'
  | 'realEvent'
  | 'unannounced'
  | 'selftest'
  | 'tabletop'
> => ({
  drill: async (runbook, options = {}) => {
    const [{ startDrill }, { placeOf }] = await Promise.all([
      import('./drills.ts'),
      import('./own-drill.ts'),
    ]);
    const place = await placeOf(base, catalogsOf(shelf), runbook, options.company ?? null);
    if (options.auto !== true && options.fresh !== true) await takeWaitingHere(base, runbook);
    return track(await startDrill(base, place, runbook, options));
  },
  ...consenting(base, shelf, track, catalogsOf(shelf)),
  facilitate: async (drill, stays) => {
    const [{ takeSeat }, { systemSockets }] = await Promise.all([
      import('./seat.ts'),
      import('../io/socket.ts'),
    ]);
    return await takeSeat(base, systemSockets(), drill, stays);
  },
  realEvent: async (drill) => {
    const [{ tellRealEvent }, { systemSockets }, { endUnplayed }] = await Promise.all([
      import('./seat.ts'),
      import('../io/socket.ts'),
      import('./drills.ts'),
    ]);
    return (
      (await tellRealEvent(base, systemSockets(), drill)) ??
      (await endUnplayed(base, await catalogsOf(shelf).example(), drill))
    );
  },
  ...looking(base, shelf),
  selftest: async (runbook, seed, heard, company) => {
    const { selftest } = await import('./selftest.ts');
    return await selftest(base, catalogsOf(shelf), { runbook, company: company ?? null, seed }, heard);
  },
});

const takeWaitingHere = async (base: Base, runbook: string): Promise<void> => {
  const [{ takeWaiting }, { systemSockets }] = await Promise.all([
    import('./unannounced.ts'),
    import('../io/socket.ts'),
  ]);
  await takeWaiting(base, systemSockets(), runbook);
};

/** What is made of a scenario without anybody playing it. */
const looking = (base: Base, shelf: Shelf): Pick<App, 'drillPlace' | 'newScenario' | 'tabletop'> => ({
  drillPlace: async (runbook, company) => {
    const { placeShown } = await import('./drill-place.ts');
    return await placeShown(base, catalogsOf(shelf), runbook, company ?? null);
  },
  newScenario: async (id) => await (await import('./new-scenario.ts')).newScenario(base, shelf, id),
  tabletop: async (runbook, facilitator, company) => {
    const [{ tabletopOf }, { placeOf }] = await Promise.all([
      import('./tabletop.ts'),
      import('./own-drill.ts'),
    ]);
    const place = await placeOf(base, catalogsOf(shelf), runbook, company ?? null);
    return await tabletopOf(base, place, runbook, facilitator);
  },
});
