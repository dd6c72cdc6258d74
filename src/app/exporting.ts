import { join } from 'node:path';
import { sha256Hex, toHex } from '../base/hash.ts';
import { isProblem, Problem } from '../base/problem.ts';
import { BUNDLE } from '../exports/bundle/names.ts';
import { exportFileName } from '../exports/export.ts';
import type { ExportForm, ExportFormat, ExportInput } from '../exports/export.ts';
import { exportFormats, isExportId } from '../exports/index.ts';
import { progress } from '../incident/ready.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import { parseCheckpoint } from '../journal/checkpoint.ts';
import { ALL_ROWS, isNarrow } from '../projections/choice.ts';
import { containment } from '../projections/containment.ts';
import { revisions } from '../projections/revisions.ts';
import { lookUp } from '../regulations/calendars.ts';
import type { ExportAsked } from './incident-contract.ts';
import { pageOf } from './papers.ts';
import type { IncidentParts } from './parts.ts';
import { clocksOf, dutiesOf, titleOf, titlesOf } from './views.ts';

/** Writes one export, 0600, and says so in the journal: who was given what is part of the story. */

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

const exportInput = (parts: IncidentParts, { choice, tlp }: ExportAsked): ExportInput => {
  const { ledger, frozen, world, zone } = parts;
  ledger.refresh();
  const state = ledger.state();
  const now = world.clock.now();
  const titles = titlesOf(frozen);
  return {
    incidentId: parts.id,
    title: titleOf(ledger.entries(), ledger.shown),
    drill: state.drill,
    state,
    entries: () => ledger.entries(),
    reveal: ledger.shown,
    progress: progress(state),
    clocks: clocksOf(state, frozen, now, zone, undefined, ledger.shown),
    revisions: () =>
      revisions(ledger.entries(), (then) => dutiesOf(then, frozen), {
        zone,
        holidays: lookUp(frozen.holidays),
      }),
    containment: containment(state, titles),
    obligations: dutiesOf(state, frozen),
    contacts: frozen.contacts.contacts,
    titles,
    company: frozen.company.organisation.name,
    definitions: { company: frozen.company, inventory: frozen.inventory },
    zone,
    now,
    choice: choice ?? ALL_ROWS,
    tlp: tlp ?? 'amber',
    page: pageOf(parts),
    tool: parts.tool,
    checkpoint: checkpointOf(parts),
  };
};

/** @throws Problem `not-found` for a format, `usage` for a place or a choice, `not-installed` where no form can be made without it */
export const writeExport = async (
  parts: IncidentParts,
  id: string,
  out: string | null,
  asked: ExportAsked = {},
): Promise<readonly string[]> => {
  if (id === BUNDLE.id) {
    refuseChoice(BUNDLE, asked);
    return await (await import('./bundling.ts')).writeBundle(parts, out);
  }
  if (!isExportId(id))
    throw new Problem('not-found', {
      what: 'export format',
      id,
      near: [...Object.keys(exportFormats), BUNDLE.id].join(', '),
    });
  const format = await exportFormats[id].load();
  if (format.of === 'incident') refuseChoice(format, asked);
  const places = placesOf(parts, format, out, asked.forms);
  const input = exportInput(parts, asked);
  const paths: string[] = [];
  for (const [at, { form, place }] of places.entries()) {
    try {
      const path = place(exportFileName({ id, extension: form.extension }, input));
      await writeForm(parts, format, form, input, path);
      paths.push(path);
    } catch (error) {
      const last = at === places.length - 1 && paths.length === 0;
      if (asked.without === undefined || last || !isProblem(error) || error.code !== 'not-installed')
        throw error;
      asked.without(form.extension, error);
    }
  }
  return paths;
};

const refuseChoice = ({ id }: Readonly<{ id: string }>, { choice }: ExportAsked): void => {
  if (choice === undefined || !isNarrow(choice)) return;
  throw new Problem('usage', {
    why: `${id} is not made of rows of the timeline, so there is nothing to choose: leave out --star, --from, --to and --filter`,
    next: `firebreak export --format ${id}`,
  });
};

/** A form, and where it goes once its name is known. */
type Place = Readonly<{ form: ExportForm; place: (name: string) => string }>;

const placesOf = (
  { files, exportsFolder }: IncidentParts,
  { id, forms }: ExportFormat,
  out: string | null,
  wanted: readonly string[] | undefined,
): readonly Place[] => {
  const kind = out === null ? 'folder' : files.info(out)?.kind;
  // A device or a pipe would be replaced by the file, not written to.
  if (kind === 'other') throw new Problem('usage', { why: `${out} is a device or a pipe; name a file` });
  if (kind === 'link') throw new StorageError('permissions', out ?? '', `${out} is a link`);
  const folder = out ?? exportsFolder;
  if (kind === 'folder' || folder.endsWith('/')) {
    if (kind === undefined || out === null) files.privateDir(folder);
    return forms
      .filter(({ extension }) => wanted === undefined || wanted.includes(extension))
      .map((form) => ({ form, place: (name) => join(folder, name) }));
  }
  const form = forms.find(({ extension }) => folder.toLowerCase().endsWith(`.${extension}`));
  if (form !== undefined) return [{ form, place: () => folder }];
  const names = forms.map(({ extension }) => `.${extension}`).join(' or ');
  throw new Problem('usage', {
    why: `${id} is written as ${names}, and ${folder} does not end so: name a file that does, or a folder`,
  });
};

const writeForm = async (
  { files, typesetter, ledger }: IncidentParts,
  { id, forms }: ExportFormat,
  form: ExportForm,
  input: ExportInput,
  path: string,
): Promise<void> => {
  const { sha256 } =
    form.is === 'text'
      ? files.writePieces(path, form.pieces(input))
      : writeBytes(files, path, await form.bytes(input, { typesetter }));
  const pub = { format: forms.length === 1 ? id : `${id}.${form.extension}`, sha256 };
  const event = { kind: 'export.written', pub } as const;
  try {
    await ledger.append([{ ...event, priv: { path: { class: 'staff', value: path } } }]);
  } catch (error) {
    // Without its key an incident takes no private field; that it was given away, and as what, is public.
    if (!(error instanceof StorageError && WITHOUT_KEY.has(error.code))) throw error;
    await ledger.append([event]);
  }
};

const WITHOUT_KEY: ReadonlySet<StorageError['code']> = new Set(['sealed', 'wrong-key']);

const writeBytes = (files: Files, path: string, bytes: Uint8Array): Readonly<{ sha256: string }> => {
  files.writeAtomic(path, bytes);
  return { sha256: sha256Hex(bytes) };
};
