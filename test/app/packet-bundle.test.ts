import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rigApp } from '../rig/app.ts';
import { company, folder } from './company.ts';

// The evidence of an incident that went from one laptop to another, held against programs that are not ours.

const blocksOf = (guide: string): readonly string[] =>
  [...guide.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);

const runs = (bundle: string, block: string): boolean =>
  spawnSync('sh', ['-eu', '-c', block], { cwd: bundle, encoding: 'utf8' }).status === 0;

const tools = ['openssl', 'jq', 'xxd', 'sqlite3'].every(
  (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0,
);

const resumed = async () => {
  const all = await company();
  const ana = await all.app({ actor: 'ana' });
  const ben = await rigApp({ home: folder(), workspace: all.workspace, live: all.world, actor: 'ben' });
  const first = await ana.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  await first.act({ do: 'note', text: 'Written by Ana' });
  const { path, size } = await first.packet(
    (await ben.packets()).receiver().line,
    join(folder(), 'p.packet'),
  );
  await first.leave();
  const { incident } = await (await (await ben.packets()).open(path)).take();
  const there = await ben.open(incident);
  await there.act({ do: 'note', text: 'Written by Ben' });
  const bundle = join(folder(), 'bundle');
  await there.export('bundle', bundle);
  return { ben, there, bundle, size };
};

test('its bundle verifies, names both who wrote it, and is refused once anything about them is changed', async () => {
  const { ben, there, bundle, size } = await resumed();
  const keep = process.env['FIREBREAK_TEST_KEEP'];
  if (keep !== undefined) spawnSync('cp', ['-r', bundle, keep]);
  const name = String(size).padStart(6, '0');
  expect(readdirSync(join(bundle, 'origins'))).toEqual([`${name}.checkpoint`, `${name}.pem`]);
  expect(await ben.verify(bundle)).toMatchObject({ ok: true, problems: [] });
  const mark = join(bundle, 'origins', `${name}.checkpoint`);
  const key = join(bundle, 'origins', `${name}.pem`);
  const [openssl = '', sums = '', chain = '', rows = ''] = blocksOf(
    readFileSync(join(bundle, 'VERIFY.md'), 'utf8'),
  );
  const foreign = (): boolean => [openssl, sums, chain, rows].every((block) => runs(bundle, block));
  if (tools) expect(foreign()).toBe(true);
  for (const [path, change] of [
    [mark, (text: string) => text.replace(`\n${size}\n`, `\n${size - 1}\n`)],
    [mark, () => readFileSync(join(bundle, 'checkpoint'), 'utf8')],
    [key, () => readFileSync(join(bundle, 'pub.pem'), 'utf8')],
    [join(bundle, 'pub.pem'), () => readFileSync(key, 'utf8')],
    [join(bundle, 'entries', `${name}.json`), (text: string) => text.replace('"size":', '"size":1')],
  ] as const) {
    const kept = readFileSync(path, 'utf8');
    const changed = change(kept);
    expect(changed).not.toBe(kept);
    writeFileSync(path, changed);
    expect(await ben.verify(bundle), path).toMatchObject({ ok: false });
    if (tools) expect(foreign(), path).toBe(false);
    writeFileSync(path, kept);
  }
  expect(await ben.verify(bundle)).toMatchObject({ ok: true });
  // One entry from before is proved by whoever wrote it, one from after by whoever goes on.
  for (const n of [1, size + 1]) {
    const file = join(folder(), `entry-${n}.json`);
    await there.disclose(n, [], file);
    expect(await ben.verify(file)).toMatchObject({ ok: true, disclosed: { entry: n } });
    const check = join(folder(), 'check.sh');
    const { check: lines } = JSON.parse(readFileSync(file, 'utf8')) as { check: readonly string[] };
    writeFileSync(check, lines.join('\n'));
    if (tools) expect(spawnSync('sh', ['-eu', check, file]).status).toBe(0);
  }
  await there.leave();
}, 120_000);
