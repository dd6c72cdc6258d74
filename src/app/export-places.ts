import { basename, dirname, join } from 'node:path';
import { Problem } from '../base/problem.ts';
import type { ExportForm, ExportFormat } from '../exports/export.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import type { IncidentParts } from './parts.ts';
import type { ExportAsked } from './withheld-contract.ts';

/** A form, and where it goes once its name is known. */
export type Place = Readonly<{ form: ExportForm; place: (name: string) => string }>;

/** `beside`: where the list of what was withheld goes, by the name that it would have in a folder. */
export type Places = Readonly<{ forms: readonly Place[]; beside: (name: string) => string }>;

/**
 * What somebody has is not written over: a named file that is there is refused unless it is to be replaced, and in a folder a name that is
 * taken gets a number.
 * @throws Problem `usage` for a device, a name whose ending is no form, or a file that is there; StorageError for a link
 */
export const placesOf = (
  { files, exportsFolder }: Pick<IncidentParts, 'files' | 'exportsFolder'>,
  { id, forms }: ExportFormat,
  out: string | null,
  { forms: wanted, force = false }: Pick<ExportAsked, 'forms' | 'force'>,
): Places => {
  const kind = out === null ? 'folder' : files.info(out)?.kind;
  // A device or a pipe would be replaced by the file, not written to.
  if (kind === 'other') throw new Problem('usage', { why: `${out} is a device or a pipe; name a file` });
  if (kind === 'link') throw new StorageError('permissions', out ?? '', `${out} is a link`);
  const folder = out ?? exportsFolder;
  if (kind === 'folder' || folder.endsWith('/')) {
    if (kind === undefined || out === null) files.privateDir(folder);
    const place = (name: string): string => freeIn(files, folder, name);
    return {
      forms: forms
        .filter(({ extension }) => wanted === undefined || wanted.includes(extension))
        .map((form) => ({ form, place })),
      beside: place,
    };
  }
  const form = forms.find(({ extension }) => folder.toLowerCase().endsWith(`.${extension}`));
  if (form !== undefined) {
    const list = join(dirname(folder), `${basename(folder)}.withheld.jsonl`);
    if (!force) for (const path of [folder, list]) refuseTaken(files, path);
    return { forms: [{ form, place: () => folder }], beside: () => list };
  }
  const names = forms.map(({ extension }) => `.${extension}`).join(' or ');
  throw new Problem('usage', {
    why: `${id} is written as ${names}, and ${folder} does not end so: name a file that does, or a folder`,
  });
};

const refuseTaken = (files: Files, path: string): void => {
  if (files.info(path) === null) return;
  throw new Problem('usage', {
    why: `there is already a ${path}: nothing is overwritten`,
    next: 'name another place, or replace it with firebreak export --force',
  });
};

/** Two exports of one minute have one name. */
const freeIn = (files: Files, folder: string, name: string): string => {
  const path = join(folder, name);
  if (files.info(path) === null) return path;
  const dot = name.indexOf('.');
  for (let n = 2; ; n += 1) {
    const next = join(folder, `${name.slice(0, dot)}-${n}${name.slice(dot)}`);
    if (files.info(next) === null) return next;
  }
};
