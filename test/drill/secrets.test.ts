import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { publicHalf } from '../../src/base/rsa.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { madeSecret, withSecrets } from '../../src/drill/secrets.ts';
import type { DrillSource } from '../../src/model/drill.ts';
import { rigApp } from '../rig/app.ts';
import { folder, readCatalog } from '../app/company.ts';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await readCatalog(null);
});
const drillOf = (id: string): DrillSource => catalog.drills.get(id)?.value ?? expect.fail(`${id} ships`);

describe('a made-up secret', () => {
  test('is the same for the same seed, and another for another seed or name', () => {
    const drill = drillOf('leaked-whatsapp-token');
    expect(madeSecret(7, drill)('lrh-prod-su')).toBe(madeSecret(7, drill)('lrh-prod-su'));
    const all = [
      madeSecret(7, drill)('lrh-prod-su'),
      madeSecret(8, drill)('lrh-prod-su'),
      madeSecret(7, drill)('lrh-legacy-su'),
      madeSecret(7, drill)('parlo.admin_token'),
    ];
    expect(new Set(all).size).toBe(4);
  });

  test("looks like the vendor's, as the drill says", () => {
    const made = madeSecret(7, drillOf('leaked-whatsapp-token'));
    expect(made('lrh-prod-su')).toMatch(/^EAA[0-9a-f]{60}$/);
    expect(made('anything.else')).toMatch(/^drill_[0-9a-f]{40}$/);
  });

  test('is a private key where something is signed with it, and the other side knows its public half', () => {
    const made = madeSecret(7, { secrets: { 'app.key': { key: 'rsa' } } });
    expect(made('app.key')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(madeSecret(8, { secrets: { 'app.key': { key: 'rsa' } } })('app.key')).not.toBe(made('app.key'));
    expect(withSecrets(['$secret:app.key', '$public:app.key', '$public:other'], made)).toEqual([
      made('app.key'),
      publicHalf(made('app.key')),
      '',
    ]);
  });

  test('takes its place in a seed wherever it is named, and nowhere else', () => {
    const seed = { a: ['$secret:x', { b: '$secret:y' }], c: 'not $secret:x', d: 1, e: null, f: true };
    expect(withSecrets(seed, (name) => `<${name}>`)).toEqual({
      a: ['<x>', { b: '<y>' }],
      c: 'not $secret:x',
      d: 1,
      e: null,
      f: true,
    });
  });
});

/** Every name of a made-up secret that a drill uses: in its seeds, its moves and its list. */
const names = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.startsWith('$secret:') ? [value.slice('$secret:'.length)] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(names) : [];
};

/** The forms in which a secret could slip out. Base64 depends on what stands before it, so that all three places are tried. */
const forms = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [
    secret,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('base64url').slice(0, -2),
    ...shifted,
    encodeURIComponent(secret),
    secret.split('').reverse().join(''),
  ];
};

const filesUnder = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile());

describe('the secrets of a drill', () => {
  test.each([
    'leaked-whatsapp-token',
    'malicious-instagram-integration',
    'unknown-chat-breach',
    'widget-card-skimming',
  ])('are nowhere but in the fake world itself after %s', async (runbook) => {
    const home = folder();
    const app = await rigApp({ home });
    const drill = await app.drill(runbook, { seed: 11, auto: true });
    const lines: string[] = [];
    await drill.auto((line) => void lines.push(line));
    const size = drill.view().state.size;
    const made = madeSecret(11, drillOf(runbook));
    const source = drillOf(runbook);
    const secrets = [...new Set([...Object.keys(source.secrets ?? {}), ...names(source.systems)])].map(
      (name) => made(name),
    );
    expect(secrets.length).toBeGreaterThan(1);

    const shown = [
      lines,
      drill.view(),
      [...drill.view().state.facts],
      [...drill.view().state.credentials],
      drill.timeline(),
      drill.injects(),
      drill.story,
    ];
    const opened: string[] = [];
    const given: string[] = [];
    for (let n = 0; n < size; n += 1) {
      for (const name of [
        'args',
        'calls',
        'receipt',
        'after',
        'detail',
        'exchange',
        'how',
        'text',
        'reason',
        'result',
        'body',
        'question',
        'options',
        'rationale',
        'reference',
        'channel',
        'note',
      ]) {
        opened.push(drill.reveal({ n, name }) ?? '');
      }
      given.push(drill.reveal({ n, name: 'secret' }) ?? '');
    }
    for (const { id } of app.formats()) await drill.export(id, null);
    const card = await drill.finish();
    expect(card.ends.filter(({ holds }) => !holds)).toEqual([]);
    await drill.leave();
    await app.close();

    const found: string[] = [];
    const look = (where: string, text: string | Buffer): void => {
      for (const [i, secret] of secrets.entries()) {
        for (const [form, value] of forms(secret).entries())
          if (text.includes(value)) found.push(`${where}: secret ${i}, form ${form}`);
      }
    };
    look('what is shown', JSON.stringify([shown, card]));
    look('sealed words', opened.join('\n'));
    const world = join(home, 'drills', drill.id, 'systems');
    for (const file of filesUnder(home))
      if (!file.startsWith(world)) look(file.slice(home.length), readFileSync(file));
    expect(found).toEqual([]);
    // They were there to be found.
    for (const file of filesUnder(world)) look('the fake world', readFileSync(file));
    expect(found.length).toBeGreaterThan(1);
    // What a person gave is sealed under a key of its own until the end, and gone after it.
    const gave = Object.values(source.moves).some((move) => 'secrets' in move);
    expect(given.some((text) => text !== '')).toBe(gave);
  });
});
