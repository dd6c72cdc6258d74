import { toHex } from '../base/hash.ts';
import type { ExportFormat, ExportInput } from '../exports/export.ts';
import { progress } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import { parseCheckpoint } from '../journal/checkpoint.ts';
import type { Recorded, Reveal } from '../model/event.ts';
import type { Contact } from '../model/inventory.ts';
import { OWN } from '../model/own-duty.ts';
import type { Tlp } from '../model/tlp.ts';
import { audiences } from '../projections/audience/audience.ts';
import { ALL_ROWS, type Choice } from '../projections/choice.ts';
import { containment } from '../projections/containment.ts';
import { revisions } from '../projections/revisions.ts';
import { lookUp } from '../regulations/calendars.ts';
import type { ExportAsked } from './withheld-contract.ts';
import type { Frozen } from './definitions.ts';
import { pageOf } from './papers.ts';
import type { IncidentParts } from './parts.ts';
import { clocksOf, dutiesOf, titleOf, titlesOf } from './views.ts';

/** The incident as the reader of an export gets it: as it is, or without what is withheld. */
export type Reading = Readonly<{
  /** From the first on, anew at each call. */
  entries: () => Iterable<Recorded>;
  state: IncidentState;
  reveal: Reveal;
  contacts: readonly Contact[];
  /** Whether clocks that were agreed with somebody are shown. */
  contracts: boolean;
  redaction: ExportInput['redaction'];
}>;

/** The times of people in another zone than those of the screen. */
export const inZone = (parts: IncidentParts, zone: string | undefined): IncidentParts =>
  zone === undefined ? parts : { ...parts, zone };

/** What an audience asks for by itself, where nobody says otherwise. */
export const wantedOf = (
  of: ExportFormat['of'],
  { choice = ALL_ROWS, audience, tlp }: ExportAsked,
): Wanted => ({
  choice:
    of === 'rows' && audience !== undefined && audiences[audience].starred
      ? { ...choice, starred: true }
      : choice,
  tlp: tlp ?? (audience === undefined ? 'amber' : audiences[audience].tlp),
});

export type Wanted = Readonly<{ choice: Choice; tlp: Tlp }>;

/** The journal's own word on its length and root, as of the newest signed checkpoint. */
const checkpointOf = (parts: IncidentParts): ExportInput['checkpoint'] => {
  const note = parts.journal.checkpoint();
  const opened = parseCheckpoint(`${note.split('\n').slice(0, 3).join('\n')}\n`);
  return {
    origin: parts.journal.origin,
    size: opened?.size ?? 0,
    root: opened === null ? '' : toHex(opened.root),
    note,
  };
};

/** What was frozen, without what is not given. */
export const frozenFor = (
  frozen: Frozen,
  { contacts, contracts }: Pick<Reading, 'contacts' | 'contracts'>,
): Frozen => ({
  ...frozen,
  contacts: { ...frozen.contacts, contacts: [...contacts] },
  rules: contracts ? frozen.rules : frozen.rules.filter(({ regime }) => regime !== OWN),
});

export const exportInput = (parts: IncidentParts, reading: Reading, { choice, tlp }: Wanted): ExportInput => {
  const { world, zone } = parts;
  const { state, entries, reveal, contacts } = reading;
  const frozen = frozenFor(parts.frozen, reading);
  const now = world.clock.now();
  const titles = titlesOf(frozen);
  const [opened] = parts.ledger.sought('incident.opened');
  const title = titleOf(opened, reveal);
  return {
    incidentId: parts.id,
    // The codename is public and says nothing.
    title: title.startsWith('[withheld') ? `incident ${state.codename}` : title,
    drill: state.drill,
    state,
    entries,
    reveal,
    progress: progress(state),
    clocks: clocksOf(state, frozen, now, zone, undefined, reveal),
    revisions: () =>
      revisions(entries(), (then) => dutiesOf(then, frozen), { zone, holidays: lookUp(frozen.holidays) }),
    containment: containment(state, titles),
    obligations: dutiesOf(state, frozen),
    contacts,
    titles,
    company: frozen.company.organisation.name,
    definitions: { company: frozen.company, inventory: frozen.inventory },
    zone,
    now,
    choice,
    redaction: reading.redaction,
    since: null,
    tlp,
    page: pageOf(parts),
    tool: parts.tool,
    unknown: parts.ledger.unknown(),
    checkpoint: checkpointOf(parts),
  };
};
