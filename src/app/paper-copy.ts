import { sha256Hex } from '../base/hash.ts';
import { formatLocal } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { recipeOf } from '../engine/door.ts';
import { actionsOf } from '../engine/reach.ts';
import { entryOf } from '../engine/world.ts';
import { paperCopy } from '../letters/paper-copy/copy.ts';
import type { PaperCopy } from '../letters/paper-copy/view.ts';
import type { PageLetter } from '../letters/papers/document.ts';
import { markdownOf } from '../letters/report/markdown.ts';
import type { Manual } from '../model/action.ts';
import { ownObligations } from '../model/own-duty.ts';
import { packWords } from '../projections/pack.ts';
import { regulations } from '../regulations/index.ts';
import type { CopyFile, CopyFormat } from './authoring-contract.ts';
import type { Base } from './base.ts';
import { definitionsOf, freezeCatalog } from './definitions.ts';
import { compiledOf } from './knowledge.ts';
import type { Knowledge } from './knowledge.ts';

/** A runbook on paper, from what is known today; no system is asked. */

export const copyFile = async (
  base: Base,
  known: Knowledge,
  runbook: string,
  format: CopyFormat,
): Promise<CopyFile> => {
  const copy = await copyOf(base, known, runbook);
  const { bytes, missing } = await written(base, known, copy, format);
  return { runbook, format, bytes, sha256: sha256Hex(bytes), replaced: missing };
};

const written = async (
  base: Base,
  { catalog }: Knowledge,
  copy: PaperCopy,
  format: CopyFormat,
): Promise<Readonly<{ bytes: Uint8Array; missing: readonly string[] }>> => {
  const body = paperCopy(copy);
  if (format === 'md') return { bytes: new TextEncoder().encode(markdownOf(body)), missing: [] };
  const { typesetter } = base;
  if (typesetter === undefined)
    throw new Problem('not-installed', { what: 'the typesetter that makes PDF files' });
  const { organisation } = catalog.company.value;
  const sheet: PageLetter = {
    letter: 'paper-copy',
    language: 'en',
    subject: `${copy.plan.title}: paper copy`,
    watermark: null,
    stamp: null,
    body,
    sender: `${base.workspace === null ? 'Firebreak' : organisation.name}: ${copy.plan.title}`,
    reference: `${copy.plan.runbook} ${copy.plan.version} · printed ${copy.printedOn} · TLP:AMBER`,
    at: base.clock.now(),
    page: 'a4',
    to: null,
  };
  return (await import('../letters/papers/pdf.ts')).pdfOf(typesetter(), sheet);
};

/** Numbers of the example company are made up: without a workspace nobody is named, and there is room to write. */
const copyOf = async (base: Base, known: Knowledge, runbook: string): Promise<PaperCopy> => {
  const { catalog } = known;
  const { plan, summary, sha256 } = compiledOf(known, runbook);
  const duties = catalog.runbooks.get(runbook)?.value.duties ?? [];
  const zone = base.zone ?? catalog.company.value.organisation.zone;
  const own = base.workspace === null ? [] : ownObligations(catalog.obligations.value);
  const law = Object.values(regulations).flatMap(({ obligations }) => obligations);
  return {
    plan,
    summary,
    sha256,
    zone,
    printedOn: formatLocal(base.clock.now(), zone, 'date'),
    pack: packWords(plan),
    contacts: base.workspace === null ? null : catalog.contacts.value.contacts,
    clocks: [...law.filter(({ id }) => duties.includes(id)), ...own].map(
      ({ id, title, to, starts, period }) => ({ id, title, to, starts, period }),
    ),
    manuals: await manualsOf(base, known),
  };
};

/** What every configured system is stopped by without the tool. */
const manualsOf = async (base: Base, { catalog }: Knowledge): Promise<PaperCopy['manuals']> => {
  const definitions = definitionsOf(freezeCatalog(catalog, null, []), base.connectors);
  const manuals = new Map<string, Manual>();
  for (const instance of Object.values(definitions.company.connectors)) {
    const connector = await entryOf(definitions, instance.uses)?.load();
    const recipe = recipeOf(definitions, instance);
    if (connector === undefined || (connector.bind !== undefined && recipe === null)) continue;
    for (const [id, { byHand }] of Object.entries(actionsOf(connector, recipe)))
      manuals.set(`${instance.recipe ?? instance.uses}.${id}`, byHand);
  }
  return manuals;
};

type Asked = Readonly<{ runbook: string; format: CopyFormat; path: string; overwrite: boolean }>;

export const writeCopy = async (
  base: Base,
  known: Knowledge,
  { runbook, format, path, overwrite }: Asked,
): Promise<CopyFile & Readonly<{ path: string }>> => {
  const { files } = base;
  const found = files.info(path)?.kind;
  if (found === 'other' || found === 'folder')
    throw new Problem('usage', { why: `${path} is no file; name one that ends in .md or .pdf` });
  const made = await copyFile(base, known, runbook, format);
  if (overwrite) files.writeAtomic(path, made.bytes);
  else if (!files.writeNew(path, made.bytes))
    throw new Problem('usage', {
      why: `there is already a ${path}: nothing is overwritten without --overwrite; or name another place`,
    });
  return { ...made, path };
};
