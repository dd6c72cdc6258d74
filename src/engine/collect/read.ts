import { sha256Hex, toHex, utf8 } from '../../base/hash.ts';
import { isProblem } from '../../base/problem.ts';
import type { Instant } from '../../base/instant.ts';
import type { Gap, Log, LogPage, Outside, Place, Window } from '../../connectors/connector.ts';
import type { CollectionState } from '../../incident/state.ts';
import type { Events, Fresh, PrivateText } from '../../model/event.ts';
import { limits } from '../../model/limits.ts';
import type { Door } from '../door.ts';
import type { Engine } from '../lines.ts';
import type { CollectLine } from './lines.ts';

/**
 * One log, page by page into pieces of evidence. A piece is durable before the next page but one is asked for, and says where the
 * reading goes on: killed in the middle, the same collection goes on from its last piece. Only one piece is ever in memory.
 */

export type Collection = Events['collection.begun'];

type Reading = Readonly<{
  of: Collection;
  log: Log;
  /** An earlier reading of the same log and window that did not get to its end. */
  before: CollectionState | null;
  collector: string;
}>;
type Ways = Readonly<{
  door: Extract<Door, { is: 'open' }>;
  through: (outside: Outside) => Outside;
  heard: (records: number, bytes: number) => void;
}>;

/** Where a reading stands after a piece; sealed beside it, because what a vendor calls a place is its own. */
type Stand = Readonly<{ next: Place | null; got: Window | null }>;

export const readLog = async (engine: Engine, reading: Reading, ways: Ways): Promise<CollectLine> => {
  const { of, log } = reading;
  const stand = standOf(engine, reading.before);
  // Without the key nobody knows where it stood: it is read anew, as a collection of its own.
  const before = stand === null ? null : reading.before;
  const collection = before?.n ?? (await begin(engine, reading));
  const pieces = makePieces(engine, reading, collection, before, stand);
  const gaps: Gap[] = [];
  const ended = stand !== null && stand.next === null;
  const { outside } = ways.door.outside({ key: 'collect', suspects: [], signal: engine.signal, deaf: true });
  const pages = log.read({ from: of.since, to: of.until }, stand?.next ?? null, ways.through(outside));
  for await (const page of safely(pages)) {
    gaps.push(...page.gaps);
    // Its last page was kept before the tool died: what is asked for is only what is known without asking.
    if (ended) break;
    await pieces.take(page);
    ways.heard(pieces.total().records, pieces.total().bytes);
    const enough = page.next === null ? null : whyEnough(engine, pieces.total().bytes);
    if (enough !== null) gaps.push({ is: 'cut', says: enough });
    if (enough !== null) break;
  }
  await pieces.flush();
  return await finish(engine, reading, collection, pieces, gaps);
};

/** What could not be asked at all is named in the journal like everything else that is missing. */
export const notRead = async (engine: Engine, reading: Reading, gap: Gap): Promise<CollectLine> => {
  const collection = await begin(engine, reading);
  return await finish(engine, reading, collection, makePieces(engine, reading, collection, null, null), [
    gap,
  ]);
};

const whyEnough = ({ signal, stop }: Engine, bytes: number): string | null => {
  if (signal.aborted || stop?.aborted === true) return 'it was stopped here; the same command goes on';
  return bytes < limits.collectBytesMax
    ? null
    : 'more than fits into one collection: ask for shorter windows';
};

/** A bug in a connector must not cost the logs of the others. */
async function* safely(pages: AsyncIterable<LogPage>): AsyncGenerator<LogPage> {
  try {
    yield* pages;
  } catch (error) {
    const lacks = isProblem(error) && error.code === 'missing-secret';
    const says = lacks
      ? `the secret ${error.facts['name'] ?? ''} is missing (${error.facts['ref'] ?? 'not configured'})`
      : `it could not be read: ${error instanceof Error ? error.message : String(error)}`;
    yield { records: [], next: null, got: null, gaps: [{ is: lacks ? 'forbidden' : 'unread', says }] };
  }
}

const standOf = ({ ledger }: Engine, before: CollectionState | null): Stand | null => {
  const last = before?.parts.at(-1);
  const text = last === undefined ? null : ledger.reveal({ n: last.n, name: 'place' });
  return text === null ? null : (JSON.parse(text) as Stand);
};

const staff = (value: string): PrivateText => ({ class: 'staff', value });

const begin = async ({ ledger }: Engine, { of, log, collector }: Reading): Promise<number> => {
  const [entry] = await ledger.append([
    {
      kind: 'collection.begun',
      pub: of,
      priv: {
        collector: staff(collector),
        method: staff(`${log.title}: ${log.holds}; read page by page through the API of ${of.connector}`),
      },
    },
  ]);
  return entry?.n ?? 0;
};

type Total = Readonly<{ records: number; bytes: number; parts: readonly string[]; stand: Stand | null }>;

const pieceOf = (
  { world }: Engine,
  { of, log, collector }: Reading,
  collection: number,
  { parts, stand }: Total,
  { content, records }: Readonly<{ content: Uint8Array; records: number }>,
): Fresh<'evidence.added'> => ({
  kind: 'evidence.added',
  pub: {
    evidence: `ev-${toHex(world.random.bytes(4))}`,
    sha256: sha256Hex(content),
    size: content.byteLength,
    method: 'collected',
    at: world.clock.now(),
    step: of.step,
    collection,
    part: parts.length,
    records,
  },
  priv: {
    source: staff(`${of.instance}: ${log.title}`),
    collector: staff(collector),
    note: staff(`piece ${parts.length + 1} of the log, ${records} records, one a line of JSON`),
    content: { class: 'evidence', value: content },
    place: { class: 'exchange', value: JSON.stringify(stand) },
  },
});

const makePieces = (
  engine: Engine,
  reading: Reading,
  collection: number,
  before: CollectionState | null,
  from: Stand | null,
) => {
  const { ledger, world } = engine;
  const earlier = before?.parts ?? [];
  let total: Total = {
    records: earlier.reduce((sum, part) => sum + part.records, 0),
    bytes: earlier.reduce((sum, part) => sum + part.size, 0),
    parts: earlier.map(({ sha256 }) => sha256),
    stand: from,
  };
  let [held, records, bytes, since]: [string[], number, number, number] = [[], 0, 0, world.clock.elapsed()];
  const flush = async (): Promise<void> => {
    if (records === 0) return;
    const piece = pieceOf(engine, reading, collection, total, { content: utf8(held.join('')), records });
    await ledger.append([piece]);
    const { sha256 } = piece.pub;
    total = { ...total, parts: [...total.parts, sha256] };
    [held, records, bytes, since] = [[], 0, 0, world.clock.elapsed()];
  };
  return {
    total: () => total,
    flush,
    take: async (page: LogPage): Promise<void> => {
      const text = page.records.map((record) => `${JSON.stringify(record)}\n`).join('');
      const size = Buffer.byteLength(text);
      held.push(text);
      records += page.records.length;
      bytes += size;
      total = {
        ...total,
        records: total.records + page.records.length,
        bytes: total.bytes + size,
        stand: { next: page.next, got: page.got ?? total.stand?.got ?? null },
      };
      const old = world.clock.elapsed() - since >= limits.collectPieceMs;
      if (bytes >= limits.collectPieceBytes || old) await flush();
    },
  };
};

/** What is missing beside what the log never holds; then the window was not had whole. */
const isMissing = ({ is }: Gap): boolean => is !== 'blind';

const finish = async (
  { ledger }: Engine,
  { of, log }: Reading,
  collection: number,
  pieces: ReturnType<typeof makePieces>,
  gaps: readonly Gap[],
): Promise<CollectLine> => {
  const { records, bytes, parts, stand } = pieces.total();
  const missing = gaps.some(isMissing);
  const got = stand?.got ?? null;
  const is = !missing ? 'whole' : got === null && records === 0 ? 'none' : 'partial';
  await ledger.append([
    {
      kind: 'collection.ended',
      pub: {
        collection,
        ended: is,
        records,
        parts: parts.length,
        size: bytes,
        got_from: (got?.from ?? null) as Instant | null,
        got_to: (got?.to ?? null) as Instant | null,
        gaps: [...new Set(gaps.map((gap) => gap.is))],
        parts_sha256: sha256Hex(utf8(parts.map((sha256) => `${sha256}\n`).join(''))),
      },
      priv: {
        gaps: { class: 'exchange', value: gaps.map(({ is: kind, says }) => `${kind}: ${says}`).join('\n') },
      },
    },
  ]);
  return {
    is,
    instance: of.instance,
    log: log.name,
    records,
    parts: parts.length,
    bytes,
    got,
    gaps,
    manual: missing ? log.byHand : null,
  };
};
