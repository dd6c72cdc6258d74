import { join } from 'node:path';
import { sha256Hex, toHex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import { BUNDLE } from '../exports/bundle/names.ts';
import { exportFileName } from '../exports/export.ts';
import type { ExportInput } from '../exports/export.ts';
import { exportFormats, isExportId } from '../exports/index.ts';
import { progress } from '../incident/ready.ts';
import { parseCheckpoint } from '../journal/checkpoint.ts';
import { containment } from '../projections/containment.ts';
import { revisions } from '../projections/revisions.ts';
import { lookUp } from '../regulations/calendars.ts';
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

export const exportInput = (parts: IncidentParts): ExportInput => {
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
    zone,
    now,
    checkpoint: checkpointOf(parts),
  };
};

export const writeExport = async (
  parts: IncidentParts,
  id: string,
  out: string | null,
): Promise<readonly string[]> => {
  if (id === BUNDLE.id) return await (await import('./bundling.ts')).writeBundle(parts, out);
  if (!isExportId(id))
    throw new Problem('not-found', {
      what: 'export format',
      id,
      near: [...Object.keys(exportFormats), BUNDLE.id].join(', '),
    });
  const format = await exportFormats[id].load();
  const input = exportInput(parts);
  const name = exportFileName(format, input);
  const folder = out === null ? parts.exportsFolder : parts.files.info(out)?.kind === 'folder' ? out : null;
  if (folder === parts.exportsFolder) parts.files.privateDir(parts.exportsFolder);
  const path = folder === null ? (out ?? name) : join(folder, name);
  // A device or a pipe would be replaced by the file, not written to.
  if (parts.files.info(path)?.kind === 'other')
    throw new Problem('usage', { why: `${path} is a device or a pipe; name a file` });
  const text = format.render(input);
  parts.files.writeAtomic(path, text);
  await parts.ledger.append([
    {
      kind: 'export.written',
      pub: { format: id, sha256: sha256Hex(text) },
      priv: { path: { class: 'staff', value: path } },
    },
  ]);
  return [path];
};
