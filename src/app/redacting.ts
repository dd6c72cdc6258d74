import { sha256Hex } from '../base/hash.ts';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import type { ExportFormat, ExportInput } from '../exports/export.ts';
import { withoutPersonal } from '../exports/regulator/withheld.ts';
import { withheldList } from '../exports/redacted/list.ts';
import { rows } from '../exports/words.ts';
import { OWN } from '../model/own-duty.ts';
import type { AudienceId } from '../model/audience.ts';
import { audiences, everything } from '../projections/audience/audience.ts';
import { SECRET_BYTES } from '../projections/audience/commitment.ts';
import { redact, type Asked, type Read, type Redaction } from '../projections/audience/redaction.ts';
import { countWithheld, type Withheld } from '../projections/audience/withheld.ts';
import { evidenceRows } from '../projections/evidence.ts';
import type { Reading } from './export-input.ts';
import type { IncidentParts } from './parts.ts';

/** Takes out what a reader does not get, and keeps what is needed to show later that nothing else was changed. */

export type Redacting = Readonly<{
  audience: AudienceId | null;
  redaction: Redaction;
  /** Sealed in the journal with the export: the salts come from it. */
  secret: Uint8Array;
  contracts: boolean;
  /** Who was named to get what is marked privileged; null where it stays out. */
  recipients: string | null;
}>;

/** Null where nobody named an audience and nothing is marked privileged: then the copy is the full one, as it is. */
export const redacting = (
  parts: IncidentParts,
  audienceId: AudienceId | null,
  recipients: string | null,
  secret: Uint8Array = parts.world.random.bytes(SECRET_BYTES),
): Redacting | null => {
  const { ledger, frozen } = parts;
  const marked = ledger.sought('privileged').length > 0;
  if (audienceId === null && !marked) return null;
  mustBeReadable(parts);
  const audience = audienceId === null ? everything : audiences[audienceId];
  const contracts = frozen.rules.flatMap(({ id, regime }) => (regime === OWN ? [id] : []));
  const redaction = redact(
    {
      entries: [...ledger.entries()],
      state: ledger.state(),
      reveal: ledger.shown,
      contacts: frozen.contacts.contacts,
    },
    {
      audience: { ...audience, privileged: recipients !== null },
      secret,
      contracts: new Set(contracts),
      withoutIdentifiers: (text) => withoutPersonal(text).text,
    },
  );
  return { audience: audienceId, redaction, secret, contracts: audience.contracts, recipients };
};

/** A commitment to a text that cannot be read here would be to nothing, and its salt could not be kept. */
const mustBeReadable = ({ ledger }: IncidentParts): void => {
  const [opened] = ledger.sought('incident.opened');
  if (opened?.priv.includes('title') === true && ledger.shown({ n: opened.n, name: 'title' }) === null)
    throw new Problem('sealed', { what: 'what a redacted copy is made of' });
};

export const readingOf = ({ ledger, frozen }: IncidentParts, redacted: Redacting | null): Reading => {
  if (redacted === null)
    return {
      entries: () => ledger.entries(),
      state: ledger.state(),
      reveal: ledger.shown,
      contacts: frozen.contacts.contacts,
      contracts: true,
      redaction: null,
    };
  const { audience, redaction, contracts, recipients } = redacted;
  const { entries, state, reveal, contacts, row } = redaction;
  const withheld = { ...countWithheld(audience, { texts: 0, removed: [] }), recipients };
  return { entries: () => entries, state, reveal, contacts, contracts, redaction: { row, withheld } };
};

/** The list of what this copy withholds, and its count: the copy is read through once, as its format would read it. */
export const listFor = (
  { audience, redaction, recipients }: Redacting,
  format: ExportFormat,
  input: ExportInput,
): Readonly<{ text: string; withheld: Withheld; empty: boolean }> => {
  const asked: Asked = redaction.asked(readThrough(format, input, redaction.names));
  const { origin, size, root } = input.checkpoint;
  const head = {
    incident: input.incidentId,
    audience,
    format: format.id,
    made_at: formatUtc(input.now),
    journal: { origin, size, root },
  };
  const withheld = { ...countWithheld(audience, asked), recipients };
  return { text: withheldList(head, asked.removed), withheld, empty: asked.removed.length === 0 };
};

export const withList = (withheld: Withheld, name: string, text: string): Withheld => ({
  ...withheld,
  list: { name, sha256: sha256Hex(text) },
});

/** What it says: the entries that it shows (null where it is not made of rows), and the people who stand in it under a role. */
function readThrough({ of, forms }: ExportFormat, input: ExportInput, names: readonly string[]): Read {
  const heads = `${input.state.openedBy} ${[...input.state.roles.values()].join(' ')}`;
  const seen = new Set(names.filter((name) => heads.includes(name)));
  const look = (text: string): void => {
    for (const name of names) if (!seen.has(name) && text.includes(name)) seen.add(name);
  };
  if (of === 'incident') {
    for (const form of forms) if (form.is === 'text') for (const piece of form.pieces(input)) look(piece);
    return { entries: null, names: seen };
  }
  const entries = new Set<number>();
  for (const row of rows(input)) {
    entries.add(row.n);
    look(JSON.stringify(row));
  }
  evidenceRows(input.state, input.reveal);
  // Its title stands in every heading.
  const [opened] = input.entries();
  return { entries: opened === undefined ? entries : entries.add(opened.n), names: seen };
}

/** How much of the rows that are shown is withheld. */
export const tallyOf = ({ audience, redaction }: Redacting, input: ExportInput): Withheld => {
  const shown = new Set([...rows(input)].map(({ n }) => n));
  return countWithheld(audience, redaction.asked({ entries: shown, names: new Set() }));
};
