import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../src/model/mapping.ts';
import { mappingSchema } from '../../src/model/mapping.ts';
import { knownMappings } from '../../src/scope/known.ts';
import { read, shop } from './rig.ts';

/** Exports as vendors write them: what is wrong with a row is said of that row, and the others are read. */

const HEAD = 'Id,Email,Phone,Name,Country,At\n';
const row = (email: string, name = 'Anna', id = '1'): string => `${id},${email},,${name},,\n`;

test('a mark at the beginning, line ends of Windows and any pieces change nothing', () => {
  const text = `${HEAD}${row('a@x.example')}${row('b@x.example', 'Bärbel', '2')}`;
  const plain = read(text, shop, 100);
  expect(plain.kept.map(({ sighting }) => sighting.email)).toEqual(['a@x.example', 'b@x.example']);
  for (const other of [`\uFEFF${text}`, text.replaceAll('\n', '\r\n')])
    for (const piece of [1, 3, 1000]) expect(read(other, shop, piece).kept).toEqual(plain.kept);
});

test('Windows-1252 is read as that; a broken byte in UTF-8 costs its row alone', () => {
  const latin = Buffer.from(`${HEAD}${row('a@x.example', 'J\xf6rg')}`, 'latin1');
  expect(read(latin, shop).kept[0]?.sighting.name).toBe('Jörg');
  const filler = row('f@x.example', 'F', '9').repeat(4000);
  const mixed = Buffer.concat([
    Buffer.from(HEAD + filler),
    Buffer.from(row('a@x.example', 'J\xf6rg'), 'latin1'),
    Buffer.from(row('b@x.example')),
  ]);
  const found = read(mixed, shop, 1000);
  expect(found.bad).toEqual([{ line: 4002, why: 'this row holds bytes that are no UTF-8' }]);
  expect(found.kept.map(({ sighting }) => sighting.email)).toEqual(['f@x.example', 'b@x.example']);
});

test('ragged rows are named by their line', () => {
  const found = read(`${HEAD}1,a@x.example\n${row('b@x.example')}`, shop);
  expect(found.bad).toEqual([{ line: 2, why: 'this row has 2 cells, the first row has 6' }]);
  expect(found.kept).toHaveLength(1);
});

test('a missing column refuses the file, and says which and what there is', () => {
  expect(read('Id,Mail,Phone,Name,Country,At\n1,a@x.example,,,,\n', shop).refused).toEqual([
    'there is no column "Email", which the mapping reads as email',
    'line 1 names Id, Mail, Phone, Name, Country, At',
  ]);
});

test('a name of 100,000 characters, and one that is a secret or a card number, are left out with a sentence', () => {
  const found = read(
    `${HEAD}${row('a@x.example', 'n'.repeat(100_000))}${row('b@x.example', '4111 1111 1111 1111', '2')}`,
    shop,
    4096,
  );
  expect(found.kept.map(({ sighting }) => [sighting.email, sighting.name])).toEqual([
    ['a@x.example', ''],
    ['b@x.example', ''],
  ]);
  expect(found.doubts).toEqual([
    '2: "Name" is not a name of at most 200 characters',
    '3: "Name" holds a secret or a card number and not a name of at most 200 characters: it was left out',
  ]);
  expect(found.hidden).toBe(1);
});

test('no card number is taken for a telephone number or an id', () => {
  const found = read(`${HEAD}4111111111111111,a@x.example,4111111111111111,,,\n`, shop);
  expect(JSON.stringify(found)).not.toContain('41111111');
  expect(found.hidden).toBe(2);
  expect(read(`${HEAD}1,,0151 12000001,,,\n`, shop).kept[0]?.sighting).toMatchObject({
    phone: '+4915112000001',
    country: 'DE',
  });
});

test('formulas stay the words they are, escape codes and line ends leave a name', () => {
  const names = read(
    `${HEAD}${row('a@x.example', '=1+1')}${row('b@x.example', '"Eve\u001b[31m\nBcc: x"', '2')}`,
    shop,
  ).kept.map(({ sighting }) => sighting.name);
  expect(names).toEqual(['=1+1', 'Eve [31m Bcc: x']);
});

test('rows that name nobody are counted, not kept', () => {
  const found = read(`${HEAD},,,Anna,,\n,not-a-mail,12,Ben,,\n`, shop);
  expect(found.kept).toEqual([]);
  expect(found.nobody).toBe(2);
});

const lines: Mapping = {
  title: 'Lines',
  format: 'jsonl',
  each: 'people.*',
  columns: { email: 'mail.first', at: '/sent', ids: { own: 'id' } },
  time: 'unix',
};

test('a line of JSON holds many rows, and what is none is named by its line', () => {
  const found = read(
    [
      JSON.stringify({ sent: 1_770_000_000, people: [{ id: 1, mail: { first: 'a@x.example' } }, { id: 2 }] }),
      '{broken',
      '',
      '[1,2]',
      JSON.stringify({ people: 'none', ['__proto__']: { mail: 1 } }),
    ].join('\n'),
    lines,
  );
  expect(found.kept.map(({ sighting, first }) => [sighting.email, sighting.ids, first])).toEqual([
    ['a@x.example', ['own:1'], 1_770_000_000_000],
    ['', ['own:2'], 1_770_000_000_000],
  ]);
  expect(found.bad).toEqual([{ line: 2, why: 'this line is no JSON' }]);
});

test('a line without an end is given up, and the next one is read', () => {
  const found = read(`"${'x'.repeat(5 << 20)}"\n{"people":[{"id":7}]}`, lines, 1 << 20);
  expect(found.bad.map(({ line }) => line)).toEqual([1]);
  expect(found.kept[0]?.sighting.ids).toEqual(['own:7']);
});

describe('the mappings known by name', () => {
  test.each(Object.entries(knownMappings))('%s is a mapping', (_, mapping) => {
    expect(mappingSchema.safeParse(mapping).error).toBeUndefined();
  });

  test('a call of the WhatsApp webhook gives who wrote', () => {
    const call = {
      object: 'whatsapp_business_account',
      entry: [
        {
          changes: [
            {
              field: 'messages',
              value: {
                contacts: [{ wa_id: '4915112000001', profile: { name: 'Anna' } }],
                messages: [{ from: '4915112000001', timestamp: '1770000000', text: { body: 'hi' } }],
              },
            },
            { field: 'messages', value: { statuses: [{ id: 'x' }] } },
          ],
        },
      ],
    };
    const found = read(JSON.stringify(call), knownMappings['whatsapp-webhook'], 50);
    expect(found.kept[0]).toMatchObject({
      sighting: { phone: '+4915112000001', ids: ['whatsapp:4915112000001'], country: 'DE' },
      first: 1_770_000_000_000,
    });
    expect(JSON.stringify(found.kept)).not.toContain('hi');
  });
});

describe('JSON Lines', () => {
  const users: Mapping = {
    title: 'Users',
    format: 'jsonl',
    columns: { name: 'name', at: 'at', ids: { forum: 'user.id' } },
    time: 'unix-ms',
  };

  test('ids that are written as numbers of 64 bits stay the ids of different people', () => {
    const ids = ['9007199254740993', '9007199254740992', '1234567890123456787', '1234567890123456788'];
    const lines = ids.map((id) => `{"user": {"id": ${id}}, "name": "N", "at": 1770000000000}\n`);
    const { kept } = read(lines.join(''), users, 50);
    expect(kept.map(({ sighting }) => sighting.ids)).toEqual(ids.map((id) => [`forum:${id}`]));
    expect(kept[0]?.first).toBe(1_770_000_000_000);
  });

  test('a whole export on one line is a fault of that line, and not one row that names nobody', () => {
    const row = { user: { id: '7' }, name: 'N' };
    const found = read(`${JSON.stringify([row, row])}\n${JSON.stringify(row)}\n`, users, 50);
    expect(found).toMatchObject({ nobody: 0, bad: [{ line: 1 }] });
    expect(found.kept).toHaveLength(1);
    expect(read(JSON.stringify([row, row]), { ...users, each: '*' }, 50).kept[0]).toMatchObject({
      records: 2,
    });
  });
});
