import { basename } from 'node:path';
import { formatUtc } from '../base/instant.ts';
import { sha256Hex, sha256Of, toHex } from '../base/hash.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import { nextTurn } from '../io/clock.ts';
import { piecesOf } from '../io/growing.ts';
import { limits } from '../model/limits.ts';
import type { Fresh } from '../model/event.ts';
import type { Channel } from '../model/inventory.ts';
import type { Mapping } from '../model/mapping.ts';
import { gatherer, type Gatherer } from '../scope/gather.ts';
import { rowReader, type BadRow } from '../scope/rows.ts';
import { seenIn } from '../scope/sighting.ts';
import { namesOf } from '../scope/rows.ts';
import type { IncidentParts } from './parts.ts';
import type { ScopeAsked, ScopeFar, ScopeImported, ScopePreview, ScopeStopped } from './scope-contract.ts';
import { mappingFor } from './scope-mapping.ts';

const HEAD = 65_536;
/** Read between two breaths: a screen takes several of them to draw, and all of it within a tenth of a second. */
const PIECE = 16_384;
const SHOWN = 10;

/** The first rows of a file as a mapping reads them. */
export function preview({ files }: IncidentParts, { path, mapping: asked }: ScopeAsked): ScopePreview {
  const { name, mapping } = mappingFor(files, asked);
  const [head = new Uint8Array()] = piecesOf(path, HEAD);
  const [rows, bad, refused]: [ScopePreview['rows'][number][], BadRow[], string[]] = [[], [], []];
  const reader = rowReader(mapping, head, {
    onRow: (row) => {
      if (rows.length >= SHOWN) return;
      const { sighting, at, doubts } = seenIn(row, mapping);
      const { ids, ...others } = sighting;
      const found = { ...others, ids: ids.join(' '), at: at === null ? '' : formatUtc(at) };
      rows.push({
        line: row.line,
        cells: Object.fromEntries(Object.entries(found).filter(([, text]) => text !== '')),
        doubts,
      });
    },
    onBad: (one) => {
      if (bad.length < SHOWN) bad.push(one);
    },
    onRefused: (why) => void refused.push(...why),
  });
  reader.push(head);
  // The last row of a beginning is cut: it is no fault of the file.
  if (head.length < HEAD) reader.end();
  return { mapping: `${name}: ${mapping.title}`, refused, rows, bad };
}

/** Faults that are kept word by word; the number of all is kept too. */
const FAULTS_MAX = 1000;

/**
 * Reads an export whole. Nothing of it is in the journal unless all of it is: pieces without their last entry count for nothing, so
 * it can be stopped after any of them.
 */
export async function importExport(
  parts: IncidentParts,
  asked: ScopeAsked,
  heard: (far: ScopeFar) => void,
  stop: AbortSignal,
): Promise<ScopeImported | ScopeStopped> {
  const { ledger } = parts;
  const { name, mapping } = mappingFor(parts.files, asked.mapping);
  const channel = channelOf(parts, asked.channel ?? mapping.channel ?? null);
  const going = { begun: parts.world.clock.elapsed(), heard, stop };
  const named = await sumOfFile(parts, asked.path, going);
  if (named === null) return { is: 'stopped', rows: 0, pieces: 0 };
  const { sha256, size } = named;
  const before = ledger
    .state()
    .scope.imports.find(
      (one) => one.sha256 === sha256 && one.mapping === name && one.channel === (channel?.id ?? null),
    );
  if (before !== undefined) return { ...before, is: 'imported', already: true, faults: [] };
  const scope = `sc-${toHex(parts.world.random.bytes(4))}`;
  const found = await reading(parts, scope, { path: asked.path, size, mapping }, going);
  const { gathered, faults, bad, hidden, kept, read } = found;
  const { rows, nobody, first, last } = gathered.tally;
  if (read === null) return { is: 'stopped', rows, pieces: kept.parts };
  if (read !== sha256)
    throw new Problem('usage', { why: `${asked.path} was changed while it was read: nothing of it counts` });
  const report = { scope, sha256, rows, ways: kept.records, nobody, hidden, bad };
  const data = [...(mapping.data ?? channel?.data ?? [])];
  await ledger.append([
    {
      kind: 'scope.imported',
      pub: {
        ...report,
        mapping: name,
        channel: channel?.id ?? null,
        data,
        size,
        parts: kept.parts,
        first,
        last,
      },
      priv: wordsOf(asked.path, faults),
    },
  ]);
  return { is: 'imported', already: false, ...report, faults };
}

/** What names somebody's file, and what stands in it: for the team alone. */
const wordsOf = (path: string, faults: readonly BadRow[]): NonNullable<Fresh<'scope.imported'>['priv']> => ({
  source: { class: 'staff', value: maskSecrets(basename(path)).text },
  ...(faults.length === 0
    ? {}
    : { bad: { class: 'staff', value: faults.map(({ line, why }) => `${line}: ${why}`).join('\n') } }),
});

/** The channel of the inventory that it came from. @throws Problem `not-found` */
function channelOf({ frozen }: IncidentParts, id: string | null): Channel | null {
  if (id === null) return null;
  const { channels } = frozen.inventory;
  const found = channels.find((one) => one.id === id);
  if (found !== undefined) return found;
  const near = channels.map((one) => one.id).join(', ');
  throw new Problem('not-found', { what: 'channel of the inventory', id, near });
}

/** Who hears how far it is, and what ends it. `begun` as `Clock.elapsed`. */
type Going = Readonly<{ begun: number; heard: (far: ScopeFar) => void; stop: AbortSignal }>;

/** The hash of a file of any size, with a breath after each piece; null where it was stopped. */
async function sumOfFile(
  { files, world }: IncidentParts,
  path: string,
  { begun, heard, stop }: Going,
): Promise<Readonly<{ sha256: string; size: number }> | null> {
  const sum = sha256Of();
  const size = files.info(path)?.bytes ?? 0;
  let bytes = 0;
  for (const piece of piecesOf(path)) {
    sum.add(piece);
    bytes += piece.length;
    heard({ doing: 'hashing', rows: 0, bytes, size, msSpent: world.clock.elapsed() - begun });
    await nextTurn();
    if (stop.aborted) return null;
  }
  return { sha256: sum.hex(), size: bytes };
}

type Found = Readonly<{
  gathered: Gatherer;
  faults: readonly BadRow[];
  bad: number;
  hidden: number;
  kept: Readonly<{ parts: number; records: number }>;
  /** The hash of what was read, so that a file which changed meanwhile is noticed; null where it was stopped. */
  read: string | null;
}>;

async function reading(
  parts: IncidentParts,
  scope: string,
  { path, size, mapping }: Readonly<{ path: string; size: number; mapping: Mapping }>,
  going: Going,
): Promise<Found> {
  const gathered = gatherer();
  const faults: BadRow[] = [];
  const refused: string[] = [];
  let [bad, hidden] = [0, 0];
  const fault = (one: BadRow): void => {
    if (faults.length < FAULTS_MAX) faults.push(one);
  };
  const keeping = keeper(parts, scope, going.stop);
  const [head = new Uint8Array()] = piecesOf(path, HEAD);
  const reader = rowReader(mapping, head, {
    onRow: (row) => {
      const seen = seenIn(row, mapping);
      hidden += seen.hidden;
      for (const why of seen.doubts) fault({ line: row.line, why });
      gathered.take(seen);
    },
    onBad: (one) => {
      bad += 1;
      fault(one);
    },
    onRefused: (why) => void refused.push(...why),
  });
  const found = (read: string | null): Found => ({ gathered, faults, bad, hidden, kept: keeping.kept, read });
  const begun = parts.world.clock.elapsed();
  const sum = sha256Of();
  let bytes = 0;
  for (const piece of piecesOf(path, PIECE)) {
    reader.push(piece);
    mustFit(refused, path, mapping);
    sum.add(piece);
    bytes += piece.length;
    const msSpent = parts.world.clock.elapsed() - begun;
    going.heard({ doing: 'reading', rows: gathered.tally.rows, bytes, size, msSpent });
    await nextTurn();
    if (gathered.full()) await keeping.keep(gathered);
    if (going.stop.aborted) return found(null);
  }
  reader.end();
  mustFit(refused, path, mapping);
  await keeping.keep(gathered);
  return found(going.stop.aborted ? null : sum.hex());
}

const mustFit = (refused: readonly string[], path: string, mapping: Mapping): void => {
  if (refused.length > 0)
    throw new Problem('usage', {
      why: `${basename(path)} does not fit the mapping: ${refused.join('; ')}`,
      next: `firebreak scope preview shows what a mapping finds; this one reads ${namesOf(mapping).length} columns`,
    });
};

function keeper({ ledger }: IncidentParts, scope: string, stop: AbortSignal) {
  const kept = { parts: 0, records: 0 };
  return {
    kept,
    keep: async (gathered: Gatherer): Promise<void> => {
      for (const { content, records } of gathered.pieces(limits.collectPieceBytes)) {
        await ledger.append([pieceOf(scope, 'sightings', kept.parts, content, records)]);
        kept.parts += 1;
        kept.records += records;
        if (stop.aborted) return;
      }
    },
  };
}

/** Sealed under the class of those whom the breach harmed: it can be destroyed by itself once nobody needs it. */
export const pieceOf = (
  scope: string,
  list: 'sightings' | 'recipients',
  part: number,
  content: Uint8Array,
  records: number,
): Fresh<'scope.kept'> => ({
  kind: 'scope.kept',
  pub: { scope, list, part, sha256: sha256Hex(content), size: content.byteLength, records },
  priv: { content: { class: 'victims', value: content } },
});
