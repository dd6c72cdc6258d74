import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { folder } from '../app/company.ts';
import { letGo, merged, send, through } from '../../src/dev/bench/send/steps.ts';
import { rigApp } from '../rig/app.ts';

/** The letters of a drill leave by the same command, and get as far as a mailbox beside the drill. */

/** Whoever plays a drill also plays those who agree: their keys are made up. */
const agreed = async (drill: OpenIncident, asked: number): Promise<void> => {
  for (const person of ['priya', 'jonas']) {
    const signature = await drill.sign(asked, person, { with: 'passphrase', passphrase: 'of nobody' });
    await drill.act({ do: 'approve', asked, person, signature });
  }
};

test('a drill sends its letters to its own mailbox, whoever they are to', async () => {
  const home = folder();
  const app = await rigApp({ home });
  const drill = await app.drill('leaked-whatsapp-token', { seed: 7 });
  await letGo(drill, async (asked) => await agreed(drill, asked));
  await send(drill, through(await merged(drill, home, 'seed', ['orla@notices.lrh.example']), 'seed'));
  const file = await merged(drill, home, 'all', ['real@example.com', 'other@example.org']);
  const { approval, drill: isDrill } = await drill.mail.ask(through(file));
  expect(isDrill).toBe(true);
  await agreed(drill, approval.asked ?? 0);
  expect((await send(drill, through(file))).stand).toMatchObject({ taken: 2, open: 0 });

  const box = `drills/${drill.id}/systems/letters.mbox`;
  const mails = readFileSync(join(home, box), 'utf8');
  expect(mails.match(/^From firebreak /gm)).toHaveLength(3);
  expect(mails).toMatch(/^To: .*real@example\.com/m);
  expect(mails.match(/^Subject: DRILL: /gm)).toHaveLength(3);
  expect(mails.match(/^X-Firebreak: DRILL/gm)).toHaveLength(3);
  await app.close();
  // Nothing of a mailing lies anywhere else in the data folder.
  const left = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.mbox'),
  );
  expect(left).toEqual([box]);
});
