import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MANIFEST, SIGNATURE } from '../../src/catalog/pack/manifest.ts';
import { readPacks } from '../../src/catalog/pack/packs.ts';
import { parseSigners } from '../../src/catalog/pack/signers.ts';
import { systemFiles } from '../../src/io/files.ts';
import { folder } from '../app/company.ts';
import { keys, openScreen } from '../rig/screen.ts';
import { author, faults, newKey, put, sign, team, title } from './pack-rig.ts';

describe('a pack', () => {
  test('signed by somebody known runs as theirs; its hash is in the plan of the incident', async () => {
    const key = newKey();
    const { workspace, app } = team(key.public);
    const pack = author();
    const first = await app();
    const { sha256 } = first.packWrite(pack, 'acme', '1.0.0');
    sign(pack, key);
    // What any other program says of it.
    const signers = join(folder(), 'signers');
    writeFileSync(signers, `ada@acme ${key.public}\n`);
    const verify = ['-Y', 'verify', '-f', signers, '-I', 'ada@acme', '-n', 'firebreak-pack', '-s'];
    const said = execFileSync('ssh-keygen', [...verify, join(pack, SIGNATURE)], {
      input: readFileSync(join(pack, MANIFEST)),
      encoding: 'utf8',
    });
    expect(said).toContain('Good "firebreak-pack" signature for ada@acme');

    expect(await first.packCheck(pack)).toMatchObject({ name: 'acme', signer: 'ada@acme', sha256 });
    await first.packAdd(pack);
    expect(JSON.parse(readFileSync(join(workspace, 'packs.lock.json'), 'utf8'))).toMatchObject({
      packs: { acme: { version: '1.0.0', manifest: sha256 } },
    });
    const next = await app();
    expect(faults(next)).toBe('');
    expect(await title(Promise.resolve(next))).toBe('Acme chat token');
    const incident = await next.declare({ runbook: 'acme-chat', title: 'x' });
    const { plan } = incident.view().state;
    expect(plan?.pack).toEqual({ name: 'acme', version: '1.0.0', sha256, signer: 'ada@acme' });
    const [path = ''] = await incident.export('brief', null);
    expect(readFileSync(path, 'utf8')).toContain('Signed by ada@acme: runbook of pack acme 1.0.0');
    await next.close();
    await first.close();
  });

  test('that nobody known has signed carries UNSIGNED in lists, plans, screens and exports', async () => {
    const { app } = team(newKey().public);
    const pack = author();
    const first = await app();
    first.packWrite(pack, 'acme', '1.0.0');
    expect(await first.packAdd(pack)).toMatchObject({ signer: null, why: 'it has no signature' });
    await first.close();
    const next = await app();
    expect(await title(Promise.resolve(next))).toBe('UNSIGNED: Acme chat token');
    expect(next.compiled('acme-chat').plan.title).toBe('UNSIGNED: Acme chat token');
    const incident = await next.declare({ runbook: 'acme-chat', title: 'x' });
    for (const { id } of next.formats()) {
      const paths = await incident.export(id, id === 'bundle' ? join(folder(), 'bundle') : null);
      const texts = paths
        .filter((path) => /\.(md|csv|jsonl)$/.test(path))
        .map((path) => readFileSync(path, 'utf8'));
      for (const text of texts) expect(text, id).toMatch(/UNSIGNED|"signed":false/);
    }
    await incident.leave();
    const screen = openScreen(next, { start: { screen: 'home' } });
    await screen.still();
    await screen.type(keys.enter);
    expect(screen.text()).toContain('UNSIGNED');
    await screen.type(keys.ctrlC, keys.ctrlC);
    await next.close();
  });

  test.each<readonly [string, string, (pack: string) => void]>([
    [
      'by a key that nobody here knows',
      'nobody here is known by its key SHA256:',
      (pack) => sign(pack, newKey()),
    ],
    ['for another purpose', 'made for something else', (pack) => sign(pack, newKey(), 'file')],
    ['by words', 'its signature is none', (pack) => writeFileSync(join(pack, SIGNATURE), 'trust me')],
  ])('signed %s counts as unsigned', async (_, why, signed) => {
    const { app } = team(newKey().public);
    const made = await app();
    const pack = author();
    made.packWrite(pack, 'acme', '1.0.0');
    signed(pack);
    const report = await made.packCheck(pack);
    expect(report.signer).toBeNull();
    expect(report.why).toContain(why);
    await made.close();
  });

  test('of which any byte is another does not run as signed, and the one that is whole does', async () => {
    const key = newKey();
    const { workspace, app } = team(key.public);
    const pack = folder();
    // Small, so that each of its bytes can be tried.
    put(pack, 'templates/acme-note/letter.yaml', 'title: x\n');
    const made = await app();
    made.packWrite(pack, 'acme', '1.0.0');
    sign(pack, key);
    await made.packAdd(pack);
    const own = join(workspace, 'packs/acme');
    expect(await made.packCheck(own)).toMatchObject({ signer: 'ada@acme' });
    const signers = parseSigners(`ada@acme ${key.public}`);
    const running = (): readonly (string | null | undefined)[] =>
      readPacks(systemFiles(), workspace, signers).sources.map(({ pack: mark }) => mark?.signer);
    expect(running()).toEqual(['ada@acme']);
    let tried = 0;
    for (const name of [MANIFEST, SIGNATURE, 'templates/acme-note/letter.yaml']) {
      const path = join(own, name);
      const whole = readFileSync(path);
      for (let at = 0; at < whole.length; at += 1) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        writeFileSync(path, changed);
        expect(running(), `${name} byte ${at}`).toEqual([]);
        tried += 1;
      }
      for (const size of [0, whole.length - 1]) {
        writeFileSync(path, whole.subarray(0, size));
        expect(running(), `${name} cut to ${size}`).toEqual([]);
      }
      writeFileSync(path, whole);
    }
    expect(tried).toBeGreaterThan(500);
    expect(running()).toEqual(['ada@acme']);
    await made.close();
  });

  test('whose bytes and lock were both changed runs as unsigned at most', async () => {
    const key = newKey();
    const { workspace, app } = team(key.public);
    const made = await app();
    const pack = author();
    made.packWrite(pack, 'acme', '1.0.0');
    sign(pack, key);
    await made.packAdd(pack);
    await made.close();
    const own = join(workspace, 'packs/acme');
    const signature = readFileSync(join(own, SIGNATURE));
    const runbook = join(own, 'runbooks/acme-chat/runbook.yaml');
    writeFileSync(runbook, readFileSync(runbook, 'utf8').replace('Acme chat token', 'Acme evil token'));
    const other = await app();
    expect(await title(Promise.resolve(other))).toBeUndefined();
    expect(faults(other)).toContain(
      'packs/acme: runbooks/acme-chat/runbook.yaml is not what the manifest says',
    );
    other.packWrite(own, 'acme', '1.0.0');
    writeFileSync(join(own, SIGNATURE), signature);
    const copied = folder();
    cpSync(own, copied, { recursive: true });
    expect(await other.packAdd(copied)).toMatchObject({ signer: null, why: 'its signature does not fit' });
    await other.close();
    expect(await title(app())).toBe('UNSIGNED: Acme evil token');
  });
});

test('signers are lines of allowed_signers; one with limits that are not kept here counts for nobody', () => {
  const { public: line } = newKey();
  const [kind, key] = line.split(' ');
  const named = (text: string) => parseSigners(text).map(({ name }) => name);
  expect(named(`a ${line}\n# b ${line}\n\nc ${kind} ${key}\n`)).toEqual(['a', 'c']);
  expect(named(`a namespaces="file,firebreak-pack" ${line}`)).toEqual(['a']);
  expect(named(`a namespaces="file" ${line}`)).toEqual([]);
  expect(named(`a cert-authority ${line}\nb valid-before="20300101" ${line}\nc ssh-ed25519 !!!\nd`)).toEqual(
    [],
  );
});
