import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { App, OpenIncident } from '../../src/app/contract.ts';
import { MINUTE } from '../../src/base/duration.ts';
import type { Definitions } from '../../src/engine/world.ts';
import { touchedBy } from '../../src/app/bulletin-touched.ts';
import { tellPlaces } from '../../src/engine/bulletin/tell.ts';
import { systemFiles } from '../../src/io/files.ts';
import type { Instance } from '../../src/model/company.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { rigApp } from '../rig/app.ts';
import { company, type Company } from './company.ts';

/** The line for managers over the real journal, to a file and to the simulator of Slack. */

const TITLE = 'Maria Muster wrote to us';
const SLACK = '  slack: { connector: slack-lrh, channel: "#managers" }\n';

const room = (all: Company): void =>
  all.systems.get('slack-lrh')?.change((state) => ({
    ...(state as object),
    channels: [{ id: 'C0000000099', name: 'managers', members: ['U0FIREBREAK'] }],
  }));
const posted = (all: Company): readonly string[] => {
  const slackSystem = all.systems.get('slack-lrh');
  if (slackSystem === null || slackSystem === undefined) throw new Error('there is no Slack');
  const { messages } = slackSystem.state() as unknown as { messages: readonly { text: string }[] };
  return messages.map(({ text }) => text);
};

const share = (all: Company): string => {
  const folder = join(all.home, 'share');
  mkdirSync(folder);
  return join(folder, 'incident.txt');
};
const configure = (all: Company, more: string): void =>
  appendFileSync(join(all.workspace, 'firebreak.yaml'), `\nbulletin:\n${more}`);
const declared = async (app: App): Promise<OpenIncident> =>
  await app.declare({ runbook: 'leaked-whatsapp-token', title: TITLE });
const lines = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(1) : [];
const rows = (incident: OpenIncident): readonly string[] =>
  incident.timeline().flatMap(({ kind, what }) => (kind.startsWith('bulletin.') ? [what] : []));

const SLOW = 60_000;

test(
  'a line comes at once and every so many minutes, to both places, with no word that anybody typed',
  async () => {
    const all = await company();
    room(all);
    const file = share(all);
    configure(all, `  every_minutes: 20\n  file: ${file}\n${SLACK}`);
    const incident = await declared(await all.app());
    const { codename } = incident.view().state;
    expect(await incident.bulletin.look()).toEqual([]);
    expect(lines(file)).toHaveLength(1);
    expect(lines(file)[0]).toMatch(
      new RegExp(
        `^${codename}, .*: Still bleeding\\? YES\\. 0 of \\d+ steps done\\. Next due: .* Next line by \\d\\d:\\d\\d\\.$`,
      ),
    );
    expect(posted(all)).toEqual(lines(file));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await incident.act({ do: 'note', text: 'Maria again' });
    all.later(19 * MINUTE);
    await incident.bulletin.look();
    expect(posted(all)).toHaveLength(1);
    all.later(MINUTE);
    await incident.bulletin.look();
    expect(posted(all)).toHaveLength(2);
    expect(lines(file)).toEqual([posted(all)[1]]);
    expect(readFileSync(file, 'utf8') + posted(all).join('')).not.toContain('Maria');
    expect(rows(incident)).toEqual([
      'Managers get a line every few minutes by the file',
      'Managers get a line every few minutes by Slack',
    ]);
  },
  SLOW,
);

test('a failure is said once, its end once, and both stand in the journal', async () => {
  const all = await company();
  const file = share(all);
  configure(all, `  file: ${file}\n  readable_by: group\n`);
  const incident = await declared(await all.app());
  rmSync(join(all.home, 'share'), { recursive: true });
  const said: string[] = [];
  const look = async (): Promise<void> => {
    for (const { is, text } of await incident.bulletin.look()) said.push(`${is}: ${text}`);
    all.later(15 * MINUTE);
  };
  await look();
  await look();
  expect(said).toEqual([expect.stringMatching(/^failed: .*by the file: there is no .*share/)]);
  mkdirSync(join(all.home, 'share'));
  await look();
  await look();
  expect(said).toHaveLength(2);
  expect(said[1]).toBe('again: The line for managers gets out by the file again.');
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(rows(incident)).toHaveLength(2);
});

test(
  'a Slack that refuses once costs no line in the file, is told once, and gets the next line',
  async () => {
    const all = await company();
    room(all);
    const file = share(all);
    configure(all, `  file: ${file}\n${SLACK}`);
    const incident = await declared(await all.app());
    all.systems.get('slack-lrh')?.fault({ is: 'status', status: 403, path: 'chat.postMessage' });
    const first = await incident.bulletin.look();
    expect(first).toEqual([{ is: 'failed', text: expect.stringMatching(/by Slack/) as string }]);
    expect([lines(file).length, posted(all).length]).toEqual([1, 0]);
    all.later(15 * MINUTE);
    expect(await incident.bulletin.look()).toEqual([
      { is: 'again', text: 'The line for managers gets out by Slack again.' },
    ]);
    expect(posted(all)).toEqual(lines(file));
    expect(lines(file)).toHaveLength(1);
    expect(rows(incident)).toHaveLength(3);
  },
  SLOW,
);

test('a file of somebody else is left alone; a line of another open incident stays beside ours', async () => {
  const all = await company();
  const file = share(all);
  writeFileSync(file, 'my notes\n');
  configure(all, `  file: ${file}\n`);
  const app = await all.app();
  const one = await declared(app);
  expect((await one.bulletin.look()).map(({ text }) => text).join()).toContain('firebreak did not write');
  expect(readFileSync(file, 'utf8')).toBe('my notes\n');
  rmSync(file);
  all.later(15 * MINUTE);
  await one.bulletin.look();
  const two = await declared(app);
  await two.bulletin.look();
  expect(lines(file).map((line) => line.split(',')[0])).toEqual([
    one.view().state.codename,
    two.view().state.codename,
  ]);
});

const slack = (team?: string): Instance => ({
  uses: 'slack',
  ...(team === undefined ? {} : { config: { team_id: team } }),
});

test.each([
  ['the same connector', 'ours', { ours: slack('T0000001') }, true],
  [
    'another door to the same workspace',
    'other',
    { ours: slack('T0000001'), other: slack('T0000001') },
    true,
  ],
  ['a door that may lead there', 'other', { ours: slack('T0000001'), other: slack() }, true],
  ['another workspace', 'other', { ours: slack('T0000001'), other: slack('T0000002') }, false],
  ['another system', 'meta', { ours: slack('T0000001'), meta: { uses: 'meta' } }, false],
])('nothing is said in a workspace that the incident is about: %s', (_what, by, connectors, touched) => {
  const bot = { id: 'bot', title: 'Bot', connector: by } as unknown as Inventory['credentials'][number];
  const reach = { company: { connectors }, inventory: { integrations: [], credentials: [bot] }, plan: null };
  expect(touchedBy('ours', ['bot'], reach) !== null).toBe(touched);
  expect(touchedBy('ours', ['something-else'], reach)).toBeNull();
});

test('where nothing may be said in Slack, it is said once, and the file goes on', async () => {
  const all = await company();
  room(all);
  const said = await tellPlaces(
    {
      world: all.world,
      definitions: {
        company: {},
        inventory: {},
        recipes: new Map(),
        connectors: {},
      } as unknown as Definitions,
      signal: new AbortController().signal,
      files: systemFiles(),
      drillFolder: all.home,
    },
    { file: share(all), slack: { connector: 'slack-lrh', channel: '#managers' } },
    { name: 'ember', line: 'ember, now: x', touched: 'it is about that' },
  );
  expect(said).toEqual([
    { place: 'file', not: null },
    { place: 'slack', not: { fault: 'touched', detail: 'it is about that' } },
  ]);
  expect(posted(all)).toEqual([]);
});

test('a workspace that nobody has trusted writes no file and reaches no Slack', async () => {
  const all = await company();
  room(all);
  const file = share(all);
  configure(all, `  file: ${file}\n${SLACK}`);
  const live = { ...all.world, trusts: async () => await Promise.resolve(false) };
  const app = await rigApp({ home: all.home, workspace: all.workspace, live });
  const incident = await declared(app);
  expect(await incident.bulletin.look()).toHaveLength(2);
  expect([...posted(all), ...lines(file)]).toEqual([]);
  await app.close();
});

test('while another process holds the engine, that one tells', async () => {
  const all = await company();
  const file = share(all);
  configure(all, `  file: ${file}\n`);
  const incident = await declared(await all.app());
  const reading = await (await all.app()).open(incident.id, { readOnly: true });
  if (reading.view().engine !== 'elsewhere') return;
  await reading.bulletin.look();
  expect(lines(file)).toEqual([]);
});

test('in a drill the line says so and lies beside its exports, never in the file of real incidents', async () => {
  const all = await company();
  const file = share(all);
  configure(all, `  file: ${file}\n`);
  const app = await rigApp({ home: all.home, workspace: all.workspace, live: { ...all.world, drill: true } });
  const incident = await declared(app);
  await incident.bulletin.look();
  expect(existsSync(file)).toBe(false);
  expect(incident.bulletin.line(null)).toMatch(/^DRILL/);
  expect(() => incident.bulletin.write(file, 15 * MINUTE)).toThrow(/./);
  expect(existsSync(file)).toBe(false);
  await app.close();
});

test('whoever reads the last line of a closed incident sees that it is over', async () => {
  const all = await company();
  const file = share(all);
  configure(all, `  file: ${file}\n`);
  const incident = await declared(await all.app());
  await incident.bulletin.look();
  await incident.act({ do: 'close', outcome: 'not-an-incident', summary: 'a false alarm' });
  await incident.bulletin.look();
  expect(lines(file)[0]).toMatch(/: CLOSED\. .*No line follows\.$/);
  await incident.leave();
});
