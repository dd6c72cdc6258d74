import { basename } from 'node:path';
import { formatUtc } from '../base/instant.ts';
import { sha256Hex, toHex } from '../base/hash.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import { piecesOf, sumOf } from '../io/growing.ts';
import { limits } from '../model/limits.ts';
import type { Fresh } from '../model/event.ts';
import type { Mapping } from '../model/mapping.ts';
import { gatherer, type Gatherer } from '../scope/gather.ts';
import { rowReader, type BadRow } from '../scope/rows.ts';
import { seenIn } from '../scope/sighting.ts';
import { namesOf } from '../scope/rows.ts';
import type { IncidentParts } from './parts.ts';
import type { ScopeAsked, ScopeImported, ScopePreview } from './scope-contract.ts';
import { mappingFor } from './scope-mapping.ts';

const HEAD = 65_536;
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

/** Reads an export whole. Nothing of it is in the journal unless all of it is: pieces without their last entry count for nothing. */
export async function importExport(
  parts: IncidentParts,
  asked: ScopeAsked,
  heard: (bytes: number, size: number) => void,
): Promise<ScopeImported> {
  const { ledger } = parts;
  const { name, mapping } = mappingFor(parts.files, asked.mapping);
  const channel = asked.channel ?? mapping.channel ?? null;
  const known = parts.frozen.inventory.channels.find(({ id }) => id === channel);
  if (channel !== null && known === undefined)
    throw new Problem('not-found', {
      what: 'channel of the inventory',
      id: channel,
      near: parts.frozen.inventory.channels.map(({ id }) => id).join(', '),
    });
  const { sha256, bytes: size } = sumOf(piecesOf(asked.path));
  const before = ledger
    .state()
    .scope.imports.find((one) => one.sha256 === sha256 && one.mapping === name && one.channel === channel);
  if (before !== undefined) return { ...before, already: true, faults: [] };
  const scope = `sc-${toHex(parts.world.random.bytes(4))}`;
  const found = await reading(parts, scope, { path: asked.path, size, mapping }, heard);
  const { gathered, faults, bad, hidden, kept } = found;
  if (sumOf(piecesOf(asked.path)).sha256 !== sha256)
    throw new Problem('usage', { why: `${asked.path} was changed while it was read: nothing of it counts` });
  const { rows, nobody, first, last } = gathered.tally;
  await ledger.append([
    {
      kind: 'scope.imported',
      pub: {
        scope,
        mapping: name,
        channel,
        data: [...(mapping.data ?? known?.data ?? [])],
        sha256,
        size,
        rows,
        bad,
        nobody,
        hidden,
        ways: kept.records,
        parts: kept.parts,
        first,
        last,
      },
      priv: {
        source: { class: 'staff', value: maskSecrets(basename(asked.path)).text },
        ...(faults.length === 0
          ? {}
          : { bad: { class: 'staff', value: faults.map(({ line, why }) => `${line}: ${why}`).join('\n') } }),
      },
    },
  ]);
  return { scope, already: false, sha256, rows, ways: kept.records, nobody, hidden, bad, faults };
}

type Found = Readonly<{
  gathered: Gatherer;
  faults: readonly BadRow[];
  bad: number;
  hidden: number;
  kept: Readonly<{ parts: number; records: number }>;
}>;

async function reading(
  parts: IncidentParts,
  scope: string,
  { path, size, mapping }: Readonly<{ path: string; size: number; mapping: Mapping }>,
  heard: (bytes: number, size: number) => void,
): Promise<Found> {
  const gathered = gatherer();
  const faults: BadRow[] = [];
  const refused: string[] = [];
  let [bad, hidden] = [0, 0];
  const fault = (one: BadRow): void => {
    if (faults.length < FAULTS_MAX) faults.push(one);
  };
  const keeping = keeper(parts, scope);
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
  let done = 0;
  for (const piece of piecesOf(path)) {
    reader.push(piece);
    mustFit(refused, path, mapping);
    done += piece.length;
    heard(done, size);
    if (gathered.full()) await keeping.keep(gathered);
  }
  reader.end();
  mustFit(refused, path, mapping);
  await keeping.keep(gathered);
  return { gathered, faults, bad, hidden, kept: keeping.kept };
}

const mustFit = (refused: readonly string[], path: string, mapping: Mapping): void => {
  if (refused.length > 0)
    throw new Problem('usage', {
      why: `${basename(path)} does not fit the mapping: ${refused.join('; ')}`,
      next: `firebreak scope preview shows what a mapping finds; this one reads ${namesOf(mapping).length} columns`,
    });
};

function keeper({ ledger }: IncidentParts, scope: string) {
  const kept = { parts: 0, records: 0 };
  return {
    kept,
    keep: async (gathered: Gatherer): Promise<void> => {
      for (const { content, records } of gathered.pieces(limits.collectPieceBytes)) {
        await ledger.append([pieceOf(scope, 'sightings', kept.parts, content, records)]);
        kept.parts += 1;
        kept.records += records;
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
