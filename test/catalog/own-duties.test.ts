import { expect, test } from 'vitest';
import { ownObligations } from '../../src/model/own-duty.ts';
import { bare, company, load, printed } from './rig.ts';

const withDuties = async (obligations: string) =>
  await load(
    {
      ...bare({}),
      '/team/firebreak.yaml': company,
      '/team/inventory.yaml': 'channels: []\nintegrations: []\ncredentials: []\n',
      '/team/contacts.yaml': 'contacts: []\n',
      '/team/obligations.yaml': obligations,
    },
    { workspace: '/team' },
  );

const one = `obligations:
  - id: harbour-dpa
    title: Tell Harbour Mail of the breach
    to: Harbour Mail
    owed_by: processor
    starts: processor-aware
    period: { kind: hours, hours: 24 }
    source: Processing agreement, clause 9.2
`;

test('a duty of contract has the shape of one of the law, with what is usual filled in', async () => {
  const catalog = await withDuties(one);
  expect(catalog.broken).toEqual([]);
  expect(ownObligations(catalog.obligations.value)).toEqual([
    {
      id: 'own.harbour-dpa',
      regime: 'own',
      title: 'Tell Harbour Mail of the breach',
      to: 'Harbour Mail',
      owed_by: 'processor',
      starts: 'processor-aware',
      provisional: true,
      ruled_out_by: [],
      period: { kind: 'hours', hours: 24 },
      threshold: 'as the contract says',
      elements: [],
      serves: [],
      source: 'Processing agreement, clause 9.2',
      version: 'as written down',
      effective_from: null,
      confidence: 'primary',
    },
  ]);
});

test('no such file is no fault', async () => {
  const catalog = await load(bare({ '/team/firebreak.yaml': company }), { workspace: '/team' });
  expect(catalog.obligations.value.obligations).toEqual([]);
  expect(catalog.issues.filter(({ file }) => file === 'obligations.yaml')).toEqual([]);
});

test.each([
  ['a period that is none', one.replace('hours: 24', 'hours: soon'), 'obligations.yaml:7:'],
  ['a kind of period that is unknown', one.replace('kind: hours', 'kind: weeks'), 'obligations.yaml:7:'],
  ['a zone that is none', `${one}    zone: Europe/Atlantis\n`, 'obligations.yaml:9:'],
  ['two of one name', one + one.slice('obligations:\n'.length), 'obligations.yaml:9:9  FB003'],
  ['a contact that is not there', `${one}    contact: harbour\n`, 'obligations.yaml:9:14  FB004'],
  ['a letter that is not there', `${one}    letter: harbour\n`, 'obligations.yaml:9:13  FB004'],
  [
    'an end before its beginning',
    `${one}    effective_from: '2026-05-01'\n    effective_to: '2026-04-01'\n`,
    'obligations.yaml:10:19  FB090',
  ],
  [
    'a second limit of a period in days',
    `${one.replace('kind: hours, hours: 24', 'kind: calendar-days, days: 3')}    capped: { fact: aware, hours: 24 }\n`,
    'obligations.yaml:9:13  FB090',
  ],
  [
    'months of extension for a period in hours',
    `${one}    per_person: { extension: 2 }\n`,
    'obligations.yaml:9:',
  ],
])('%s is told with its line, and the rest of the catalog goes on', async (_, text, where) => {
  const catalog = await withDuties(text);
  expect(printed(catalog.issues).filter((line) => line.startsWith(where))).not.toEqual([]);
  expect(catalog.company.value.organisation.name).toBe('Small Shop');
});
