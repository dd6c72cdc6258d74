import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../../src/base/hash.ts';
import { publicHalf, rsaKeyOfSeed } from '../../../src/base/rsa.ts';
import { MINUTE } from '../../../src/base/duration.ts';
import { plus } from '../../../src/base/instant.ts';
import { newHome, packageRoot, rigApp } from '../../rig/app.ts';
import { placeParts } from '../../../src/app/drill-words.ts';
import { systemKeychain } from '../../../src/io/keychain.ts';
import { systemSecrets } from '../../../src/io/secrets.ts';
import { appOf, team } from './team.ts';

/** A team's own plan: its inventory, its people and its addresses, in a world that is made up out of them. */

const RUNBOOK = 'leaked-whatsapp-token';

const GITHUB = `  code:
    uses: github
    base_url: https://github.live.invalid
    config: { org: tallow, app_id: '4812', installation_id: '77' }
    secrets:
      token: { env: TEAM_GITHUB_TOKEN }
      app_private_key: { command: [MARKER] }
`;
const APP_ROW = `  - id: chat-app
    title: Our app in the chat repository
    connector: code
    params: { installation_id: '78' }
    stops: Deployments of the chat
    owner: Platform
    pause: github.suspend-app
`;

describe('in a workspace', () => {
  test('a scenario of the built-in company is shown in what the team has, before it begins', async () => {
    const app = await appOf(team());
    const place = await app.drillPlace(RUNBOOK);
    const stands = new Map(place.stands.map(({ from, to }) => [from, to]));
    expect(place).toMatchObject({ company: 'own', name: 'Tallow & Finch', cannot: [] });
    expect(stands.get('meta-lrh')).toBe('graph');
    expect(stands.get('lrh-prod-su')).toBe('shop-token');
    expect(stands.get('wa-number-callback')).toBe('wa-line');
    expect(stands.get('lrh-legacy-su')).toBeNull();
    expect(place.stands.find(({ from }) => from === 'parlo')?.because).toMatch(/no further parlo system/);
    expect(place.untested).toEqual([
      expect.stringMatching(/^vault \(vault-lease\): .*no simulator/) as string,
      expect.stringMatching(/^bus: no connector reaches/) as string,
    ]);
    expect(place.left).toContain('the check readers-narrowed: there is nothing of yours for parlo');
    expect(place.call).toMatchObject({ contact: 'night', phone: '+31 20 555 0102' });
    const shown = placeParts(place).map(({ head }) => head);
    expect(shown[0]).toMatch(/^NOT TESTED/);
    expect(await app.drillPlace(RUNBOOK, 'built-in')).toMatchObject({
      company: 'built-in',
      untested: [],
      call: null,
    });
  });

  test('is played by the own people on own rows, reaches nothing and asks no reference', async () => {
    const own = team();
    process.env['TEAM_APP_SECRET'] = 'the-secret-of-the-variable';
    try {
      const app = await appOf(own);
      const drill = await app.drill(RUNBOOK, { auto: true, seed: 3 });
      await drill.auto(() => undefined);
      const card = await drill.finish();
      expect({ passed: card.passed, ends: card.ends.filter(({ holds }) => !holds) }).toEqual({
        passed: true,
        ends: [],
      });
      expect(card.untested).toHaveLength(2);
      expect(card.notMeasured).toContain('the check links-closed: there is nothing of yours for parlo');
      const targets = [...drill.view().state.acts.values()].map(({ target }) => target);
      expect(targets).toEqual(expect.arrayContaining(['shop-token', 'wa-feed', 'wa-line']));
      expect(drill.items().map(({ id }) => id)).toContain('desk-hook');
      expect(drill.story).toContain('Tallow & Finch');
      expect(drill.story).not.toContain('Lindqvist');
      expect(drill.clipboard('shop-token')).toMatch(/^EAA/);
      const [desk] = readdirSync(join(own.home, 'drills', drill.id, 'systems')).filter((name) =>
        name.startsWith('desk'),
      );
      expect(readFileSync(join(own.home, 'drills', drill.id, 'systems', desk ?? ''), 'utf8')).toContain(
        '01JTEAM',
      );
      await drill.leave();
      expect(existsSync(own.marker)).toBe(false);
      for (const file of readdirSync(own.home, { recursive: true, encoding: 'utf8' })) {
        const path = join(own.home, file);
        if (statSync(path).isFile())
          expect(readFileSync(path, 'utf8'), `in ${file}`).not.toMatch(
            /the-live-secret|the-secret-of-the-variable/,
          );
      }
    } finally {
      Reflect.deleteProperty(process.env, 'TEAM_APP_SECRET');
    }
  });

  test('an app of their own signs with a key that was made for the drill, and the system checks the signature', async () => {
    const own = team((file, text) => {
      if (file === 'firebreak.yaml') return text.replace('connectors:\n', `connectors:\n${GITHUB}`);
      return file === 'inventory.yaml' ? text.replace('credentials:\n', `${APP_ROW}credentials:\n`) : text;
    });
    const app = await appOf(own);
    const drill = await app.drill(RUNBOOK, { auto: true, seed: 3 });
    expect(drill.place.untested.join(' ')).not.toContain('chat-app');
    const prepared = await drill.prepareItem('chat-app', 'pause');
    expect(prepared.targets[0]?.preview?.now).toBe('active');
    expect((await drill.run(prepared, { yes: true })).state).toBe('proved');
    const file = join(own.home, 'drills', drill.id, 'systems', 'code.json');
    const world = JSON.parse(readFileSync(file, 'utf8')) as { app: { public_key: string } };
    expect(world.app.public_key).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    // Under another key nobody takes its word: the proof above could have failed.
    expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE KEY');
    await drill.leave();
    const other = publicHalf(rsaKeyOfSeed(utf8('of somebody else')));
    writeFileSync(file, JSON.stringify({ ...world, app: { ...world.app, public_key: other } }));
    const again = await (await appOf(own)).open(drill.id);
    const { lines } = await again.recheck();
    expect(lines.flatMap((line) => (line.is === 'proof' ? [line.proof.is] : []))).toEqual(['unproved']);
    await again.leave();
    expect(existsSync(own.marker)).toBe(false);
  });

  test('in earnest the same reference runs the program: the mark above could have been left', async () => {
    const own = team();
    const secrets = systemSecrets({}, systemKeychain());
    const value = await secrets.resolve({ command: [own.program] }, 'graph.token');
    expect(value.use()).toBe('the-live-secret');
    expect(existsSync(own.marker)).toBe(true);
  });

  test('goes on as it was begun, whatever becomes of the files', async () => {
    const own = team();
    const first = await appOf(own);
    const drill = await first.drill(RUNBOOK, { auto: true, seed: 3 });
    const { id, place } = drill;
    await drill.leave();
    await first.close();
    rmSync(join(own.folder, 'inventory.yaml'));
    writeFileSync(join(own.folder, 'drills.yaml'), 'rows: { lrh-prod-su: null }\n');
    const again = await (await appOf(own)).open(id);
    expect('place' in again ? again.place : null).toEqual(place);
    await again.leave();
  });

  test('refuses what has no place there, says why, and takes the built-in company only when asked to', async () => {
    const app = await appOf(team());
    await expect(app.drill('unknown-chat-breach', { auto: true })).rejects.toMatchObject({
      code: 'drill-unmapped',
      facts: { why: expect.stringContaining('nothing of yours stands for parlo') as string },
    });
    const drill = await app.drill('unknown-chat-breach', { auto: true, company: 'built-in' });
    expect(drill.place).toMatchObject({ company: 'built-in', name: 'Lindqvist & Rao Home' });
    await drill.leave();
  });
});

describe('the call test', () => {
  test('is written into the drill by hand, with both times, and stands in status and report', async () => {
    const app = await appOf(team());
    const drill = await app.drill(RUNBOOK, { auto: true, seed: 3 });
    await drill.finish();
    await drill.leave();
    const programme = await app.programme();
    const rung = plus(programme.now(), -5 * MINUTE);
    const call = {
      contact: 'night',
      result: 'reached',
      rung,
      answered: plus(rung, MINUTE),
      note: null,
    } as const;
    expect(programme.cadence().call).toBeNull();
    for (const wrong of [
      { ...call, answered: null },
      { ...call, answered: plus(rung, -MINUTE) },
      { ...call, rung: plus(programme.now(), 60 * MINUTE), answered: null, result: 'no-answer' as const },
    ])
      await expect(programme.addCall(drill.id, wrong)).rejects.toMatchObject({ code: 'usage' });
    await expect(programme.addCall(drill.id, { ...call, contact: 'nigth' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await programme.addCall(drill.id, { ...call, note: 'The second number is old' });
    expect(programme.cadence().call).toMatchObject({ contact: 'night', result: 'reached' });
    const asked = { drill: drill.id, format: 'md', pseudonyms: false } as const;
    const text = new TextDecoder().decode((await programme.report(asked)).bytes);
    expect(text).toContain('NOT TESTED: vault (vault-lease)');
    expect(text).toMatch(/Call test, night: reached: rung .*, answered .*The second number is old/);
    expect(text).toContain('Left out of the scenario: the check links-closed');
    expect(await app.verify(drill.id)).toMatchObject({ ok: true });
  });

  test('numbers of the built-in company are nobody’s: there is nothing to write down', async () => {
    const app = await rigApp({ home: newHome() });
    const programme = await app.programme();
    const call = {
      contact: 'dpo',
      result: 'no-answer',
      rung: programme.now(),
      answered: null,
      note: null,
    } as const;
    await expect(programme.addCall(null, call)).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('a runbook of the team’s own', () => {
  const withRunbook = async (change: (text: string) => string) => {
    const own = team();
    const folder = join(own.folder, 'runbooks', RUNBOOK);
    mkdirSync(folder, { recursive: true });
    const text = readFileSync(join(packageRoot, 'runbooks', RUNBOOK, 'runbook.yaml'), 'utf8');
    writeFileSync(join(folder, 'runbook.yaml'), change(text));
    return await appOf(own);
  };

  test('is practised by the scenario that it came with, as long as that fits', async () => {
    const app = await withRunbook((text) =>
      text.replace('title: Leaked WhatsApp', 'title: Our leaked WhatsApp'),
    );
    expect((await app.drillPlace(RUNBOOK)).cannot).toEqual([]);
    const outgrown = await withRunbook((text) => text.replaceAll('copy-token-record', 'copy-the-record'));
    expect(outgrown.drills().map(({ runbook }) => runbook)).not.toContain(RUNBOOK);
    expect(outgrown.issues().filter(({ message }) => message.includes('drill new'))).toMatchObject([
      { severity: 'warning', file: `runbooks/${RUNBOOK}/runbook.yaml` },
    ]);
  });
});

describe('drills.yaml', () => {
  const saying = async (text: string) => {
    const own = team();
    writeFileSync(join(own.folder, 'drills.yaml'), text);
    const app = await appOf(own);
    return { app, place: await app.drillPlace(RUNBOOK) };
  };

  test('says that there is nothing like it, and who needs it is left out', async () => {
    const { place } = await saying('rows:\n  wa-number-callback: null\n');
    expect(place.stands.find(({ from }) => from === 'wa-number-callback')).toMatchObject({ to: null });
    // The thief of this scenario reads by that number.
    expect(place.left).toContain('the attacker stolen-token: there is nothing of yours for what it uses');
    expect(place.cannot).toEqual([expect.stringMatching(/nothing of yours to attack/) as string]);
  });

  test('says which row it is', async () => {
    const { place } = await saying('rows:\n  lrh-legacy-su: shop-token\n');
    const stands = new Map(place.stands.map(({ from, to }) => [from, to]));
    expect([stands.get('lrh-legacy-su'), stands.get('lrh-prod-su')]).toEqual(['shop-token', null]);
  });

  test('a name that there is not is a finding with its line, and stands for nothing', async () => {
    const { app, place } = await saying('rows:\n  lrh-prod-su: shop-tokn\nsystems:\n  meta-lhr: graph\n');
    const found = app.issues().filter(({ file }) => file === 'drills.yaml');
    expect(found).toMatchObject([
      { rule: 'FB004', line: 2, hint: 'did you mean `shop-token`?' },
      { rule: 'FB004', line: 4, hint: 'did you mean `meta-lrh`?' },
    ]);
    expect(place.stands.find(({ from }) => from === 'lrh-prod-su')?.because).toMatch(/no row of inventory/);
  });
});
