import { basename, dirname, join } from 'node:path';
import { Problem } from '../base/problem.ts';
import type { ExportForm, ExportFormat } from '../exports/export.ts';
import { StorageError } from '../io/storage.ts';
import type { IncidentParts } from './parts.ts';

/** A form, and where it goes once its name is known. */
export type Place = Readonly<{ form: ExportForm; place: (name: string) => string }>;

/** `beside`: where the list of what was withheld goes, by the name that it would have in a folder. */
export type Places = Readonly<{ forms: readonly Place[]; beside: (name: string) => string }>;

/** @throws Problem `usage` for a device, or a name whose ending is no form; StorageError for a link */
export const placesOf = (
  { files, exportsFolder }: Pick<IncidentParts, 'files' | 'exportsFolder'>,
  { id, forms }: ExportFormat,
  out: string | null,
  wanted: readonly string[] | undefined,
): Places => {
  const kind = out === null ? 'folder' : files.info(out)?.kind;
  // A device or a pipe would be replaced by the file, not written to.
  if (kind === 'other') throw new Problem('usage', { why: `${out} is a device or a pipe; name a file` });
  if (kind === 'link') throw new StorageError('permissions', out ?? '', `${out} is a link`);
  const folder = out ?? exportsFolder;
  if (kind === 'folder' || folder.endsWith('/')) {
    if (kind === undefined || out === null) files.privateDir(folder);
    const place = (name: string): string => join(folder, name);
    return {
      forms: forms
        .filter(({ extension }) => wanted === undefined || wanted.includes(extension))
        .map((form) => ({ form, place })),
      beside: place,
    };
  }
  const form = forms.find(({ extension }) => folder.toLowerCase().endsWith(`.${extension}`));
  if (form !== undefined)
    return {
      forms: [{ form, place: () => folder }],
      beside: () => join(dirname(folder), `${basename(folder)}.withheld.jsonl`),
    };
  const names = forms.map(({ extension }) => `.${extension}`).join(' or ');
  throw new Problem('usage', {
    why: `${id} is written as ${names}, and ${folder} does not end so: name a file that does, or a folder`,
  });
};
