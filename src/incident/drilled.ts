import type { DrillEvents } from '../model/drill-event.ts';
import type { Recorded } from '../model/event.ts';

export type DrillEntry = Recorded<keyof DrillEvents>;

/** What happens to the players is nothing that happens to the incident. */
export const isAboutDrill = (entry: Recorded): entry is DrillEntry => entry.kind.startsWith('drill.');
