import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageError } from '../../../src/io/storage.ts';
import { verifyJournal, type FileTrust } from '../../../src/journal/check.ts';
import type { Draft } from '../../../src/journal/draft.ts';
import type { Finding, FindingKind } from '../../../src/journal/findings.ts';
import type { VerifyReport } from '../../../src/journal/report.ts';
import { createHere } from '../acks.ts';
import { keys } from '../keys.ts';
import { together, type Found } from '../report.ts';
import { chance, newFolder, pick, pool, shard, type Rig } from '../rig.ts';
import { FILE_KINDS, ROW_KINDS, WAL_KINDS, type Mutation, type Patient } from './kinds.ts';
import { chainOk, changesOf, integrityOk, truthOf, type Truth } from './truth.ts';

/** Journals that were changed behind the program's back: whatever changed in an entry is reported with that entry. */

/** A journal in one file (`closed`), and one whose newest entries are still in the -wal (`open`). */
const SHAPES = ['closed', 'open'] as const;
type Shape = (typeof SHAPES)[number];
const SLOW_MS = 10_000;

export type MutationTask = Readonly<{
  folder: string;
  seed: number;
  count: number;
  trust: Readonly<{ pinned: string; note: string }>;
  groups: readonly number[];
}>;

const draftsOf = (i: number): readonly Draft[] => {
  const draft: Draft = { kind: 'note', actor: 'ana', pub: { i } };
  const priv = { text: { class: i % 4 === 0 ? 'victims' : 'staff', value: `what was seen ${i} `.repeat(8) } };
  const one = i % 3 === 0 ? { ...draft, priv } : draft;
  return i % 7 === 0 ? [one, draft] : [one];
};

const copy = (from: string, to: string): void => {
  for (const suffix of ['', '-wal']) {
    if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
    else rmSync(to + suffix, { force: true });
  }
  rmSync(`${to}-shm`, { force: true });
};

const fileOf = (folder: string, shape: Shape, older = false): string =>
  join(folder, `${shape}${older ? '-older' : ''}`);

/** The journals to be damaged, and their earlier selves. `groups`: sizes at which a checkpoint was signed. */
const prepare = (rig: Rig): Omit<MutationTask, 'seed' | 'count'> => {
  const folder = newFolder(rig, 'mutations');
  const path = join(folder, 'journal.sqlite');
  const journal = createHere(path);
  const groups = [journal.size()];
  for (let i = 1; i <= 34; i += 1) {
    journal.appendNow(draftsOf(i));
    groups.push(journal.size());
    if (i === 24) for (const shape of SHAPES) copy(path, fileOf(folder, shape, true));
  }
  const trust = { pinned: journal.vkey, note: journal.checkpoint() };
  copy(path, fileOf(folder, 'open'));
  journal.close();
  copy(path, fileOf(folder, 'closed'));
  return { folder, trust, groups };
};

type Judged = Readonly<{ found: Found; changed: boolean }>;

/** What is said of everything from an entry on; the others are about one entry. */
const FROM_THERE_ON: ReadonlySet<FindingKind> = new Set([
  'database',
  'sequence',
  'shortened',
  'root',
  'rewritten',
  'signature',
]);

/** Entries of one transaction share a checkpoint, and the one after a changed one no longer follows it. */
const lastOf = (n: number, groups: readonly number[]): number =>
  Math.max(n + 1, (groups.find((size) => size > n) ?? n + 1) - 1);

/** Changed entries that no finding is about. */
const unnamed = (
  changes: readonly number[],
  findings: readonly Finding[],
  groups: readonly number[],
): readonly number[] =>
  changes.filter(
    (n) =>
      !findings.some(
        ({ kind, entry }) =>
          entry !== null && entry <= lastOf(n, groups) && (entry >= n || FROM_THERE_ON.has(kind)),
      ),
  );

/** Why what the verifier said is not enough; null when it is. */
const missedIn = (
  before: Truth,
  after: Truth | null,
  { ok, findings }: VerifyReport,
  groups: readonly number[],
): string | null => {
  if (after === null) return ok ? 'it cannot be read, and verified' : null;
  const changes = changesOf(before, after);
  if (changes.length === 0)
    return ok && after.rest !== before.rest ? 'a checkpoint or a key changed, and it verified' : null;
  const silent = unnamed(changes, findings, groups);
  return silent.length === 0 ? null : `entry #${silent.join(', #')} changed and was not named`;
};

const judge = (path: string, before: Truth, task: MutationTask, trust: FileTrust, what: string): Judged => {
  const after = truthOf(path);
  const changed = after === null || changesOf(before, after).length > 0;
  const started = performance.now();
  try {
    const report = verifyJournal(path, trust);
    const missed = missedIn(before, after, report, task.groups);
    const broken = [
      ...(performance.now() - started > SLOW_MS ? [`${what}: verifying took longer than ${SLOW_MS} ms`] : []),
      ...(missed === null
        ? []
        : [`${what}: ${missed}; findings ${JSON.stringify(report.findings.slice(0, 4))}`]),
    ];
    return { found: { mutations: 1, missed: missed === null ? 0 : 1, broken }, changed };
  } catch (error) {
    // A number of tables that a later firebreak would write is a refusal in words, not a verdict.
    const told = error instanceof StorageError && error.code === 'newer';
    const broken = told ? [] : [`${what}: verifying failed: ${String(error)}`];
    return { found: { mutations: 1, missed: changed && !told ? 1 : 0, broken }, changed };
  }
};

export const mutationShard = (task: MutationTask): Found => {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'firebreak-mutated-'));
  const next = chance(task.seed);
  const trust: FileTrust = { pinned: task.trust.pinned, known: [task.trust.note], kek: keys.kek };
  const truths = new Map(SHAPES.map((shape) => [shape, truthOf(fileOf(task.folder, shape))]));
  const kinds = (shape: Shape): readonly Mutation[] =>
    shape === 'closed' ? [...FILE_KINDS, ...FILE_KINDS, ...ROW_KINDS] : WAL_KINDS;
  const found: Found[] = [];
  let integrity = 0;
  let chain = 0;
  try {
    for (let i = 0; i < task.count; i += 1) {
      const shape = i % 4 === 0 ? 'open' : 'closed';
      const patient: Patient = {
        path: join(folder, 'journal.sqlite'),
        older: fileOf(task.folder, shape, true),
      };
      copy(fileOf(task.folder, shape), patient.path);
      const kind = pick(next, kinds(shape));
      kind.apply(patient, next);
      const before = truths.get(shape);
      if (before === null || before === undefined) throw new Error('the undamaged journal cannot be read');
      const { found: one, changed } = judge(
        patient.path,
        before,
        task,
        trust,
        `mutation ${task.seed}/${i} (${kind.name})`,
      );
      found.push(one);
      if (changed && integrityOk(patient.path)) integrity += 1;
      if (changed && kind.name === 'rewritten tail' && chainOk(patient.path)) chain += 1;
    }
    return {
      ...together(found),
      controls: { 'integrity_check alone': integrity > 0, 'a chain without a signature': chain > 0 },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const PART = 500;

export const mutations = async (rig: Rig): Promise<Found> => {
  const prepared = prepare(rig);
  for (const shape of SHAPES) {
    const { ok, findings } = verifyJournal(fileOf(prepared.folder, shape), {
      pinned: prepared.trust.pinned,
      known: [prepared.trust.note],
    });
    if (!ok) throw new Error(`the undamaged journal does not verify: ${findings[0]?.says ?? ''}`);
  }
  const parts = Array.from({ length: (rig.full ? 10_000 : 2000) / PART }, (_, i) => i);
  const found = await pool(
    parts,
    rig.workers,
    async (i) => (await shard(rig, 'mutations', { ...prepared, seed: rig.seed + i, count: PART })) as Found,
  );
  const all = together(found);
  // A control counts when it failed in any part.
  const failed = (name: string): boolean => found.some(({ controls = {} }) => controls[name] === true);
  return {
    ...all,
    controls: Object.fromEntries(Object.keys(all.controls ?? {}).map((name) => [name, failed(name)])),
  };
};
