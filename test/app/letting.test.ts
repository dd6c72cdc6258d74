import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { isProblem, type Problem } from '../../src/base/problem.ts';
import { systemProcesses } from '../../src/io/process.ts';
import { releasedLetter } from '../../src/projections/released.ts';
import { company, folder } from './company.ts';

/** Letting a letter go, in a real journal. */

const declared = async (): Promise<OpenIncident> => {
  const app = await (await company()).app();
  return await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
};

const tell = async (incident: OpenIncident, fact: string, text: string, reason?: string): Promise<void> => {
  await incident.act({
    do: 'learn',
    fact,
    answer: { is: 'text', text },
    ...(reason === undefined ? {} : { reason }),
  });
};

const facts = async (incident: OpenIncident): Promise<void> => {
  await incident.act({ do: 'learn', fact: 'aware', answer: { is: 'time', at: incident.view().now } });
  await tell(incident, 'nature', 'A key of ours was published by mistake.');
  await tell(incident, 'consequences', 'Somebody may write to you and pretend to be us.');
  await tell(incident, 'measures', 'We look into who could use it.');
  await tell(incident, 'data-categories', 'Your name and your messages.');
};

const refusal = async (work: Promise<unknown>): Promise<Problem> => {
  try {
    await work;
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

const authority = { letter: 'gdpr-art33', language: 'en', override: null };

test('a complete letter without claims is released, and its text stands until a fact behind it changes', async () => {
  const incident = await declared();
  await facts(incident);
  const { released, report } = await incident.releaseLetter(authority);
  expect(report.clean).toBe(true);
  expect(released).toMatchObject({ override: false, stands: true, missing: [], refused: [] });
  expect(releasedLetter(incident.view().state, 'gdpr-art33', 'en')?.sha256).toBe(released?.sha256);
  expect(incident.reveal({ n: released?.n ?? -1, name: 'body' })).toContain('published by mistake');
  await incident.act({
    do: 'correct',
    fact: 'nature',
    answer: { is: 'text', text: 'A key of ours was stolen.' },
    reason: 'the log says so',
  });
  expect((await incident.checkedLetter('gdpr-art33')).released?.stands).toBe(false);
});

test('a refused claim keeps it in the house; a named reason lets it out, and the journal says past what', async () => {
  const incident = await declared();
  await facts(incident);
  await incident.act({
    do: 'correct',
    fact: 'consequences',
    answer: { is: 'text', text: 'There is no evidence that your messages were read.' },
    reason: 'typed in a hurry',
  });
  // The correction has a reason: that basis carries the sentence. The same words as a first answer have none.
  expect((await incident.checkedLetter('gdpr-art33')).report.refused).toEqual([]);
  const other = await declared();
  await tell(other, 'nature', 'The token was revoked. There is no evidence of access.');
  const error = await refusal(other.releaseLetter(authority));
  expect(error.code).toBe('letter-refused');
  expect(error.facts['why']).toContain('claim.no-access, claim.stopped');
  expect(releasedLetter(other.view().state, 'gdpr-art33', 'en')).toBeNull();
  expect((await refusal(other.releaseLetter({ ...authority, override: '  ' }))).code).toBe('letter-refused');

  const { released, draft } = await other.releaseLetter({
    ...authority,
    override: 'counsel read it at 03:00',
  });
  expect(released).toMatchObject({ override: true, stands: true });
  expect(released?.refused).toEqual(['claim.no-access', 'claim.stopped']);
  expect(other.reveal({ n: released?.n ?? -1, name: 'reason' })).toBe('counsel read it at 03:00');
  expect(other.view().state.overrides.at(-1)?.what).toContain('letter gdpr-art33 (en)');
  expect(draft.watermark).toBeNull();
});

test('where the runbook wants somebody else to agree, no reason stands in for them', async () => {
  const all = await company({ processes: systemProcesses({ PATH: process.env['PATH'], HOME: folder() }) });
  const key = join(folder(), 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  const path = join(all.workspace, 'firebreak.yaml');
  const roles = 'roles: [manager, commander]';
  const line = readFileSync(`${key}.pub`, 'utf8').trim();
  writeFileSync(path, readFileSync(path, 'utf8').replace(`${roles} }`, `${roles}, keys: ['${line}'] }`));
  const incident = await (
    await all.app()
  ).declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  await facts(incident);
  const asked = { letter: 'gdpr-art34', language: 'en', override: 'nobody is awake' };
  const error = await refusal(incident.releaseLetter(asked));
  expect(error).toMatchObject({ code: 'not-authorised', facts: { rule: 'needs-approval' } });

  const stands = () => incident.view().people.approvals.find(({ step }) => step === 'send-art34')?.approval;
  const agree = async (): Promise<void> => {
    await incident.act({ do: 'ask-approval', step: 'send-art34' });
    const request = stands()?.asked ?? -1;
    const signature = await incident.sign(request, 'priya', { with: 'key', path: key, agent: null });
    await incident.act({ do: 'approve', asked: request, person: 'priya', signature });
  };
  await agree();
  // What the letter does not say changes nothing of what was agreed to.
  await tell(incident, 'costs', 'Two days of work.');
  expect(stands()).toMatchObject({ enough: true });
  await incident.act({
    do: 'correct',
    fact: 'measures',
    answer: { is: 'text', text: 'We have closed the account.' },
    reason: 'done at 04:10',
  });
  expect(stands()).toMatchObject({ enough: false, asked: null, outdated: true });
  const other = await refusal(incident.releaseLetter(asked));
  expect(other.facts['why']).toContain('its facts have changed since it was asked');
  await expect(incident.act({ do: 'tick', step: 'send-art34', result: 'sent' })).rejects.toThrow(
    /its facts have changed/,
  );
  await agree();
  expect((await incident.releaseLetter(asked)).released).toMatchObject({ stands: true });
  // What is learned once it has left takes nothing back of what was sent, and lets no other words out.
  await incident.act({
    do: 'correct',
    fact: 'measures',
    answer: { is: 'text', text: 'We have closed both accounts.' },
    reason: 'the second one at 05:00',
  });
  expect((await refusal(incident.releaseLetter(asked))).facts['rule']).toBe('needs-approval');
  await incident.act({ do: 'tick', step: 'send-art34', result: 'sent at 04:30' });
  expect(incident.view().state.steps.get('send-art34')?.status).toBe('finished');
});
