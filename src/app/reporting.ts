import { join } from 'node:path';
import { fileName } from '../base/file-name.ts';
import { sha256Hex } from '../base/hash.ts';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { progress } from '../incident/ready.ts';
import { chartOf } from '../letters/report/chart.ts';
import { markdownOf } from '../letters/report/markdown.ts';
import { pseudonymous } from '../letters/report/pseudonyms.ts';
import { reportBlocks } from '../letters/report/report.ts';
import type { Block } from '../letters/body.ts';
import type { PageLetter } from '../letters/papers/document.ts';
import type { Recorded, Reveal } from '../model/event.ts';
import { afterAction, asOf } from '../projections/after-action/view.ts';
import type { AfterAction } from '../projections/after-action/view.ts';
import type { Base } from './base.ts';
import { incidentFolder } from './base.ts';
import type { DrillRecord, ReportAsked, ReportFile } from './programme-contract.ts';
import { thaw } from './definitions.ts';
import { drillPath } from './drill-path.ts';
import { appendTo, drillNamed } from './improving.ts';
import type { Knowledge } from './knowledge.ts';
import { cadenceOf, readDrills } from './programme.ts';
import { readOne } from './summaries.ts';
import { clocksOf } from './views.ts';

/** The report after a drill, in the form that is asked for. It rests on journals alone: the same journals, the same bytes. */

const NOTICE = 'DRILL: an exercise. Nothing in this document has happened.';

type Made = Readonly<{
  view: AfterAction;
  people: readonly Readonly<{ handle: string; name: string | null }>[];
}>;

export const reportFile = async (base: Base, known: Knowledge, asked: ReportAsked): Promise<ReportFile> => {
  const { drills } = readDrills(base);
  const record = asked.drill === null ? newest(drills) : drillNamed(drills, asked.drill);
  const { view, people } = viewOf(base, known, record, drills);
  const blocks = reportBlocks(view);
  const body = asked.pseudonyms ? pseudonymous(blocks, people) : blocks;
  const { bytes, missing } = await written(base, asked, view, body);
  return {
    drill: record.id,
    format: asked.format,
    name: nameOf(record, asked),
    bytes,
    sha256: sha256Hex(bytes),
    replaced: missing,
  };
};

const newest = (drills: readonly DrillRecord[]): DrillRecord => {
  const scored = drills.filter(({ passed }) => passed !== null);
  const found = scored.findLast(({ by }) => by === 'people') ?? scored.at(-1);
  if (found === undefined)
    throw new Problem('not-found', {
      what: 'drill that was played to its score',
      id: 'the newest',
      near: '',
    });
  return found;
};

const viewOf = (base: Base, known: Knowledge, record: DrillRecord, drills: readonly DrillRecord[]): Made => {
  // The next drill is counted from this report's own day, so that it says the same whenever it is made again.
  const upTo = drills.filter(({ begunAt }) => begunAt <= record.begunAt);
  const at = asOf(record);
  const { programme, scenarios } = cadenceOf(
    { ...base, clock: { ...base.clock, now: () => at } },
    known,
    upTo,
  );
  const read = readOne(base, record.id, true, (ledger): Made => {
    const entries = [...ledger.entries()];
    const state = ledger.state();
    const frozen = thaw(entries, ledger.reveal);
    const { organisation } = frozen.company;
    const zone = base.zone ?? state.zone;
    const last = entries.findLast(({ kind }) => kind === 'drill.scored') ?? entries.at(-1);
    const view = afterAction({
      record,
      drills,
      entries,
      reveal: ledger.reveal,
      state,
      progress: progress(state),
      clocks: clocksOf(state, frozen, last?.recorded_at ?? state.openedAt, zone),
      company: organisation.name,
      zone,
      next: { programme, scenario: scenarios.find(({ runbook }) => runbook === record.runbook) ?? null },
    });
    return { view, people: peopleIn(record, entries, ledger.reveal, frozen.company.people ?? []) };
  });
  if (!read.ok) throw read.error;
  return read.value;
};

/** Whoever took part, owns an improvement or is known to the plan, in the order of the alphabet. */
const peopleIn = (
  record: DrillRecord,
  entries: readonly Recorded[],
  reveal: Reveal,
  known: readonly Readonly<{ handle: string; name: string }>[],
): Made['people'] => {
  const names = new Map<string, string | null>(known.map(({ handle, name }) => [handle, name]));
  for (const entry of entries) {
    if (entry.kind !== 'role.claimed') continue;
    const name = entry.priv.includes('name') ? reveal({ n: entry.n, name: 'name' }) : null;
    names.set(entry.pub.person, name ?? names.get(entry.pub.person) ?? null);
  }
  for (const handle of [...record.people, ...record.items.map(({ owner }) => owner)])
    if (!names.has(handle)) names.set(handle, null);
  return [...names]
    .map(([handle, name]) => ({ handle, name }))
    .toSorted((a, b) => (a.handle < b.handle ? -1 : 1));
};

const written = async (
  base: Base,
  { format }: ReportAsked,
  view: AfterAction,
  body: readonly Block[],
): Promise<Readonly<{ bytes: Uint8Array; missing: readonly string[] }>> => {
  const text = (words: string) => ({ bytes: new TextEncoder().encode(words), missing: [] });
  if (format === 'svg') return text(chartOf(view));
  if (format === 'md') return text(`> **${NOTICE}**\n\n${markdownOf(body)}\n> **${NOTICE}**\n`);
  const sheet = sheetOf(view, body);
  if (format === 'docx')
    return { bytes: await (await import('../letters/papers/docx.ts')).docxOf(sheet), missing: [] };
  const { typesetter } = base;
  if (typesetter === undefined)
    throw new Problem('not-installed', { what: 'the typesetter that makes PDF files' });
  return (await import('../letters/papers/pdf.ts')).pdfOf(typesetter(), sheet);
};

const sheetOf = (view: AfterAction, body: readonly Block[]): PageLetter => ({
  letter: 'after-action-report',
  language: 'en',
  subject: `DRILL: after-action report of ${view.record.codename}`,
  watermark: NOTICE,
  stamp: 'DRILL',
  body,
  sender: view.company,
  reference: `DRILL ${view.record.codename} · TLP:AMBER`,
  at: asOf(view.record),
  page: 'a4',
  to: null,
});

/** `DRILL-amber-otter-after-action-20261120.pdf`, by the day on which it was played. */
const nameOf = ({ codename, begunAt }: DrillRecord, { format, pseudonyms }: ReportAsked): string => {
  const day = formatUtc(begunAt).slice(0, 10).replaceAll('-', '');
  const what = format === 'svg' ? 'comparison' : `after-action${pseudonyms ? '-pseudonyms' : ''}`;
  return fileName(`DRILL-${fileName(codename.toLowerCase())}-${what}-${day}.${format}`);
};

export const writeReport = async (
  base: Base,
  known: Knowledge,
  asked: ReportAsked,
  out: string | null,
  overwrite: boolean,
): Promise<ReportFile & Readonly<{ path: string }>> => {
  const { files } = base;
  const made = await reportFile(base, known, asked);
  const own = join(incidentFolder(base.home, made.drill, true), 'exports');
  if (out === null) files.privateDir(own);
  const found = out === null ? 'folder' : files.info(out)?.kind;
  if (found === 'other')
    throw new Problem('usage', { why: `${out ?? ''} is a device or a pipe; name a file` });
  const path = out === null || found === 'folder' ? join(out ?? own, made.name) : drillPath(out);
  if (overwrite) files.writeAtomic(path, made.bytes);
  else if (!files.writeNew(path, made.bytes))
    throw new Problem('usage', {
      why: `there is already a ${path}: nothing is overwritten without --overwrite; or name another place`,
    });
  await appendTo(base, made.drill, {
    kind: 'export.written',
    pub: { format: `after-action.${made.format}`, sha256: made.sha256 },
    priv: { path: { class: 'staff', value: path } },
  });
  return { ...made, path };
};
