import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { peopleOf } from '../../src/projections/people.ts';
import { known, lineOf, seedOf } from '../fakes/people.ts';
import { approvalText, APPROVAL_NAMESPACE } from '../../src/base/approval.ts';
import { signSshsig } from '../../src/base/sshsig.ts';
import { act, story } from '../incident/story.ts';
import { folder } from '../app/company.ts';
import { fakeApp, fakeIncident, view } from './fake-app.ts';
import { firebreak } from './rig.ts';

/** An incident of memory with one step that wants one of ben and cem, seen through the command line. */
const incidentOf = () => {
  const told = story([act('stop', ['bridge'], { approvals: 1 })]);
  told.happens(known('ben'), known('cem'));
  const incident = fakeIncident({
    view: () =>
      view({
        state: told.state(),
        now: told.now(),
        actor: 'ada',
        people: peopleOf(told.state(), told.now(), 'ada'),
      }),
    act: async (command) => {
      told.does(command);
      await Promise.resolve();
    },
    toSign: (n) => ({
      n,
      is: told.state().asked.has(n) ? 'request' : 'override',
      step: 'stop',
      text: approvalText(told.entries()[n]?.hash ?? ''),
      namespace: APPROVAL_NAMESPACE,
      leaf: '{"n":1}',
    }),
    sign: async (n, person) =>
      await Promise.resolve(
        signSshsig(seedOf(person), approvalText(told.entries()[n]?.hash ?? ''), APPROVAL_NAMESPACE),
      ),
  });
  const app = fakeApp({ open: async () => await Promise.resolve(incident) });
  return { told, run: async (...args: string[]) => await firebreak(['approve', ...args], { app }) };
};

describe('approve', () => {
  test('lists what waits, who could, and how it is asked for', async () => {
    const { run } = incidentOf();
    const { stdout, code } = await run();
    expect(code).toBe(0);
    expect(stdout).toContain('WAITS stop');
    expect(stdout).toContain('could approve: ben, cem');
    expect(stdout).toContain('firebreak approve --ask stop');
  });

  test('asks, and prints a command that signs exactly what is checked', async () => {
    const { run, told } = incidentOf();
    const { stdout } = await run('--ask', 'stop');
    const asked = [...told.state().asked.keys()][0] ?? -1;
    const printed = /printf '%s\\n' (\S+) (\S+) \|/.exec(stdout);
    const shell = spawnSync('printf', ['%s\\n', printed?.[1] ?? '', printed?.[2] ?? '']).stdout.toString();
    expect(shell).toBe(approvalText(told.entries()[asked]?.hash ?? ''));
    const file = join(folder(), 'sig');
    writeFileSync(file, signSshsig(seedOf('ben'), shell, APPROVAL_NAMESPACE));
    const given = await run(String(asked), '--by', 'ben', '--signature', file);
    expect(given.stdout).toContain('APPROVED by ben: 1 of 1, it can be done now');
  });

  test('takes no signature of the one who asks, and says why with exit code 4', async () => {
    const { run, told } = incidentOf();
    told.happens(known('ada', [], [lineOf('ada')]));
    await run('--ask', 'stop');
    const asked = [...told.state().asked.keys()][0] ?? -1;
    const { code, stderr } = await run(String(asked), '--key', '/home/ada/.ssh/id');
    expect(code).toBe(4);
    expect(stderr).toContain('whoever asks cannot approve it themselves');
    expect((await run(String(asked), '--by', 'ben')).code).toBe(2);
    expect((await run('x')).code).toBe(2);
  });

  test('reviews an override, and lists it until then', async () => {
    const { run, told } = incidentOf();
    told.does({ do: 'override', step: 'stop', what: 'approval', reason: 'Alone' });
    const n = told.state().overrides[0]?.n ?? -1;
    expect((await run()).stdout).toContain(`REVIEW of the override in entry ${n} at stop, by ada`);
    const done = await run(
      String(n),
      '--by',
      'ben',
      '--key',
      'k',
      '--disagree',
      '--why',
      'It could have waited',
    );
    expect(done.stdout).toContain('REVIEWED by ben: disagrees');
    expect(told.state().overrides[0]?.review).toMatchObject({ agrees: false, signed: true });
    expect((await run()).stdout).not.toContain('REVIEW');
  });

  test('is data under --json', async () => {
    const { run } = incidentOf();
    const { stdout } = await run('--json');
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'firebreak.approvals/v1',
      approvals: [
        { step: 'stop', need: 1, enough: false, strict: false, asked: null, could: ['ben', 'cem'] },
      ],
      reviews: [],
      unfilled: ['commander', 'responder'],
    });
  });
});
