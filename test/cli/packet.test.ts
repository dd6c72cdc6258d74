import { expect, test } from 'vitest';
import { fakeApp } from './fake-app.ts';
import { fakeAbout, fakePackets } from './fake-packets.ts';
import { firebreak } from './rig.ts';

// Three commands for changing laptops: what a person is asked, and what a script must say instead.

const bringing = (about = fakeAbout) => {
  const dropped: string[] = [];
  const app = fakeApp({ packets: async () => await Promise.resolve(fakePackets(about, dropped)) });
  return { dropped, app };
};

test('the line goes to standard output alone, the letters to read out beside it', async () => {
  const { code, stdout, stderr } = await firebreak(['keys', 'receive']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'firebreak-to1qqqq\n' });
  expect(stderr).toContain('1a2b-3c4d-5e6f');
  const json = await firebreak(['keys', 'receive', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'firebreak.receiver/v1', check: '1a2b-3c4d-5e6f' });
  expect((await firebreak(['keys', 'receive', '--read-only'])).code).toBe(4);
});

test('handing over wants its codename typed, and Enter is no yes', async () => {
  const argv = ['handover', 'inc-1', '--out', 'night.packet', '--to', 'firebreak-to1qqqq'];
  expect(await firebreak(argv)).toMatchObject({ code: 7 });
  expect(await firebreak(argv, { tty: true, typed: [''] })).toMatchObject({ code: 130 });
  const name = /--confirm=(\S+)/.exec((await firebreak(argv)).stderr)?.[1] ?? '';
  const done = await firebreak([...argv, `--confirm=${name}`], { cwd: '/work' });
  expect(done.code).toBe(0);
  expect(done.stdout).toContain('HANDED OVER inc-1 to 1a2b-3c4d-5e6f: /work/night.packet');
  expect(done.stderr).toContain('a1b2 c3d4 e5f6 0718');
  expect((await firebreak([...argv, '--confirm=other'])).code).toBe(2);
  expect((await firebreak(argv, { tty: true, typed: [name] })).code).toBe(0);
  expect((await firebreak(['handover', 'inc-1', '--to', 'x'])).code).toBe(2);
  expect((await firebreak(['handover', 'inc-1', '--out', 'x'])).code).toBe(2);
});

test('going on shows who, when, how much and under which root before it asks, and puts the packet aside on a no', async () => {
  const { app, dropped } = bringing();
  const no = await firebreak(['resume', '--from', 'night.packet'], { app, tty: true, typed: [''] });
  expect(no.code).toBe(130);
  expect(no.stderr).toContain('inc-1 HERON, handed over by ana at 2026-11-20T03:12:00.000Z');
  expect(no.stderr).toContain('42 entries');
  expect(no.stderr).toContain(fakeAbout.root);
  expect(dropped).toEqual(['inc-1']);
  const script = await firebreak(['resume', '--from', 'night.packet'], { app });
  expect(script).toMatchObject({ code: 7 });
  expect(script.stderr).toContain('--confirm=HERON');
  const yes = await firebreak(['resume', '--from', 'night.packet', '--confirm', 'HERON'], { app });
  expect(yes.code).toBe(0);
  expect(yes.stdout).toContain('IT GOES ON HERE inc-1 from entry #42 on');
  expect(yes.stderr).toContain('Not here: the secret meta-lrh.token (env META_TOKEN)');
  const json = await firebreak(['resume', '--from', 'p', '--confirm', 'HERON', '--json'], { app });
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'firebreak.resumed/v1', entry: 42, trusted: true });
});

test('what is here and ends inside the packet is named before it is replaced', async () => {
  const { app } = bringing({ ...fakeAbout, replaces: 17, drill: true });
  const said = await firebreak(['resume', '--from', 'p'], { app });
  expect(said.stderr).toContain('17 of its entries are here already');
  expect(said.stderr).toContain('HERON DRILL');
});
