import { expect, test } from 'vitest';
import { maskSecrets } from '../../src/base/mask.ts';
import { csvCell, markdownText, visible, visibleBlock } from '../../src/base/text.ts';
import { parseYaml } from '../../src/catalog/yaml.ts';
import { safeJson } from '../../src/cli/print.ts';
import { redact } from '../../src/io/redact.ts';
import { limits } from '../../src/model/limits.ts';
import { processorMs } from '../rig/processor.ts';

/** Marks that act, reorder or hide: OSC 8 and 52, C1, bidi, no width, no ink, tags, and text smuggled in selectors. */
const HOSTILE = [
  '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  '\u001b]52;c;cm0gLXJm\u0007',
  '\u009b2J\u0090q\u009c',
  'admin\u202etxt.exe\u2066x\u2069',
  'a\u200bb\u2060c\ufeffd\u00ade\u034ff',
  '\u3164\u115f\u1160\uffa0',
  'x\u{e0041}\u{e007f}',
  'y\u{e0100}\u{e01ef}',
  'line\u2028line\u2029line\u0085line',
  'lone\ud800',
];
const ACTS =
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  /[\u034f\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/;

test.each(HOSTILE)('nothing of %j acts or hides, on a line, in a block, in a letter or in JSON', (text) => {
  for (const safe of [visible(text), visibleBlock(text), markdownText(text), safeJson({ text })])
    expect(safe).not.toMatch(ACTS);
  expect(JSON.parse(safeJson({ text }))).toEqual({ text });
});

test('emoji, joiners and several scripts stay as they are', () => {
  for (const text of ['👩‍💻 ❤️', 'می‌خواهم', 'नमस्ते', '한국어', 'naïve – “quoted”'])
    expect(visible(text)).toBe(text);
});

/** What makes a careless pattern look at the same sign again and again. */
const MILLION = 1_000_000;
const LONG = [
  'a',
  ' ',
  '-',
  '4',
  '4 ',
  '42-',
  'DE89 ',
  'eyJaaaaaaaa.',
  'eyJ',
  'bearer ',
  'SG.',
  'ghp_',
  '\n',
  '\u001b[',
]
  .concat([
    '-----BEGIN ',
    '-----BEGIN A PRIVATE KEY-----',
    '`',
    '*_',
    '<a ',
    '%2',
    '\u202e',
    '../',
    '[',
    'a: ',
    '"',
  ])
  .map((part) => part.repeat(MILLION / part.length));

test('a megabyte of anything is masked, redacted and shown in time that grows with its length alone', () => {
  const hide = redact(['a-known-secret']);
  const takes: [string, number][] = [];
  for (const text of LONG) {
    const took = processorMs(() => {
      for (const through of [maskSecrets, visible, visibleBlock, csvCell, markdownText, hide]) through(text);
      parseYaml('x.yaml', text.slice(0, limits.yamlBytesMax));
    });
    takes.push([text.slice(0, 8), took]);
  }
  // A pattern that goes back would take hours; this is far above what a busy machine needs.
  expect(takes.filter(([, ms]) => ms > 15_000)).toEqual([]);
}, 120_000);
