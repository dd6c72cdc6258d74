import type { Json } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import { scopeView } from '../projections/scope.ts';
import { peopleFact } from '../regulations/reach.ts';
import type { Answer } from '../model/command.ts';
import type { Counted } from '../model/event.ts';
import { knownMappings } from '../scope/known.ts';
import { allowed, refusing } from './approvals.ts';
import type { IncidentParts } from './parts.ts';
import type { ScopeDoor } from './scope-contract.ts';

/** Who is affected: the door to it. What reads files and joins people is loaded once it is wanted. */
export const scopeDoor = (parts: IncidentParts): ScopeDoor => {
  const { ledger } = parts;
  const view: ScopeDoor['view'] = () => scopeView(ledger.state().scope, ledger.shown);
  const writing = async <T>(work: () => Promise<T>): Promise<T> =>
    await refusing(parts, 'evidence', null, async () => {
      allowed(parts, 'evidence', null);
      return await work();
    });
  return {
    view,
    preview: async (asked) => (await import('./scope-import.ts')).preview(parts, asked),
    choices: () => ({
      mappings: Object.entries(knownMappings).map(([id, { title }]) => ({ id, title })),
      channels: parts.frozen.inventory.channels.map(({ id, title }) => ({ id, title })),
    }),
    read: async (asked, heard, stop = endless()) =>
      await writing(
        async () => await (await import('./scope-import.ts')).importExport(parts, asked, heard, stop),
      ),
    faults: (scope) => faultsOf(parts, scope),
    count: async (asked, heard = () => undefined, stop = endless()) =>
      await writing(async () => {
        const counted = await (await import('./scope-count.ts')).count(parts, asked, { heard, stop });
        return counted ? view() : null;
      }),
    facts: () => factsOf(parts),
    recipients: () => recipientsOf(parts),
    export: async (path) => {
      const { counted } = ledger.state().scope;
      const list = recipientsOf(parts);
      if (counted === null || list === null)
        throw new Problem('usage', {
          why: 'there is no list of recipients yet',
          next: 'firebreak scope count makes it from what was imported',
        });
      const { growing } = await import('../io/growing.ts');
      if (parts.files.exists(path))
        throw new Problem('usage', { why: `${path} is there already: nothing is written over it` });
      const out = growing(path, 0);
      try {
        for (const piece of list) out.write(piece);
        out.sync();
      } catch (error) {
        // Half a list would be mistaken for a whole one.
        parts.files.remove(path);
        throw error;
      } finally {
        out.close();
      }
      await ledger.append([
        {
          kind: 'export.written',
          pub: { format: 'recipients', sha256: counted.list_sha256 },
          priv: { path: { class: 'staff', value: path } },
        },
      ]);
      return { listed: counted.listed, sha256: counted.list_sha256 };
    },
  };
};

const endless = (): AbortSignal => new AbortController().signal;

function faultsOf({ ledger }: IncidentParts, scope: string): ReturnType<ScopeDoor['faults']> {
  const found = ledger.state().scope.imports.find((one) => one.scope === scope);
  if (found === undefined) return [];
  const words = ledger.reveal({ n: found.n, name: 'bad' });
  if (words !== null) return words.split('\n');
  return found.bad === 0 ? [] : null;
}

/** A list whose pieces cannot be opened is not there in part: nobody would know who is missing. */
export function* openPieces({ ledger }: IncidentParts, scope: string): Generator<Uint8Array> {
  for (const { n } of ledger.state().scope.pieces.get(scope) ?? []) {
    const content = ledger.revealBytes({ n, name: 'content' });
    if (content === null) throw new Problem('sealed', { what: `the people kept in entry #${n}` });
    yield content;
  }
}

/** The newest list of recipients, in pieces; null where nobody was counted. */
export function recipientsOf(parts: IncidentParts): Generator<Uint8Array> | null {
  parts.ledger.refresh();
  const { counted } = parts.ledger.state().scope;
  return counted === null ? null : openPieces(parts, counted.scope);
}

/** A range is written down without its basis, which stands beside it. */
function saysTheSame(value: Json, answer: Answer): boolean {
  if (answer.is !== 'range' || value === null || typeof value !== 'object' || Array.isArray(value))
    return false;
  const { about, from, to } = value as Readonly<Record<string, Json>>;
  return about === answer.about && from === answer.from && to === answer.to;
}

function factsOf({ ledger }: IncidentParts): ReturnType<ScopeDoor['facts']> {
  const { facts, scope } = ledger.state();
  const { counted } = scope;
  if (counted === null) return [];
  const basis = `counted from ${counted.imports.length} ${counted.imports.length === 1 ? 'export' : 'exports'}, entry #${counted.n}`;
  const range = ([from, about, to]: Counted): Answer => ({ is: 'range', about, from, to, basis });
  return [
    { fact: 'subjects-count', answer: range(counted.people_counted) },
    { fact: 'records-count', answer: range(counted.records_counted) },
    ...counted.groups
      .filter(({ by }) => by === 'country')
      .map(({ name, people }) => ({ fact: peopleFact(name), answer: range(people) })),
  ].map((one) => {
    const before = facts.get(one.fact);
    const known = before?.known === true;
    return { ...one, known, same: known && saysTheSame(before.value, one.answer) };
  });
}
