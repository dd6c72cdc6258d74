import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { SCRIPT } from '../../src/exports/web/script.ts';
import { tlps, tlpLabel } from '../../src/model/tlp.ts';
import { ALL_ROWS } from '../../src/projections/choice.ts';
import { leakedToken } from '../fixtures/incident.ts';
import { hostileTexts } from '../security/corpus.ts';
import { hostileInput } from './hostile-rig.ts';
import { input, rendered } from './rig.ts';

const page = (changes = {}): string => rendered('timeline-html', input(leakedToken(), changes));
const between = (text: string, opens: string, closes: string): string =>
  text.slice(text.indexOf(opens) + opens.length, text.indexOf(closes));

test('a browser may load nothing, and runs the one script and style whose hashes stand in the page', () => {
  for (const tlp of tlps) {
    const text = page({ tlp });
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    const hash = (part: string): string => `'sha256-${createHash('sha256').update(part).digest('base64')}'`;
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(between(text, '<style>', '</style>'))}; script-src ${hash(between(text, '<script>', '</script>'))}; base-uri 'none'; form-action 'none'`,
    );
    expect(text).toContain(`<span class="tlp">${tlpLabel(tlp)}</span>`);
  }
  expect(page()).not.toMatch(/https?:|\bsrc=|url\(|@import|\son\w+=|\sstyle=/);
});

test('words of others are words: no tag, no attribute and no row comes out of them', () => {
  const tags = (text: string): readonly string[] => text.replaceAll('<br>', '').match(/<[a-z][^>]*>/g) ?? [];
  const names = (text: string): readonly string[] =>
    tags(text).map((tag) => /^<[a-z0-9]+/.exec(tag)?.[0] ?? '');
  const plain = rendered('timeline-html', hostileInput('plain'));
  // An empty text has no line of its own.
  for (const text of hostileTexts.filter((one) => one !== '')) {
    const found = rendered('timeline-html', hostileInput(text));
    expect(names(found), JSON.stringify(text)).toEqual(names(plain));
  }
});

test('each entry is a row of its own with both times, and a time that nobody said is none', () => {
  const rows = page().match(/^<tr id="e\d+".*$/gm) ?? [];
  expect(rows).toHaveLength(27);
  expect(rows[0]).toContain('<time datetime="2026-11-20T02:20:00.000Z">2026-11-20<br>02:20:00 +00:00</time>');
  expect(rows[19]).toContain(
    '<span class="quiet">not known</span></td><td class="time"></td><td class="short">?</td>',
  );
  expect(rows[23]).toContain('class="time late"');
  expect(rows[22]).not.toContain('late');
});

test('the chart has a bar a clock, and marks for steps and proofs that say what they are', () => {
  const chart = between(page(), '<svg ', '</svg>');
  const shown = input(leakedToken()).clocks.filter(({ startedAt }) => startedAt !== null);
  expect(chart.match(/<rect /g)).toHaveLength(shown.length);
  for (const { duty } of shown) expect(chart).toContain(`(${duty})`);
  expect(chart).toMatch(/<circle class="step"[^>]*><title>Finished: [^<]*\(entry 8\)/);
  expect(chart).toMatch(/<circle class="proved"/);
  expect(chart).not.toContain('class="drift"');
});

test('a choice of rows is the choice of the page, its chart included, and is said first', () => {
  const text = page({ choice: { ...ALL_ROWS, words: 'no such words' } });
  expect(text).toContain('<p class="notice">Not everything is here: 0 of 27 rows are shown');
  expect(text).not.toMatch(/<tr id="e|<circle/);
});

/** As much of a page as the script asks for. */
function fakePage(texts: readonly string[]) {
  const listeners = new Map<string, () => void>();
  const part = (more: object = {}) => ({
    value: '',
    checked: false,
    hidden: true,
    textContent: '',
    addEventListener: (kind: string, listener: () => void) => void listeners.set(kind, listener),
    ...more,
  });
  const rows = texts.map((text) => ({
    hidden: false,
    textContent: text,
    classList: { contains: (name: string) => name === 'star' && text.includes('★') },
  }));
  const parts = { controls: part(), words: part(), star: part(), count: part() };
  runInNewContext(SCRIPT, {
    document: {
      getElementById: (id: keyof typeof parts) => parts[id],
      querySelectorAll: () => rows,
      addEventListener: () => undefined,
    },
    setTimeout: (work: () => void) => {
      work();
      return 1;
    },
    clearTimeout: () => undefined,
  });
  return { ...parts, rows, tell: (kind: string) => listeners.get(kind)?.() };
}

test('the script shows its controls, hides what has not all words, and says how much it hides', () => {
  const { controls, words, star, count, rows, tell } = fakePage([
    '1 ★ Token revoked',
    '2 Token seen',
    '3 Note',
  ]);
  expect([controls.hidden, count.textContent]).toEqual([false, '']);
  words.value = 'TOKEN  re';
  tell('input');
  expect(rows.map(({ hidden }) => hidden)).toEqual([false, true, true]);
  expect(count.textContent).toContain('1 of 3 rows are shown');
  words.value = '';
  star.checked = true;
  tell('change');
  expect(rows.map(({ hidden }) => hidden)).toEqual([false, true, true]);
  star.checked = false;
  tell('change');
  expect([rows.some(({ hidden }) => hidden), count.textContent]).toEqual([false, '']);
});

test('a title of five thousand letters is a heading and no page', () => {
  const title = 'تسرّب رمز واتساب '.repeat(300).trim();
  const page = rendered('timeline-html', input(leakedToken(), { title }));
  const [, name = ''] = /<h1>(.*?)<\/h1>/s.exec(page) ?? [];
  expect(Array.from(name).length).toBeLessThan(260);
  expect(name).toMatch(/^Timeline of تسرّب.*…$/);
});
