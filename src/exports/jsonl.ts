import { canonicalJson, type JsonObject } from '../base/canonical.ts';
import { formatUtc } from '../base/instant.ts';
import { visibleJson } from '../base/text.ts';
import type { Withheld } from '../projections/audience/withheld.ts';
import { isPrivileged } from '../projections/privileged.ts';
import type { Since } from '../projections/since.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { chosen, leftOut } from './words.ts';

/**
 * JSON Lines. The first line is a head of schema `firebreak.timeline/v1` with the journal's root hash, size, origin and
 * signed note, and with `unknown_entries` where a newer version wrote some that are not told; each line after it is one event of schema `firebreak.event/v1`, in journal order. Keys are sorted as in
 * RFC 8785. Characters that a terminal could act on stand as JSON escapes, so `cat` is safe and a parser reads the
 * original text. Times are RFC 3339 in UTC with milliseconds, lengths of time milliseconds.
 */
export const jsonl: ExportFormat = {
  id: 'jsonl',
  title: 'Events for machines, JSON Lines',
  of: 'rows',
  forms: [{ is: 'text', extension: 'jsonl', pieces }],
};

function* pieces(input: ExportInput): Generator<string> {
  yield `${visibleJson(canonicalJson(head(input)))}\n`;
  for (const { entry, row } of chosen(input))
    yield `${visibleJson(event(row, input, isPrivileged(entry)))}\n`;
}

const head = (input: ExportInput): JsonObject => {
  const { incidentId, state, title, drill, zone, now, checkpoint, company } = input;
  return {
    schema: 'firebreak.timeline/v1',
    events: 'firebreak.event/v1',
    incident: incidentId,
    codename: state.codename.toWellFormed(),
    title: title.toWellFormed(),
    company: company.toWellFormed(),
    drill,
    ...(state.plan?.pack === undefined
      ? {}
      : { pack: { ...state.plan.pack, signed: state.plan.pack.signer !== null } }),
    tz: zone,
    generated_at: formatUtc(now),
    journal: {
      origin: checkpoint.origin,
      size: checkpoint.size,
      root: checkpoint.root,
      note: checkpoint.note,
    },
    ...(input.unknown === 0 ? {} : { unknown_entries: input.unknown }),
    ...choiceOf(input),
    ...(input.redaction === null ? {} : { withheld: withheldOf(input.redaction.withheld) }),
    ...(input.since === null ? {} : { since: sinceOf(input.since) }),
  };
};

const withheldOf = ({ audience, rows: whole, texts, of, people, by, list }: Withheld): JsonObject => ({
  audience,
  rows: whole,
  texts: { before: of, changed: texts },
  people,
  by: { ...by },
  list,
});

const sinceOf = ({ before, entries, clocks, counts, decisions }: Since): JsonObject => ({
  entry: before?.n ?? null,
  exported_at: before === null ? null : formatUtc(before.at),
  entries: Object.fromEntries(entries.map(({ says, count }) => [says, count])),
  clocks: clocks.map((text) => text.toWellFormed()),
  counts: counts.map((text) => text.toWellFormed()),
  decisions: decisions.map((text) => text.toWellFormed()),
});

/** Only where not everything is wanted: a reader that finds none has every entry. */
function choiceOf(input: ExportInput): JsonObject {
  const left = leftOut(input);
  if (left === null) return {};
  const { from, to, starred, words, since } = input.choice;
  return {
    choice: {
      from: from === null ? null : formatUtc(from),
      to: to === null ? null : formatUtc(to),
      starred,
      words: words.toWellFormed(),
      ...(since === null ? {} : { since }),
      shown: left.shown,
      left_out: left.total - left.shown,
    },
  };
}

/** Keys in the order of RFC 8785, whole numbers and well-formed text alone: so Node's own writer gives the canonical form. */
function event(
  row: TimelineRow,
  { incidentId, state, drill, zone }: ExportInput,
  privileged: boolean,
): string {
  const evidence =
    row.evidence.length === 0 ? [] : state.evidence.filter(({ id }) => row.evidence.includes(id));
  return JSON.stringify({
    actor: { id: row.actor.toWellFormed(), role: row.role },
    clock: row.clock === '' ? null : row.clock,
    corrects: row.corrects,
    detail: row.detail.toWellFormed(),
    drill,
    evidence: evidence.map(({ id, sha256, size }) => ({ id: id.toWellFormed(), sha256, size })),
    hash: row.hash,
    id: `${incidentId}/${row.n}`,
    incident: incidentId,
    lag_ms: row.lagMs,
    obligations: row.obligations,
    occurred_at: row.occurredAt === null ? null : formatUtc(row.occurredAt),
    occurred_basis: row.occurredBasis,
    occurred_fidelity: row.occurredFidelity,
    phase: row.phase,
    plan_sha256: state.planSha256 === '' ? null : state.planSha256,
    ...(privileged ? { privileged } : {}),
    recorded_at: formatUtc(row.recordedAt),
    result: row.outcome,
    runbook: state.plan === null ? null : { id: state.plan.runbook, version: state.plan.version },
    schema: 'firebreak.event/v1',
    seq: row.n,
    source: row.source,
    star: row.star,
    step: row.step,
    targets: row.targets.map((target) => target.toWellFormed()),
    title: row.what.toWellFormed(),
    type: row.kind,
    tz: zone,
    why: row.why.toWellFormed(),
  });
}
