import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { rigApp } from '../rig/app.ts';
import { folder } from '../app/company.ts';

/** The letters of a drill leave by the same command, and get as far as a mailbox beside the drill. */

const FACTS = {
  nature: 'A key of ours was published by mistake.',
  consequences: 'Somebody may write to you and pretend to be us.',
  measures: 'We look into who could use it.',
  'data-categories': 'Your name and your messages.',
};

const agreed = async (drill: OpenIncident, asked: number): Promise<void> => {
  for (const person of ['priya', 'jonas'])
    await drill.act({
      do: 'approve',
      asked,
      person,
      signature: await drill.sign(asked, person, { with: 'passphrase', passphrase: 'of nobody' }),
    });
};

test('a drill sends its letters to its own mailbox, whoever they are to', async () => {
  const home = folder();
  const app = await rigApp({ home });
  const drill = await app.drill('leaked-whatsapp-token', { seed: 7 });
  for (const [fact, text] of Object.entries(FACTS))
    await drill.act({ do: 'learn', fact, answer: { is: 'text', text } });
  await drill.act({ do: 'learn', fact: 'aware', answer: { is: 'time', at: drill.view().now } });
  await drill.act({ do: 'ask-approval', step: 'send-art34' });
  await agreed(drill, [...drill.view().state.asked.keys()].at(-1) ?? 0);
  await drill.releaseLetter({ letter: 'gdpr-art34', language: 'en', override: null });
  const merged = async (name: string, addresses: readonly string[]): Promise<string> => {
    const list = join(home, `${name}.csv`);
    writeFileSync(list, `address\n${addresses.join('\n')}\n`);
    const { out } = await drill.merge(
      {
        letter: 'gdpr-art34',
        list,
        format: 'jsonl',
        out: join(home, `${name}.jsonl`),
        report: null,
        language: 'en',
        from: null,
        resume: false,
        trial: null,
      },
      () => undefined,
      new AbortController().signal,
    );
    return out;
  };
  const send = async (file: string, to: 'seed' | 'list') =>
    await drill.mail.send(
      { file, way: { by: 'server', name: null, to } },
      () => undefined,
      new AbortController().signal,
    );
  await send(await merged('seed', ['orla@notices.lrh.example']), 'seed');
  const file = await merged('all', ['real@example.com', 'other@example.org']);
  const { approval, drill: isDrill } = await drill.mail.ask({
    file,
    way: { by: 'server', name: null, to: 'list' },
  });
  expect(isDrill).toBe(true);
  await agreed(drill, approval.asked ?? 0);
  expect((await send(file, 'list')).stand).toMatchObject({ taken: 2, open: 0 });
  const box = join(home, 'drills', drill.id, 'systems/letters.mbox');
  const mails = readFileSync(box, 'utf8');
  expect(mails.match(/^From firebreak /gm)).toHaveLength(3);
  expect(mails).toMatch(/^To: .*real@example\.com/m);
  expect(mails.match(/^Subject: DRILL: /gm)).toHaveLength(3);
  expect(mails.match(/^X-Firebreak: DRILL/gm)).toHaveLength(3);
  await app.close();
  // Nothing of a mailing lies anywhere else in the data folder.
  const left = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.mbox'),
  );
  expect(left.filter((name) => existsSync(join(home, name)))).toEqual([
    `drills/${drill.id}/systems/letters.mbox`,
  ]);
});
