import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, OpenIncident } from '../../../app/contract.ts';
import type { SendAsked } from '../../../app/send-contract.ts';
import { signSshsig, sshKeyOfSeed } from '../../../base/sshsig.ts';

/** Letters on their way out, step by step: facts told, words released, merged, seen by colleagues, agreed to by two others. */

const seeds = {
  ben: Uint8Array.from({ length: 32 }, () => 7),
  cleo: Uint8Array.from({ length: 32 }, () => 9),
};

/** Two others who can agree, and a mail server that nobody logs in to. */
export const withApprovers = (workspace: string): void => {
  const path = join(workspace, 'firebreak.yaml');
  const people = Object.entries(seeds).map(
    ([handle, seed]) =>
      `  - { handle: ${handle}, name: ${handle}, roles: [legal, commander], keys: ["${sshKeyOfSeed(seed).line}"] }\n`,
  );
  const text = readFileSync(path, 'utf8')
    .replace(/^people:\n/m, `people:\n${people.join('')}`)
    .replace(', user: notices', '');
  writeFileSync(path, text);
};

export const signed = async (
  incident: OpenIncident,
  asked: number,
  ...people: readonly (keyof typeof seeds)[]
): Promise<void> => {
  for (const person of people) {
    const { text, namespace } = incident.toSign(asked);
    await incident.act({
      do: 'approve',
      asked,
      person,
      signature: signSshsig(seeds[person], text, namespace),
    });
  }
};

/** All that the letter to the people wants to know. */
const FACTS = {
  nature: 'A key of ours was published by mistake.',
  consequences: 'Somebody may write to you and pretend to be us.',
  measures: 'We look into who could use it.',
  'data-categories': 'Your name and your messages.',
};

/** The words of the letter to the people, let go with the agreement that the runbook wants: `agree` has the others sign. */
export const letGo = async (
  incident: OpenIncident,
  agree: (asked: number) => Promise<void>,
): Promise<void> => {
  await incident.act({ do: 'learn', fact: 'aware', answer: { is: 'time', at: incident.view().now } });
  for (const [fact, text] of Object.entries(FACTS))
    await incident.act({ do: 'learn', fact, answer: { is: 'text', text } });
  await incident.act({ do: 'ask-approval', step: 'send-art34' });
  await agree([...incident.view().state.asked.keys()].at(-1) ?? 0);
  await incident.releaseLetter({ letter: 'gdpr-art34', language: 'en', override: null });
};

export const released = async (app: App): Promise<OpenIncident> => {
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  await letGo(incident, async (asked) => await signed(incident, asked, 'ben', 'cleo'));
  return incident;
};

/** Merged letters to these people. */
export const merged = async (
  incident: OpenIncident,
  folder: string,
  name: string,
  addresses: readonly string[],
): Promise<string> => {
  const people = addresses.map((one, i) => `${one},Reader ${i}`);
  writeFileSync(join(folder, `${name}.csv`), `address,name\n${people.join('\n')}\n`);
  return await mergedList(incident, folder, name);
};

/** The same for a list that is there: NAME.csv becomes NAME.jsonl. */
export const mergedList = async (incident: OpenIncident, folder: string, name: string): Promise<string> => {
  const { out } = await incident.merge(
    {
      letter: 'gdpr-art34',
      list: join(folder, `${name}.csv`),
      format: { is: 'stream', form: 'jsonl' },
      out: join(folder, `${name}.jsonl`),
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

export const through = (file: string, to: 'seed' | 'list' = 'list'): SendAsked => ({
  file,
  way: { by: 'server', name: null, to },
});

export const send = async (incident: OpenIncident, asked: SendAsked, stop = new AbortController()) =>
  await incident.mail.send(asked, () => undefined, stop.signal);

/** Seen by colleagues, and agreed to by two. */
export const free = async (incident: OpenIncident, folder: string, file: string): Promise<void> => {
  const seed = await merged(incident, folder, `seed-${Math.round(performance.now() * 1000)}`, [
    'orla@notices.lrh.example',
  ]);
  await send(incident, through(seed, 'seed'));
  const { approval } = await incident.mail.ask(through(file));
  await signed(incident, approval.asked ?? 0, 'ben', 'cleo');
};
