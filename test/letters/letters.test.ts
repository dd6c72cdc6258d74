import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/hash.ts';
import { saidIn } from '../../src/letters/said.ts';
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
  // A number needs no translation.
  const worded = mapped.filter((fact) => typeof sample[fact] === 'string');

  test('reads as it always did, and has nothing of another language in it', async () => {
    const written = draft(letter, withFacts(sample), { language });
    expect(written).toMatchObject({ complete: true, missing: [], watermark: null, language });
    await expect(written.text).toMatchFileSnapshot(golden(`${letter}.${language}.txt`));
    for (const english of ['somebody could read', 'We ', 'Dear', 'Reference:'])
      expect(written.text).not.toContain(english);
  });

  test('waits for the words of a person where only other words are known, and names the fact that says them', () => {
    const [first] = elements.filter(
      ({ from, required, otherwise }) =>
        required === true &&
        otherwise === undefined &&
        'fact' in from &&
        `${from.fact}-${language}` in sample,
    );
    const fact = first !== undefined && 'fact' in first.from ? first.from.fact : '';
    const written = draft(letter, withFacts(without(sample, `${fact}-${language}`)), { language });
    expect(written.complete).toBe(false);
    const title = first === undefined ? '' : saidIn(first.title, language);
    expect(written.missing).toHaveLength(1);
    expect(written.text).toContain(`${title}; firebreak fact ${fact}-${language} "..."`);
    expect(written.text).not.toContain(written.missing[0]);
  });

  test.runIf(worded.length > 0)(
    'takes nothing from the data map for what is known and not translated',
    () => {
      const facts = withFacts(without(sample, ...worded.map((fact) => `${fact}-${language}`)));
      expect(draft(letter, facts, { language }).missing).toHaveLength(worded.length);
    },
  );

  test.runIf(mapped.length > 0)('says the kinds of data of the data map in its own words', () => {
    const facts = withFacts(without(sample, ...mapped.flatMap((fact) => [fact, `${fact}-${language}`])));
    const { text, missing } = draft(letter, facts, { language });
    expect(missing).toEqual([]);
    expect(text).not.toMatch(/\bcontact, order\b|free text|not yet confirmed/);
  });

  test('marks a drill in its own words, in each form and in the subject', () => {
    const { text, html, markdown, subject } = draft(letter, withFacts(sample, true), { language });
    const word = { de: 'ÜBUNG', fr: 'EXERCICE', es: 'SIMULACRO' }[language];
    for (const form of [text, html, markdown]) {
      expect(form).toContain(`${word}.`);
      expect(form).not.toContain('DRILL');
    }
    expect(html).toContain(`data-stamp="${word}"`);
    expect(subject).toMatch(new RegExp(`^${word}: `));
  });

  test('has every title in its language, and names nothing in English that is missing, sealed or to follow', () => {
    const incident = leakedToken();
    const { recipient = [] } = input(letter, incident, { language }).source;
    for (const { title, id } of [...elements, ...recipient])
      expect(saidIn(title, language), id).not.toBe(saidIn(title, 'en'));
    for (const told of [withFacts({}), incident, { ...incident, reveal: incident.sealed }]) {
      const { text } = draft(letter, told, { language });
      expect(text).not.toMatch(
        /MISSING|SEALED|[Nn]ot yet known|will follow|communication plan|basis:|Art\. \d+\(/,
      );
      for (const { title } of elements) expect(text).not.toContain(saidIn(title, 'en'));
    }
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

  test('follows in the notice to the Commissioner without a word of the other law', () => {
    const { text, follows } = draft('uk-ico', leakedToken());
    expect(follows.length).toBeGreaterThan(0);
    expect(text).toContain('Not yet known, will follow');
    expect(text).not.toMatch(/(?<!UK )GDPR/);
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

describe('numbers, times and provisions in German', () => {
  const german = (facts: ReturnType<typeof sampleOf>, changes = {}) =>
    draft('gdpr-art33', withFacts(facts), { language: 'de', ...changes });
  const sample = sampleOf('gdpr-art33');

  test('are written as Germans write them, with where a number comes from', () => {
    const { text } = german(sample);
    expect(text).toContain(
      'etwa 1.200 (zwischen 1.000 und 1.500); Grundlage: verschiedene Rufnummern im Zugriffsprotokoll (eigene Feststellung)',
    );
    expect(text).toContain('20. November 2026, 02:14 Uhr (20. November 2026, 02:14 Uhr UTC)');
    expect(text).not.toMatch(/\d,\d{3}|about|between|observed|\d{4}-\d\d-\d\d/);
  });

  test('show a basis that nobody has translated as what it is: somebody else’s words', () => {
    const { text, complete } = german(without(sample, 'subjects-count-basis-de'));
    expect(complete).toBe(true);
    expect(text).toContain('Grundlage: im Wortlaut „distinct telephone numbers in the access log“');
  });

  test('come from the data map as what is at most affected and not yet confirmed', () => {
    const { text } = german(without(sample, 'subjects-count'));
    expect(text).toContain('etwa 12.000 (zwischen 10.000 und 15.000), Grundlage: ');
    expect(text).toContain('noch nicht bestätigt');
  });

  test('name a provision that may follow by paragraph, never for what is known and only not translated', () => {
    const waiting = german(without(sample, 'consequences', 'consequences-de'));
    expect(waiting.complete).toBe(true);
    expect(waiting.text).toContain('- wahrscheinliche Folgen der Verletzung');
    expect(waiting.text).toContain('Noch nicht bekannt, wird nachgereicht (Art. 33 Abs. 4 DSGVO)');
    const untranslated = german(without(sample, 'consequences-de'));
    expect(untranslated.missing).toEqual(['Art. 33(3)(c) likely consequences of the breach']);
    expect(untranslated.text).toContain(
      '[FEHLT: Art. 33 Abs. 3 lit. c wahrscheinliche Folgen der Verletzung; firebreak fact consequences-de "..."]',
    );
    expect(untranslated.text).not.toContain('Noch nicht bekannt');
  });

  test('tell what was sent before in the words of the language, and cite what has none there', () => {
    const now = at('2026-11-20T06:00:00Z');
    const incident = withFacts(sample);
    const clocks = input('gdpr-art33', incident).clocks.map((clock) => ({
      ...clock,
      submittedAt: now,
      proved: false,
    }));
    const { text } = draft('gdpr-art33', incident, { language: 'de', clocks });
    expect(text).toContain(
      'Benachrichtigung der betroffenen Personen (Art. 34 DSGVO): übermittelt am 20. November 2026, 06:00 Uhr (20. November 2026, 06:00 Uhr UTC), Nachweis noch nicht festgehalten',
    );
    expect(text).toContain('Merchant agreement; Visa What To Do If Compromised');
    expect(text).toContain('Benachrichtigung der betroffenen Personen: 20. November 2026, 06:00 Uhr');
    expect(text).not.toContain('bisher nicht verzeichnet');
    expect(text).not.toMatch(/submitted|not recorded|Notify the/);
  });
});
