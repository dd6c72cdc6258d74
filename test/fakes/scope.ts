import type { ScopeDoor, ScopeImported } from '../../src/app/contract.ts';
import type { Fresh } from '../../src/model/event.ts';
import type { Instant } from '../../src/base/instant.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Reveal } from '../../src/model/event.ts';
import { scopeView } from '../../src/projections/scope.ts';

/** Who is affected, in a world that answers by rule: one export is read, and then counted. */

/** `holds`: reading and counting go on until somebody stops them. `refuses`: why no mapping fits. */
export type FakeScope = Readonly<{ holds?: boolean; refuses?: readonly string[] }>;

export type ScopeParts = Readonly<{
  state: () => IncidentState;
  reveal: Reveal;
  clock: () => Instant;
  write: (...events: readonly Fresh[]) => void;
}>;

const FAULTS = [
  { line: 7, why: 'this row has 3 cells, the first row has 5' },
  { line: 12, why: 'this line is no JSON' },
];

const report: ScopeImported = {
  is: 'imported',
  scope: 'sc-1a2b3c4d',
  already: false,
  sha256: 'a'.repeat(64),
  rows: 1240,
  ways: 1198,
  nobody: 12,
  hidden: 3,
  bad: 2,
  faults: FAULTS,
};

const imported = (now: Instant): Fresh => {
  const { is: _is, already: _already, faults: _faults, ...counts } = report;
  return {
    kind: 'scope.imported',
    pub: {
      ...counts,
      mapping: 'zendesk-users',
      channel: null,
      data: ['contact'],
      size: 90_000,
      parts: 1,
      first: (now - 7_200_000) as Instant,
      last: (now - 3_600_000) as Instant,
    },
    priv: { source: { class: 'staff', value: 'users of the desk.jsonl' } },
  };
};

const basis = [
  '1 export. People are joined by the same e-mail address (40), telephone number (2) or id of a vendor (0), never by a name.',
  'At least 1,100: those seen in that time who are known by the same kind of key, so that nobody is in it twice.',
  'GAP zendesk-users: 2 rows could not be read and are in no count.',
  'GAP Nothing came from WhatsApp for customers: the data map counts 40,000 people at most.',
];

const countedNow = (now: Instant): Fresh => ({
  kind: 'scope.counted',
  pub: {
    scope: 'sc-5e6f7a8b',
    imports: [report.scope],
    since: (now - 7_200_000) as Instant,
    until: now,
    people_counted: [1100, 1190, 41_202],
    records_counted: [1180, 1240, 1252],
    groups: [
      { by: 'country', name: 'DE', people: [700, 740, 40_752] },
      { by: 'country', name: 'IE', people: [210, 230, 40_242] },
      { by: 'data', name: 'contact', people: [1100, 1190, 41_202] },
    ],
    listed: 1180,
    parts: 1,
    list_sha256: 'c'.repeat(64),
    gaps: 2,
  },
  priv: {
    brands: {
      class: 'staff',
      value: JSON.stringify([{ by: 'brand', name: 'the shop of the north', people: [90, 100, 130] }]),
    },
    basis: { class: 'staff', value: basis.join('\n') },
  },
});

/** Resolves at once, or where it holds when it is stopped. */
const untilStopped = async (holds: boolean, stop: AbortSignal | undefined): Promise<boolean> => {
  if (!holds) return true;
  await new Promise<void>((resolve) => {
    stop?.addEventListener('abort', () => resolve(), { once: true });
  });
  return false;
};

const previewOf = ({ refuses = [] }: FakeScope): Awaited<ReturnType<ScopeDoor['preview']>> => ({
  mapping: 'zendesk-users: Zendesk, users, JSON Lines of the account export',
  refused: refuses,
  rows:
    refuses.length > 0
      ? []
      : [
          {
            line: 1,
            cells: { email: 'orla.kelly@reader.example', name: 'Orla Kelly', language: 'en' },
            doubts: [],
          },
          {
            line: 2,
            cells: { phone: '+4915112000001', at: '2026-11-20T00:02:00Z' },
            doubts: ['"soon" is no time'],
          },
          { line: 3, cells: {}, doubts: [] },
        ],
  bad: refuses.length > 0 ? [] : FAULTS.slice(0, 1),
});

export const fakeScope = (
  { state, reveal, clock, write }: ScopeParts,
  options: FakeScope = {},
): ScopeDoor => {
  const view = () => scopeView(state().scope, reveal);
  const holds = options.holds ?? false;
  return {
    view,
    preview: async () => await Promise.resolve(previewOf(options)),
    choices: () => ({
      mappings: [
        { id: 'zendesk-users', title: 'Zendesk, users, JSON Lines of the account export' },
        { id: 'chatwoot-contacts', title: 'Chatwoot, contacts, CSV' },
      ],
      channels: [{ id: 'whatsapp', title: 'WhatsApp for customers' }],
    }),
    read: async (_asked, heard, stop) => {
      heard({ doing: 'reading', rows: 518, bytes: 42_000, size: 100_000, msSpent: 2000 });
      if (!(await untilStopped(holds, stop))) return { is: 'stopped', rows: 518, pieces: 0 };
      write(imported(clock()));
      return report;
    },
    faults: () => FAULTS.map(({ line, why }) => `${line}: ${why}`),
    count: async (_asked, heard, stop) => {
      heard?.({ done: 300, total: 1198, msSpent: 1000 });
      if (!(await untilStopped(holds, stop))) return null;
      write(countedNow(clock()));
      return view();
    },
    facts: () => {
      const { counted } = state().scope;
      if (counted === null) return [];
      return (['subjects-count', 'records-count'] as const).map((fact) => {
        const [from, about, to] =
          fact === 'subjects-count' ? counted.people_counted : counted.records_counted;
        const value = state().facts.get(fact);
        return {
          fact,
          answer: { is: 'range', about, from, to, basis: 'counted from 1 export' },
          known: value?.known === true,
          same: JSON.stringify(value?.value) === JSON.stringify({ about, from, to }),
        };
      });
    },
    recipients: () => null,
    export: async () => await Promise.resolve({ listed: 1180, sha256: 'c'.repeat(64) }),
  };
};

/** An export that was read and counted before. */
export const readAndCounted = (now: Instant): readonly Fresh[] => [imported(now), countedNow(now)];
