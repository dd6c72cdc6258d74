import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportFormats, isExportId } from '../../src/exports/index.ts';
import type { ExportInput } from '../../src/exports/export.ts';
import { withoutPersonal } from '../../src/exports/regulator/withheld.ts';
import { systemTypesetter } from '../../src/io/typeset.ts';
import { progress } from '../../src/incident/ready.ts';
import { audienceIds } from '../../src/model/audience.ts';
import { audiences, everything, type Audience } from '../../src/projections/audience/audience.ts';
import { redact, type Redaction } from '../../src/projections/audience/redaction.ts';
import { countWithheld } from '../../src/projections/audience/withheld.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { containment } from '../../src/projections/containment.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { contacts, titles } from '../fixtures/company.ts';
import { words, withheldIncident } from '../fixtures/withheld.ts';
import { pagesIn } from './pdf-text.ts';
import { input, rendered, textForms, textOf } from './rig.ts';

const SLOW = 240_000;
const secret = new Uint8Array(32).fill(7);

const redacted = (audience: Audience, by: Uint8Array = secret): Redaction => {
  const { entries, state, reveal } = withheldIncident();
  return redact(
    { entries, state, reveal, contacts },
    {
      audience,
      secret: by,
      contracts: new Set(),
      withoutIdentifiers: (text) => withoutPersonal(text).text,
    },
  );
};

/** What a format is handed for an audience, as `app` puts it together. */
const given = (audience: Audience, by: Uint8Array = secret): ExportInput => {
  const whole = withheldIncident();
  const redaction = redacted(audience, by);
  const { entries, state, reveal } = redaction;
  const base = input({ ...whole, entries, state, reveal });
  return {
    ...base,
    contacts: redaction.contacts,
    progress: progress(state),
    clocks: clocks(state, gdpr.obligations, base.now, { zone: base.zone, holidays: () => null }),
    containment: containment(state, titles),
    redaction: {
      row: redaction.row,
      withheld: countWithheld('board', redaction.asked({ entries: null, names: new Set(redaction.names) })),
    },
  };
};

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Every spelling in which a file could carry a text without showing it. */
const spellings = (text: string): readonly string[] => {
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(`${' '.repeat(shift)}${text}`)
      .toString('base64')
      // What hangs over at both ends depends on what stands beside it.
      .slice(shift === 0 ? 0 : 4, -4),
  );
  const markdown = text.replaceAll(/[-._+@]/g, String.raw`\$&`);
  const entities = Array.from(text, (one) => `&#${one.codePointAt(0) ?? 0};`).join('');
  return [
    text,
    escaped(text),
    encodeURIComponent(text),
    ...base64,
    Buffer.from(text).toString('hex'),
    Buffer.from(text, 'utf16le').toString('latin1'),
    markdown,
    entities,
  ];
};

const found = (text: string, word: string): boolean => {
  const flat = text.replaceAll(/\s+/g, ' ').toLowerCase();
  // A PDF breaks a long word where a line ends, and Markdown puts a backslash before what it could take for markup.
  const tight = text.replaceAll(/[\s\\\u200b]/g, '').toLowerCase();
  return spellings(word).some(
    (one) => flat.includes(one.toLowerCase()) || tight.includes(one.replaceAll(/\s/g, '').toLowerCase()),
  );
};

/** Paper breaks a line in a narrow column anywhere between words: the longest piece of a text stands there whole. */
const onPaper = (word: string): string =>
  word.split(/[^\p{L}]+/u).toSorted((a, b) => b.length - a.length)[0] ?? '';
const paperWords = Object.values(words).filter((word) => onPaper(word) !== '');

type Word = keyof typeof words;
const OUTSIDE: readonly Word[] = ['handle', 'name', 'surname', 'override', 'address', 'telephone'];

/** Said here once more and by hand, because a table that is its own test proves nothing. */
const absent: Readonly<Record<(typeof audienceIds)[number], readonly Word[]>> = {
  manager: ['privileged', 'technical', 'person'],
  board: ['privileged', 'technical', 'person', 'others', ...OUTSIDE],
  regulator: ['privileged', 'technical', 'person', 'others', ...OUTSIDE],
  acquirer: ['privileged', 'person', 'others', ...OUTSIDE],
  insurer: ['privileged', 'technical', 'person', ...OUTSIDE],
  counsel: [],
  public: ['privileged', 'technical', 'person', 'others', 'opinion', 'nature', ...OUTSIDE],
};
const present: Readonly<Record<(typeof audienceIds)[number], readonly Word[]>> = {
  manager: ['handle', 'others', 'opinion', 'nature', 'address'],
  board: ['opinion', 'nature'],
  regulator: ['opinion', 'nature'],
  acquirer: ['technical', 'opinion', 'nature'],
  insurer: ['others', 'opinion', 'nature'],
  counsel: Object.keys(words) as readonly Word[],
  public: [],
};

const typesetter = systemTypesetter(join(import.meta.dirname, '../../src/letters/papers/fonts'));

async function* copies(audience: Audience): AsyncGenerator<readonly [name: string, text: string]> {
  const copy = given(audience);
  for (const id of audience.formats.filter(isExportId)) {
    const { forms } = await exportFormats[id].load();
    for (const form of forms) {
      if (form.is === 'text') yield [`${id}.${form.extension}`, textOf(form, copy)];
      else {
        const bytes = await form.bytes(copy, { typesetter: () => typesetter });
        yield [`${id}.${form.extension}`, Buffer.from(bytes).toString('latin1')];
        if (form.extension === 'pdf') {
          yield [`${id}.pdf, read`, pagesIn(bytes).join('\n')];
          yield [`${id}.pdf, by pdftotext`, byPoppler(bytes)];
        }
      }
    }
  }
}

/** The same file with the eyes of another program, where it is installed. */
function byPoppler(bytes: Uint8Array): string {
  if (!existsSync('/usr/bin/pdftotext')) return '';
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-pdf-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), bytes);
    return execFileSync('/usr/bin/pdftotext', ['-layout', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(audienceIds)('a copy for %s', (id) => {
  test(
    'holds nothing that is withheld, in no spelling and in no format',
    async () => {
      const seen = new Set<string>();
      for await (const [name, text] of copies(audiences[id])) {
        seen.add(name.split('.')[0] ?? '');
        const leaked = absent[id].filter(
          (word) =>
            found(text, words[word]) ||
            (name.includes('.pdf, ') && onPaper(words[word]) !== '' && found(text, onPaper(words[word]))),
        );
        expect(leaked, `in ${name}`).toEqual([]);
      }
      expect([...seen].toSorted()).toEqual([...audiences[id].formats].toSorted());
    },
    SLOW,
  );

  test('holds what this reader gets', () => {
    const text = rendered('jsonl', given(audiences[id]));
    for (const word of present[id]) expect(found(text, words[word]), word).toBe(true);
  });

  test('keeps the number of every row, and of a withheld one its hash', () => {
    const whole = withheldIncident();
    const rows = rendered('jsonl', { ...given(audiences[id]) })
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { seq: number; hash: string });
    expect(rows.map(({ seq }) => seq)).toEqual(whole.entries.map(({ n }) => n));
    expect(rows.map(({ hash }) => hash)).toEqual(whole.entries.map(({ hash }) => hash));
  });
});

test('the full copy holds every word, so that a search which finds none is one that could', async () => {
  for (const [id, , form] of textForms.filter(([one]) => one === 'jsonl' || one === 'csv' || one === 'md')) {
    const text = textOf(form, input(withheldIncident()));
    for (const word of Object.values(words)) expect(found(text, word), `${word} in ${id}`).toBe(true);
  }
  const paper = await exportFormats.timeline.load();
  for (const form of paper.forms) {
    if (form.is === 'text') continue;
    const bytes = await form.bytes(input(withheldIncident()), { typesetter: () => typesetter });
    for (const text of [pagesIn(bytes).join('\n'), byPoppler(bytes)])
      if (text !== '')
        for (const word of paperWords) expect(found(text, onPaper(word)), `${word} on paper`).toBe(true);
  }
  for (const word of Object.values(words))
    for (const one of spellings(word)) expect(found(`<<${one}>>`, word)).toBe(true);
});

test('without an audience what is marked privileged is withheld all the same, and nothing else', () => {
  const text = rendered('md', given(everything));
  expect(found(text, words.privileged)).toBe(false);
  expect(text).toContain(String.raw`\[withheld: privileged\]`);
  for (const word of Object.keys(words) as readonly Word[])
    if (word !== 'privileged') expect(found(text, words[word]), word).toBe(true);
});

test('people stand under one role throughout, in rows, in texts and at the head', () => {
  const text = rendered('md', given(audiences.regulator));
  expect(text).toContain('commander-1');
  expect(text).not.toContain('commander-2');
  expect(redacted(audiences.regulator).state.roles.get('commander')).toBe('commander-1');
});

test('the same export has the same bytes, and another one shares no commitment with it', () => {
  const removed = (by: Uint8Array): readonly string[] => {
    const redaction = redacted(audiences.board, by);
    for (const line of rendered('md', given(audiences.board, by))) void line;
    for (const { n, priv } of redaction.entries) for (const name of priv) redaction.reveal({ n, name });
    return redaction
      .asked({ entries: null, names: new Set(redaction.names) })
      .removed.map(({ commitment }) => commitment);
  };
  const [one, again, other] = [removed(secret), removed(secret), removed(new Uint8Array(32).fill(8))];
  expect(one.length).toBeGreaterThan(4);
  expect(again).toEqual(one);
  expect(other.filter((commitment) => one.includes(commitment))).toEqual([]);
  expect(rendered('csv', given(audiences.board))).toBe(rendered('csv', given(audiences.board)));
});
