import { createRequire } from 'node:module';

/** Texts that try to leave their place. The public list is that of a package (MIT); it is loaded, not copied. */
const require = createRequire(import.meta.url);
const publicList = require('big-list-of-naughty-strings') as readonly string[];

const ESC = '\u001b';

/** What acts on a terminal. */
const terminal = [
  `${ESC}]52;c;ZXZpbA==\u0007`,
  `${ESC}]8;;file:///etc/passwd${ESC}\\click${ESC}]8;;${ESC}\\`,
  `${ESC}]0;owned\u0007`,
  `${ESC}[2J${ESC}[1;1HAPPROVED`,
  `${ESC}[6n${ESC}[c${ESC}[?1049l`,
  `${ESC}P+q544e${ESC}\\`,
  `${ESC}_Gf=100;AAAA${ESC}\\`,
  '\u009b31m\u009d52;c;eA==\u009c\u0090q\u009c',
  '\u0000\u0001\u0007\b\u000b\f\u000e\u000f\u007f\u0080\u0085\u009f',
  'over\rwritten',
  'erased\b\b\b\b\b\bshown',
  'two\r\nlines\nthree',
];

/** What hides, or reorders what stands around it. */
const hiding = [
  'invoice\u202egpj.exe\u202c',
  'a\u2066b\u2067c\u2068d\u2069e\u061c\u200e\u200f',
  'a\u200bb\u2060c\ufeffd\u00ade\u034ff\u180eg',
  '\u3164\u115f\u1160\uffa0\u17b4\u17b5',
  '\u2028line\u2029paragraph',
  '\ufff9under\ufffaover\ufffb',
  '\u{e0001}\u{e0041}\u{e007f}tags',
  'variants\ufe00\ufe01\ufe0f\u{e0100}\u{e01ef}\u180b',
  'a\u200d\u200c\u200d\u200cb',
  '\u{1d173}\u{1bca0}\u206a\u206f',
  `e${'\u0301'.repeat(200)}`,
  `Z${'\u0489\u0334\u20dd'.repeat(50)}algo`,
  '\u0301\u20dd covers what stands before it',
  '\ud800',
  'half \udc00 a pair \ud83d',
  '\udfff\ud800',
];

/** What runs, links or breaks out in a spreadsheet, a page, a template, a path or a shell. */
const acting = [
  '=1+1',
  "+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(1+1)*cmd',
  '\t=1',
  '\r=1',
  '\n=1',
  '\u0000=1',
  '   =HYPERLINK("https://evil.example","x")',
  '\u00a0=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠A',
  '﹦1',
  '|calc',
  '%0A=1',
  '","=1+1","',
  '";=1+1;"',
  'a"\r\n=1+1,"',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<svg/onload=alert(1)>',
  '<!-- --><![CDATA[x]]><?php',
  '&lt;b&gt; &#x3c;b&#62;',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/p.png "t")',
  '[x]: https://evil.example',
  '<https://evil.example>',
  'https://evil.example www.evil.example HTTP://EVIL.EXAMPLE wWw.evil.example',
  '`code` ``` ~~~',
  '```\nend of the fence',
  '~~~',
  '# heading',
  '> quote',
  '- item',
  '+ item',
  '1. item',
  '1) item',
  '    indented',
  '---',
  '===',
  '***',
  '| a | b |\n|---|---|',
  '*a* _b_ ~~c~~ $d$ &amp; \\',
  '<details><summary>x</summary>',
  'tail\\',
  '{{constructor}}',
  '{{#each this}}x{{/each}}{{{raw}}}{{>partial}}',
  '${process.env.HOME}',
  '$(touch /tmp/x) `id` ; rm -rf ~ && | > <',
  '%s%n%x %d {0} {name}',
  '../../../etc/passwd',
  '..\\..\\windows\\system32',
  '/etc/passwd',
  '-rf',
  '.ssh',
  'CON',
  'nul.txt',
  'LPT1.log',
  'COM¹',
  'a/b\\c:d*e?f"g<h>i|j',
  'x'.repeat(5000),
  'ü'.repeat(5000),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'true',
  '',
  ' ',
];

/** Each of our own and each of the public list, once. */
export const hostileTexts: readonly string[] = [
  ...new Set([...terminal, ...hiding, ...acting, ...publicList]),
];

const between = (code: number, from: number, to: number): boolean => code >= from && code <= to;

/**
 * The code points of a text that act on a terminal or hide, by their blocks: written down a second time, so that a hole in the
 * program's own list is not one of its test.
 */
export const hiddenIn = (text: string, allowed = ''): readonly string[] =>
  Array.from(text)
    .filter((char) => !allowed.includes(char))
    .map((char) => char.codePointAt(0) ?? 0)
    .filter(
      (code) =>
        code < 0x20 ||
        between(code, 0x7f, 0x9f) ||
        between(code, 0xd800, 0xdfff) ||
        [0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x180e, 0x200b, 0x200e, 0x200f, 0x3164, 0xfeff, 0xffa0].includes(
          code,
        ) ||
        between(code, 0x17b4, 0x17b5) ||
        between(code, 0x2028, 0x202e) ||
        between(code, 0x2060, 0x206f) ||
        between(code, 0xfff0, 0xfffb) ||
        between(code, 0x1bca0, 0x1bca3) ||
        between(code, 0x1d173, 0x1d17a) ||
        between(code, 0xe0000, 0xe0fff),
    )
    .map((code) => code.toString(16));
