import { expect, test } from 'vitest';
import { noticeBytes, wantsAscii, wantsColor } from '../../src/io/terminal.ts';

test('NO_COLOR wins over FORCE_COLOR, and counts only when it is not empty', () => {
  expect(wantsColor(undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, true)).toBe(false);
  expect(wantsColor(undefined, { NO_COLOR: '' }, true)).toBe(true);
  expect(wantsColor(undefined, { FIREBREAK_NO_COLOR: '1', FORCE_COLOR: '3' }, true)).toBe(false);
});

test('a flag wins over the environment', () => {
  expect(wantsColor(false, { FORCE_COLOR: '1' }, true)).toBe(false);
  expect(wantsAscii(true, { LANG: 'en_IE.UTF-8' })).toBe(true);
});

test('a dumb terminal and a pipe get no colour unless it is forced', () => {
  expect(wantsColor(undefined, { TERM: 'dumb' }, true)).toBe(false);
  expect(wantsColor(undefined, { TERM: 'xterm' }, false)).toBe(false);
  expect(wantsColor(undefined, { TERM: 'dumb', FORCE_COLOR: '1' }, false)).toBe(true);
});

test('signs are ASCII where the locale is not UTF-8', () => {
  expect(wantsAscii(undefined, { LANG: 'C' })).toBe(true);
  expect(wantsAscii(undefined, {})).toBe(true);
  expect(wantsAscii(undefined, { LANG: 'C.UTF-8', TERM: 'xterm' })).toBe(false);
  expect(wantsAscii(undefined, { LC_ALL: 'C', LANG: 'en_IE.UTF-8' })).toBe(true);
});

test('a desktop notice holds no control characters and passes through tmux', () => {
  expect(noticeBytes('late\u001b]52;c;evil\u0007', {})).toBe('\u001b]9;late\\u{1b}]52;c;evil\\u{7}\u0007');
  expect(noticeBytes('late', { TMUX: '/tmp/tmux' })).toBe('\u001bPtmux;\u001b\u001b]9;late\u0007\u001b\\');
});
