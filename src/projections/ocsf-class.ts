import type { JsonObject } from '../base/canonical.ts';
import type { Line } from '../incident/recorded.ts';
import type { Act, IncidentState } from '../incident/state.ts';
import type { Proof, Result } from '../model/action.ts';
import type { Recorded } from '../model/event.ts';
import { placeOf } from '../model/item.ts';
import type { Severity } from '../model/names.ts';

/** Which class of the schema an entry is, what was done in its words, and how it went. */

type KindedLine = Pick<Line, 'n' | 'actor' | 'kind' | 'pub'>;
type OcsfAbout = Readonly<{ incident: string; state: IncidentState }>;

type Class = Readonly<{
  uid: 2005 | 3004 | 7001;
  name: string;
  category: string;
  activity: readonly [number, string];
  status: readonly [number, string];
  own: JsonObject;
}>;

const severities: Readonly<Record<Severity, readonly [number, string]>> = {
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

const INFORMATIONAL = [1, 'Informational'] as const;

/** From the entry alone, so that the same entry has the same severity whenever it is sent. */
export function severityOf(entry: Recorded | null): readonly [number, string] {
  if (entry === null) return INFORMATIONAL;
  if (entry.kind === 'incident.opened' || entry.kind === 'severity.set')
    return severities[entry.pub.severity];
  if (entry.kind === 'anchor.lost' || entry.kind === 'journal.contradicted' || entry.kind === 'key.lost')
    return severities.critical;
  if (entry.kind === 'override.taken') return severities.medium;
  const went =
    entry.kind === 'act.outcome'
      ? ['done', 'already', 'accepted'].includes(entry.pub.result)
      : entry.kind !== 'act.verified' || entry.pub.proof !== 'refuted';
  return went ? INFORMATIONAL : severities.high;
}

const SUCCESS = [1, 'Success'] as const;

export function classOf(line: KindedLine, recorded: Recorded | null, about: OcsfAbout): Class {
  if (recorded !== null) {
    const done = remediation(recorded, about);
    if (done !== null) return done;
  }
  const entity = recorded === null && line.kind !== 'key.shred' ? null : entityOf(line);
  if (entity !== null)
    return {
      uid: 3004,
      name: 'Entity Management',
      category: 'Identity & Access Management',
      activity: entity.activity,
      status: SUCCESS,
      own: {
        actor: { user: { name: line.actor } },
        entity: { type: entity.type, uid: `${about.incident}#${line.n}`, name: entity.name },
      },
    };
  return finding(line, recorded, about);
}

function finding(line: KindedLine, recorded: Recorded | null, { incident, state }: OcsfAbout): Class {
  const closed = recorded?.kind === 'incident.closed';
  const opened = recorded?.kind === 'incident.opened';
  return {
    uid: 2005,
    name: 'Incident Finding',
    category: 'Findings',
    activity: opened ? [1, 'Create'] : closed ? [3, 'Close'] : [2, 'Update'],
    status: opened ? [1, 'New'] : closed ? [5, 'Closed'] : [2, 'In Progress'],
    own: {
      assignee: { name: line.actor },
      finding_info_list: [{ uid: incident, title: state.codename === '' ? incident : state.codename }],
      is_suspected_breach: !(closed && recorded.pub.outcome === 'not-an-incident'),
    },
  };
}

const CREATE = [1, 'Create'] as const;
const UPDATE = [3, 'Update'] as const;
const DELETE = [4, 'Delete'] as const;

/** What is known, allowed, held or destroyed: policies, people, approvals, data keys. */
const entities: Readonly<
  Record<string, Readonly<{ type: string; activity: Class['activity']; by: string }>>
> = {
  'person.known': { type: 'person', activity: CREATE, by: 'person' },
  'role.claimed': { type: 'role', activity: UPDATE, by: 'role' },
  'approval.asked': { type: 'approval', activity: CREATE, by: 'step' },
  'approval.given': { type: 'approval', activity: UPDATE, by: 'asked' },
  'approval.used': { type: 'approval', activity: UPDATE, by: 'asked' },
  'override.taken': { type: 'override', activity: CREATE, by: 'what' },
  'review.given': { type: 'override', activity: UPDATE, by: 'override' },
  'hold.set': { type: 'legal hold', activity: CREATE, by: 'classes' },
  'hold.lifted': { type: 'legal hold', activity: DELETE, by: 'hold' },
  'definition.frozen': { type: 'definition', activity: CREATE, by: 'name' },
  'plan.adopted': { type: 'plan', activity: CREATE, by: 'runbook' },
  'key.shred': { type: 'data key', activity: DELETE, by: 'dek' },
  'content.destroyed': { type: 'content', activity: DELETE, by: 'class' },
};

function entityOf({
  kind,
  pub,
}: KindedLine): Readonly<{ type: string; name: string; activity: Class['activity'] }> | null {
  const entity = Object.hasOwn(entities, kind) ? entities[kind] : undefined;
  if (entity === undefined) return null;
  const value = pub[entity.by];
  const name = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return { type: entity.type, activity: entity.activity, name: name === '[]' ? 'everything' : name };
}

type Way = Readonly<{ action: string; direction: 'do' | 'undo'; targets: readonly string[] }>;

function remediation(entry: Recorded, { incident, state }: OcsfAbout): Class | null {
  const found = wayOf(entry, state);
  if (found === null) return null;
  const { intent, way } = found;
  const status = statusOf(entry);
  return {
    uid: 7001,
    name: 'Remediation Activity',
    category: 'Remediation',
    activity: activityOf(way),
    status,
    own: {
      command_uid: `${incident}#${intent}`,
      remediation: {
        desc: `${way.direction === 'undo' ? 'undo of ' : ''}${way.action} on ${way.targets.join(', ')}`,
      },
    },
  };
}

function wayOf(entry: Recorded, state: IncidentState): Readonly<{ intent: number; way: Way }> | null {
  if (entry.kind === 'act.by_hand') {
    const { action, target } = entry.pub;
    return { intent: entry.n, way: { action, direction: 'do', targets: [target] } };
  }
  if (entry.kind === 'act.intent') {
    const { action, direction, target } = entry.pub;
    return { intent: entry.n, way: { action, direction, targets: [target] } };
  }
  if (entry.kind === 'act.kept' || entry.kind === 'act.outcome' || entry.kind === 'act.verified') {
    const { intent, target } = entry.pub;
    return { intent, way: { ...meant(state.acts.get(intent)), targets: [target] } };
  }
  if (entry.kind === 'batch.intent') {
    const { ways, direction, targets } = entry.pub;
    return {
      intent: entry.n,
      way: { action: ways.map(({ action }) => action).join(', '), direction, targets },
    };
  }
  if (entry.kind !== 'batch.outcome') return null;
  const { batch } = entry.pub;
  const items = [...state.acts.values()].filter((act) => placeOf(act.intent).entry === batch);
  return { intent: batch, way: { ...meant(items[0]), targets: items.map(({ target }) => target) } };
}

const meant = (act: Act | undefined): Omit<Way, 'targets'> => ({
  action: act?.action ?? '',
  direction: act?.direction ?? 'do',
});

/** The tactics of D3FEND that the schema knows, by what the action is called; what fits none says its own name. */
const tactics: readonly (readonly [RegExp, Class['activity']])[] = [
  [/revoke|delete|remove|reset|kill|sessions|uninstall/, [2, 'Evict']],
  [/pause|stop|disable|suspend|isolate|block|clear|unsubscribe|close|off\b/, [1, 'Isolate']],
  [/restrict|rotate|require|narrow/, [4, 'Harden']],
];

function activityOf({ action, direction }: Way): Class['activity'] {
  if (direction === 'undo') return [3, 'Restore'];
  const verb = action.slice(action.indexOf('.') + 1);
  return tactics.find(([pattern]) => pattern.test(verb))?.[1] ?? [99, verb === '' ? 'Other' : verb];
}

const results: Readonly<Record<Result, readonly [number, string]>> = {
  done: SUCCESS,
  already: SUCCESS,
  accepted: [4, 'Partial'],
  'not-supported': [5, 'Unsupported'],
  forbidden: [2, 'Failure'],
  failed: [2, 'Failure'],
  unknown: [0, 'Unknown'],
};

const proofs: Readonly<Record<Proof['is'], readonly [number, string]>> = {
  proved: SUCCESS,
  refuted: [2, 'Failure'],
  unproved: [0, 'Unknown'],
};

function statusOf(entry: Recorded): readonly [number, string] {
  if (entry.kind === 'act.outcome') return results[entry.pub.result];
  if (entry.kind === 'act.verified') return proofs[entry.pub.proof];
  if (entry.kind !== 'batch.outcome') return [0, 'Unknown'];
  return entry.pub.ended === 'whole' && /^[da]*$/.test(entry.pub.results) ? SUCCESS : [4, 'Partial'];
}
