import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvReader } from '../../../src/base/csv/csv.ts';
import { csvFaultWords, type CsvFault, type Encoding, type Separator } from '../../../src/base/csv/fault.ts';
import { sniffCsv } from '../../../src/base/csv/sniff.ts';

type Read = Readonly<{ rows: (readonly [number, ...string[]])[]; faults: CsvFault[] }>;

const read = (
  content: string | Uint8Array,
  sizes: readonly number[] = [],
  options: Readonly<{ encoding?: Encoding; separator?: Separator; rowMax?: number }> = {},
): Read => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const out: Read = { rows: [], faults: [] };
  const reader = csvReader({
    encoding: 'utf-8',
    separator: ',',
    ...options,
    onRow: (cells, line) => void out.rows.push([line, ...cells]),
    onFault: (fault) => void out.faults.push(fault),
  });
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[i % sizes.length] ?? 1);
    reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  reader.end();
  return out;
};

describe('a row', () => {
  test.each([
    ['LF', 'a,b\n1,2\n3,4\n'],
    ['CR LF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR alone', 'a,b\r1,2\r3,4'],
    ['no end', 'a,b\n1,2\n3,4'],
    ['a byte-order mark', '\uFEFFa,b\n1,2\n3,4\n'],
    ['empty lines between', 'a,b\n\n1,2\n\n\n3,4\n'],
  ])('ends with %s', (_, text) => {
    expect(read(text).rows.map(([, ...cells]) => cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(read(text, [1]).rows).toEqual(read(text).rows);
  });

  test('keeps line ends, separators and doubled marks inside quotation marks, and counts lines as the file does', () => {
    expect(read('a,b\n"x,\r\n""y""\n",2\n3,"4"\n').rows).toEqual([
      [1, 'a', 'b'],
      [2, 'x,\r\n"y"\n', '2'],
      [5, '3', '4'],
    ]);
  });

  test('keeps a mark in the middle and what stands after a closing one', () => {
    expect(read('a,b\nx"y,"1"2\n').rows[1]).toEqual([2, 'x"y', '12']);
  });

  test('is just text: formulas, escape codes and a name of a hundred thousand characters', () => {
    const name = 'n'.repeat(100_000);
    expect(read(`a,b\n=1+1,\u001b[31m\n${name},2\n`, [4096]).rows.slice(1)).toEqual([
      [2, '=1+1', '\u001b[31m'],
      [3, name, '2'],
    ]);
  });

  test('that is ragged is reported with its line, and the rest goes on', () => {
    const { rows, faults } = read('a,b\n1\n2,3,4\n5,6\n');
    expect(rows).toHaveLength(2);
    expect(faults).toEqual([
      { is: 'ragged', line: 2, wanted: 2, got: 1 },
      { is: 'ragged', line: 3, wanted: 2, got: 3 },
    ]);
    expect(faults.map(csvFaultWords)[0]).toBe('this row has 1 cells, the first row has 2');
  });

  test('in another encoding than the rest is reported, and the rest goes on', () => {
    const mixed = Buffer.concat([
      Buffer.from('a,b\nJürgen,1\n'),
      Buffer.from('Jürgen,2\n', 'latin1'),
      Buffer.from('x,3\n'),
    ]);
    const { rows, faults } = read(mixed);
    expect(rows.map(([line]) => line)).toEqual([1, 2, 4]);
    expect(faults).toEqual([{ is: 'bytes', line: 3, encoding: 'utf-8' }]);
  });

  test('whose mark never closes costs its own line alone', () => {
    const text = `a,b\n"open,1\n${'2,3\n'.repeat(50)}`;
    const whole = read(text);
    expect(whole.faults).toEqual([{ is: 'open-quote', line: 2 }]);
    expect(whole.rows).toHaveLength(51);
    expect(read(text, [7], { rowMax: 60 })).toEqual(whole);
  });

  test('without an end is given up at the bound, in bounded memory', () => {
    const { rows, faults } = read(`a,b\n${'x'.repeat(500)},1\n2,3\n`, [64], { rowMax: 200 });
    expect(faults).toEqual([{ is: 'too-long', line: 2, max: 200 }]);
    expect(rows.at(-1)).toEqual([3, '2', '3']);
  });
});

describe('a file', () => {
  test.each<[string, Uint8Array, Encoding, Separator]>([
    ['UTF-8', Buffer.from('name;city\nJürgen;Köln\n'), 'utf-8', ';'],
    ['Windows-1252', Buffer.from('name;city\nJürgen;Köln\n', 'latin1'), 'windows-1252', ';'],
    ['UTF-16', Buffer.from('\uFEFFname\tcity\nJürgen\tKöln\n', 'utf16le'), 'utf-16le', '\t'],
    ['UTF-16 without a mark', Buffer.from('name\tcity\nJürgen\tKöln\n', 'utf16le'), 'utf-16le', '\t'],
    ['UTF-16 big-endian', Buffer.from('\uFEFFname,city\nJürgen,Köln\n', 'utf16le').swap16(), 'utf-16be', ','],
  ])('in %s is recognised by its first bytes', (_, bytes, encoding, separator) => {
    expect(sniffCsv(bytes)).toEqual({ encoding, separator });
    expect(read(bytes, [3], { encoding, separator }).rows).toEqual([
      [1, 'name', 'city'],
      [2, 'Jürgen', 'Köln'],
    ]);
  });

  test('most of which is UTF-8 is UTF-8, whatever one row is in', () => {
    const mixed = Buffer.concat([
      Buffer.from('name,city\nJürgen,Köln\n'),
      Buffer.from('Zoë,Köln\n', 'latin1'),
    ]);
    expect(sniffCsv(mixed).encoding).toBe('utf-8');
  });

  test('whose head is cut inside a character is still UTF-8', () => {
    expect(sniffCsv(Buffer.from('a,ü').subarray(0, 3)).encoding).toBe('utf-8');
  });

  test('has the separator that stands outside of the marks', () => {
    expect(sniffCsv(Buffer.from('"a,b,c,d";e\n')).separator).toBe(';');
  });
});

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'é', '🙂', ' '), maxLength: 10 }),
);
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
  );

test('whatever was written with marks comes back, however it is cut', () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (rows, end, sizes, sparse) => {
        const written = rows
          .map((cells) =>
            cells
              .map((one) => (sparse && /^[a-z ]*$/i.test(one) ? one : `"${one.replaceAll('"', '""')}"`))
              .join(','),
          )
          .map((one) => one + end)
          .join('');
        const { rows: found, faults } = read(written, sizes);
        expect(faults).toEqual([]);
        expect(found.map(([, ...cells]) => cells)).toEqual(
          rows.filter((cells) => !cells.every((one) => one === '') || cells.length > 1),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('whatever it is, cutting it elsewhere changes nothing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'é'), maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      (text, sizes) => {
        expect(read(text, sizes)).toEqual(read(text));
      },
    ),
    { numRuns: 2000 },
  );
});
