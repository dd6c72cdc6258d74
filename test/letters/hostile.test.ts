import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { hostile } from '../fixtures/incident.ts';
import { draft, letters, sampleOf, withFacts } from './rig.ts';

// oxlint-disable-next-line no-control-regex -- that there are none is the point
const ACTS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/u;

const withHostile = (letter: string) => {
  const text = hostile.join('\n\n');
  const facts = Object.fromEntries(
    Object.entries(sampleOf(letter)).map(([id, value]) => [
      id,
      typeof value === 'string' && !/^\d{4}-|^yes$/.test(value) ? text : value,
    ]),
  );
  return draft(letter, withFacts(facts));
};

describe.each(letters)('hostile facts in the letter %s', (letter) => {
  const written = withHostile(letter);

  test('leave no character that acts or hides in any form', () => {
    for (const text of [written.markdown, written.html, written.text]) expect(text).not.toMatch(ACTS);
    expect(written.text).toContain('\\u{1b}]52;c;');
    expect(written.text).toContain('invoice\\u{202e}gpj.exe');
  });

  test('are shown in the plain text as they are', () => {
    expect(written.text).toContain('{{constructor}}');
    expect(written.text).toContain('{{#each this}}x{{/each}}');
    expect(written.text).toContain('</script><script>alert(1)</script>');
    expect(written.text).not.toContain('[object');
  });

  test('make no tag and no link in the page', () => {
    expect(written.html).not.toMatch(/<script|<a |javascript:alert\(1\)"/);
    expect(written.html).toContain('&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('make no tag and no link for a reader of the Markdown', () => {
    const page = marked.parse(written.markdown, { async: false, gfm: true });
    expect(page).not.toMatch(/<script|href="javascript|<a [^>]*href="(?!mailto:)/);
    expect(page).toContain('[x](javascript:alert(1))');
    expect(page).toContain('{{constructor}}');
  });
});

test('a company, a contact and an inventory with hostile names are shown harmlessly too', () => {
  const evil = '<img src=x onerror=alert(1)>\u001b[2J';
  const written = draft('gdpr-art33', withFacts(sampleOf('gdpr-art33')), {
    company: {
      organisation: {
        name: evil,
        legal_name: evil,
        country: 'IE',
        zone: 'UTC',
        acts_as: 'controller',
        takes_cards: false,
        authority: evil,
      },
      connectors: {},
    },
  });
  for (const text of [written.markdown, written.html, written.text]) expect(text).not.toMatch(ACTS);
  expect(written.html).not.toContain('<img');
  expect(marked.parse(written.markdown, { async: false })).not.toContain('<img');
});
