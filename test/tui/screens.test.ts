import { afterEach, expect, test } from 'vitest';
import { fakeApp, type FakeApp } from '../fakes/app.ts';
import { keys, openScreen, type Screen, type ScreenOptions } from '../rig/screen.ts';
import { walks, type Walk } from './walks.ts';

// What a person sees, as text: read the files beside a change to see what it did to a screen.

const SIZES = [
  { name: '80x24-ascii', columns: 80, rows: 24, ascii: true },
  { name: '80x24', columns: 80, rows: 24, ascii: false },
  { name: '120x40', columns: 120, rows: 40, ascii: false },
  { name: '60x18', columns: 60, rows: 18, ascii: true },
] as const;

const drawn: readonly (readonly [string, Walk])[] = Object.entries(walks);

let open: Screen | null = null;
afterEach(async () => {
  await open?.type(keys.esc, keys.ctrlC, keys.ctrlC);
  await open?.result;
  open = null;
});

const started = async (app: FakeApp, options: ScreenOptions): Promise<Screen> => {
  open = openScreen(app, options);
  await open.still();
  return open;
};

for (const { name, ...size } of SIZES) {
  test.each(drawn)(`%s looks as it should at ${name}`, async (screen, walk) => {
    const app = fakeApp(walk.fake);
    const incident = app.incident();
    await walk.prepare?.(app);
    const at = await started(app, {
      ...size,
      start: walk.start === 'home' ? { screen: 'home' } : { screen: 'incident', incident },
    });
    await at.type(...walk.keys);
    await expect(at.text()).toMatchFileSnapshot(`../golden/screens/${screen}-${name}.txt`);
    expect(at.bytes()).not.toContain('EAAsecret');
  });
}

test('the first screen says under the drills that one is overdue, and nothing where none is', async () => {
  const drillNotice = 'Drills: 2 overdue; next drill overdue since 2026-11-20. firebreak drill status';
  const at = await started(fakeApp({ drillNotice }), { columns: 80, rows: 24, start: { screen: 'home' } });
  const lines = at.text().split('\n');
  const drill = lines.findIndex((line) => line.includes('Practise in a drill'));
  expect(lines.slice(drill, drill + 4).join('\n')).toContain('Drills: 2 overdue');
});

test('without colour not one style sequence is written', async () => {
  const app = fakeApp();
  const at = await started(app, { start: { screen: 'incident', incident: app.incident() } });
  await at.type('c', keys.esc, 't', keys.esc, '?', keys.esc);
  // oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
  expect(at.bytes()).not.toMatch(/\u001b\[[\d;]*m/);
});

test('no frame is taller than the terminal, whatever its size', async () => {
  const app = fakeApp();
  const at = await started(app, { start: { screen: 'incident', incident: app.incident() } });
  await at.type('n', 'kept through every size');
  for (const [columns, rows] of [
    [200, 60],
    [40, 10],
    [61, 19],
    [80, 24],
  ] as const)
    await at.resize(columns, rows);
  expect(at.text()).toContain('kept through every size');
  expect(at.text().match(/HERON/g)).toHaveLength(1);
});

const behind = (entries: number, ms: number, urgent = false) =>
  ({
    configured: [{ name: 'room', type: 'slack' }],
    size: 40,
    behind: entries,
    behindMs: ms,
    urgent,
    failing: [],
    copies: [],
    alarms: [],
  }) as const;

test.each([
  [behind(0, 0), 'anchored', false],
  [behind(3, 4_000), 'unanchored: 3 / <10 s', false],
  [behind(3, 12_000), 'unanchored: 3 / 10 s', false],
  [behind(3, 12_000, true), 'LATE, unanchored: 3 / 10 s', true],
  [behind(7, 125_000), 'LATE, unanchored: 7 / 2 min', true],
] as const)(
  'what is not anchored yet stands on every screen, with colour and without: %o',
  async (anchors, words, late) => {
    const app = fakeApp({ shows: { anchors } });
    const at = await started(app, { start: { screen: 'incident', incident: app.incident() } });
    for (const key of ['', 'c', 't'] as const) {
      await at.type(key);
      expect(at.text().trimEnd().split('\n').at(-1)).toMatch(new RegExp(`${words.replaceAll('/', '.')}$`));
      if (key !== '') await at.type(keys.esc);
    }
    await at.type(keys.esc, keys.ctrlC, keys.ctrlC);
    await at.result;
    const heard = await started(app, {
      screenReader: true,
      color: false,
      start: { screen: 'incident', incident: app.incident() },
    });
    expect(heard.bytes()).toContain(words);
    expect(heard.bytes().includes('LATE: the newest entries')).toBe(late);
  },
);

test('nothing is said of a window where no place is configured, and a copy that fails is said', async () => {
  const without = fakeApp();
  const at = await started(without, { start: { screen: 'incident', incident: without.incident() } });
  expect(at.text()).not.toContain('anchored');
  await at.type(keys.esc, keys.ctrlC, keys.ctrlC);
  await at.result;
  const failing = { since: 0 as never, why: 'there is no /mnt/copies: is it mounted?' };
  const app = fakeApp({ shows: { backup: { folder: '/mnt/copies', last: null, failing } } });
  const failed = await started(app, { start: { screen: 'incident', incident: app.incident() } });
  expect(failed.text()).toContain('BACKUP FAILS');
});

test('a screen reader hears lines once, without cursor movement or another screen', async () => {
  const app = fakeApp();
  const at = await started(app, {
    screenReader: true,
    start: { screen: 'incident', incident: app.incident() },
  });
  await at.type('n', 'seen', keys.enter);
  expect(at.bytes()).toContain('Note saved.');
  expect(at.bytes()).not.toContain('?1049h');
  // oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
  expect(at.bytes()).not.toMatch(/\u001b\[\d*A/);
});

test('a drill says so on every screen', async () => {
  const app = fakeApp({ drill: true });
  const drill = app.incident();
  const at = await started(app, { start: { screen: 'drill', drill } });
  for (const key of ['c', 't', 'P', 'L', 'I', 'i', '?'] as const) {
    await at.type(key);
    expect(at.text()).toContain('DRILL');
    await at.type(keys.esc);
  }
});

test('leaving takes two presses of ctrl+c and says how to come back', async () => {
  const app = fakeApp();
  const at = await started(app, { start: { screen: 'incident', incident: app.incident() } });
  await at.type(keys.ctrlC);
  expect(at.text()).toContain('Press ctrl+c again');
  await at.type(keys.ctrlC);
  expect((await at.result).summary).toEqual([
    'Incident HERON (inc-01HERON) is open.',
    'Next step: Write down what was reported',
    expect.stringContaining('72 h 00 min left') as string,
    'Due: 2026-11-23 01:14 +00:00 = 01:14 UTC',
    'Go on with: firebreak resume inc-01HERON',
  ]);
  open = null;
});

const issue = (severity: 'error' | 'warning', line: number) =>
  ({
    rule: 'FB020',
    severity,
    file: 'runbooks/x/runbook.yaml',
    line,
    col: 1,
    message: `fault ${line}`,
  }) as const;

test('home says what is off because of an error; a remark turns nothing off', async () => {
  const issues = [issue('error', 3), issue('warning', 5), issue('warning', 6)];
  const at = await started(fakeApp({ issues }), { columns: 80, rows: 40, start: { screen: 'home' } });
  expect(at.text()).toContain('1 problem in a definition: that one is off');
  expect(at.text()).toContain('2 remarks on definitions');
  expect(at.text()).not.toContain('fault 5');
});
