import { expect, test } from 'vitest';
import { drillJsonSchema, runbookJsonSchema } from '../../src/catalog/schema.ts';
import { sha256Hex } from '../../src/base/hash.ts';
import { bare, company, doIt, load, printed, runbookWith, step } from './rig.ts';

const good = runbookWith(step('look', doIt));
const empty = { inventory: 'channels: []\nintegrations: []\ncredentials: []\n', contacts: 'contacts: []\n' };
const team = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  bare({
    '/team/firebreak.yaml': company,
    '/team/inventory.yaml': empty.inventory,
    '/team/contacts.yaml': empty.contacts,
    ...more,
  });

test('a definition is known by the hash of its text, and nobody can change it', async () => {
  const catalog = await load(bare({ '/tool/runbooks/good/runbook.yaml': good }));
  const runbook = catalog.runbooks.get('good');
  expect(runbook).toMatchObject({
    id: 'good',
    file: 'runbooks/good/runbook.yaml',
    text: good,
    sha256: sha256Hex(good),
    origin: 'built-in',
  });
  expect(Object.isFrozen(runbook?.value.phases[0]?.steps[0])).toBe(true);
  expect(catalog.source).toBe('example');
});

test('a broken file disables that definition alone', async () => {
  const catalog = await load(
    bare({
      '/tool/runbooks/good/runbook.yaml': good,
      '/tool/runbooks/broken/runbook.yaml': 'title: [',
      '/tool/runbooks/empty/notes.txt': 'there is no runbook here',
      '/tool/templates/letter/letter.yaml': 'title: x\n',
    }),
  );
  expect([...catalog.runbooks.keys()]).toEqual(['good']);
  expect(catalog.broken.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'letter letter',
    'runbook broken',
    'runbook empty',
  ]);
});

test('a letter that lacks a listed language in its words is disabled, and each place is named', async () => {
  const letter = (title: string, article: string) => `title: Note
to: staff
subject: { en: Read this, de: Bitte lesen }
languages: [en, de]
elements:
  - { id: nature, title: ${title}, article: ${article}, from: { fact: nature }, required: true, may_follow: false }
recipient:
  - { id: salutation, title: { en: salutation, de: Anrede }, required: false }
`;
  const disk = (text: string) =>
    bare({
      '/tool/templates/note/letter.yaml': text,
      '/tool/templates/note/en.hbs': '{{nature}}\n',
      '/tool/templates/note/de.hbs': '{{nature}}\n',
    });
  const halves = await load(disk(letter('{ en: what happened }', '{ de: Plan }')));
  expect(halves.letters.size).toBe(0);
  expect(
    printed(halves.broken.flatMap(({ issues }) => issues)).map((line) => line.split('  ').at(-1)),
  ).toEqual([
    'there is no title of nature in de (add `title: { de: ... }`, or take de out of `languages`)',
    'there is no article of nature in en (add `article: { en: ... }`, or take en out of `languages`)',
  ]);
  const whole = await load(disk(letter('{ en: what happened, de: was geschehen ist }', 'Art. 32')));
  expect([...whole.letters.keys()]).toEqual(['note']);
});

test('a runbook whose letter, action or target does not exist is refused, and what exists nearby is named', async () => {
  const act = 'act: { action: meta.stop-webhook, targets: { items: [whatsap] } }';
  const catalog = await load(
    bare({
      '/tool/runbooks/bad/runbook.yaml': runbookWith(step('a', act) + step('b', 'write: { letter: art33 }')),
    }),
  );
  expect(catalog.runbooks.size).toBe(0);
  expect(printed(catalog.issues)).toEqual([
    'runbooks/bad/runbook.yaml:21:24  FB004  error  there is no action `meta.stop-webhook` (did you mean `meta.stop-webhooks`?)',
    'runbooks/bad/runbook.yaml:21:62  FB004  error  there is no item in inventory.yaml `whatsap`',
    'runbooks/bad/runbook.yaml:30:26  FB004  error  there is no letter `art33`',
  ]);
});

test('the team’s runbook stands over the built-in one; a broken one of the team leaves the built-in one standing', async () => {
  const own = good.replace('A small runbook', 'Our own runbook');
  const over = await load(
    team({ '/tool/runbooks/one/runbook.yaml': good, '/team/runbooks/one/runbook.yaml': own }),
    { workspace: '/team' },
  );
  expect(over.runbooks.get('one')).toMatchObject({
    origin: 'workspace',
    value: { title: 'Our own runbook' },
  });
  const broken = await load(
    team({ '/tool/runbooks/one/runbook.yaml': good, '/team/runbooks/one/runbook.yaml': 'title: x' }),
    { workspace: '/team' },
  );
  expect(broken.runbooks.get('one')).toMatchObject({ origin: 'built-in' });
  expect(printed(broken.issues).join('\n')).toContain('the built-in runbook of this name is used instead');
});

test('a broken company file is replaced by one that knows nothing, and the runbooks go on', async () => {
  const catalog = await load(
    team({
      '/tool/runbooks/good/runbook.yaml': good,
      '/team/firebreak.yaml': 'organisation: nobody',
      '/team/inventory.yaml': 'channels: {}',
    }),
    {
      workspace: '/team',
    },
  );
  expect([...catalog.runbooks.keys()]).toEqual(['good']);
  expect(catalog.company.value.connectors).toEqual({});
  expect(catalog.inventory.value.channels).toEqual([]);
  expect(catalog.broken.map(({ kind }) => kind)).toEqual(['company', 'inventory']);
});

test('a broken letter does not take the runbooks with it that write it', async () => {
  const catalog = await load(
    bare({
      '/tool/runbooks/good/runbook.yaml': runbookWith(step('w', 'write: { letter: note }')),
      '/tool/templates/note/letter.yaml': 'title: [',
    }),
  );
  expect([...catalog.runbooks.keys()]).toEqual(['good']);
  expect(catalog.letters.size).toBe(0);
});

test('a file over the limit is not read', async () => {
  const catalog = await load(bare({ '/tool/runbooks/big/runbook.yaml': `${good}# ${'x'.repeat(300_000)}` }));
  expect(printed(catalog.issues)).toEqual([
    'runbooks/big/runbook.yaml:1:1  FB001  error  larger than 256 KiB',
  ]);
});

test('a folder with a hostile name is told harmlessly and left out', async () => {
  const catalog = await load(
    bare({
      '/tool/runbooks/\u001b[2J{{constructor}}/runbook.yaml': good,
      '/tool/runbooks/__proto__/runbook.yaml': good,
    }),
  );
  expect(catalog.runbooks.size).toBe(0);
  expect(printed(catalog.issues)).toEqual([
    'runbooks/\\u{1b}[2J{{constructor}}:1:1  FB001  error  a name is lower-case words joined by hyphens',
  ]);
});

test('only connectors that somebody names are loaded', async () => {
  const loaded: string[] = [];
  const spy = (kind: string) => ({
    load: async () => (loaded.push(kind), await Promise.reject(new Error('not wanted'))) as never,
  });
  await load(bare({ '/tool/runbooks/good/runbook.yaml': good }), {
    connectors: { meta: spy('meta'), slack: spy('slack') },
  });
  expect(loaded).toEqual([]);
});

test('the schemas for editors are draft-07, closed, and explain the keys', () => {
  for (const schema of [runbookJsonSchema(), drillJsonSchema()]) {
    expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    expect(schema['additionalProperties']).toBe(false);
  }
  expect(JSON.stringify(runbookJsonSchema())).toContain('one imperative: verb, object, place');
});
