import { expect, test } from 'vitest';
import { bare, company, doIt, load, printed, runbookWith, step } from './rig.ts';

const lint = async (
  runbook: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> => {
  const catalog = await load(bare({ '/tool/runbooks/test/runbook.yaml': runbook, ...more }));
  return printed(catalog.issues).map((line) => line.replace('runbooks/test/runbook.yaml:', ''));
};
const rules = async (runbook: string): Promise<readonly string[]> =>
  (await lint(runbook)).map((line) => line.split('  ').slice(1, 3).join(' '));

test('a sound runbook has nothing to say about it', async () => {
  expect(await lint(runbookWith(step('look', doIt)))).toEqual([]);
});

test('the output for a wrong file does not change by accident', async () => {
  const text = runbookWith(
    [
      step('copy-log', doIt),
      step('copy-log', doIt),
      step('wait-for-it', 'wait: { fact: nobody-asks }', '        after: [copy-lgo]\n'),
      step('first', doIt, '        after: [second]\n'),
      step('second', doIt, '        after: [first]\n'),
      step('kill', 'act: { action: meta.revoke-tokens, targets: { kind: credential, fact: leaked } }'),
      step(
        'kill-two',
        'act: { action: meta.revoke-token, targets: { kind: credential } }',
        '        confirm: enter\n',
      ),
      step(
        'somewhere',
        'act: { action: meta.stop-webhooks, targets: { items: [nowhere], channel: whatsap, connector: mta } }',
      ),
      step('nothing', 'act: { action: meta.stop-webhooks, targets: {} }'),
      step('letter', 'write: { letter: gdpr-art-33 }'),
      step('ask-text', 'ask: { question: What?, fact: story, answer: text }'),
      step('on-text', doIt, '        when: facts.story == "x"\n'),
      step('on-slip', doIt, '        when: facts.stry == null\n'),
      step('on-types', doIt, '        when: incident.drill == "yes"\n'),
      step('on-regex', doIt, '        when: incident.severity.matches("h.*")\n'),
      step('later', doIt, '        preserve: [much-later]\n'),
      step('much-later', doIt),
      step('mail', 'do: { instruction: Write to somebody.real@shop.ie now., record: it }'),
      step('token', 'do: { instruction: Use xoxb-123456789012-abcdefghijkl here., record: it }'),
      step('vague', doIt)
        .replace('It is known.', 'n/a')
        .replace('Look by hand.', 'TODO')
        .replace('Look at the system', 'The system is looked at'),
    ].join(''),
  ).replace("'2026-11-01'", "'2025-01-01'");
  await expect(`${(await lint(text)).join('\n')}\n`).toMatchFileSnapshot(
    '../golden/catalog/wrong-meaning.txt',
  );
});

test('a wait has nothing to approve, and what acts on it has', async () => {
  const ask = step('ask', 'ask: { question: What?, fact: story, answer: text }');
  const more = '        after: [ask]\n        approvals: 1\n';
  const wrong = runbookWith(ask + step('wait-for-it', 'wait: { fact: story }', more));
  expect((await lint(wrong)).filter((line) => line.includes('FB016'))).toEqual([
    expect.stringMatching(
      /^\d+:\d+  FB016  error  a wait is over when its fact is known.*\(put the approvals on/,
    ),
  ]);
  const line = wrong.split('\n').findLastIndex((text) => text.includes('approvals: 1')) + 1;
  expect((await lint(wrong)).find((text) => text.includes('FB016'))).toMatch(new RegExp(`^${line}:`));
  expect(await rules(runbookWith(ask + step('look', doIt, more)))).not.toContain('FB016 error');
});

test('killing a credential asks for its evidence first', async () => {
  const act = 'act: { action: meta.revoke-token, targets: { kind: credential } }';
  expect(await rules(runbookWith(step('kill', act)))).toEqual(['FB020 error']);
  const preserved = runbookWith(step('copy', doIt) + step('kill', act, '        preserve: [copy]\n'));
  expect(await rules(preserved)).toEqual([]);
});

test('where evidence comes first, each change names it, by the tool or by hand', async () => {
  const first = (steps: string): string =>
    runbookWith(steps).replace('phases:', 'preserve_first: [copy]\nphases:');
  const pause = 'act: { action: item.pause, targets: { tag: x } }';
  const byHand = 'do: { instruction: Shut it., record: when, effect: reversible, undo: Open it. }';
  const keeps = '        preserve: [copy]\n';
  const copy = step('copy', doIt);
  const wrong = (await lint(first(copy + step('shut', byHand) + step('pause', pause)))).filter((line) =>
    line.includes('FB020'),
  );
  expect(wrong).toHaveLength(2);
  for (const line of wrong) expect(line).toContain('before its evidence is kept (name `copy` in `preserve`)');
  const right = first(copy + step('shut', byHand, keeps) + step('pause', pause, keeps) + step('look', doIt));
  expect((await rules(right)).filter((rule) => rule.endsWith('error'))).toEqual([]);
  expect(await rules(first(copy).replace('[copy]', '[copi]'))).toEqual(['FB004 error']);
  expect(await rules(runbookWith(copy + step('shut', byHand)))).toEqual([]);
});

test('a row may be paused or revoked by whatever it names itself', async () => {
  expect(await rules(runbookWith(step('pause', 'act: { action: item.pause, targets: { tag: x } }')))).toEqual(
    [],
  );
  expect(await rules(runbookWith(step('end', 'act: { action: item.revoke, targets: { tag: x } }')))).toEqual([
    'FB020 error',
  ]);
});

test('phases come in their one order', async () => {
  const text = runbookWith(step('look', doIt)).replace(
    'phases:',
    'phases:\n  - { id: review, title: R, goal: G, steps: [] }',
  );
  expect((await rules(text)).length).toBeGreaterThan(0);
});

test('addresses that nobody can have are no personal data', async () => {
  expect(
    await rules(runbookWith(step('mail', 'do: { instruction: Write to dpo@shop.example., record: it }'))),
  ).toEqual([]);
});

test('an inventory row that leads nowhere is told, and so is a count outside its range', async () => {
  const inventory = `channels:
  - id: chat
    title: Chat
    medium: web-chat
    holds: [transcripts]
    data: [contact]
    people: { about: 10, from: 20, to: 30, basis: a guess }
    processor: nobody
    owner: Somebody
integrations:
  - { id: chat, title: Feed, channel: chta, connector: meta-mian, stops: it, owner: Somebody, pause: meta.stop-webhook, feeds: [gone], tags: [live-feed] }
credentials: []
`;
  const found = await lint(runbookWith(step('look', doIt)), {
    '/tool/runbooks/_company/inventory.yaml': inventory,
  });
  expect(found.map((line) => line.replace('runbooks/_company/inventory.yaml:', ''))).toEqual([
    '7:13  FB001  error  about 10 does not lie between 20 and 30',
    '8:16  FB004  error  there is no processor `nobody`',
    '11:11  FB003  error  id `chat` is already taken',
    '11:39  FB004  error  there is no channel `chta` (did you mean `chat`?)',
    '11:56  FB004  error  there is no connector in firebreak.yaml `meta-mian` (did you mean `meta-main`?)',
    '11:102  FB004  error  there is no action `meta.stop-webhook` (did you mean `meta.stop-webhooks`?)',
    '11:129  FB004  error  there is no channel or integration `gone` (there is `chat`)',
  ]);
});

test('a contact that nobody has rung for half a year is stale in a workspace, and never in the example', async () => {
  const contacts =
    "contacts:\n  - { id: dpo, name: A, duty: b, phone: '+353 20 910 0001', checked: '2026-01-01' }\n";
  const example = await load(bare({ '/tool/runbooks/_company/contacts.yaml': contacts }));
  expect(example.issues).toEqual([]);
  const texts = bare({
    '/team/firebreak.yaml': bare({})['/tool/runbooks/_company/firebreak.yaml'] ?? '',
    '/team/contacts.yaml': contacts,
  });
  const own = await load(
    { ...texts, '/team/inventory.yaml': 'channels: []\nintegrations: []\ncredentials: []\n' },
    { workspace: '/team' },
  );
  expect(printed(own.issues)).toEqual([
    'contacts.yaml:2:70  FB060  warning  nobody has rung `dpo` for 323 days (ring it and set the date)',
  ]);
});

test('a step that rings somebody nobody wrote down is told, and the runbook stays', async () => {
  const found = await lint(
    runbookWith(step('ring', 'do: { instruction: Ring., record: it, call: acquirer }')),
  );
  expect(found).toEqual([
    '21:53  FB004  warning  nobody in contacts.yaml is `acquirer` (add a row with `for: [acquirer]`)',
  ]);
});

test('retention names duties that are known, and fewer days than a duty asks for are told at their line', async () => {
  const file = `${company}retention:
  keeps: [mifid2.16-7, mifid2.16-8]
  days:
    evidence: 30
    staff: 30
`;
  const at = '/tool/runbooks/_company/firebreak.yaml';
  const catalog = await load(bare({ [at]: file }));
  const found = printed(catalog.issues).filter((line) => line.includes('firebreak.yaml:'));
  expect(found.map((line) => line.replace(/^.*firebreak\.yaml:/, ''))).toEqual([
    expect.stringMatching(/^10:24 .*error.*mifid2\.16-8.*mifid2\.16-7/),
    expect.stringMatching(
      /^12:\d+  FB015  warning  mifid2\.16-7 asks to keep evidence for 1830 days.*\(write 1830 or more/,
    ),
  ]);
});
