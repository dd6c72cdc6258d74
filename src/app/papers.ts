import { join } from 'node:path';
import { fileName } from '../base/file-name.ts';
import { sha256Hex } from '../base/hash.ts';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { isPaperFormat, paperFormats, PAPERS, type PaperFormat } from '../model/paper.ts';
import { paper } from '../letters/papers/paper.ts';
import type { PaperLetter } from '../letters/papers/document.ts';
import type { RenderedLetter, RenderedPaper, RenderAsked } from './letter-contract.ts';
import { draftFor } from './letters.ts';
import { drillPath } from './drill-path.ts';
import type { IncidentParts } from './parts.ts';

/** Letters as files: what a draft says, in the form that whoever gets it needs. */

/** Countries whose offices use the paper of North America (CLDR, paperSize). */
const US_LETTER = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '));

/** The paper of the company. */
export const pageOf = ({ frozen }: IncidentParts): PaperLetter['page'] =>
  US_LETTER.has(frozen.company.organisation.country) ? 'us-letter' : 'a4';

/** The letter with what stands around it. */
const paperLetter = (parts: IncidentParts, { letter, language, to }: RenderAsked) => {
  const draft = draftFor(parts, letter, language ?? 'en');
  const { organisation } = parts.frozen.company;
  const set: PaperLetter = {
    ...draft,
    sender: organisation.legal_name ?? organisation.name,
    reference: parts.ledger.state().codename,
    at: parts.world.clock.now(),
    page: pageOf(parts),
    to,
  };
  return { draft, set };
};

const formatOf = (id: string): PaperFormat => {
  if (isPaperFormat(id)) return id;
  throw new Problem('not-found', { what: 'form of a letter', id, near: paperFormats.join(', ') });
};

/** `DRILL-amber-otter-gdpr-art33.en-20261120T021407Z.pdf` */
const nameOf = (parts: IncidentParts, set: PaperLetter, format: PaperFormat): string => {
  const codename = fileName(set.reference.toLowerCase());
  const at = `${formatUtc(set.at).slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const drill = parts.ledger.state().drill ? 'DRILL-' : '';
  const about = `${fileName(set.letter)}.${fileName(set.language)}`;
  return fileName(`${drill}${codename === '' ? 'incident' : codename}-${about}-${at}.${format}`);
};

/** The file without a place for it; nothing is recorded, as when a draft is shown. */
export const renderPaper = async (parts: IncidentParts, asked: RenderAsked): Promise<RenderedPaper> => {
  const format = formatOf(asked.format);
  const { draft, set } = paperLetter(parts, asked);
  const { bytes, missing } = await paper(format, set, parts.typesetter);
  return {
    format,
    language: set.language,
    name: nameOf(parts, set, format),
    bytes,
    sha256: sha256Hex(bytes),
    text: PAPERS[format].text,
    complete: draft.complete,
    missing: draft.missing,
    replaced: missing,
  };
};

/** Writes it, 0600, and says so in the journal, as every export does. */
export const writePaper = async (
  parts: IncidentParts,
  asked: RenderAsked,
  out: string | null,
  overwrite: boolean,
): Promise<RenderedLetter> => {
  const { files } = parts;
  const made = await renderPaper(parts, asked);
  if (out === null) files.privateDir(parts.exportsFolder);
  const path = placeOf(parts, out, made.name);
  if (overwrite) files.writeAtomic(path, made.bytes);
  else if (!files.writeNew(path, made.bytes)) throw new Problem('usage', { why: thereIs(path) });
  await parts.ledger.append([
    {
      kind: 'export.written',
      pub: { format: `${asked.letter}.${made.language}.${made.format}`, sha256: made.sha256 },
      priv: { path: { class: 'staff', value: path } },
    },
  ]);
  return { ...made, path };
};

const thereIs = (path: string): string =>
  `there is already a ${path}: nothing is overwritten without --overwrite; or name another place`;

const placeOf = (
  { files, exportsFolder, ledger }: IncidentParts,
  out: string | null,
  name: string,
): string => {
  if (out === null) return join(exportsFolder, name);
  const found = files.info(out)?.kind;
  if (found === 'folder') return join(out, name);
  if (found === 'other') throw new Problem('usage', { why: `${out} is a device or a pipe; name a file` });
  return ledger.state().drill ? drillPath(out) : out;
};
