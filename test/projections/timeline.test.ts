import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/incident/evolve.ts';
import type { EventKind, Recorded } from '../../src/model/event.ts';
import { privateFields } from '../../src/model/private-fields.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { containment } from '../../src/projections/containment.ts';
import { timelineContext, timelineRow } from '../../src/projections/timeline.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { titles } from '../fixtures/company.ts';
import { at, leakedToken, told } from '../fixtures/incident.ts';

const { entries, state, reveal, sealed } = leakedToken();
const context = timelineContext(state, gdpr.obligations, 'Europe/Dublin', titles);
const rows = entries.map((entry) => timelineRow(entry, reveal, context));

describe('the timeline', () => {
  test('has one row an entry, in journal order', () => {
    expect(rows.map(({ n }) => n)).toEqual(entries.map(({ n }) => n));
    expect(rows.every(({ what }) => what.length > 0)).toBe(true);
  });

  test('invents no time of happening for what a person wrote down afterwards', () => {
    const kinds = new Set<EventKind>(['decision.made', 'contact.called']);
    const late = rows.filter(({ kind, what }) => kinds.has(kind) || what.startsWith('Done by hand'));
    expect(late).toHaveLength(3);
    for (const row of late) {
      expect(row).toMatchObject({
        occurredAt: null,
        occurredFidelity: 'unknown',
        occurredBasis: null,
        lagMs: null,
      });
    }
  });

  test('gives nobody a role before they took it, or after somebody else did', () => {
    const claim = (role: 'commander' | 'scribe', person: string, minute: number) =>
      ({
        fresh: { kind: 'role.claimed', pub: { role, person }, priv: {} },
        at: at(`2026-11-20T02:0${minute}:00Z`),
        actor: 'mara',
      }) as const;
    const note = (minute: number) =>
      ({
        fresh: {
          kind: 'note.added',
          pub: { at: at('2026-11-20T02:00:00Z'), star: false, corrects: null },
          priv: { text: { class: 'staff', value: 'seen' } },
        },
        at: at(`2026-11-20T02:0${minute}:30Z`),
        actor: 'mara',
      }) as const;
    const night = told([
      note(0),
      claim('commander', 'mara', 1),
      claim('scribe', 'mara', 2),
      note(2),
      claim('scribe', 'tomas', 3),
      note(3),
      claim('commander', 'aoife', 4),
      note(4),
    ]);
    const about = timelineContext(night.state, [], 'UTC', () => null);
    const roles = night.entries
      .filter(({ kind }) => kind === 'note.added')
      .map((entry) => timelineRow(entry, night.reveal, about).role);
    expect(roles).toEqual([null, 'scribe', 'commander', null]);
  });

  test('keeps both times of a note, and how far apart they are', () => {
    const note = rows.find(({ kind }) => kind === 'note.added');
    expect(note?.occurredAt).toBe(at('2026-11-20T01:55:00Z'));
    expect(note?.lagMs).toBe((note?.recordedAt ?? 0) - at('2026-11-20T01:55:00Z'));
  });

  test('says which clocks a fact starts', () => {
    expect(
      rows.find(({ what }) => what.startsWith('Recorded when the company became aware (aware)'))?.clock,
    ).toBe('starts gdpr.33-1, gdpr.33-5');
    expect(
      rows.find(({ what }) => what.startsWith('Recorded whether a high risk to people is likely (high-risk)'))
        ?.clock,
    ).toBe('starts gdpr.34');
  });

  test('says that learning a standing fact again has no effect', () => {
    const aware = (hour: string) =>
      ({
        kind: 'fact.learned',
        pub: {
          fact: 'aware',
          value: `2026-11-20T${hour}:00:00Z`,
          known: true,
          at: at(`2026-11-20T${hour}:00:00Z`),
          basis: 'told',
          step: null,
        },
      }) as const;
    const twice = told([aware('02'), aware('09')]);
    const about = timelineContext(twice.state, gdpr.obligations, 'UTC', titles);
    const effects = twice.entries.map((entry) => timelineRow(entry, twice.reveal, about).clock);
    expect(effects).toEqual(['starts gdpr.33-1, gdpr.33-5', 'no effect: entry 0 stands']);
  });

  test('prints [sealed] without the key and goes on', () => {
    const blind = entries.map((entry) => timelineRow(entry, sealed, context));
    expect(blind[0]?.what).toBe('Incident opened: [sealed]');
    expect(blind.find(({ kind }) => kind === 'note.added')?.what).toBe('Note: [sealed]');
    expect(JSON.stringify(blind)).not.toContain('repository owner');
  });

  test('never shows the leaked secret', () => {
    expect(JSON.stringify(rows)).not.toContain('never shown');
  });

  test('names the role of who acted', () => {
    expect(rows.find(({ actor }) => actor === 'aoife')?.role).toBe('legal');
  });
});

test('every beginning of a journal folds, and every view of it can be drawn', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: entries.length }),
      fc.integer({ min: 0, max: 400 }),
      (size, hours) => {
        const part = entries.slice(0, size);
        const so = fold(part);
        const about = timelineContext(so, gdpr.obligations, 'Europe/Dublin', titles);
        const now = at('2026-11-20T02:20:00Z') + hours * 3_600_000;
        clocks(so, gdpr.obligations, now as typeof so.openedAt, {
          zone: 'Europe/Dublin',
          holidays: () => null,
        });
        containment(so, titles);
        return part.map((entry) => timelineRow(entry, sealed, about)).length === size;
      },
    ),
  );
});

test('every kind of event has a sentence, with and without its private fields', () => {
  // One public part that has every name any kind reads, so that no kind is forgotten here.
  const pub = {
    codename: 'x',
    classes: ['staff'],
    class: 'staff',
    policy: 'staff: 30 days',
    hold: 1,
    runbook: 'r',
    place: 'file',
    severity: 'high',
    drill: false,
    zone: 'UTC',
    earliest_at: 0,
    name: 'd',
    sha256: '',
    part: 0,
    of: 2,
    plan_sha256: '',
    text: '',
    role: 'scribe',
    person: 'p',
    fact: 'f',
    value: null,
    known: true,
    at: 0,
    basis: 'told',
    corrects: 3,
    step: null,
    how: 'acted',
    preserve: 's',
    what: 'w',
    intent: 1,
    target: 't',
    instance: 'i',
    action: 'a.b',
    attempt: 2,
    direction: 'undo',
    effect: 'reads',
    result: 'unknown',
    http: 500,
    by: 'person',
    proof: 'unproved',
    credential: 'c',
    fingerprint: 'fp',
    decision: 'd',
    option: 'free',
    decider: 'x',
    star: false,
    evidence: 'e',
    size: 1,
    method: 'url',
    letter: 'l',
    duty: 'gdpr.34',
    missing: ['m'],
    refused: ['number'],
    language: 'en',
    follows: [],
    phase: 2,
    kind: 'other',
    contact: 'c',
    outcome: 'no-answer',
    format: 'md',
    unsure: 2,
    from: 'y',
    anchor: 'a',
    type: 'slack',
    seals: 1,
    receipt_sha256: '',
    fault: 'differs',
    found: 'gone',
    known_size: 9,
    known_root: '',
    story: 'other',
    inject: 'i',
    channel: 'mail',
    to: 'legal',
    passed: false,
    seed: 1,
    roles: ['legal'],
    keys: [],
    targets: ['t'],
    ways: [],
    batch: 3,
    results: 'df-',
    proofs: 'pu-',
    ended: 'cut',
    need: 2,
    expires_at: 0,
    asked: 3,
    given: [4],
    signature: 'none',
    override: 5,
    agrees: false,
    review_by: 0,
    command: 'run',
    rule: 'role',
    log: 'system',
    since: 0,
    until: 1,
    collection: 6,
    records: 3,
    parts: 1,
    got_from: 0,
    got_to: null,
    gaps: ['cut'],
    parts_sha256: '',
    rotation: 8,
    versions: { en: '' },
    rows: 2,
    written: 2,
    rejected: 0,
    duplicates: 0,
    id: 'key-1',
    clock: 'gdpr.dsar:1',
    threshold: '24h',
    way: 'slack',
    due: 0,
    told: 0,
    country: null,
    list: 'sightings',
    mailing: '',
    letters: [[1, 2]],
    status: '5.1.1',
    attacker: 'the thief',
    count: 2,
    mapping: 'shop',
    bad: 0,
    nobody: 0,
    hidden: 0,
    first: null,
    last: null,
    people_counted: [1, 2, 3],
    records_counted: [1, 2, 3],
    listed: 2,
    list_sha256: '',
    task: 1,
    item: 1,
    owner: 'ada',
    priority: 'high',
    retest: null,
    scenario: '1.0.0',
    pci: [],
    gdpr: [],
    handed: 5,
    epoch: 'firebreak.invalid/l/1/epoch/1+0+k',
    was: 'firebreak.invalid/l/1/epoch/0+0+k',
    lost: 7,
    from_log: 'firebreak.invalid/l/1',
  };
  for (const [kind, fields] of Object.entries(privateFields)) {
    for (const priv of [[], fields]) {
      // `of` and `kind` mean different things in different events; the shape is what counts here.
      // What a facilitator does is a word of a list, and has a sentence each.
      const own = kind === 'drill.directed' ? { ...pub, what: 'fire' } : pub;
      const entry = {
        kind,
        n: 7,
        actor: 'mara',
        recorded_at: 0,
        pub: own,
        priv,
        hash: '',
      } as unknown as Recorded;
      const row = timelineRow(entry, sealed, context);
      expect({ kind, what: row.what }).toEqual({
        kind,
        what: expect.stringMatching(/^(?!.*undefined).{4,}$/) as unknown,
      });
    }
  }
});
