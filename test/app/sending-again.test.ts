import { expect, test } from 'vitest';
import { free, merged, send, through } from '../../src/dev/bench/send/steps.ts';
import { people, readers, scene } from './sending-rig.ts';

/** Letters that the server would not take, and that a person lets leave once more. */

test('who was refused for good gets another try by the word of a person, and nobody else does', async () => {
  let full = true;
  const lost = new Set(['p3@example.org']);
  const answer = (line: string) =>
    line.startsWith('RCPT') && /<p[12]@/.test(line) && full ? '552 5.2.2 mailbox full' : undefined;
  const taken = (letter: string) =>
    [...lost].some((one) => letter.includes(`<${one}>`) && lost.delete(one)) ? 'cut' : '250 taken';
  const { incident, server, box } = await scene({ answer, taken });
  const file = await merged(incident, box, 'all', people(5));
  await free(incident, box, file);
  const first = await send(incident, through(file));
  expect(first.stand).toMatchObject({ taken: 2, refused: 2, unsure: 1 });
  full = false;
  expect((await send(incident, through(file))).taken).toBe(0);
  const asked = { mailing: first.plan.mailing, reason: 'their provider has cleared it' };
  for (const letters of [[1], [4], [2, 4]])
    await expect(incident.mail.tryAgain({ ...asked, letters })).rejects.toMatchObject({ code: 'usage' });
  await expect(incident.mail.tryAgain({ ...asked, letters: [2], reason: ' ' })).rejects.toMatchObject({
    code: 'usage',
  });
  expect(await incident.mail.tryAgain({ ...asked, letters: [2] })).toMatchObject({
    stand: { refused: 1, later: 1 },
  });
  expect(incident.timeline().at(-1)).toMatchObject({ detail: asked.reason });
  expect((await send(incident, through(file))).stand).toMatchObject({ taken: 3, refused: 1, unsure: 1 });
  await incident.mail.tryAgain({ ...asked, letters: null });
  expect((await send(incident, through(file))).stand).toMatchObject({ taken: 4, refused: 0, unsure: 1 });
  const to = readers(server).filter((one) => one.endsWith('@example.org'));
  expect(to.toSorted()).toEqual(people(5));
  await expect(incident.mail.tryAgain({ ...asked, letters: null })).rejects.toMatchObject({
    code: 'usage',
  });
});

test('another try wants what sending wants: words that are still true, and the two', async () => {
  const answer = (line: string) => (line.includes('<p1@') ? '550 5.1.1 nobody here' : undefined);
  const { incident, box, later } = await scene({ answer });
  const file = await merged(incident, box, 'all', people(2));
  await free(incident, box, file);
  const { plan } = await send(incident, through(file));
  later(25 * 60 * 60_000);
  await incident.mail.tryAgain({
    mailing: plan.mailing,
    letters: null,
    reason: 'the address is open again',
  });
  await expect(send(incident, through(file))).rejects.toMatchObject({ facts: { rule: 'needs-approval' } });
});
