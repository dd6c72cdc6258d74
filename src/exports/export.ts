import { fileName } from '../base/file-name.ts';
import { formatUtc, type Instant } from '../base/instant.ts';
import type { Recorded, Reveal } from '../model/event.ts';
import type { Contact } from '../model/inventory.ts';
import type { Obligation } from '../model/obligation.ts';
import type { ClockView } from '../projections/countdowns.ts';
import type { ContainmentView } from '../projections/containment.ts';
import type { Revision } from '../projections/revisions.ts';
import type { IncidentState, Progress } from '../projections/incident.ts';

/**
 * All that an export is made of. Pure data and a reader of entries: the same input gives the same text, byte for byte.
 * Instants are UTC milliseconds.
 */
export type ExportInput = Readonly<{
  incidentId: string;
  /** `[sealed]` without the key. */
  title: string;
  drill: boolean;
  state: IncidentState;
  /** From the first entry on, anew at each call; an incident can be longer than memory. */
  entries: () => Iterable<Recorded>;
  reveal: Reveal;
  progress: Progress;
  clocks: readonly ClockView[];
  /** How often each clock has changed; counted when it is asked for. */
  revisions: () => ReadonlyMap<string, Revision>;
  containment: ContainmentView;
  obligations: readonly Obligation[];
  contacts: readonly Contact[];
  /** The name that the inventory gives to an id. */
  titles: (id: string) => string | null;
  company: string;
  /** IANA zone of the times for people; UTC stands beside them. */
  zone: string;
  now: Instant;
  /** The journal at this moment: `root` of its tree over `size` entries, in hex, and the signed note that says so. */
  checkpoint: Readonly<{ origin: string; size: number; root: string; note: string }>;
}>;

/** A plug-in: one file in this folder, listed in `index.ts`. `render` escapes everything foreign for its own format. */
export type ExportFormat = Readonly<{
  id: string;
  title: string;
  /** Without the dot. */
  extension: string;
  render: (input: ExportInput) => string;
}>;

/** `DRILL-amber-otter-brief-20261120T0214Z.md`: a drill is one by its name too, and nothing in the name is foreign. */
export function exportFileName(
  format: Pick<ExportFormat, 'id' | 'extension'>,
  input: Pick<ExportInput, 'drill' | 'state' | 'now'>,
): string {
  const codename = fileName(input.state.codename.toLowerCase());
  const at = `${formatUtc(input.now).slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  const name = `${input.drill ? 'DRILL-' : ''}${codename === '' ? 'incident' : codename}-${format.id}-${at}`;
  return fileName(`${name}.${format.extension}`);
}

/** What the registry knows of a format without loading it. */
export type ExportEntry = Readonly<{ title: string; extension: string; load: () => Promise<ExportFormat> }>;
