import { fileName } from '../base/file-name.ts';
import { formatUtc, type Instant } from '../base/instant.ts';
import type { Typesetter } from '../io/typeset.ts';
import type { Company } from '../model/company.ts';
import type { Recorded, Reveal } from '../model/event.ts';
import type { Contact, Inventory } from '../model/inventory.ts';
import type { Obligation } from '../model/obligation.ts';
import type { Tlp } from '../model/tlp.ts';
import type { Withheld } from '../projections/audience/withheld.ts';
import type { Choice } from '../projections/choice.ts';
import type { ClockView } from '../projections/countdowns.ts';
import type { ContainmentView } from '../projections/containment.ts';
import type { Revision } from '../projections/revisions.ts';
import type { IncidentState, Progress } from '../projections/incident.ts';
import type { Since } from '../projections/since.ts';
import type { TimelineRow } from '../projections/timeline.ts';

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
  /** As they were frozen with the incident: what a form of an authority asks of the company and of its data map. */
  definitions: Readonly<{ company: Company; inventory: Inventory }>;
  /** IANA zone of the times for people; UTC stands beside them. */
  zone: string;
  now: Instant;
  /** Which rows of the timeline are wanted; what is not made of rows does not ask. */
  choice: Choice;
  /**
   * Set where something is withheld from the reader. Everything else here was taken from what they are given; a row is the last thing that
   * has to pass `row`, because what it says in public is no sealed text.
   */
  redaction: Readonly<{ row: (row: TimelineRow) => TimelineRow; withheld: Withheld }> | null;
  /** Set where only what is new since the last export of this kind was asked for. */
  since: Since | null;
  /** Who may read it. */
  tlp: Tlp;
  page: 'a4' | 'us-letter';
  /** Name and version of the program. */
  tool: string;
  /** Entries that a newer version wrote and this one cannot tell. */
  unknown: number;
  /** The journal at this moment: `root` of its tree over `size` entries, in hex, and the signed note that says so. */
  checkpoint: Readonly<{ origin: string; size: number; root: string; note: string }>;
}>;

/**
 * One kind of file that a format comes as. Text is given in pieces of any length, so that an incident longer than memory can be written;
 * bytes are held as a whole. Both escape everything foreign for their own format.
 */
export type ExportForm = Readonly<{
  /** Without the dot; it is how a form is asked for. */
  extension: string;
}> &
  (
    | Readonly<{ is: 'text'; pieces: (input: ExportInput) => Iterable<string> }>
    | Readonly<{ is: 'bytes'; bytes: (input: ExportInput, tools: ExportTools) => Promise<Uint8Array> }>
  );

/** What a form may need of the world. `typesetter` @throws Problem `not-installed` */
export type ExportTools = Readonly<{ typesetter: () => Typesetter }>;

/** A plug-in: one file in this folder, listed in `index.ts`. */
export type ExportFormat = Readonly<{
  id: string;
  title: string;
  /** What is made of rows of the timeline keeps to `ExportInput.choice`, and says how much it leaves out. */
  of: 'rows' | 'incident';
  /** The first is the one that is meant where one is enough. */
  forms: readonly [ExportForm, ...ExportForm[]];
}>;

/**
 * `DRILL-amber-otter-brief-for-board-20261120T0214Z.md`: a drill is one by its name too, so is the copy of an audience, which must not be
 * taken for another's when it is attached to a message; nothing in the name is foreign.
 */
export function exportFileName(
  { id, extension }: Readonly<{ id: string; extension: string }>,
  input: Pick<ExportInput, 'drill' | 'state' | 'now'> & Partial<Pick<ExportInput, 'redaction'>>,
): string {
  const audience = input.redaction?.withheld.audience ?? null;
  const whose = audience === null ? '' : `-for-${audience}`;
  const codename = fileName(input.state.codename.toLowerCase());
  const at = `${formatUtc(input.now).slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  const name = `${input.drill ? 'DRILL-' : ''}${codename === '' ? 'incident' : codename}-${id}${whose}-${at}`;
  return fileName(`${name}.${extension}`);
}

/** What the registry knows of a format without loading it. */
export type ExportEntry = Readonly<{
  title: string;
  extensions: readonly string[];
  load: () => Promise<ExportFormat>;
}>;
