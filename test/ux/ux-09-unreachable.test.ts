import { rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { selfSigned } from '../rig/certificate.ts';
import { changedProgram } from '../rig/changed-program.ts';
import { liveTeam, WEBHOOKS_STEP } from './live-team.ts';
import type { Sitting } from './sitting.ts';

// UX-09: a system that cannot be reached, or says nothing, on a terminal. No request of these leaves this machine.

const SLOW = 240_000;
const LABELS = ['Failed', 'Still true', 'Next', 'By hand', 'Retry'];

/** Looks at what would be done, which says what could not be read, and does it all the same. */
const triedAt = async (person: Sitting, unread: string): Promise<string> => {
  const before = await person.press('x', 'y: run exactly this');
  expect(before.replaceAll(/\s+/g, ' ')).toContain(`Warning reading the subscription: ${unread}`);
  return (await person.press('y', /Retry/)).replaceAll(/\s+/g, ' ');
};

test(
  'a certificate that nobody has signed: nothing was sent, which is said with what to do next',
  { timeout: SLOW },
  async () => {
    const asked: string[] = [];
    const server = createServer(selfSigned(), ({ url }, answer) => {
      asked.push(url ?? '');
      answer.end('{}');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await using team = await liveTeam({ address });
      await using person = await team.sitAt(WEBHOOKS_STEP);
      const words = await triedAt(person, 'the certificate was refused');
      for (const label of LABELS) expect(words).toContain(label);
      expect(words).toContain('Failed the system did not prove that it is who it says');
      expect(words).toContain('use another network');
      expect(words).not.toContain('status page');
      expect(words).toContain('nothing was changed there');
      expect(words).toContain('Retry safe');
      // Not the token either: whoever holds that certificate may be whoever holds ours.
      expect(asked).toEqual([]);
    } finally {
      server.close();
    }
  },
);

test(
  'a name that nobody knows: said as a name, and not as a system that is down',
  { timeout: SLOW },
  async () => {
    // A label that is longer than a name may have: the resolver of this machine refuses it without asking anybody.
    await using team = await liveTeam({ address: `https://graph.${'a'.repeat(64)}.invalid` });
    await using person = await team.sitAt(WEBHOOKS_STEP);
    const words = await triedAt(person, 'the name was not found');
    for (const label of LABELS) expect(words).toContain(label);
    expect(words).toContain('Failed the name of the system was not found: DNS is gone');
    expect(words).toContain('Retry safe');
  },
);

test(
  'a system that says nothing: the wait has an end, ends by itself, and is UNSURE',
  { timeout: SLOW },
  async () => {
    const package_ = await changedProgram({
      'src/model/limits.ts': [
        ['exchangeMs: 60_000', 'exchangeMs: 3000'],
        ['connectMs: 15_000', 'connectMs: 3000'],
      ],
    });
    try {
      await using team = await liveTeam({ program: join(package_, 'bin/firebreak.js') });
      await using person = await team.sitAt(WEBHOOKS_STEP);
      // What is only read ends too, and what would be done can be looked at all the same.
      team.meta.fault({ is: 'hang', method: 'GET' });
      await person.press('x', /WAIT .* \d s of at most 3 s/);
      const before = await person.until('y: run exactly this');
      expect(before.replaceAll(/\s+/g, ' ')).toContain('no answer in time');
      team.meta.fault({ is: 'hang', method: 'DELETE' });
      const since = performance.now();
      await person.press('y', 'each call ends after 3 s at most');
      const words = (await person.until(/Retry/)).replaceAll(/\s+/g, ' ');
      expect(performance.now() - since).toBeGreaterThan(2500);
      for (const label of LABELS) expect(words).toContain(label);
      expect(words).toContain('UNSURE: it may have happened wa-webhooks');
      expect(words).toContain('no answer in time; it may have happened');
      expect(words).toContain('NOT before it was checked');
    } finally {
      rmSync(package_, { recursive: true, force: true });
    }
  },
);
