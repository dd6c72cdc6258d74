import { describe, expect, test } from 'vitest';
import { leakedToken } from '../fixtures/incident.ts';
import { draft, sampleOf, withFacts } from './rig.ts';

const template = `# {{subject}}

First line
and second with **{{organisation}}** in it.

{{nature}}

- one **strong** item
{{#if consequences}}
- two {{data_categories}}
{{/if}}

- another list
{{to_follow}}
`;

const bodyOf = (facts: Parameters<typeof withFacts>[0]) =>
  draft('gdpr-art34', withFacts(facts), { template }).body;

describe('the blocks of a letter', () => {
  const facts = {
    ...sampleOf('gdpr-art34'),
    nature: 'First line.\r\nSecond line.\n\nAnother paragraph.',
  };

  test('are headings, paragraphs with the lines somebody broke, and lists that go on over a condition', () => {
    expect(bodyOf(facts)).toEqual([
      {
        is: 'heading',
        level: 1,
        runs: [{ is: 'plain', text: 'Important information about your personal data' }],
      },
      {
        is: 'paragraph',
        lines: [
          [
            { is: 'plain', text: 'First line' },
            { is: 'plain', text: ' ' },
            { is: 'plain', text: 'and second with ' },
            { is: 'strong', text: 'Harbour Lane Trading Ltd' },
            { is: 'plain', text: ' in it.' },
          ],
        ],
      },
      {
        is: 'paragraph',
        lines: [[{ is: 'plain', text: 'First line.' }], [{ is: 'plain', text: 'Second line.' }]],
      },
      { is: 'paragraph', lines: [[{ is: 'plain', text: 'Another paragraph.' }]] },
      {
        is: 'list',
        items: [
          [
            { is: 'plain', text: 'one ' },
            { is: 'strong', text: 'strong' },
            { is: 'plain', text: ' item' },
          ],
          [
            {
              is: 'plain',
              text: 'two Your telephone number, the name you use on WhatsApp, and the messages, pictures and documents you sent us',
            },
          ],
        ],
      },
      { is: 'list', items: [[{ is: 'plain', text: 'another list' }]] },
    ]);
  });

  test('take nothing that a stranger wrote for structure', () => {
    const hostile =
      '\u001eh1 Boo\u0002strong\u0003\u0004mark\u0005\u000b\u0000 **bold** # heading\n- item\n\n{{subject}}';
    const [, , first, second] = bodyOf({ ...facts, nature: hostile });
    expect(first).toEqual({
      is: 'paragraph',
      lines: [
        [
          {
            is: 'plain',
            text: String.raw`\u{1e}h1 Boo\u{2}strong\u{3}\u{4}mark\u{5}\u{b}\u{0} **bold** # heading`,
          },
        ],
        [{ is: 'plain', text: '- item' }],
      ],
    });
    expect(second).toEqual({ is: 'paragraph', lines: [[{ is: 'plain', text: '{{subject}}' }]] });
  });

  test('mark what is missing, in a paragraph of its own and inside a line', () => {
    const written = draft('gdpr-art34', leakedToken(), {
      template: '{{consequences}}\n\nSo: {{consequences}}',
    });
    const text = '[MISSING: Art. 34(2), Art. 33(3)(c) likely consequences]';
    expect(written.stamp).toBe('DRAFT');
    expect(written.body).toEqual([
      { is: 'paragraph', lines: [[{ is: 'mark', text }]] },
      {
        is: 'paragraph',
        lines: [
          [
            { is: 'plain', text: 'So: ' },
            { is: 'mark', text },
          ],
        ],
      },
    ]);
  });

  test('carry the stamp of a drill', () => {
    expect(draft('gdpr-art34', withFacts(facts, true)).stamp).toBe('DRILL');
    expect(draft('gdpr-art34', withFacts(facts)).stamp).toBeNull();
  });
});
