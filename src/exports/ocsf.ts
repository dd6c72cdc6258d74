import type { JsonObject } from '../base/canonical.ts';
import { formatUtc } from '../base/instant.ts';
import { ocsfOfFile, ocsfOfRecorded, type OcsfAbout } from '../projections/ocsf.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { drillMark, jsonLine, takenFrom } from './stamped.ts';
import { noticesOf } from './redacted/notices.ts';
import { chosen, contextOf } from './words.ts';

/**
 * The journal as events of the Open Cybersecurity Schema Framework, an event a line: an Incident Finding for how the incident goes, a
 * Remediation Activity for what was done to a system. They are those that are sent while the incident is open, with the same ids.
 */
export const ocsf: ExportFormat = {
  id: 'ocsf',
  title: 'Events of the Open Cybersecurity Schema Framework',
  of: 'rows',
  forms: [{ is: 'text', extension: 'jsonl', pieces }],
};

function* pieces(input: ExportInput): Generator<string> {
  const about: Omit<OcsfAbout, 'open'> = {
    incident: input.incidentId,
    tool: input.tool,
    state: input.state,
    names: contextOf(input),
    reveal: input.reveal,
  };
  const { origin } = input.checkpoint;
  for (const { entry, row } of chosen(input))
    yield jsonLine(ocsfOfRecorded(entry, origin, about, ownOf(row, input), drillMark(input)));
  const words = [takenFrom(input), ...noticesOf(input)].join('. ');
  const { checkpoint, state, now, drill } = input;
  const actor = state.roles.get('commander') ?? state.openedBy;
  yield jsonLine(
    ocsfOfFile({ ...checkpoint, at: now, actor }, `${drillMark(input)}${words}`, about, { drill }),
  );
}

/** What the schema has no place for. `time` is when an entry was written, so when it happened stands here. */
const ownOf = (row: TimelineRow, { drill }: ExportInput): JsonObject => ({
  drill,
  occurred_at: row.occurredAt === null ? null : formatUtc(row.occurredAt),
  occurred_precision: row.occurredFidelity,
  occurred_basis: row.occurredBasis,
  detail: row.detail,
  result: row.result,
  why: row.why,
  phase: row.phase,
  step: row.step,
  targets: row.targets,
  clock: row.clock,
  obligations: row.obligations,
  evidence: row.evidence,
  corrects: row.corrects,
  source: row.source,
  starred: row.star,
});
