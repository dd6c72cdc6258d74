import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newHome, rigApp } from '../rig/app.ts';
import { appOf, team } from './own/team.ts';

// A rotation is practised from end to end: the systems are simulators, and so is the place where the service reads its credential.

const confirmed = { typed: 'storefront-deploy-key', yes: true } as const;
const RUNBOOK = 'widget-card-skimming';

type GitHub = Readonly<{ keys: readonly Readonly<{ id: number; title: string; read_only: boolean }>[] }>;

test('in the built-in company the deploy key is made, placed, proved and the old one ended', async () => {
  const home = newHome();
  const app = await rigApp({ home });
  const drill = await app.drill(RUNBOOK, { auto: true, seed: 3 });
  const world = (): GitHub =>
    JSON.parse(readFileSync(join(home, 'drills', drill.id, 'systems', 'github-lrh.json'), 'utf8')) as GitHub;
  expect(world().keys).toMatchObject([{ id: 2342 }]);
  const seen = await drill.prepareRotation('storefront-deploy-key', null);
  // On suspect card systems: preserve, isolate, do not touch. That holds for a rotation too.
  await expect(drill.rotate(seen, { ...confirmed, reason: 'Practice' }, {})).rejects.toThrow(
    /save-served-bytes/,
  );
  expect(world().keys).toHaveLength(1);
  await drill.act({ do: 'waive', step: null, preserve: 'save-served-bytes', reason: 'Practice' });
  const plan = await drill.prepareRotation('storefront-deploy-key', null);
  expect(plan).toMatchObject({ make: { byHand: null }, place: { shut: null, name: 'build-server' } });
  const report = await drill.rotate(plan, { ...confirmed, reason: 'Practice' }, {});
  expect(report).toMatchObject({ state: 'rotated', oldDead: true, placed: true });
  const [key, ...others] = world().keys;
  expect(others).toEqual([]);
  expect(key).toMatchObject({
    read_only: false,
    title: expect.stringMatching(/^firebreak [0-9a-f]{16}$/) as string,
  });
  // The system tells of it in its own log, which is collected there as it would be in earnest.
  const collected = await drill.collect({ instances: ['github-lrh'] });
  expect(collected.lines.map(({ is }) => is)).toEqual(['whole', 'whole']);
  // Whatever was put there is kept by its hash alone.
  const kept = readFileSync(join(home, 'drills', drill.id, 'systems', 'places.kept'), 'utf8');
  expect(kept).toMatch(/^\{"build-server":"[0-9a-f]{64}"\}$/);
  await drill.leave();
});

test('in a team’s own plan nothing of theirs is run or written, whatever their place says', async () => {
  const own = team();
  const { folder, program } = own;
  const file = join(folder, 'orders.key');
  const again = team((name, text) => {
    if (name === 'firebreak.yaml')
      return `${text.replace('connectors:\n', `connectors:\n${TWILIO}`)}places:
  orders: { title: Orders, put: { command: [${JSON.stringify(program)}] }, check: { command: [${JSON.stringify(program)}] } }
  files: { title: Files, put: { file: ${JSON.stringify(file)} } }
`;
    return name === 'inventory.yaml'
      ? `${text.trimEnd()}\n${keyRow('orders', 2)}${keyRow('files', 3)}`
      : text;
  });
  const drill = await (await appOf(again)).drill('leaked-whatsapp-token', { auto: true, seed: 3 });
  for (const place of ['orders', 'files']) {
    const item = `${place}-key`;
    const plan = await drill.prepareRotation(item, null);
    const report = await drill.rotate(plan, { typed: item, yes: true, reason: 'Practice' }, {});
    expect(report).toMatchObject({ state: 'rotated', oldDead: true });
  }
  await drill.leave();
  expect([own.marker, again.marker, file].filter((path) => existsSync(path))).toEqual([]);
});

const sid = (last: number): string => `SK${String(last).padStart(32, '0')}`;
const TWILIO = `  sms:
    uses: twilio
    base_url: https://twilio.live.invalid
    config: { account: 'AC${'1'.repeat(32)}', key: '${sid(1)}' }
    secrets: { password: { env: TEAM_TWILIO } }
`;
const keyRow = (place: string, last: number): string => `  - id: ${place}-key
    title: Twilio key of ${place}
    kind: API key
    opens: [wa]
    connector: sms
    params: { key: '${sid(last)}' }
    stops: Messages
    owner: Platform
    revoke: twilio.delete-key
    make: twilio.make-key
    place: ${place}
`;
