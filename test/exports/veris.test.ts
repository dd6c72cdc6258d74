import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/base/canonical.ts';
import type { Fresh } from '../../src/model/event.ts';
import { at, leakedToken, openedIn, told } from '../fixtures/incident.ts';
import { verisSchema } from '../fixtures/veris.ts';
import { hostileTexts } from '../security/corpus.ts';
import { input, rendered } from './rig.ts';

const fact = (id: string, value: Json, known = true): Fresh => ({
  kind: 'fact.learned',
  pub: { fact: id, value, known, at: at('2026-11-20T02:30:00Z'), basis: 'log', step: null },
});
const ruledOut = (id: string): Fresh => ({ kind: 'fact.ruled_out', pub: { fact: id, step: null } });

const veris = (given: Parameters<typeof input>[0], changes = {}): JsonObject =>
  JSON.parse(rendered('veris', input(given, changes))) as JsonObject;
const of = (...facts: readonly Fresh[]) => verisSchema.parse(veris(told([openedIn('UTC'), ...facts])));

describe('the incident in VERIS', () => {
  test('is valid against the published shape, from the first entry to the last, with the key and without', () => {
    const whole = leakedToken();
    expect(() => verisSchema.parse(veris(whole))).not.toThrow();
    expect(() => verisSchema.parse(veris({ ...whole, reveal: whole.sealed }))).not.toThrow();
    expect(() => of()).not.toThrow();
    const hostile = hostileTexts.map((text) => veris(whole, { title: text, incidentId: text, tool: text }));
    for (const one of hostile) expect(verisSchema.safeParse(one).success).toBe(true);
  });

  test('has a shape that refuses what the schema does not name', () => {
    const good = veris(leakedToken());
    for (const bad of [
      { ...good, extra: 1 },
      { ...good, security_incident: 'Maybe' },
      { ...good, actor: {} },
      { ...good, timeline: {} },
      { ...good, attribute: undefined },
    ])
      expect(verisSchema.safeParse(bad).success).toBe(false);
  });

  test('guesses nothing: what no entry says is Unknown', () => {
    expect(of()).toMatchObject({
      security_incident: 'Suspected',
      actor: { unknown: {} },
      action: { unknown: {} },
      asset: { assets: [{ variety: 'Unknown' }], cloud: ['Unknown'] },
      attribute: { confidentiality: { data_disclosure: 'Unknown', data: [{ variety: 'Unknown' }] } },
      discovery_method: { unknown: true },
      timeline: { compromise: { unit: 'Unknown' }, containment: { unit: 'Unknown' } },
    });
    const asked = of(fact('malicious', null, false), fact('exfiltration', null, false));
    expect(asked).toMatchObject({
      actor: { unknown: {} },
      attribute: { confidentiality: { data_disclosure: 'Unknown' } },
    });
  });

  test('says how long discovery and containment took, by the systems’ own word alone', () => {
    expect(veris(leakedToken())['timeline']).toEqual({
      incident: { year: 2026, month: 11, day: 17 },
      compromise: { unit: 'Unknown' },
      exfiltration: { unit: 'Unknown' },
      discovery: { unit: 'Days', value: 2 },
      containment: { unit: 'Minutes', value: 17 },
    });
    const { containment } = input(leakedToken());
    const unproved = { ...containment, bleeding: 'unsure' } as const;
    expect(veris(leakedToken(), { containment: unproved })['timeline']).toMatchObject({
      containment: { unit: 'Unknown' },
    });
  });

  test('takes who did what from what a person called it', () => {
    expect(of(fact('incident-kind', 'wrong-recipient'))).toMatchObject({
      actor: { internal: { variety: ['Unknown'] } },
      action: { error: { variety: ['Misdelivery'] } },
    });
    expect(of(fact('malicious', true), fact('insider', false))).toMatchObject({
      actor: { external: { country: ['Unknown'], motive: ['Unknown'] } },
    });
    expect(of(fact('malicious', true))).toMatchObject({ actor: { unknown: {} } });
    expect(of(fact('incident-kind', 'nothing'))).toMatchObject({ security_incident: 'False positive' });
  });

  test('names kinds of data, and personal data beside those that are it as well', () => {
    const { attribute } = of(
      fact('data-categories', ['health', 'payment-card', 'no such kind']),
      fact('records-count', { about: 90_000, from: 80_000, to: 100_000 }),
      fact('breach', ['confidentiality', 'availability']),
    );
    expect(attribute).toEqual({
      confidentiality: {
        data_disclosure: 'Potentially',
        data_total: 90_000,
        data: [{ variety: 'Medical' }, { variety: 'Payment' }, { variety: 'Personal' }],
      },
      availability: { variety: ['Unknown'] },
    });
    expect(of(fact('personal-data', 'yes')).attribute?.confidentiality).toEqual({
      data_disclosure: 'Potentially',
      data: [{ variety: 'Personal' }],
    });
    expect(of(fact('exfiltration', 'yes')).attribute?.confidentiality?.data_disclosure).toBe('Yes');
    expect(of(ruledOut('exfiltration')).attribute?.confidentiality?.data_disclosure).toBe('No');
    expect(of(ruledOut('cardholder-data-suspected')).attribute?.confidentiality?.data).toEqual([
      { variety: 'Unknown' },
    ]);
  });

  test('names the victim by its country, and never by its name', () => {
    expect(veris(leakedToken())['victim']).toEqual({
      country: ['IE'],
      employee_count: 'Unknown',
      industry: '00',
    });
    expect(rendered('veris', input(leakedToken()))).not.toContain('Harbour Lane');
  });

  test('names the entries that each part rests on', () => {
    const plus = veris(leakedToken())['plus'] as Readonly<Record<string, JsonObject>>;
    expect(plus['firebreak']).toMatchObject({
      entries: { security_incident: [14], actor: [], action: [], attribute: [4] },
      people: { text: 'about 1,200 (between 1,000 and 1,500)', entries: [15] },
    });
  });
});
