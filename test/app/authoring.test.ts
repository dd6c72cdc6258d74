import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { App } from '../../src/app/contract.ts';
import { catalogReader } from '../../src/app/wire.ts';
import { systemFiles } from '../../src/io/files.ts';
import { companyFile } from '../../src/cli/commands/init/company.ts';
import { contactsFile } from '../../src/cli/commands/init/contacts.ts';
import { inventoryFile } from '../../src/cli/commands/init/inventory.ts';
import { newHome, packageRoot, rigApp } from '../rig/app.ts';

/** A team's folder as `init` writes it, and apps that read it anew. */
const newTeam = (): Readonly<{
  workspace: string;
  file: (id: string) => string;
  open: () => Promise<App>;
}> => {
  const home = newHome();
  const workspace = newHome();
  const texts = {
    'firebreak.yaml': companyFile('Europe/Dublin'),
    'contacts.yaml': contactsFile,
    'inventory.yaml': inventoryFile,
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(workspace, name), text);
  return {
    workspace,
    file: (id) => join(workspace, 'runbooks', id, 'runbook.yaml'),
    open: async () =>
      await rigApp({
        home,
        workspace,
        readCatalog: catalogReader(packageRoot, systemFiles(), () => '2026-11-20'),
      }),
  };
};

test('a new runbook lints clean as it is written, has its schema beside it, and takes no place that is taken', async () => {
  const { workspace, file, open } = newTeam();
  const door = await (await open()).authoring();
  const { files } = await door.newRunbook('harbour-leak', null);
  expect(files).toEqual([
    file('harbour-leak'),
    join(workspace, 'runbooks/harbour-leak/test.yaml'),
    join(workspace, 'runbooks/runbook.schema.json'),
    join(workspace, 'runbooks/test.schema.json'),
  ]);
  expect(readFileSync(file('harbour-leak'), 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/runbook\.schema\.json\n/,
  );
  expect(JSON.parse(readFileSync(files[2] ?? '', 'utf8'))).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
  });
  const app = await open();
  expect(await app.lint(file('harbour-leak'))).toEqual([]);
  expect(app.compiled('harbour-leak').plan.phases).toHaveLength(4);
  writeFileSync(file('harbour-leak'), 'mine');
  await expect(door.newRunbook('harbour-leak', null)).rejects.toMatchObject({ code: 'usage' });
  expect(readFileSync(file('harbour-leak'), 'utf8')).toBe('mine');
  await expect(door.newRunbook('../out', null)).rejects.toMatchObject({ code: 'usage' });
  await expect(door.newRunbook('other', 'nowhere')).rejects.toMatchObject({ code: 'not-found' });
  expect(existsSync(file('other'))).toBe(false);
});

test('a runbook that was taken over says from where, and is the same plan', async () => {
  const { file, open } = newTeam();
  await (await (await open()).authoring()).newRunbook('my-token', 'leaked-whatsapp-token');
  expect(readFileSync(file('my-token'), 'utf8')).toContain('# Taken over from leaked-whatsapp-token 1.0.0.');
  const app = await open();
  const steps = (id: string) =>
    app.compiled(id).plan.phases.flatMap((phase) => phase.steps.map((step) => step.id));
  expect(steps('my-token')).toEqual(steps('leaked-whatsapp-token'));
});

test('the tests that are written beside a new runbook hold as they stand, and are told where they do not', async () => {
  const { workspace, open } = newTeam();
  const door = await (await open()).authoring();
  await door.newRunbook('harbour-leak', null);
  await door.newRunbook('my-token', 'leaked-whatsapp-token');
  const app = await open();
  const { passed, runbooks, issues } = await (await app.authoring()).test([], () => undefined);
  expect(runbooks.flatMap(({ tests }) => tests.flatMap(({ faults }) => faults))).toEqual([]);
  expect(issues).toEqual([]);
  expect(runbooks.map(({ runbook, tests }) => [runbook, tests.length])).toEqual([
    ['harbour-leak', 3],
    ['my-token', 1],
  ]);
  expect(runbooks[0]?.coverage).toMatchObject({ unreached: [], untaken: [] });
  expect(passed).toBe(true);
  expect(await (await app.authoring()).testIssues(null)).toEqual([]);
  const path = join(workspace, 'runbooks/harbour-leak/test.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('copy-record: hand', 'copy-recrd: hand'));
  const found = await (await (await open()).authoring()).testIssues('harbour-leak');
  expect(found.map(({ file, hint }) => `${file} ${hint ?? ''}`)).toEqual([
    'runbooks/harbour-leak/test.yaml did you mean `copy-record`?',
  ]);
}, 60_000);

test('a misspelt key is put right and nothing else of the file; what is not ours stays as it is', async () => {
  const { file, open } = newTeam();
  const door = await (await open()).authoring();
  await door.newRunbook('harbour-leak', null);
  const sound = readFileSync(file('harbour-leak'), 'utf8');
  const wrong = sound
    .replace('severity: high', 'severty:   high   # as the board sees it')
    .replace("reviewed: '", "reviewd: '")
    .replace('        why: Every minute', '        "whyy": Every minute');
  writeFileSync(file('harbour-leak'), wrong);
  const fixing = await (await open()).authoring();
  const { mended, issues } = await fixing.mend('harbour-leak');
  expect(mended.map(({ from, to }) => `${from}>${to}`)).toEqual([
    'severty>severity',
    'reviewd>reviewed',
    'whyy>why',
  ]);
  expect(issues).toEqual([]);
  expect(readFileSync(file('harbour-leak'), 'utf8')).toBe(
    sound
      .replace('severity: high', 'severity:   high   # as the board sees it')
      .replace('        why: Every minute', '        "why": Every minute'),
  );
  expect(statSync(file('harbour-leak')).mode & 0o777).toBe(0o600);
  for (const path of ['card-numbers-in-chat', join(packageRoot, 'runbooks/card-numbers-in-chat')])
    await expect(fixing.mend(path)).rejects.toMatchObject({ code: 'usage' });
  await expect((await (await rigApp({ home: newHome() })).authoring()).mend(null)).rejects.toMatchObject({
    code: 'usage',
  });
});

test('what could have been meant in two ways is left to a person', async () => {
  const { file, open } = newTeam();
  await (await (await open()).authoring()).newRunbook('harbour-leak', null);
  const sound = readFileSync(file('harbour-leak'), 'utf8');
  // Beside the right one nobody knows which of the two holds; a step that is named wrong may be any; a date is nobody's to make up.
  for (const wrong of [
    sound.replace('severity: high', 'severity: high\nseverty: low'),
    sound.replace('after: [decide-authority]', 'after: [decide-authorty]'),
    sound.replace(/reviewed: .*\n/, ''),
  ]) {
    writeFileSync(file('harbour-leak'), wrong);
    const { mended, issues } = await (await (await open()).authoring()).mend('harbour-leak');
    expect(mended).toEqual([]);
    expect(issues.length).toBeGreaterThan(0);
    expect(readFileSync(file('harbour-leak'), 'utf8')).toBe(wrong);
  }
});

test('the paper has every step, the numbers that are known, the clocks and the way back; without a workspace no number', async () => {
  const { open } = newTeam();
  const text = async (app: App): Promise<string> =>
    new TextDecoder().decode((await (await app.authoring()).copy('leaked-whatsapp-token', 'md')).bytes);
  const app = await open();
  const own = await text(app);
  const { plan } = app.compiled('leaked-whatsapp-token');
  for (const step of plan.phases.flatMap(({ steps }) => steps)) expect(own).toContain(`\\[${step.id}\\]`);
  expect(own.match(/Begun \\_/g)).toHaveLength(plan.phases.flatMap(({ steps }) => steps).length);
  expect(own).toContain('000 00 000 0000');
  expect(own).toContain('no number is known for meta-abuse, acquirer, authority.');
  expect(own).toMatch(/gdpr\.33-1.*\| aware \| 72 hours/);
  expect(own).toContain('firebreak note --at');
  const built = await text(await rigApp({ home: newHome() }));
  expect(built).not.toMatch(/\+353/);
  expect(built).toContain('business.facebook.com');
});

test('the paper as PDF is written once, for its owner alone', async () => {
  const home = newHome();
  const door = await (await rigApp({ home })).authoring();
  const path = join(home, 'copy.pdf');
  const made = await door.writeCopy('leaked-whatsapp-token', 'pdf', path, false);
  expect(made.replaced).toEqual([]);
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await expect(door.writeCopy('leaked-whatsapp-token', 'md', path, false)).rejects.toMatchObject({
    code: 'usage',
  });
  mkdirSync(join(home, 'folder'));
  await expect(
    door.writeCopy('leaked-whatsapp-token', 'md', join(home, 'folder'), true),
  ).rejects.toMatchObject({
    code: 'usage',
  });
});
