import type { Json, JsonObject } from '../base/canonical.ts';
import { formatUtc, parseInstant, type Instant } from '../base/instant.ts';
import type { Line } from '../incident/recorded.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Recorded, Reveal } from '../model/event.ts';
import { fieldName } from '../model/ship.ts';
import { classOf, severityOf } from './ocsf-class.ts';
import type { Names } from './sentence.ts';
import { isPrivileged } from './privileged.ts';
import { sentence } from './sentences.ts';

/**
 * An entry as an event of the Open Cybersecurity Schema Framework. What was done to a system is a Remediation Activity, what was
 * allowed, known or destroyed is Entity Management, the rest updates an Incident Finding. `metadata.uid` is the leaf hash: the
 * same entry has the same id however often it is sent, and `unmapped.firebreak` is the entry itself, so that a copy far from
 * here can be held against the tree. What is private is there as commitments, unless `open` names the field.
 */
const OCSF_VERSION = '1.3.0';

/** A line of the journal with all that is hashed. */
export type WholeLine = Omit<Line, 'at' | 'priv'> &
  Readonly<{
    log: string;
    prev: string;
    at: Readonly<{ boot: string; mono: string; wall: string }>;
    priv: readonly Readonly<{ ct: string; dek: string; len: number; name: string; pc: string }>[];
    v: 1;
  }>;

export type OcsfAbout = Readonly<{
  incident: string;
  /** Name and version of the program. */
  tool: string;
  state: IncidentState;
  names: Names;
  /** Private fields that may leave, as `note.added.text`. */
  open: ReadonlySet<string>;
  reveal: Reveal;
}>;

/** What every event says of its entry, whoever gets it. */
type Told = Readonly<{
  line: Pick<Line, 'n' | 'actor' | 'kind' | 'pub'> & Readonly<{ log: string; wall: string }>;
  hash: string;
  recorded: Recorded | null;
  message: string;
}>;

/** `recorded` is null for the journal's own book-keeping. `bytesMax`: an event that is longer leaves out the entry's public part. */
export function ocsfEvent(
  line: WholeLine,
  hash: string,
  recorded: Recorded | null,
  about: OcsfAbout,
  bytesMax: number,
): string {
  const whole = JSON.stringify(event(line, hash, recorded, about, { pub: line.pub }));
  if (Buffer.byteLength(whole) <= bytesMax) return whole;
  return JSON.stringify(event(line, hash, recorded, about, { pub_left_out: true }));
}

/**
 * The same event for a file: it has the same class, id and time as the one that was sent, so that whoever has both has one. `own` stands
 * under `unmapped.firebreak` beside the hash; `mark` before the message says that it was a drill.
 */
export const ocsfOfRecorded = (
  recorded: Recorded,
  log: string,
  about: Omit<OcsfAbout, 'open'>,
  own: JsonObject,
  mark = '',
): JsonObject => ({
  ...told(
    {
      line: {
        n: recorded.n,
        actor: recorded.actor,
        kind: recorded.kind,
        pub: recorded.pub as JsonObject,
        log,
        wall: formatUtc(recorded.recorded_at),
      },
      hash: recorded.hash,
      recorded,
      message: `${mark}${sentence(recorded, about.reveal, about.names).what.toWellFormed()}`,
    },
    about,
  ),
  unmapped: { firebreak: { hash: recorded.hash, ...own } },
});

/** That a file was made, as the last event in it: an update of the finding, known by the root hash of the journal. */
export const ocsfOfFile = (
  {
    origin,
    size,
    root,
    at,
    actor,
  }: Readonly<{ origin: string; size: number; root: string; at: Instant; actor: string }>,
  message: string,
  about: Omit<OcsfAbout, 'open' | 'reveal'>,
  own: JsonObject,
): JsonObject => ({
  ...told(
    {
      line: { n: size, actor, kind: 'export', pub: {}, log: origin, wall: formatUtc(at) },
      hash: root,
      recorded: null,
      message,
    },
    about,
  ),
  unmapped: { firebreak: { root, ...own } },
});

function event(
  line: WholeLine,
  hash: string,
  recorded: Recorded | null,
  about: OcsfAbout,
  pub: JsonObject,
): JsonObject {
  const { n, log, prev, kind, actor, at, v } = line;
  const priv = line.priv.map(({ ct, dek, len, name: field, pc }) => ({ ct, dek, len, name: field, pc }));
  const revealed = openFields(line, recorded, about);
  const message = messageOf(line, recorded, about);
  return {
    ...told({ line: { n, actor, kind, pub: line.pub, log, wall: at.wall }, hash, recorded, message }, about),
    unmapped: {
      firebreak: {
        hash,
        entry: { actor, at: { ...at }, kind, log, n, prev, priv, ...pub, v },
        ...(Object.keys(revealed).length === 0 ? {} : { disclosed: revealed }),
      },
    },
  };
}

function told(
  { line, hash, recorded, message }: Told,
  about: Omit<OcsfAbout, 'open' | 'reveal'>,
): JsonObject {
  const { uid, name, category, activity, status, own } = classOf(line, recorded, about);
  const [severityId, severity] = severityOf(recorded);
  const time = parseInstant(line.wall) ?? 0;
  const [product = 'firebreak', version = ''] = about.tool.split('/');
  return {
    metadata: {
      version: OCSF_VERSION,
      uid: hash,
      sequence: line.n,
      log_name: line.log,
      log_provider: product,
      logged_time: time,
      original_time: line.wall,
      correlation_uid: about.incident,
      event_code: line.kind,
      product: { name: product, vendor_name: product, version },
    },
    time,
    class_uid: uid,
    class_name: name,
    category_uid: Math.floor(uid / 1000),
    category_name: category,
    activity_id: activity[0],
    activity_name: activity[1],
    type_uid: uid * 100 + activity[0],
    type_name: `${name}: ${activity[1]}`,
    severity_id: severityId,
    severity,
    status_id: status[0],
    status: status[1],
    message,
    ...own,
  };
}

/** Texts of the fields that the policy names; one whose key is not here, or is destroyed, stays a commitment. */
function openFields(
  line: WholeLine,
  recorded: Recorded | null,
  { open, reveal }: OcsfAbout,
): Record<string, Json> {
  const found: Record<string, Json> = {};
  // What counsel marked goes to people who are named, never to a receiver.
  if (recorded !== null && isPrivileged(recorded)) return found;
  for (const { name } of recorded === null ? [] : line.priv) {
    if (recorded === null || !open.has(fieldName(recorded.kind, name))) continue;
    const text = reveal({ n: line.n, name });
    if (text !== null) found[name] = text.toWellFormed();
  }
  return found;
}

/** A person's sentence, from what is public alone. */
function messageOf(line: WholeLine, recorded: Recorded | null, { names }: OcsfAbout): string {
  if (recorded === null) return `Journal: ${line.kind}`;
  return sentence(recorded, () => null, names).what.toWellFormed();
}
