import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOUR } from '../../src/base/duration.ts';
import { signSshsig, sshKeyOfSeed } from '../../src/base/sshsig.ts';
import { company } from '../app/company.ts';
import { firebreak, type Asked } from './rig.ts';

/** Destroying content as it is typed, on a real journal: held, not approved, then gone, and every proof still verifies. */

const DAY = 24 * HOUR;
const people = ['ben', 'cleo'] as const;
const seedOf = (person: string): Uint8Array => new Uint8Array(32).fill(person.length);
const SECRET = 'Maria Muster of 12 Example Street rang';

const closed = async () => {
  const all = await company();
  const path = join(all.workspace, 'firebreak.yaml');
  const lines = people.map(
    (handle) =>
      `  - { handle: ${handle}, name: ${handle}, roles: [legal], keys: ["${sshKeyOfSeed(seedOf(handle)).line}"] }\n`,
  );
  const text = readFileSync(path, 'utf8').replace(/^people:\n/m, `people:\n${lines.join('')}`);
  writeFileSync(path, `${text}\nretention:\n  days: { staff: 30, exchange: 60 }\n`);
  const app = await all.app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  await incident.act({ do: 'note', text: SECRET });
  await incident.act({ do: 'close', outcome: 'not-an-incident', summary: 'Nothing was read' });
  const { id } = incident;
  await incident.leave();
  const line = async (argv: readonly string[], asked: Omit<Asked, 'app'> = {}) =>
    await firebreak(argv, { ...asked, app: { ...app, close: async () => await Promise.resolve() } });
  const signed = async (asked: number, person: (typeof people)[number]): Promise<void> => {
    const open = await app.open(id);
    const { text: what, namespace } = open.toSign(asked);
    const signature = signSshsig(seedOf(person), what, namespace);
    await open.act({ do: 'approve', asked, person, signature });
    await open.leave();
  };
  let copies = 0;
  /** The timeline as somebody who has the key may have it. */
  const read = async (): Promise<string> => {
    const out = join(all.home, `copy-${(copies += 1)}.md`);
    expect((await line(['export', id, '--format', 'md', '--out', out])).code).toBe(0);
    return readFileSync(out, 'utf8');
  };
  return { ...all, id, line, signed, read };
};

test('journal shred waits for the days of each class, for a hold and for two others, and then says what is gone', async () => {
  const { id, line, signed, later, read } = await closed();
  const early = await line(['journal', 'shred', id, '--why', 'Over']);
  expect([early.code, early.stdout]).toEqual([4, expect.stringMatching(/^staff .*kept until 2/m) as string]);
  later(31 * DAY);

  expect((await line(['journal', 'hold', id, '--class', 'staff', '--why', 'A court asks'])).code).toBe(0);
  const held = await line(['journal', 'shred', id, '--why', 'Over']);
  expect([held.code, held.stdout, held.stderr]).toEqual([
    4,
    expect.stringMatching(/^staff .*HELD by #\d+$/m) as string,
    expect.stringContaining('a legal hold keeps it') as string,
  ]);
  const hold = /HELD by #(\d+)/.exec(held.stdout)?.[1] ?? '';
  expect((await line(['journal', 'lift', id, hold, '--why', 'Settled'])).code).toBe(0);

  const first = await line(['journal', 'shred', id, '--why', 'The days are over']);
  expect([first.code, first.stdout]).toEqual([
    4,
    expect.stringMatching(/ASKED in entry #\d+: staff\. Approved by 0 of 2 others\./) as string,
  ]);
  // Only what is due: exchange is kept for sixty days.
  expect(first.stdout).toMatch(/^exchange .*(kept until 2|nothing left)/m);
  const asked = Number(/entry #(\d+)/.exec(first.stdout)?.[1]);
  await signed(asked, 'ben');
  expect((await line(['journal', 'shred', id, '--yes'])).stdout).toContain('Approved by 1 of 2 others');
  expect(await read()).toContain(SECRET);
  await signed(asked, 'cleo');
  // A wrong name destroys nothing.
  const typo = await line(['journal', 'shred', id], { tty: true, typed: ['not its name'] });
  expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('nothing was destroyed') as string]);
  expect(await read()).toContain(SECRET);

  const gone = await line(['journal', 'shred', id, '--yes']);
  expect([gone.code, gone.stdout]).toEqual([
    0,
    expect.stringMatching(/DESTROYED on \d{4}-\d\d-\d\d: staff \(\d+ data keys?\)/) as string,
  ]);
  const shown = await read();
  expect(shown).toMatch(/content destroyed on \d{4}-\d\d-\d\d under staff: 30 days/);
  expect(shown).not.toContain('Maria');
  expect((await line(['verify', id])).code).toBe(0);
}, 60_000);

test('journal policy shows the days of the workspace beside the duties of keeping, off-channel messages among them', async () => {
  const { line } = await closed();
  const { code, stdout } = await line(['journal', 'policy']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^staff +30 +staff: 30 days$/m);
  expect(stdout).toMatch(/^sec\.17a-4-b-4 +1098 +US broker-dealers +communications .*on whichever channel/m);
  expect(stdout).toMatch(/^fca\.sysc-10a +1830 /m);
});
