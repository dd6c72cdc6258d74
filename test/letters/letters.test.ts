import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/hash.ts';
import { at, leakedToken } from '../fixtures/incident.ts';
import { draft, input, letters, sampleOf, translated, withFacts } from './rig.ts';

const golden = (name: string) => join(import.meta.dirname, '../golden/letters', name);

describe.each(letters)('the letter %s', (letter) => {
  test('reads as it always did, in each form', async () => {
    const written = draft(letter, withFacts(sampleOf(letter)));
    await expect(written.markdown).toMatchFileSnapshot(golden(`${letter}.en.md`));
    await expect(written.html).toMatchFileSnapshot(golden(`${letter}.en.html`));
    await expect(written.text).toMatchFileSnapshot(golden(`${letter}.en.txt`));
  });

  test('is complete with its sample facts, and says from which entries each came', () => {
    const sample = sampleOf(letter);
    const written = draft(letter, withFacts(sample));
    expect(written.missing).toEqual([]);
    expect(written.complete).toBe(true);
    expect(written.watermark).toBeNull();
    const { elements } = input(letter, withFacts({})).source;
    for (const { id } of elements.filter((one) => 'fact' in one.from && one.from.fact in sample))
      expect(written.elements.find((one) => one.id === id)?.entries, id).toHaveLength(1);
    expect(written.sha256).toBe(sha256Hex(written.markdown));
  });

  test('marks a drill at the top of each form and in the subject', () => {
    const written = draft(letter, withFacts(sampleOf(letter), true));
    for (const text of [written.markdown, written.html, written.text])
      expect(text).toContain('DRILL. This is an exercise');
    expect(written.subject).toMatch(/^DRILL: /);
  });

  test('promises nothing and claims no encryption', () => {
    const { text } = draft(letter, withFacts(sampleOf(letter)));
    expect(text).not.toMatch(/not even Meta|end-to-end|cannot be read|guarantee|will never happen/i);
  });
});

const without = (facts: ReturnType<typeof sampleOf>, ...names: readonly string[]): typeof facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name)));

describe.each(translated)('the letter %s in %s', (letter, language) => {
  const sample = sampleOf(letter);
  const { elements } = input(letter, withFacts({}), { language }).source;
  const mapped = elements.flatMap(({ from, otherwise }) =>
    'fact' in from && otherwise !== undefined && 'inventory' in otherwise ? [from.fact] : [],
  );

  test('reads as it always did, and has nothing of another language in it', async () => {
    const written = draft(letter, withFacts(sample), { language });
    expect(written).toMatchObject({ complete: true, missing: [], watermark: null, language });
    await expect(written.text).toMatchFileSnapshot(golden(`${letter}.${language}.txt`));
    for (const english of ['somebody could read', 'We ', 'Dear', 'Reference:'])
      expect(written.text).not.toContain(english);
  });

  test('waits for the words of a person where only other words are known, and names the fact that says them', () => {
    const [first] = elements.filter(({ from, required }) => 'fact' in from && required === true);
    const fact = first !== undefined && 'fact' in first.from ? first.from.fact : '';
    const written = draft(letter, withFacts(without(sample, `${fact}-${language}`)), { language });
    expect(written.complete).toBe(false);
    expect(written.missing).toEqual([`${first?.article} ${first?.title}`]);
    expect(written.text).toContain(`firebreak fact ${fact}-${language} "..."`);
  });

  test.runIf(mapped.length > 0)(
    'takes nothing from the data map for what is known and not translated',
    () => {
      const facts = withFacts(without(sample, ...mapped.map((fact) => `${fact}-${language}`)));
      expect(draft(letter, facts, { language }).missing).toHaveLength(mapped.length);
    },
  );

  test.runIf(mapped.length > 0)('says the kinds of data of the data map in its own words', () => {
    const facts = withFacts(without(sample, ...mapped.flatMap((fact) => [fact, `${fact}-${language}`])));
    const { text, missing } = draft(letter, facts, { language });
    expect(missing).toEqual([]);
    expect(text).not.toMatch(/\bcontact, order\b|free text|not yet confirmed/);
  });

  test('marks a drill in its own words', () => {
    const { text, subject } = draft(letter, withFacts(sample, true), { language });
    expect(text).toContain('(DRILL)');
    expect(subject).toMatch(/^DRILL: /);
  });
});

describe('what is not known', () => {
  test('may follow in the notice to the authority, by Art. 33(4), and the notice is complete', () => {
    const written = draft('gdpr-art33', leakedToken());
    expect(written.follows).toContain('Art. 33(3)(c) likely consequences of the breach');
    expect(written.complete).toBe(true);
    expect(written.text).toContain('Not yet known, will follow (Art. 33(4) GDPR)');
    expect(written.text).toContain('The following will be provided in phases');
  });

  test('must not follow in the letter to the people: named by article, and the draft says so', () => {
    const written = draft('gdpr-art34', leakedToken());
    expect(written.complete).toBe(false);
    expect(written.missing).toContain('Art. 34(2), Art. 33(3)(c) likely consequences');
    expect(written.text).toContain('[MISSING: Art. 34(2), Art. 33(3)(c) likely consequences]');
    expect(written.markdown).toContain('**\\[MISSING: Art. 34(2), Art. 33(3)(c) likely consequences\\]**');
    expect(written.html).toContain('<mark>[MISSING: Art. 34(2), Art. 33(3)(c) likely consequences]</mark>');
    expect(written.watermark).toMatch(/^DRAFT/);
  });

  test('is drafted from the data map where there is one, and says that it is not confirmed', () => {
    const { text, elements } = draft('gdpr-art33', withFacts({ nature: 'A token leaked.' }));
    expect(text).toContain(
      'WhatsApp support: about 12,000 (between 10,000 and 15,000), basis: export of the CRM in October',
    );
    expect(text).toContain('not yet confirmed');
    expect(elements.find(({ id }) => id === 'subjects_count')?.entries).toEqual([]);
  });

  test('never leaves as [sealed]: without the key the letter is not complete', () => {
    const incident = leakedToken();
    const written = draft('gdpr-art33', { ...incident, reveal: incident.sealed });
    expect(written.missing).toContain('Art. 33(3)(a) nature of the breach');
    expect(written.text).toContain('[SEALED: Art. 33(3)(a) nature of the breach');
  });

  test('includes the reasons for a delay once 72 hours have run out, not before', () => {
    const facts = sampleOf('gdpr-art33');
    const late = at('2026-11-23T02:14:01Z');
    expect(draft('gdpr-art33', withFacts(facts), { now: at('2026-11-23T02:14:00Z') }).missing).toEqual([]);
    expect(draft('gdpr-art33', withFacts(facts), { now: late }).missing).toEqual([
      'Art. 33(1) reasons for a notice later than 72 hours',
    ]);
    expect(
      draft('gdpr-art33', withFacts({ ...facts, 'delay-reasons': 'We first had to restore the log.' }), {
        now: late,
      }).missing,
    ).toEqual([]);
  });
});

test('the channels of the incident are named as ways a letter must not take', () => {
  expect(draft('gdpr-art34', leakedToken()).avoid).toEqual(['WhatsApp support']);
});

test('every element is listed by article, with what is missing and where the rest came from', () => {
  const { elements, complete } = draft('gdpr-art34', leakedToken());
  expect(complete).toBe(false);
  expect(elements.map(({ status }) => status)).toEqual([
    'known',
    'known',
    'known',
    'missing',
    'missing',
    'known',
  ]);
  expect(elements.find(({ title }) => title === 'when we learned of it')?.entries).toHaveLength(1);
});

test('a letter whose template prints an undeclared name is a problem that names file and name', () => {
  expect(() => draft('gdpr-art34', leakedToken(), { template: '{{nature}}\n{{natrue}}' })).toThrow(
    /invalid-file.*templates\/gdpr-art34\/en\.hbs.*line=2.*natrue/,
  );
});
