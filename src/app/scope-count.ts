import { grouped } from '../base/grouped.ts';
import { sha256Of, toHex, utf8 } from '../base/hash.ts';
import { formatUtc } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { nextTurn } from '../io/clock.ts';
import { limits } from '../model/limits.ts';
import type { Counted, CountedGroup } from '../model/event.ts';
import { basisOf, type Unseen } from '../scope/basis.ts';
import { counting, type Counting, type Counts, type Range } from '../scope/count.ts';
import { keptIn } from '../scope/gather.ts';
import { joining, type Joining, type Person } from '../scope/people.ts';
import { csvLine, LIST_HEADER, listLine } from '../scope/list.ts';
import { sourcesOf } from '../scope/sources.ts';
import type { IncidentParts } from './parts.ts';
import type { CountFar, ScopeCounting } from './scope-contract.ts';
import { openPieces } from './scope.ts';
import { pieceOf } from './scope-import.ts';

/** Lines of a piece that are joined between two breaths. */
const BREATH = 500;

/**
 * Joins everybody from all exports, writes the list of recipients and the counts. False where it was stopped: a list without the
 * entry that counts it is no list.
 */
export async function count(
  parts: IncidentParts,
  asked: ScopeCounting,
  { heard, stop }: Going,
): Promise<boolean> {
  const { ledger } = parts;
  const state = ledger.state();
  // In an order of their own, so that the list is the same whichever export was read first.
  const imports = state.scope.imports.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  if (imports.length === 0)
    throw new Problem('usage', {
      why: 'nothing was imported yet',
      next: 'firebreak scope import FILE --map NAME',
    });
  const window = { since: asked.since ?? state.earliestAt, until: asked.until ?? parts.world.clock.now() };
  if (window.since >= window.until)
    throw new Problem('usage', {
      why: 'the window ends before it begins: --since must be earlier than --until',
    });
  const join = joining(window);
  const { names, classes, of } = sourcesOf(imports);
  const exports = imports.map(({ scope, ways }, at) => ({ scope, ways, place: of[at] ?? 0 }));
  if (!(await joinAll(parts, join, exports, { heard, stop }))) return false;
  const unseen = unseenIn(parts, imports, asked.channels ?? null);
  const counts = counting({
    nobody: imports.reduce((sum, { nobody }) => sum + nobody, 0),
    unseen: unseen.reduce((sum, { people }) => sum + (people ?? 0), 0),
    classes,
  });
  const scope = `sc-${toHex(parts.world.random.bytes(4))}`;
  const list = listing(parts, scope, names);
  if (!(await takeAll(join, counts, list, stop))) return false;
  const found = counts.done();
  if (asked.since === undefined && asked.until === undefined) mustHoldSomebody(found, window);
  const { basis, gaps } = basisOf(found, imports, unseen, window);
  await ledger.append([
    {
      kind: 'scope.counted',
      pub: {
        scope,
        imports: imports.map((one) => one.scope).toSorted(),
        ...window,
        people_counted: counted(found),
        records_counted: counted(found.records),
        groups: [...each('country', found.countries), ...each('data', found.classes)],
        ...list.done(),
        gaps: gaps.length,
      },
      priv: {
        brands: {
          class: 'staff',
          value: JSON.stringify([...each('brand', found.brands), ...each('card', found.cards)]),
        },
        basis: { class: 'staff', value: [...basis, ...gaps.map((gap) => `GAP ${gap}`)].join('\n') },
      },
    },
  ]);
  return true;
}

/**
 * Exports whose times miss the window are more often a wrong window than good news: a nought that nobody asked for would go on into facts,
 * clocks and letters. Whoever names the window means it.
 */
function mustHoldSomebody(
  { likely, outside }: Counts,
  window: Readonly<{ since: Instant; until: Instant }>,
): void {
  if (likely > 0 || outside === 0) return;
  throw new Problem('usage', {
    why: `everybody in these exports (${grouped(outside)}) was seen only outside of the window, ${formatUtc(window.since)} to ${formatUtc(window.until)}: nobody would be counted`,
    next: 'name the window that is meant: firebreak scope count --since TIME --until TIME',
  });
}

type Going = Readonly<{ heard: (far: CountFar) => void; stop: AbortSignal }>;

/** Everybody from all exports, with a breath now and then. False where it was stopped. */
async function joinAll(
  parts: IncidentParts,
  join: Joining,
  imports: readonly Readonly<{ scope: string; ways: number; place: number }>[],
  { heard, stop }: Going,
): Promise<boolean> {
  const decoder = new TextDecoder();
  const { clock } = parts.world;
  const [begun, total] = [clock.elapsed(), imports.reduce((sum, { ways }) => sum + ways, 0)];
  let done = 0;
  for (const [source, { scope, place }] of imports.entries())
    for (const piece of openPieces(parts, scope))
      for (const kept of keptIn(decoder.decode(piece))) {
        join.take(kept, source, place);
        done += 1;
        if (done % BREATH !== 0) continue;
        heard({ done, total, msSpent: clock.elapsed() - begun });
        await nextTurn();
        if (stop.aborted) return false;
      }
  return !stop.aborted;
}

/** Everybody into the counts, and whom a letter can reach into the list. False where it was stopped. */
async function takeAll(
  join: Joining,
  counts: Counting,
  list: ReturnType<typeof listing>,
  stop: AbortSignal,
): Promise<boolean> {
  for (const person of join.people()) {
    if (person === null) await nextTurn();
    if (stop.aborted) return false;
    if (person === null) continue;
    counts.take(person);
    if (person.when === 'outside' || (person.email === '' && person.phone === '')) continue;
    if (list.take(person)) await list.keep();
  }
  await list.keep();
  return true;
}

function unseenIn(
  { frozen }: IncidentParts,
  imports: readonly Readonly<{ channel: string | null }>[],
  reached: readonly string[] | null,
): readonly Unseen[] {
  const { channels } = frozen.inventory;
  const odd = reached?.find((name) => channels.every(({ id }) => id !== name));
  if (odd !== undefined)
    throw new Problem('not-found', {
      what: 'channel of the inventory',
      id: odd,
      near: channels.map(({ id }) => id).join(', '),
    });
  return channels
    .filter(({ id }) => reached === null || reached.includes(id))
    .filter(({ id }) => imports.every(({ channel }) => channel !== id))
    .map(({ title, people }) => ({ title, people: people?.to ?? people?.about ?? null }));
}

const counted = ({ minimum, likely, maximum }: Range): Counted => [minimum, likely, maximum];
const each = (by: CountedGroup['by'], ranges: Readonly<Record<string, Range>>): readonly CountedGroup[] =>
  Object.entries(ranges).map(([name, range]) => ({ by, name, people: counted(range) }));

/** The list of recipients, in pieces that are kept as they fill. */
function listing({ ledger }: IncidentParts, scope: string, sources: readonly string[]) {
  const sum = sha256Of();
  let [lines, size] = [[csvLine(LIST_HEADER)], 0];
  let [listed, records, pieces] = [0, 0, 0];
  return {
    take(person: Person): boolean {
      const line = listLine(person, sources);
      lines.push(line);
      size += line.length;
      listed += 1;
      records += 1;
      return size >= limits.collectPieceBytes;
    },
    async keep(): Promise<void> {
      if (lines.length === 0) return;
      const content = utf8(lines.join(''));
      sum.add(content);
      await ledger.append([pieceOf(scope, 'recipients', pieces, content, records)]);
      [lines, size, records] = [[], 0, 0];
      pieces += 1;
    },
    done: () => ({ listed, parts: pieces, list_sha256: sum.hex() }),
  };
}
