import { describe, expect, test } from 'vitest';
import { templateIssues } from '../../src/letters/template.ts';

const declared = new Set(['nature', 'measures']);
const complaints = (text: string) => templateIssues(text, declared, 'en.hbs').map(({ message }) => message);

describe('a template', () => {
  test('may print declared names and ask whether they are there', () => {
    expect(
      complaints(
        '# Title\n\n{{nature}}\n{{#if measures}}\n{{measures}}\n{{else}}\nnone\n{{/if}}\n{{! a remark }}',
      ),
    ).toEqual([]);
  });

  test('that prints an undeclared name is wrong, and the name, line and column are said', () => {
    expect(templateIssues('one\ntwo {{natur}}', declared, 'en.hbs')).toMatchObject([
      {
        file: 'en.hbs',
        line: 2,
        col: 7,
        message: '{{natur}} is not declared in letter.yaml',
        hint: 'declared are measures, nature',
      },
    ]);
  });

  test.each([
    ['{{constructor}}', 'not declared'],
    ['{{__proto__}}', 'not declared'],
    ['{{toString}}', 'not declared'],
    ['{{nature.length}}', 'no paths'],
    ['{{../nature}}', 'no paths'],
    ['{{this}}', 'no paths'],
    ['{{@root}}', 'no paths'],
    ['{{"nature"}}', 'no paths'],
    ['{{lookup nature "x"}}', 'helper'],
    ['{{nature x=1}}', 'helper'],
    ['{{(lookup nature "x")}}', 'cannot be read'],
    ['{{{nature}}}', 'raw output'],
    ['{{&nature}}', 'raw output'],
    ['{{> other}}', 'PartialStatement'],
    ['{{#> other}}x{{/other}}', 'PartialBlockStatement'],
    ['{{* other}}', 'Decorator'],
    ['{{#each nature}}x{{/each}}', 'not allowed'],
    ['{{#with nature}}x{{/with}}', 'not allowed'],
    ['{{^nature}}x{{/nature}}', 'not allowed'],
    ['{{{{raw}}}}x{{{{/raw}}}}', 'not allowed'],
    ['{{#if other}}x{{/if}}', 'not declared'],
    ['{{#if nature}}{{{nature}}}{{/if}}', 'raw output'],
    ['{{#if nature}}x{{else}}{{other}}{{/if}}', 'not declared'],
    ['{{#if nature}}', 'cannot be read'],
  ])('is refused for %s', (text, why) => {
    expect(complaints(text).join()).toContain(why);
  });
});
