import type { App, OpenDrill, OpenIncident } from '../app/contract.ts';
import type { Context } from './context.ts';

/** Opens the full-screen app. */
export async function openScreens(context: Context, app: App, incident: OpenIncident | null, drill: OpenDrill | null): Promise<number> {
  const { world, globals } = context;
  return await world.openTerminal({ app, incident, drill, environment: world.environment, globals });
}
