import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { runbooks } from '../rig/runbooks.ts';
import { compiled } from '../rig/compiled.ts';

// The built program as a stranger has it: an empty home, no workspace, no variable of its own. All that it reaches are simulators.

const ROOT = join(import.meta.dirname, '../..');
const boxes: string[] = [];
let box = '';
beforeEach(() => {
  box = mkdtempSync(join(tmpdir(), 'firebreak-practice-test-'));
  boxes.push(box);
  for (const folder of ['home', 'tmp', 'cwd']) mkdirSync(join(box, folder));
});
afterAll(() => {
  for (const one of boxes) rmSync(one, { recursive: true, force: true });
});

type Ran = Readonly<{ code: number | null; stdout: string; stderr: string }>;

/** `killAt`: a line of its output at which it is killed without a warning. */
const firebreak = async (args: readonly string[], killAt: string | null = null): Promise<Ran> =>
  await new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'bin/firebreak.js'), ...args], {
      env: { ...compiled, HOME: join(box, 'home'), TMPDIR: join(box, 'tmp'), PATH: '/usr/bin:/bin' },
      cwd: join(box, 'cwd'),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (bytes: Buffer) => {
      said.stdout += bytes.toString();
      if (killAt !== null && said.stdout.includes(killAt)) child.kill('SIGKILL');
    });
    child.stderr.on('data', (bytes: Buffer) => void (said.stderr += bytes.toString()));
    child.on('close', (code) => {
      resolve({ code, ...said });
    });
  });

const json = ({ stdout }: Ran): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');

/** Everything that the command left behind, anywhere it could write, beside what the launcher keeps of the program itself. */
const left = (): readonly string[] =>
  ['home', 'tmp', 'cwd']
    .flatMap((folder) => readdirSync(join(box, folder), { recursive: true }).map(String))
    .filter((path) => !path.startsWith('.cache'));

const HOOK = 'https://hooks.lrh.example/meta';
const CONFIRMED = ['--confirm', 'hooks.lrh.example'];

describe('practice', () => {
  test.each([
    { args: ['doctor'], code: 4, says: /BROKEN\s+parlo\.revoke-api-token at parlo/ },
    { args: ['inventory', 'sync'], code: 3, says: /UNKNOWN\s+github-lrh\s+laptop of a contractor/ },
    { args: ['audit'], code: 3, says: /critical\s+endpoint-http .*staging-chat/ },
    { args: ['audit', 'probe', HOOK, ...CONFIRMED], code: 3, says: /BAD\s+without a signature/ },
    { args: ['audit', 'probe', HOOK], code: 7, says: /--confirm=hooks\.lrh\.example/ },
    { args: ['inventory', 'sync', '--write', '--yes'], code: 2, says: /practice keeps nothing/ },
  ])(
    '$args: finds what is planted, marks every line, and leaves nothing',
    async ({ args, code, says }) => {
      // What lies in the folder is somebody's own, and is not even read.
      writeFileSync(join(box, 'cwd/firebreak.yaml'), 'organisation: [');
      const ran = await firebreak([...args, '--practice']);
      const lines = (ran.stdout + ran.stderr).trim().split('\n');
      expect(lines.join('\n')).toMatch(says);
      expect(lines.filter((line) => !line.startsWith('PRACTICE  '))).toEqual([]);
      expect(ran.code).toBe(code);
      expect(left()).toEqual(['firebreak.yaml']);
    },
    30_000,
  );

  test('in JSON, in SARIF and one record a line it is marked too', async () => {
    expect(
      json(await firebreak(['audit', 'probe', HOOK, ...CONFIRMED, '--practice', '--json'])),
    ).toMatchObject({
      practice: true,
    });
    expect(json(await firebreak(['audit', '--practice', '--format', 'sarif']))).toMatchObject({
      runs: [{ tool: { driver: { name: 'firebreak audit (PRACTICE)' } } }],
    });
    const { stdout } = await firebreak(['doctor', '--practice', '--plain']);
    expect(
      stdout.split('\n').filter((line) => /^PRACTICE\t(OK|WARN|BROKEN)\t/.test(line)).length,
    ).toBeGreaterThan(9);
    // The simulators tell the time of their own world: no clock is called wrong that is none of this machine's.
    expect(stdout).toMatch(/clock of this machine\tagrees with/);
    expect(left()).toEqual([]);
  }, 60_000);

  test('without it nobody is asked, and nothing is marked', async () => {
    const { code, stdout, stderr } = await firebreak(['audit']);
    expect(stderr).toContain('--practice');
    expect(stdout + stderr).not.toMatch(/^PRACTICE/m);
    expect(code).toBe(3);
  }, 30_000);
});

describe('drills', () => {
  test.each(runbooks)(
    '%s is played to its end',
    async (runbook) => {
      const ran = await firebreak(['drill', 'run', runbook, '--auto', '--json', '--seed', '5']);
      expect(json(ran)).toMatchObject({ schema: 'firebreak.drill/v1', runbook, passed: true });
      expect(ran.code).toBe(0);
    },
    60_000,
  );

  test('an open one is asked again: its systems are as they were left, and who turned something on is seen', async () => {
    await firebreak(['drill', 'run', 'leaked-whatsapp-token', '--auto'], 'revoke-siblings: proved');
    const { incidents } = json(await firebreak(['list', '--json'])) as {
      incidents: { id: string; drill: boolean }[];
    };
    const id = incidents[0]?.id ?? '';
    expect(incidents).toMatchObject([{ drill: true, phase: 'open' }]);
    const again = await firebreak(['status', id, '--recheck']);
    expect(again.stdout).toMatch(/rechecked lrh-prod-su: PROVED/);
    expect(again.stdout).not.toMatch(/! .*lrh-prod-su/);
    // On a busy machine it dies a moment later, when the next step has begun and nothing is stopped yet.
    const begun = again.stdout.includes('rechecked wa-webhooks: REFUTED');
    expect(again.code).toBe(begun ? 6 : 0);
    const [folder = ''] = readdirSync(join(box, 'home'), { recursive: true })
      .map(String)
      .filter((path) => path.endsWith(`${id}/systems`));
    const path = join(box, 'home', folder, 'meta-lrh.json');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"valid":false', '"valid":true'));
    const drifted = await firebreak(['status', id, '--recheck']);
    expect(drifted.stdout).toMatch(/! .*lrh-prod-su/);
    expect(drifted.code).toBe(6);
  }, 60_000);
});
