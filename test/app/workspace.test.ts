import { cpSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { walledProcesses } from '../../src/io/process.ts';
import { rigApp } from '../rig/app.ts';
import { company, confirmed, folder, meta, ownWorkspace, readCatalog, withToken } from './company.ts';

let example: Catalog;
beforeAll(async () => {
  example = await readCatalog(null);
});

/** Words that only the made-up company can have put there. */
const madeUp = (): readonly string[] => {
  const { channels, integrations, credentials, processors } = example.inventory.value;
  const { organisation } = example.company.value;
  const contacts = example.contacts.value.contacts.flatMap(({ name, phone, email }) => [
    name,
    phone,
    email ?? '',
  ]);
  const rows = [...channels, ...integrations, ...credentials, ...(processors ?? [])].flatMap(
    ({ id, title }) => [id, title],
  );
  const stops = [...integrations, ...credentials].flatMap(({ stops: text, owner }) => [text, owner]);
  const people = (example.company.value.people ?? []).map(({ name }) => name);
  const owed = example.obligations.value.obligations.flatMap(({ to, source }) => [to, source]);
  // Short ids are words of the language as well: `email`, `meta`.
  return [
    ...contacts,
    ...rows,
    ...stops,
    ...people,
    ...owed,
    organisation.name,
    organisation.legal_name ?? '',
    organisation.address ?? '',
  ].filter((text) => text.length > 9);
};

describe('without a workspace', () => {
  test('a live incident holds nothing of the example company: not in its view, its letters, its exports or its journal', async () => {
    const home = folder();
    const { world } = await company();
    const app = await rigApp({ home, live: world });
    for (const { id } of app.runbooks()) {
      const incident = await app.declare({ runbook: id, title: 'Something is wrong' });
      const texts = [
        JSON.stringify([incident.view(), [...incident.view().state.facts]]),
        JSON.stringify(incident.timeline()),
        JSON.stringify(incident.items()),
      ];
      for (const { step } of incident.view().progress.steps)
        texts.push(JSON.stringify(await incident.manual(step.id)));
      for (const letter of app.letters()) texts.push((await incident.letter(letter.id)).markdown);
      for (const format of app.formats())
        texts.push(...(await incident.export(format.id, null)).map((path) => readFileSync(path, 'utf8')));
      // Every name of the frozen definitions, opened as its holder could.
      for (let n = 0; n < incident.view().state.size; n += 1)
        texts.push(incident.reveal({ n, name: 'text' }) ?? '');
      // The runbook's and the rules' own words are public and ship with the program; a person reads them in `runbook show`.
      const all = texts.join('\n');
      expect(
        madeUp().filter((text) => all.includes(text)),
        `in ${id}`,
      ).toEqual([]);
      await incident.leave();
    }
    await app.close();
  });

  test('an act without a row is a step for a person, and is not run', async () => {
    const { world } = await company();
    const app = await rigApp({ home: folder(), live: world });
    const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token' });
    const prepared = await incident.prepare('stop-webhooks');
    expect(prepared).toMatchObject({ targets: [], friction: 'enter' });
    await expect(confirmed(incident, prepared)).rejects.toThrow(/no targets/);
    await incident.act({
      do: 'tick',
      step: 'stop-webhooks',
      result: 'Unsubscribed in the dashboard at 03:10',
    });
    expect(incident.view().progress.steps.find(({ step }) => step.id === 'stop-webhooks')?.status).toBe(
      'hand',
    );
    await app.close();
  });
});

const small = `title: Call everybody
version: 1.0.0
summary: For a test.
severity: high
words: [test]
duties: []
reviewed: '2026-11-01'
phases:
  - id: contain
    title: Contain
    goal: It has stopped
    steps:
      - id: call
        title: Call the data protection officer
        why: She decides.
        role: responder
        minutes: 5
        verify: It is logged.
        fallback: Leave a message.
        serves: [gdpr:33]
        do: { instruction: Ring., record: what was said }
`;

describe('a workspace with a broken file', () => {
  test('loses that runbook alone; it is named with its line, and every other starts', async () => {
    const workspace = ownWorkspace();
    for (const [id, text] of [
      ['mine', small],
      ['torn', small.replace('minutes: 5', 'minutes: soon')],
    ] as const) {
      mkdirSync(join(workspace, 'runbooks', id), { recursive: true });
      writeFileSync(join(workspace, 'runbooks', id, 'runbook.yaml'), text);
    }
    const { world } = await company();
    const app = await rigApp({ home: folder(), workspace, live: world });
    expect(
      app
        .issues()
        .filter(({ severity }) => severity === 'error')
        .map(({ file, line }) => [file, line]),
    ).toEqual([['runbooks/torn/runbook.yaml', 17]]);
    await expect(app.declare({ runbook: 'torn', title: 'x' })).rejects.toThrow(
      /not-found: what=working runbook \(its file has errors\) id=torn/,
    );
    expect(app.incidents()).toEqual([]);
    for (const id of ['mine', ...example.runbooks.keys()]) {
      const incident = await app.declare({ runbook: id, title: 'Night' });
      expect(incident.view().progress.current, `of ${id}`).not.toBeNull();
      await incident.leave();
    }
    await app.close();
  });

  test('that is a recipe loses the actions of that system alone, and says on which line', async () => {
    const workspace = ownWorkspace();
    const recipe = join(workspace, 'connectors/kestrel.yaml');
    writeFileSync(recipe, readFileSync(recipe, 'utf8').replace('    snapshot:', '    before:'));
    const { world } = await company();
    const app = await rigApp({ home: folder(), workspace, live: world });
    const errors = app.issues().filter(({ severity }) => severity === 'error');
    expect(errors.map(({ file }) => file)).toContain('connectors/kestrel.yaml');
    expect((await app.plan('malicious-instagram-integration')).runbook).toBe(
      'malicious-instagram-integration',
    );
    const incident = await app.declare({ runbook: 'malicious-instagram-integration', title: 'Night' });
    expect((await incident.prepare('pause-crm-sync')).targets).toMatchObject([
      { preview: null, target: { action: null } },
    ]);
    await app.doctor();
    await incident.leave();
    await app.close();
  });

  test('that is its inventory still lets an incident be declared', async () => {
    const workspace = ownWorkspace();
    writeFileSync(join(workspace, 'inventory.yaml'), 'channels: [}\n');
    const { world } = await company();
    const app = await rigApp({ home: folder(), workspace, live: world });
    expect(
      app.issues().some(({ file, severity }) => file.endsWith('inventory.yaml') && severity === 'error'),
    ).toBe(true);
    const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Night' });
    expect(incident.view().contacts.length).toBeGreaterThan(0);
    expect(incident.items()).toEqual([]);
    await app.close();
  });
});

test('a duty of contract runs beside those of the law, and is met like them', async () => {
  const workspace = ownWorkspace();
  writeFileSync(
    join(workspace, 'obligations.yaml'),
    'obligations:\n  - id: harbour-dpa\n    title: Tell Harbour Mail\n    to: Harbour Mail\n    starts: harbour-data\n' +
      '    period: { kind: hours, hours: 24 }\n    source: Processing agreement, clause 9.2\n',
  );
  const { world } = await company();
  const app = await rigApp({ home: folder(), workspace, live: world });
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Night' });
  const own = () => incident.view().clocks.find(({ duty }) => duty === 'own.harbour-dpa');
  expect(own()).toMatchObject({ standing: 'provisional', regime: 'own' });
  expect(incident.duties().duties.find(({ duty }) => duty === 'own.harbour-dpa')).toMatchObject({
    is: 'could',
  });
  await incident.act({ do: 'rule-out', fact: 'harbour-data', reason: 'none of theirs is affected' });
  expect(own()?.standing).toBe('ruled-out');
  await app.close();
});

test('an incident goes on with the definitions it was declared with, whatever becomes of the files', async () => {
  const all = await company();
  const incident = await withToken(await all.app(), all);
  const before = incident.view();
  await incident.leave();
  for (const name of ['firebreak.yaml', 'inventory.yaml', 'contacts.yaml'])
    writeFileSync(join(all.workspace, name), 'broken: [\n');
  rmSync(join(all.workspace, 'connectors'), { recursive: true });
  cpSync(join(import.meta.dirname, 'company.ts'), join(all.workspace, 'connectors.txt'));
  const again = await (await all.app()).open(incident.id);
  const after = again.view();
  expect(after.state.planSha256).toBe(before.state.planSha256);
  expect(after.contacts).toEqual(before.contacts);
  expect(again.items()).toEqual(incident.items());
  expect((await confirmed(again, await again.prepare('stop-webhooks'))).state).toBe('proved');
  expect(
    (
      await again
        .letter('gdpr-33-authority')
        .catch(async () => await again.letter([...example.letters.keys()][0] ?? ''))
    ).markdown,
  ).toContain('Lindqvist');
});

describe('containing before declaring', () => {
  test('opens an incident of its own, to which a runbook is attached later', async () => {
    const all = await company();
    const app = await all.app();
    const incident = await app.contain('wa-webhooks', 'pause');
    expect(incident.view()).toMatchObject({
      title: 'Containment of wa-webhooks',
      state: { runbook: null, phase: 'open' },
    });
    const prepared = await incident.prepareItem('wa-webhooks', 'pause');
    expect(prepared).toMatchObject({ step: null, friction: 'yes', targets: [{ byHand: null }] });
    expect((await confirmed(incident, prepared)).state).toBe('proved');
    await incident.leave();
    const attached = await app.declare({
      runbook: 'leaked-whatsapp-token',
      title: 'ignored',
      into: incident.id,
    });
    expect(attached.id).toBe(incident.id);
    expect(attached.view().state).toMatchObject({ runbook: 'leaked-whatsapp-token' });
    expect(
      attached.view().containment.targets.find(({ item, step }) => item === 'wa-webhooks' && step === null)
        ?.hold,
    ).toBe('proved');
    expect(app.incidents()).toHaveLength(1);
  });

  test('kills a credential that was found, which is sealed first and named by its fingerprint', async () => {
    const all = await company();
    const app = await all.app();
    const incident = await app.contain('lrh-prod-su', 'revoke', { leaked: [all.made('lrh-prod-su')] });
    const prepared = await incident.prepareItem('lrh-prod-su', 'revoke');
    expect(prepared).toMatchObject({ friction: 'type-target', phrase: 'lrh-prod-su' });
    expect((await confirmed(incident, prepared)).state).toBe('proved');
    expect(meta(all).tokens.find(({ name }) => name === 'lrh-prod-su')?.valid).toBe(false);
    const [given] = incident.view().state.credentials.get('lrh-prod-su') ?? [];
    expect(given?.fingerprint).not.toContain(all.made('lrh-prod-su').slice(0, 8));
  });

  test('of a row that is not in the inventory leaves no incident behind', async () => {
    const app = await (await company()).app();
    await expect(app.contain('wa-webhook', 'pause')).rejects.toThrow(
      /not-found: what=inventory row id=wa-webhook/,
    );
    expect(app.incidents()).toEqual([]);
  });

  test('of a row without an action is for a person, in the open incident', async () => {
    const all = await company({ processes: walledProcesses(new Set()) });
    const app = await all.app();
    const declared = await app.declare({
      runbook: 'unknown-chat-breach',
      title: 'x',
      aware: all.world.clock.now(),
    });
    const incident = await app.contain('slack-workspace', 'pause');
    expect(incident.id).toBe(declared.id);
    const report = await confirmed(incident, await incident.prepareItem('slack-workspace', 'pause'));
    expect(report.state).toBe('by-hand');
  });
});
