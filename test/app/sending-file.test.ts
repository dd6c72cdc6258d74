import { closeSync, openSync, readFileSync, statSync, utimesSync, writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { free, merged, send, through } from '../../src/dev/bench/send/steps.ts';
import { people, readers, scene } from './sending-rig.ts';

/** The file of a mailing: hashed whole before anything leaves, and read again only where letters are left in it. */

/** Enough that the file is read in many pieces. */
const MANY = 120;

test('what is left in the middle of a large file is found where it stands', async () => {
  const held = new Set(['p57@example.org', 'p58@example.org', `p${MANY - 1}@example.org`]);
  let busy = true;
  const answer = (line: string) =>
    line.startsWith('RCPT') && busy && [...held].some((one) => line.includes(`<${one}>`))
      ? '451 4.7.1 later'
      : undefined;
  const { incident, server, box } = await scene({ answer });
  const file = await merged(incident, box, 'all', people(MANY));
  expect(statSync(file).size).toBeGreaterThan(3 * 65_536);
  await free(incident, box, file);
  expect((await send(incident, through(file))).stand).toMatchObject({ taken: MANY - 3, later: 3 });
  const before = server.letters.length;
  busy = false;
  expect(await incident.mail.plan(through(file))).toMatchObject({ leaves: 3 });
  expect((await send(incident, through(file))).stand).toMatchObject({ taken: MANY });
  expect(new Set(readers({ ...server, letters: server.letters.slice(before) }))).toEqual(held);
});

test('a file that is changed between the look and the sending sends nothing, whatever its times say', async () => {
  const { incident, server, box } = await scene();
  const file = await merged(incident, box, 'all', people(MANY));
  await free(incident, box, file);
  expect(await incident.mail.plan(through(file))).toMatchObject({ leaves: MANY, bars: [] });
  const before = server.letters.length;
  const { atime, mtime } = statSync(file);
  const at = readFileSync(file).indexOf('p110@example.org');
  const open = openSync(file, 'r+');
  writeSync(open, 'p999@example.org', at);
  closeSync(open);
  utimesSync(file, atime, mtime);
  await expect(send(incident, through(file))).rejects.toMatchObject({ code: 'not-found' });
  expect(server.letters).toHaveLength(before);
});
