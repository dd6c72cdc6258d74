import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Firebreak, Peer } from '../../src/dev/outside/peer.ts';
import { verisSchema } from '../fixtures/veris.ts';
import { makeAwkward } from './awkward.ts';

/**
 * Schemas in JSON Schema 2020-12, for a validator that is not ours: what our own lines promise (`exports/jsonl.ts`), what OCSF 1.3.0 requires
 * of the three classes that are written, and the shape of VERIS 1.4 that the tests hold.
 */
const time = { type: 'string', pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$` };
const maybe = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });
const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const object = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

const event = object({
  schema: { const: 'firebreak.event/v1' },
  seq: whole,
  id: text,
  incident: text,
  type: text,
  title: text,
  detail: text,
  actor: object({ id: text, role: maybe(text) }),
  occurred_at: maybe(time),
  occurred_fidelity: { enum: ['exact', 'minute', 'hour', 'day', 'unknown'] },
  recorded_at: time,
  hash: sha256,
  drill: { type: 'boolean' },
  star: { type: 'boolean' },
  targets: { type: 'array', items: text },
  obligations: { type: 'array', items: text },
  evidence: { type: 'array', items: object({ id: text, sha256, size: whole }) },
  corrects: maybe(whole),
});
const head = object({
  schema: { const: 'firebreak.timeline/v1' },
  events: { const: 'firebreak.event/v1' },
  incident: text,
  generated_at: time,
  journal: object({ origin: text, size: whole, root: sha256, note: text }),
});
const ocsf = {
  ...object({
    metadata: object({ version: { const: '1.3.0' }, product: object({ name: text, vendor_name: text }) }),
    time: whole,
    class_uid: { enum: [2005, 3004, 7001] },
    category_uid: whole,
    activity_id: whole,
    type_uid: whole,
    severity_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
  }),
  // Each class has parts of its own.
  anyOf: [
    object({
      class_uid: { const: 2005 },
      finding_info_list: { type: 'array', minItems: 1 },
      status_id: whole,
    }),
    object({ class_uid: { const: 3004 }, entity: { type: 'object' } }),
    object({ class_uid: { const: 7001 }, command_uid: text }),
  ],
};
const timesketch = object({
  message: { type: 'string', minLength: 1 },
  datetime: { type: 'string', pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d` },
  timestamp_desc: { type: 'string', minLength: 1 },
});

const VALID = `
import json, sys
from jsonschema import Draft202012Validator as V
first, rest = [V(json.load(open(p))) for p in sys.argv[1:3]]
lines = [json.loads(l) for l in open(sys.argv[3], encoding='utf-8').read().split('\\n') if l != '']
assert len(lines) > 0
for i, one in enumerate(lines):
    (first if i == 0 else rest).validate(one)
    for name in sys.argv[4:]:
        assert name in one, name
`;

/** Debian's own python, which is the one that has the package. */
const valid = (first: string, rest: string, path: string): boolean =>
  spawnSync('/usr/bin/python3', ['-c', VALID, first, rest, path], { stdio: 'ignore' }).status === 0;

/** Whether a validator that is not ours finds in every line what its schema promises. The controls: one field less, and one of another kind. */
export const machinesPeer = (firebreak: Firebreak, work: string): Peer => {
  const home = join(work, 'machines');
  const run = makeAwkward(firebreak, home);
  const written = (format: string, extension: string): string => {
    const path = join(home, `${format}.${extension}`);
    run('export', '--format', format, '--out', path);
    return path;
  };
  const schema = (name: string, of: object): string => {
    const path = join(home, `${name}.schema.json`);
    writeFileSync(path, JSON.stringify(of));
    return path;
  };
  const of = {
    head: schema('head', head),
    event: schema('event', event),
    ocsf: schema('ocsf', ocsf),
    timesketch: schema('timesketch', timesketch),
    veris: schema('veris', z.toJSONSchema(verisSchema, { unrepresentable: 'any' })),
  };
  const paths = {
    events: written('jsonl', 'jsonl'),
    ocsf: written('ocsf', 'jsonl'),
    timesketch: written('timesketch', 'jsonl'),
    veris: written('veris', 'json'),
  };
  const changed = (path: string, from: RegExp, to: string): string => {
    const other = `${path}.changed`;
    const before = readFileSync(path, 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing of ${path} was changed`);
    writeFileSync(other, after);
    return other;
  };
  // VERIS is one object over several lines.
  const veris = join(home, 'veris.one-line.json');
  writeFileSync(veris, JSON.stringify(JSON.parse(readFileSync(paths.veris, 'utf8'))));
  return {
    name: 'schemas',
    checks: {
      'python-jsonschema finds our events as promised': valid(of.head, of.event, paths.events),
      'and those of OCSF': valid(of.ocsf, of.ocsf, paths.ocsf),
      'and those of Timesketch': valid(of.timesketch, of.timesketch, paths.timesketch),
      'and the incident in VERIS': valid(of.veris, of.veris, veris),
    },
    controls: {
      'an event without its hash is refused': !valid(
        of.head,
        of.event,
        changed(paths.events, /"hash":"[^"]*",(?=.*\n?$)/, ''),
      ),
      'one of OCSF with a word for its time too': !valid(
        of.ocsf,
        of.ocsf,
        changed(paths.ocsf, /"time":\d+/, '"time":"now"'),
      ),
      'one of Timesketch without a time too': !valid(
        of.timesketch,
        of.timesketch,
        changed(paths.timesketch, /"datetime":"[^"]*",/, ''),
      ),
      'VERIS with a word that it does not know too': !valid(
        of.veris,
        of.veris,
        changed(veris, /"security_incident":"[^"]*"/, '"security_incident":"Maybe"'),
      ),
    },
  };
};
