import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenIncident } from '../../src/app/contract.ts';
import { signSshsig, sshKeyOfSeed } from '../../src/base/sshsig.ts';
import { company, type Company } from './company.ts';

/** Who may sign that content is destroyed. */
const seeds = {
  ben: Uint8Array.from({ length: 32 }, () => 7),
  cleo: Uint8Array.from({ length: 32 }, () => 9),
};

/** A company with a rule for how long it keeps things, and two people who may sign that they go. */
export const team = async (
  retention = 'days: { victims: 30, staff: 30, evidence: 30, exchange: 30, definitions: 60 }',
): Promise<Company> => {
  const all = await company();
  const path = join(all.workspace, 'firebreak.yaml');
  const people = Object.entries(seeds).map(
    ([handle, seed]) =>
      `  - handle: ${handle}\n    name: ${handle}\n    roles: [legal]\n    keys: ["${sshKeyOfSeed(seed).line}"]\n`,
  );
  const text = readFileSync(path, 'utf8').replace(/^people:\n/m, `people:\n${people.join('')}`);
  writeFileSync(path, `${text}\nretention:\n  ${retention.replaceAll('\n', '\n  ')}\n`);
  return all;
};

/** Each of them signs, as at a keyboard of their own. */
export const sign = async (
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
