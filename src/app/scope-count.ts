import { sha256Of, toHex, utf8 } from '../base/hash.ts';

import { Problem } from '../base/problem.ts';
import { limits } from '../model/limits.ts';
import type { Counted, CountedGroup } from '../model/event.ts';
import { basisOf, type Unseen } from '../scope/basis.ts';
import { counting, type Range } from '../scope/count.ts';
import { keptIn } from '../scope/gather.ts';
import { joining, type Person } from '../scope/people.ts';
import { csvLine, LIST_HEADER, listLine } from '../scope/list.ts';
import type { IncidentParts } from './parts.ts';
import type { ScopeCounting } from './scope-contract.ts';
import { openPieces } from './scope.ts';
import { pieceOf } from './scope-import.ts';

/** Joins everybody from all exports, writes the list of recipients and the counts. */
export async function count(parts: IncidentParts, asked: ScopeCounting): Promise<void> {
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
  const decoder = new TextDecoder();
  for (const [source, { scope }] of imports.entries())
    for (const piece of openPieces(parts, scope))
      for (const kept of keptIn(decoder.decode(piece))) join.take(kept, source);
  const unseen = unseenIn(parts, imports, asked.channels ?? null);
  const counts = counting({
    nobody: imports.reduce((sum, { nobody }) => sum + nobody, 0),
    unseen: unseen.reduce((sum, { people }) => sum + (people ?? 0), 0),
    classes: imports.map(({ data }) => data),
  });
  const scope = `sc-${toHex(parts.world.random.bytes(4))}`;
  const names = imports.map(({ channel, mapping }) => channel ?? mapping);
  const list = listing(parts, scope, names);
  for (const person of join.people()) {
    counts.take(person);
    if (person.when === 'outside' || (person.email === '' && person.phone === '')) continue;
    if (list.take(person)) await list.keep();
  }
  await list.keep();
  const found = counts.done();
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
