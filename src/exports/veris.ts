import type { JsonObject } from '../base/canonical.ts';
import { formatUtc } from '../base/instant.ts';
import { NO_COUNTRY } from '../model/nobody.ts';
import { factWords } from '../projections/facts.ts';
import { unknownWords } from '../projections/unknown.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { drillMark, jsonLine, takenFrom } from './stamped.ts';
import { actionOf, actorOf, attributeOf, certaintyOf } from './veris/classified.ts';
import { timelineOf } from './veris/timeline.ts';

/**
 * The incident in the Vocabulary for Event Recording and Incident Sharing. `plus` is the schema's place for what is not its own: which
 * entries each part rests on, the range of people, and the journal.
 */
export const veris: ExportFormat = {
  id: 'veris',
  title: 'The incident in VERIS',
  of: 'incident',
  forms: [{ is: 'text', extension: 'json', pieces: (input) => [jsonLine(incidentOf(input))] }],
};

const SCHEMA_VERSION = '1.4.1';

function incidentOf(input: ExportInput): JsonObject {
  const { state, incidentId } = input;
  const leaked = [...state.credentials.values()].flat().map(({ n }) => n);
  const certainty = certaintyOf(state);
  const [actor, action, attribute] = [actorOf(state), actionOf(state), attributeOf(state, leaked)];
  const entries = {
    security_incident: certainty.entries,
    actor: actor.entries,
    action: action.entries,
    attribute: attribute.entries,
  };
  return {
    schema_version: SCHEMA_VERSION,
    incident_id: incidentId,
    source_id: 'firebreak',
    security_incident: certainty.value,
    summary: summaryOf(input),
    timeline: timelineOf(input),
    victim: victimOf(input),
    actor: actor.value,
    action: action.value,
    asset: { assets: [{ variety: 'Unknown' }], cloud: ['Unknown'] },
    attribute: attribute.value,
    discovery_method: { unknown: true },
    notes: notesOf(input),
    plus: { firebreak: aboutOf(input, entries) },
  };
}

function notesOf(input: ExportInput): string {
  const unknown = unknownWords(input.unknown);
  const told = `${takenFrom(input)}. The date is in UTC. Unknown stands where no entry says it.`;
  return unknown === null ? told : `${told} ${unknown}`;
}

/** By its country alone: records of this kind are shared, and whom it happened to is not theirs to tell. `00` is an unknown industry. */
const victimOf = ({ definitions }: ExportInput): JsonObject => {
  const { country } = definitions.company.organisation;
  return {
    country: [/^[A-Z]{2}$/.test(country) && country !== NO_COUNTRY ? country : 'Unknown'],
    employee_count: 'Unknown',
    industry: '00',
  };
};

/** The title, and what happened where somebody has put it into words. */
function summaryOf(input: ExportInput): string {
  const nature = factWords(input.state, 'nature', input.reveal, input.zone).text;
  return `${drillMark(input)}${input.title}${nature === null ? '' : `: ${nature}`}`;
}

function aboutOf(input: ExportInput, entries: JsonObject): JsonObject {
  const { state, drill, checkpoint, now, reveal, zone, tool } = input;
  const people = factWords(state, 'subjects-count', reveal, zone);
  return {
    made_by: tool,
    made_at: formatUtc(now),
    drill,
    codename: state.codename,
    severity: state.severity,
    people: people.text === null ? null : { text: people.text, basis: people.basis, entries: people.entries },
    journal: { origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root },
    entries,
  };
}
