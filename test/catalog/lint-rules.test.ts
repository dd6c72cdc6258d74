import { expect, test } from 'vitest';
import { bare, company, doIt, load, printed, runbookWith, step } from './rig.ts';

const found = async (
  texts: Readonly<Record<string, string>>,
  more: Parameters<typeof load>[1] = {},
): Promise<readonly string[]> => {
  const { issues } = await load(bare(texts), more);
  return printed(issues).map((line) => line.replace(/^\S+?:(?=\d)/, ''));
};
const inRunbook = async (
  runbook: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> => await found({ '/tool/runbooks/test/runbook.yaml': runbook, ...more });
const titled = async (title: string): Promise<readonly string[]> =>
  await inRunbook(runbookWith(step('look', doIt).replace('Look at the system', title)));

test.each([
  'Revoke the token and rotate the key',
  'Stop the sync, then tell the vendor',
  'Hold the review and set the next drill',
  'Close the links; remove them from the index',
])('two imperatives in one title are two steps: %s', async (title) => {
  expect(await titled(`'${title}'`)).toEqual([expect.stringMatching(/^14:16  FB012  warning/)]);
});

test.each([
  'Stop exports, auto-deletion and retention jobs',
  'Establish who could read them, and who did',
  'Ask who may read and change the list',
  'State who fetched it, and what no log shows',
  'Save the script and the page as served',
  'Copy the list and report of the vendor',
])('one imperative about several things is one step: %s', async (title) => {
  expect(await titled(`'${title}'`)).toEqual([]);
});

test.each([
  'Webhooks must be stopped',
  'The token is revoked',
  'All tokens have been revoked',
  'Mail needs to be read',
])('a title that says what is done to something is no imperative: %s', async (title) => {
  expect(await titled(title)).toEqual([expect.stringMatching(/^14:16  FB013  warning/)]);
});

test('a title has room for sixty signs', async () => {
  expect(await titled('Look at '.padEnd(60, 'x'))).toEqual([]);
  expect(await titled('Look at '.padEnd(61, 'x'))).toEqual([
    '14:16  FB013  error  `title` has 61 characters, at most 60 fit',
  ]);
});

const removes = 'do: { instruction: Remove it., record: when, effect: destroys-evidence }';

test('what is gone for good by hand wants its name typed, too', async () => {
  const after = (confirm: string): string =>
    runbookWith(step('keep', doIt) + step('remove', removes, `        preserve: [keep]\n${confirm}`));
  expect(await inRunbook(after('        confirm: yes\n'))).toEqual([
    expect.stringMatching(/^31:18  FB021  error .*typed name/),
  ]);
  expect(await inRunbook(after('        confirm: type-target\n'))).toEqual([]);
});

test('what can be put back says how, unless putting it back is what the step does', async () => {
  const shut = 'do: { instruction: Shut it., record: when, effect: reversible }';
  const text = runbookWith(step('shut', shut));
  expect(await inRunbook(text)).toEqual([expect.stringMatching(/^21:60  FB022  warning .*say it in `undo`/)]);
  expect(await inRunbook(text.replace('effect: reversible', 'effect: reversible, undo: Open it.'))).toEqual(
    [],
  );
  expect(await inRunbook(text.replace('id: contain', 'id: recover'))).toEqual([]);
});

const inventory = `channels:
  - { id: chat, title: Chat, medium: web-chat, holds: [transcripts], data: [contact], processor: shop, owner: A }
  - { id: mail, title: Mail, medium: email, holds: [transcripts], data: [contact], processor: shop, owner: A }
integrations:
  - { id: chat-feed, title: Feed, channel: chat, connector: meta-main, stops: it, owner: A, tags: [feed] }
  - { id: mail-feed, title: Feed, channel: mail, connector: meta-main, stops: it, owner: A }
credentials: []
processors:
  - { id: shop, title: Shop, role: processor, country: IE }
`;

test('people are not told over a channel that the runbook stops', async () => {
  const stop = step('stop-chat', 'act: { action: meta.stop-webhooks, targets: { tag: feed } }');
  const tell = (target: string): string =>
    `${runbookWith(stop)}  - id: notify\n    title: Notify\n    goal: They know\n    steps:\n` +
    step('tell-them', `act: { action: meta.stop-webhooks, targets: { ${target} } }`);
  const at = { '/tool/runbooks/_company/inventory.yaml': inventory };
  const about = async (text: string) => (await inRunbook(text, at)).filter((line) => line.includes('FB070'));
  expect(await about(tell('channel: chat'))).toEqual([
    expect.stringMatching(/^34:53  FB070  warning .*over `chat`, which `stop-chat` stops as affected/),
  ]);
  expect(await about(tell('items: [chat-feed]'))).toHaveLength(1);
  expect(await about(tell('channel: mail'))).toEqual([]);
  expect(await about(tell('kind: integration'))).toEqual([]);
});

const letter = (elements: string): string => `title: A letter
to: authority
duty: gdpr.33-1
subject: A letter
languages: [en]
elements:
${elements}`;
const element = (point: string, cited = `Art. 33(3)(${point})`): string =>
  `  - { id: point_${point}, title: Point ${point}, article: '${cited}', from: { fact: f-${point} }, required: true, may_follow: true }\n`;
const inLetter = async (elements: string, template: string): Promise<readonly string[]> =>
  await found({
    '/tool/templates/test/letter.yaml': letter(elements),
    '/tool/templates/test/en.hbs': template,
  });

test('a notice to the authority has a place for each point of Art. 33(3)', async () => {
  const three = element('a') + element('b') + element('c');
  expect(await inLetter(three, '{{point_a}}')).toEqual([
    expect.stringMatching(/^7:3  FB040  warning  Art\. 33\(3\) asks for point \(d\)/),
  ]);
  expect(await inLetter(three + element('d'), '{{point_a}}')).toEqual([]);
  expect(await inLetter(three + element('d', 'Art. 33 Abs. 3 Buchst. d DSGVO'), '{{point_a}}')).toEqual([]);
});

test('a template that prints what nothing fills is told at the name', async () => {
  const all = element('a') + element('b') + element('c') + element('d');
  expect(await inLetter(all, 'Dear\n{{#if point_a}}{{point_aa}}{{else}}{{organisation}}{{/if}}\n')).toEqual([
    '2:18  FB041  error  {{point_aa}} is not declared in letter.yaml (did you mean `point_a`?)',
  ]);
  expect(await inLetter(all, '{{! point_x }}{{#unless point_a}}{{today}}{{/unless}}')).toEqual([]);
});

const duty = `obligations:
  - id: harbour-dpa
    title: Tell Harbour Mail of the breach
    to: Harbour Mail
    starts: processor-aware
    period: { kind: hours, hours: 24 }
    source: Processing agreement, clause 9.2
    effective_from: '2026-01-01'
`;
const inDuties = async (obligations: string): Promise<readonly string[]> => {
  const { issues } = await load(
    {
      ...bare({}),
      '/team/firebreak.yaml': company,
      '/team/inventory.yaml': 'channels: []\nintegrations: []\ncredentials: []\n',
      '/team/contacts.yaml': 'contacts: []\n',
      '/team/obligations.yaml': obligations,
    },
    { workspace: '/team' },
  );
  return printed(issues).map((line) => line.replace(/^\S+?:(?=\d)/, ''));
};

test.each([
  ['FB030', 'error', /    source:.*\n/],
  ['FB030', 'warning', /    effective_from:.*\n/],
  ['FB031', 'error', /    starts:.*\n/],
  ['FB032', 'error', /kind: hours, /],
  ['FB032', 'error', /    period:.*\n/],
])('%s as %s: a duty without what its clock is counted by', async (rule, severity, without) => {
  expect(await inDuties(duty)).toEqual([]);
  expect(await inDuties(duty.replace(without, ''))).toEqual([
    expect.stringContaining(`  ${rule}  ${severity}  `),
  ]);
});

test('the line is shown with its fault, and never one that could hold a secret', async () => {
  const wrong = runbookWith(step('look', doIt)).replace('severity: high', 'severity: hgih');
  const { issues } = await load(bare({ '/tool/runbooks/test/runbook.yaml': wrong }));
  expect(issues.map(({ source }) => source)).toEqual(['severity: hgih']);
  const secret = company.replace('{ env: META_TOKEN }', 'EAAsecretsecretsecretsecret');
  const near = await load(bare({ '/tool/runbooks/_company/firebreak.yaml': secret }));
  expect(near.issues.length).toBeGreaterThan(0);
  const pasted = wrong.replace('severity: hgih', 'severity: xoxb-123456789012-abcdefghijkl');
  const one = await load(bare({ '/tool/runbooks/test/runbook.yaml': pasted }));
  expect(one.issues.length).toBeGreaterThan(0);
  expect([...near.issues, ...one.issues].filter(({ source }) => source !== undefined)).toEqual([]);
});
