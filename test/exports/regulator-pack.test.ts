import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/base/canonical.ts';
import { packOf } from '../../src/exports/regulator/pack.ts';
import type { PackField } from '../../src/exports/regulator/shape.ts';
import { WITHHELD, withoutPersonal } from '../../src/exports/regulator/withheld.ts';
import type { Fresh } from '../../src/model/event.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { uk } from '../../src/regulations/uk.ts';
import { at, leakedToken, openedIn, told, type Told } from '../fixtures/incident.ts';
import { exportFormats } from '../../src/exports/index.ts';
import { membersOf } from '../letters/papers-rig.ts';
import { input, rendered } from './rig.ts';

const staff = (value: string) => ({ class: 'staff', value }) as const;
const fact = (id: string, value: Json, text?: string): Fresh => ({
  kind: 'fact.learned',
  pub: {
    fact: id,
    value,
    known: value !== null || text !== undefined,
    at: at('2026-11-20T02:30:00Z'),
    basis: 'log',
    step: null,
  },
  ...(text === undefined ? {} : { priv: { text: staff(text) } }),
});
const submitted = (duty: string, phase: number): Fresh => ({
  kind: 'duty.submitted',
  pub: { duty, at: at('2026-11-20T03:00:00Z'), phase },
  priv: { channel: staff('web form') },
});

const both = [...gdpr.obligations, ...uk.obligations];
const given = (incident: Told) => {
  const { now, zone } = input(incident);
  return input(incident, {
    obligations: both,
    clocks: clocks(incident.state, both, now, { zone, holidays: () => null }),
  });
};
const fieldsOf = (incident: Told, form = 0): ReadonlyMap<string, PackField> =>
  new Map(
    packOf(given(incident))
      .forms[form]?.sections.flatMap(({ fields }) => fields)
      .map((one) => [one.id, one]),
  );
const ofFacts = (...facts: readonly Fresh[]) => told([openedIn('Europe/Dublin'), ...facts]);

describe('the fields for an authority', () => {
  test('stand in the order of the form, with its version and where that was read', () => {
    const [edpb, ico] = packOf(given(leakedToken())).forms;
    expect(edpb?.sections.map(({ title }) => title)).toEqual([
      '1. Type of notification',
      '2. Controller, reporting person and data protection officer',
      '3. Nature of the breach',
      '4. Likely consequences',
      '5. Measures',
      '6. Communication to the people affected',
    ]);
    expect(edpb?.form).toMatchObject({ duty: 'gdpr.33-1', version: 'draft adopted on 2026-06-10' });
    expect(ico?.sections.map(({ title }) => title)).toEqual([
      'Report type',
      'About the breach',
      'Cyber incidents only',
      'Taking action',
      'About you',
    ]);
    for (const one of [edpb, ico]) {
      const ids = one?.sections.flatMap(({ fields }) => fields.map(({ id }) => id)) ?? [];
      expect(new Set(ids).size).toBe(ids.length);
      expect(one?.form.source).toMatch(/read \d{4}-\d\d-\d\d/);
    }
  });

  test('leave out the form of a law that does not reach the company, and say so', () => {
    const { forms, leftOut } = packOf(input(leakedToken()));
    expect(forms.map(({ form }) => form.id)).toEqual(['edpb-2026-draft']);
    expect(leftOut.map(({ form }) => form.id)).toEqual(['ico-2026']);
    expect(rendered('regulator-pack', input(leakedToken()))).toContain('uk.33-1 is not owed');
  });

  test('name the entry that each value rests on, and count it as a person does', () => {
    const fields = fieldsOf(leakedToken());
    expect(fields.get('subjects_count')).toMatchObject({ status: 'known', entries: [15], basis: 'entry 15' });
    expect(fields.get('nature')).toMatchObject({ status: 'known', entries: [17], characters: 116 });
    expect(fields.get('controller')).toMatchObject({
      value: 'Harbour Lane Trading Ltd',
      characters: 24,
      basis: 'firebreak.yaml and contacts.yaml, as they were at the start',
    });
    const emoji = fieldsOf(ofFacts(fact('nature', null, '👩 ü')));
    expect(emoji.get('nature')?.characters).toBe(3);
  });

  test('mark what is not known, how to say it, and what is only the most that could be', () => {
    const fields = fieldsOf(leakedToken());
    expect(fields.get('consequences')).toMatchObject({
      status: 'not-known',
      value: null,
      fact: 'consequences',
    });
    expect(fields.get('records_count')).toMatchObject({
      status: 'not-confirmed',
      basis: 'inventory.yaml, as it was at the start; said to be not known in entry 18',
    });
    expect(fields.get('to_follow')?.value?.split('\n')).toContain('Likely consequences');
    const page = rendered('regulator-pack', input(leakedToken()));
    expect(page).toContain('**not yet known**  \nTo say it: firebreak fact consequences "..."');
    const low = fieldsOf(ofFacts({ kind: 'fact.ruled_out', pub: { fact: 'high-risk', step: null } }));
    expect(low.get('high_risk')).toMatchObject({ status: 'known', value: 'ruled out' });
  });

  test('never answer how many with yes', () => {
    const fields = fieldsOf(ofFacts(fact('people-gb', true)), 1);
    expect(fields.get('subjects_count')?.value).not.toBe('yes');
    expect(fields.get('uk_people')).toMatchObject({ value: 'yes', status: 'known' });
  });

  test('ask for the reasons of a delay only once there is one', () => {
    expect(fieldsOf(leakedToken()).get('delay_reasons')?.status).toBe('not-needed');
    const late = given(leakedToken());
    const clocked = late.clocks.map((clock) =>
      clock.duty === 'gdpr.33-1' ? { ...clock, due: at('2026-11-20T02:45:00Z') } : clock,
    );
    const [edpb] = packOf({ ...late, clocks: clocked }).forms;
    const fields = edpb?.sections.flatMap((section) => section.fields) ?? [];
    expect(fields.find(({ id }) => id === 'delay_reasons')?.status).toBe('not-known');
  });

  test('say what is known and sealed, and show none of it', () => {
    const whole = leakedToken();
    const fields = fieldsOf({ ...whole, reveal: whole.sealed });
    expect(fields.get('nature')).toMatchObject({ status: 'sealed', value: '[sealed]', entries: [17] });
  });
});

describe('since the last submission', () => {
  const incident = ofFacts(
    fact('nature', null, 'A token leaked.'),
    fact('subjects-count', { about: 100, from: 50, to: 200 }),
    fact('records-count', null),
    submitted('gdpr.33-1', 1),
    {
      kind: 'duty.proved',
      pub: { duty: 'gdpr.33-1', kind: 'portal-reference', evidence: null },
      priv: { reference: staff('BN-26-11') },
    },
    submitted('meta.platform-terms', 1),
    {
      kind: 'fact.corrected',
      pub: {
        fact: 'subjects-count',
        value: { about: 1200, from: 1000, to: 1500 },
        known: true,
        at: at('2026-11-20T04:00:00Z'),
        basis: 'log',
        corrects: 2,
      },
    },
    fact('consequences', null, 'Somebody could be defrauded.'),
  );

  test('each field says what has changed, with what was told then', () => {
    const fields = fieldsOf(incident);
    expect(fields.get('subjects_count')?.since).toEqual({
      change: 'corrected',
      was: 'about 100 (between 50 and 200)',
      is: 'about 1,200 (between 1,000 and 1,500)',
    });
    expect(fields.get('consequences')?.since).toMatchObject({ change: 'new', was: null });
    expect(fields.get('nature')?.since?.change).toBe('same');
    expect(fields.get('report_type')?.value).toBe('Follow-up: notification 2');
    expect(fields.get('references')?.value).toBe(
      'Notification 1, submitted 2026-11-20 03:00 +00:00 (2026-11-20 03:00 UTC); proof: BN-26-11',
    );
    expect(fieldsOf(incident, 1).get('references')?.status).toBe('not-needed');
    const [edpb, ico] = packOf(given(incident)).forms;
    expect(edpb).toMatchObject({ changed: 2, last: { phase: 1, entry: 4 } });
    expect(ico).toMatchObject({ changed: 0, last: null });
    expect(rendered('regulator-pack', given(incident))).toContain(
      'corrected since the last submission; was: about 100',
    );
  });

  test('nothing is compared before the first', () => {
    const fields = fieldsOf(ofFacts(fact('nature', null, 'A token leaked.')));
    expect([...fields.values()].filter(({ since }) => since !== null)).toEqual([]);
    expect(fields.get('report_type')?.value).toBe('First notification');
  });
});

describe('personal data', () => {
  test('that are known by their form are withheld and counted; counts, times and references stay', () => {
    const { text, withheld } = withoutPersonal(
      'Maria (maria.k@example.org, +49 151 23456789, 123-45-6789) wrote on 2026-11-20 02:14 +01:00 about order 20261120; 1,200 people, 00353 1 555 0100.',
    );
    expect(text).toBe(
      `Maria (${WITHHELD}, ${WITHHELD}, ${WITHHELD}) wrote on 2026-11-20 02:14 +01:00 about order 20261120; 1,200 people, ${WITHHELD}.`,
    );
    expect(withheld).toBe(4);
  });

  test('never stand in a field, in no form of the pack; the company’s own contacts do', async () => {
    const incident = ofFacts(
      fact('nature', null, 'Messages of maria.k@example.org and +49 151 23456789 were read.'),
      submitted('gdpr.33-1', 1),
      fact('measures', null, 'maria.k@example.org was told.'),
      fact('people-informed', null, 'By mail to maria.k@example.org.'),
    );
    const { forms } = await exportFormats['regulator-pack'].load();
    for (const form of forms) {
      if (form.is !== 'text') continue;
      const text = [...form.pieces(given(incident))].join('');
      expect(text).not.toContain('maria.k');
      expect(text).not.toContain('23456789');
      expect(text).toContain('dpo@example.com');
    }
    expect(fieldsOf(incident).get('nature')).toMatchObject({ withheld: 2 });
    expect(packOf(given(incident)).forms[0]?.withheld).toBe(4);
  });
});

describe('the forms of the pack', () => {
  test('JSON names its schema, and has of each field what the page has', () => {
    const json = JSON.parse(
      [...(textForm('json')?.pieces(given(leakedToken())) ?? [])].join(''),
    ) as JsonObject;
    expect(json).toMatchObject({ schema: 'firebreak.regulator-pack/v1', drill: false });
    const [edpb] = json['forms'] as readonly JsonObject[];
    expect(edpb).toMatchObject({ form: 'edpb-2026-draft', duty: 'gdpr.33-1', last_submission: { phase: 1 } });
  });

  test('a document of Word holds the same words, is stamped in a drill, and is the same bytes again', async () => {
    const word = forms.find(({ extension }) => extension === 'docx');
    if (word?.is !== 'bytes') throw new Error('the pack has no document of Word');
    const tools = {
      typesetter: (): never => {
        throw new Error('nothing is typeset');
      },
    };
    const bytes = await word.bytes(given(leakedToken(true)), tools);
    expect(Buffer.from(bytes).equals(Buffer.from(await word.bytes(given(leakedToken(true)), tools)))).toBe(
      true,
    );
    const members = membersOf(bytes);
    const xml = members.get('word/document.xml');
    for (const words of ['3. Nature of the breach', 'not yet known', 'Harbour Lane Trading Ltd'])
      expect(xml).toContain(words);
    expect(members.get('word/header1.xml')).toContain('string="DRILL"');
  });
});

const { forms } = await exportFormats['regulator-pack'].load();
const textForm = (extension: string) => {
  const found = forms.find((form) => form.extension === extension);
  return found?.is === 'text' ? found : undefined;
};
