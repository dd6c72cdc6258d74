import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, readFileSync, renameSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/base/canonical.ts';
import { sha256Hex } from '../../src/base/hash.ts';
import { MANIFEST, refusedPath } from '../../src/catalog/pack/manifest.ts';
import { folder } from '../app/company.ts';
import { author, faults, put, team } from './pack-rig.ts';

describe('a folder that is no pack', () => {
  test.each<readonly [string, string, (pack: string) => void]>([
    ['a link to a file', 'is a link', (pack) => symlinkSync('/etc/passwd', join(pack, 'LICENSE'))],
    ['a link to a folder', 'is a link', (pack) => symlinkSync('/etc', join(pack, 'templates'))],
    ['a pipe', 'is a device or pipe', (pack) => void execFileSync('mkfifo', [join(pack, 'LICENSE')])],
    [
      'a recipe',
      "belongs in the workspace's own connectors/",
      (pack) => put(pack, 'connectors/x.yaml', 'a: 1\n'),
    ],
    ['a program', 'a pack holds', (pack) => put(pack, 'run.sh', 'id\n')],
    ['a hidden file', 'a pack holds', (pack) => put(pack, '.git/config', 'x')],
    ['an archive', 'a pack holds', (pack) => put(pack, 'more.tar.gz', 'x')],
    ['the company of somebody', 'a pack holds', (pack) => put(pack, 'firebreak.yaml', 'x: 1\n')],
    ['capitals in a name', 'a pack holds', (pack) => put(pack, 'runbooks/Acme-Chat/runbook.yaml', 'x')],
    ['folders without end', 'deeper than 4', (pack) => put(pack, 'a/b/c/d/e/f', 'x')],
    [
      'too many files',
      'more than 500 files',
      (pack) => {
        for (let i = 0; i < 501; i += 1) put(pack, `templates/t${i}/letter.yaml`, '');
      },
    ],
    [
      'too much',
      'larger than 5 MiB',
      (pack) => {
        put(pack, 'README.md', '');
        truncateSync(join(pack, 'README.md'), 6 * 2 ** 20);
      },
    ],
  ])('with %s is neither written, nor read, nor added', async (_, why, spoil) => {
    const { app, workspace } = team(null);
    const made = await app();
    const pack = author();
    made.packWrite(pack, 'acme', '1.0.0');
    spoil(pack);
    await expect(made.packCheck(pack)).rejects.toMatchObject({ code: 'invalid-file' });
    await expect(made.packAdd(pack)).rejects.toMatchObject({ code: 'invalid-file' });
    expect(() => made.packWrite(pack, 'acme', '1.0.0')).toThrow('invalid-file');
    try {
      made.packWrite(pack, 'acme', '1.0.0');
    } catch (error) {
      expect(String((error as { facts?: { why?: string } }).facts?.why)).toContain(why);
    }
    expect(await made.packs()).toEqual([]);
    expect(() => readFileSync(join(workspace, 'packs.lock.json'))).toThrow('ENOENT');
    await made.close();
  });

  const manifestOf = (files: Readonly<Record<string, string>>, more: object = {}): string =>
    canonicalJson({
      schema: 'firebreak.pack/v1',
      name: 'acme',
      version: '1.0.0',
      files: Object.fromEntries(
        Object.entries(files).map(([path, text]) => [path, { sha256: sha256Hex(text), size: text.length }]),
      ),
      ...more,
    } as never);

  test.each<readonly [string, string, string]>([
    ['a path that leads out', 'the path leads elsewhere', manifestOf({ '../../firebreak.yaml': 'x' })],
    ['a path inside out', 'the path leads elsewhere', manifestOf({ 'runbooks/../../x': 'x' })],
    ['an absolute path', 'not inside the pack', manifestOf({ '/etc/passwd': 'x' })],
    ['a path of Windows', 'not inside the pack', manifestOf({ 'c:\\x': 'x' })],
    ['two names that differ in case', 'one name to some', manifestOf({ 'README.md': 'x', 'readme.md': 'x' })],
    ['two names that differ in an accent', 'one name to some', manifestOf({ '\u00e9': 'x', 'e\u0301': 'x' })],
    ['a file that is not there', 'is missing', manifestOf({ LICENSE: 'x' })],
    ['no canonical form', 'canonical form', `${manifestOf({})}\n`],
    ['a mark before it', 'not JSON', `\ufeff${manifestOf({})}`],
    ['a key twice', 'not JSON', manifestOf({}).replace('"name":"acme"', '"name":"acme","name":"acme"')],
    ['a field more', 'Unrecognized', manifestOf({}, { run: 'id' })],
    ['a name that is a path', 'name', manifestOf({}, { name: '../x' })],
    ['levels without end', 'not JSON', '['.repeat(100_000)],
    ['nothing', 'not JSON', ''],
  ])('whose manifest has %s is refused', async (_, why, text) => {
    const { app } = team(null);
    const made = await app();
    const pack = folder();
    put(pack, MANIFEST, text);
    const began = performance.now();
    const error: unknown = await made.packCheck(pack).catch((caught: unknown) => caught);
    expect(performance.now() - began).toBeLessThan(1000);
    expect((error as { facts: { why: string } }).facts.why).toContain(why);
    await made.close();
  });

  test('that is a file, an archive or a link is not opened', async () => {
    const { app } = team(null);
    const made = await app();
    const place = folder();
    put(place, 'pack.zip', 'PK\u0003\u0004');
    symlinkSync(author(), join(place, 'link'));
    for (const name of ['pack.zip', 'link'])
      await expect(made.packCheck(join(place, name))).rejects.toMatchObject({ code: 'invalid-file' });
    await expect(made.packCheck(join(place, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    await made.close();
  });

  test('never takes the place of a runbook that is there, and one that nobody added gives nothing', async () => {
    const { workspace, app } = team(null);
    const made = await app();
    const pack = author();
    renameSync(join(pack, 'runbooks/acme-chat'), join(pack, 'runbooks/leaked-whatsapp-token'));
    made.packWrite(pack, 'acme', '1.0.0');
    await made.packAdd(pack);
    cpSync(pack, join(workspace, 'packs/stranger'), { recursive: true });
    await made.close();
    const next = await app();
    expect(next.runbooks().find(({ id }) => id === 'leaked-whatsapp-token')?.title).not.toContain('Acme');
    expect(faults(next)).toContain('there is one already: it is left out');
    expect(faults(next)).toContain('packs/stranger: its manifest says that it is acme');
    appendFileSync(join(workspace, 'packs.lock.json'), '}');
    await next.close();
    const last = await app();
    expect(faults(last)).toContain('no pack counts as added');
    await last.close();
  });
});

test('paths that a pack may hold', () => {
  for (const path of [
    'runbooks/a-b/runbook.yaml',
    'runbooks/a/drill.yaml',
    'templates/a/en.hbs',
    'README.md',
  ])
    expect(refusedPath(path)).toBeNull();
  for (const path of [
    'runbooks/a/other.yaml',
    'runbooks/a/../b/drill.yaml',
    'simulators/x.yaml',
    '',
    'a//b',
    './README.md',
  ])
    expect(refusedPath(path)).not.toBeNull();
});
