import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newHome } from '../../rig/app.ts';
import { envOf, ranProgram, type Ran } from '../../rig/program.ts';
import { entriesOf, NOW, only, THEN, TITLE, unpacked, VERSIONS } from './left.ts';

// What an older version wrote is handed to another laptop by this one, gone on with there, and handed back.

const SLOW = 240_000;
const THERE = 'Good morning from the other laptop';
/** No key of an epoch signs the first stretch, and one does what follows. */
const FROM_THEN = 'not every part of it is signed with keys that change with time: an older version began it';

type Laptop = Readonly<{
  home: string;
  /** What the command came to, however that ended. */
  tried: (...args: readonly string[]) => Promise<Ran>;
  ran: (...args: readonly string[]) => Promise<Ran>;
  told: (...args: readonly string[]) => Promise<Readonly<Record<string, unknown>>>;
}>;

const laptop = (home: string): Laptop => {
  const tried: Laptop['tried'] = async (...args) => await ranProgram({ cwd: home, env: envOf(home) }, args);
  const ran: Laptop['ran'] = async (...args) => {
    const result = await tried(...args);
    expect(result, `${args.join(' ')}\n${result.stderr}`).toMatchObject({ code: 0 });
    return result;
  };
  return {
    home,
    tried,
    ran,
    told: async (...args) =>
      JSON.parse((await ran(...args, '--json')).stdout) as Readonly<Record<string, unknown>>,
  };
};

const wordsOf = async (at: Laptop, incident: string): Promise<string> => {
  const out = join(newHome(), 'all.jsonl');
  await at.ran('export', incident, '--format', 'jsonl', '--out', out);
  return readFileSync(out, 'utf8');
};

/** Makes a packet of what stands there, and gives where it lies. */
const handed = async (from: Laptop, to: Laptop, incident: string, codename: string): Promise<string> => {
  const { line } = await to.told('keys', 'receive');
  const path = join(newHome(), `${incident}.packet`);
  await from.ran('handover', incident, '--out', path, '--to', String(line), '--confirm', codename);
  return path;
};

const nameOf = async (at: Laptop, incident: string): Promise<string> =>
  String((await at.told('status', incident))['codename']);

describe.each(VERSIONS)('a journal of %s', (version) => {
  let then: Laptop;
  let there: Laptop;
  beforeAll(() => {
    then = laptop(unpacked(version));
    there = laptop(newHome());
  });
  afterAll(() => {
    for (const { home } of [then, there]) rmSync(home, { recursive: true, force: true });
  });

  test('is handed over, verified, gone on with, and handed back', { timeout: SLOW }, async () => {
    const incident = only(then.home, 'incidents');
    const before = entriesOf(await then.ran('verify', incident));
    const codename = await nameOf(then, incident);
    const packet = await handed(then, there, incident, codename);
    expect(readFileSync(packet).includes(TITLE)).toBe(false);
    // The older laptop only reads from now on.
    const late = await then.tried('note', NOW, '--incident', incident);
    expect(late.code).toBe(13);
    expect(late.stderr).toContain('goes on at another machine');

    await there.ran('resume', '--from', packet, '--confirm', codename);
    expect((await there.ran('status', incident)).stdout).toContain(TITLE);
    await there.ran('note', THERE, '--incident', incident);
    const verified = await there.ran(
      'verify',
      incident,
      '--against',
      join(then.home, 'data/incidents', incident),
    );
    // Handed over, taken, and the note.
    expect(entriesOf(verified)).toBe(before + 3);
    expect(verified.stdout).toContain(FROM_THEN);
    expect(verified.stdout).toContain(`entries #0 to #${before}: written and signed by`);
    expect(verified.stdout).toContain(`${before + 1} entries are alike in`);

    await then.ran('resume', '--from', await handed(there, then, incident, codename), '--confirm', codename);
    await then.ran('note', NOW, '--incident', incident);
    const whole = await then.ran('verify', incident);
    expect(entriesOf(whole)).toBe(before + 6);
    expect(whole.stdout.match(/entries (?:#\d+ to|from) #\d+/g)).toHaveLength(3);
    const words = await wordsOf(then, incident);
    for (const one of [TITLE, THEN, THERE, NOW]) expect(words).toContain(one);
  });

  test('one of a drill goes with its systems, and keeps its acts', { timeout: SLOW }, async () => {
    const drill = only(then.home, 'drills');
    const before = entriesOf(await then.ran('verify', drill));
    const codename = await nameOf(then, drill);
    await there.ran('resume', '--from', await handed(then, there, drill, codename), '--confirm', codename);
    expect(entriesOf(await there.ran('verify', drill))).toBe(before + 2);
    const systems = ({ home }: Laptop): readonly string[] =>
      readdirSync(join(home, 'data/drills', drill, 'systems'));
    expect(systems(there)).toEqual(systems(then));
    const words = await wordsOf(there, drill);
    for (const kind of ['act.intent', 'act.outcome', 'act.verified']) expect(words).toContain(kind);
    await there.ran('note', THERE, '--incident', drill);
  });
});

test('a packet of it with one bit changed is refused, and leaves nothing', { timeout: SLOW }, async () => {
  const [then, there] = [laptop(unpacked('before-batches')), laptop(newHome())];
  try {
    const incident = only(then.home, 'incidents');
    const codename = await nameOf(then, incident);
    const packet = await handed(then, there, incident, codename);
    const bytes = readFileSync(packet);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(packet, bytes);
    const { code, stderr } = await there.tried('resume', '--from', packet, '--confirm', codename);
    expect(code, stderr).toBe(9);
    expect((await there.told('list'))['incidents']).toEqual([]);
  } finally {
    for (const { home } of [then, there]) rmSync(home, { recursive: true, force: true });
  }
});
