import { expect, test } from 'vitest';
import { free, merged, send, through } from '../../src/dev/bench/send/steps.ts';
import { people, readers, scene } from './sending-rig.ts';

/** Another process takes over while the first is at work, as where a terminal only looked dead. */

test('letters that leave stop with the one that was under way, and nobody is written to twice', async () => {
  let take = async (): Promise<void> => {};
  const { app, incident, server, box } = await scene({
    taken: (letter, socket) => {
      if (!letter.includes('<p2@')) return '250 taken';
      void take().then(() => socket.write('250 taken\r\n'));
      return 'hang';
    },
  });
  const file = await merged(incident, box, 'all', people(9));
  await free(incident, box, file);
  let second = incident;
  take = async () => {
    second = await app.open(incident.id, { takeOver: true });
  };
  await expect(send(incident, through(file))).rejects.toMatchObject({ code: 'engine-held' });
  const { stand } = await send(second, through(file));
  expect(stand).toMatchObject({ open: 0, later: 0 });
  const to = readers(server).filter((one) => one.endsWith('@example.org'));
  expect(to.toSorted()).toEqual(people(9));
  expect((await app.verify(incident.id)).problems).toEqual([]);
});
