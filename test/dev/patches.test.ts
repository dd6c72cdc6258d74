import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { atFirstUse, celInAscii, exposeWasm, inEnglish, startAtOnce } from '../../src/dev/patches.ts';

const yoga = dirname(dirname(createRequire(import.meta.resolve('ink')).resolve('yoga-layout')));
const loader = readFileSync(join(yoga, 'binaries/yoga-wasm-base64-esm.js'), 'utf8');
const entry = readFileSync(join(yoga, 'src/index.js'), 'utf8');

test('the layout engine that is installed gets its binary without a data URL', () => {
  const patched = exposeWasm(loader);
  const base64 = /export const wasm = "([^"]+)"/.exec(patched)?.[1] ?? '';
  expect(Buffer.from(base64, 'base64').subarray(0, 4)).toEqual(Buffer.from('\0asm'));
  expect(patched.match(/base64,[A-Za-z0-9+/]/g)).toBeNull();
  expect(startAtOnce(entry)).toContain('new WebAssembly.Instance(');
});

test('a layout engine that looks different stops the build', () => {
  expect(() => exposeWasm(loader.replaceAll('instantiateWasm', 'start'))).toThrow('adapt src/dev/patches.ts');
  expect(() => exposeWasm(loader.replaceAll('octet-stream', 'wasm'))).toThrow('adapt src/dev/patches.ts');
  expect(() => startAtOnce(entry.replace('await loadYoga()', 'await start()'))).toThrow(
    'adapt src/dev/patches.ts',
  );
});

test('the checks of data are shipped with their English sentences alone', () => {
  const zod = dirname(createRequire(import.meta.url).resolve('zod/package.json'));
  const languages = readFileSync(join(zod, 'v4/locales/index.js'), 'utf8');
  expect(languages.split('\n').length).toBeGreaterThan(20);
  expect(inEnglish(languages)).toBe('export { default as en } from "./en.js";\n');
  expect(() => inEnglish(languages.replace('as en ', 'as english '))).toThrow('adapt src/dev/patches.ts');
});

test('a segmenter is made at its first use, once, and gives what it gave', () => {
  const patched = atFirstUse(
    `let made = 0;\nconst Intl = { Segmenter: class { constructor() { made += 1; } segment(t) { return [...t]; } } };\n` +
      `const cut = new Intl.Segmenter(undefined, { granularity: 'grapheme' });\n` +
      `const before = made;\nconst parts = [cut.segment('ab'), cut.segment('cd')];\nreturn { before, parts, made };`,
    'x.js',
  );
  // oxlint-disable-next-line typescript/no-implied-eval -- the patched text is code, and running it is the test
  expect(new Function(patched)()).toEqual({
    before: 0,
    parts: [
      ['a', 'b'],
      ['c', 'd'],
    ],
    made: 1,
  });
});

test('an emoji pattern is compiled at its first use and matches as before', () => {
  const patched = atFirstUse(
    `const emoji = /^(?:\\p{RGI_Emoji}|[\\d#*]\\u{FE0F})$/v;\nreturn ['🔥', 'x', '1'].map((c) => emoji.test(c));`,
    'x.js',
  );
  expect(patched).toContain('new RegExp(');
  // oxlint-disable-next-line typescript/no-implied-eval -- the patched text is code, and running it is the test
  expect(new Function(patched)()).toEqual([true, false, false]);
});

test('a segmenter that is used in any other way stops the build', () => {
  const source = `const cut = new Intl.Segmenter();\nexport { cut };\n`;
  expect(() => atFirstUse(source, 'x.js')).toThrow('x.js: cut is used for more than its methods');
});

test('code with nothing to defer stays as it is', () => {
  expect(atFirstUse('export const a = 1;\n', 'x.js')).toBe('export const a = 1;\n');
});

test('the pattern of a duration that is installed is written in ASCII, and another one stops the build', () => {
  const cel = createRequire(import.meta.url).resolve('@marcbachmann/cel-js');
  const functions = readFileSync(join(dirname(cel), 'functions.js'), 'utf8');
  const patched = celInAscii(functions);
  expect(functions).toContain('|µs|');
  expect(patched).toContain(String.raw`|\u00b5s|`);
  expect(() => celInAscii(functions.replace('|µs|', '|'))).toThrow('adapt src/dev/patches.ts');
});
