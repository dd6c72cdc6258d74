import { expect, test } from 'vitest';
import { company } from '../app/company.ts';
import { keys, openScreen } from '../rig/screen.ts';
import { firebreak } from './rig.ts';

// On suspect card systems: preserve, isolate, do not touch. Through the program, in a live incident whose vendors are simulators.

const SAVE = 'save-served-bytes';
// What only reads is not among them, nor what makes a room or tells somebody.
const acts = ['remove-widget', 'freeze-deployments', 'stop-exports'];
const byHand = ['take-checkout-down', 'block-address', 'sweep-card-numbers', 'restore-page-safely'];

/** The way up to the first act has been gone, and nothing is saved. */
const night = async () => {
  const all = await company({ drill: 'widget-card-skimming' });
  const app = await all.app();
  const incident = await app.declare({ runbook: 'widget-card-skimming', title: 'Loader changed' });
  const { id } = incident;
  await incident.leave();
  const writes = () =>
    ['site', 'parlo', 'github-lrh'].flatMap((name) =>
      (all.systems.get(name)?.seen() ?? []).filter(({ method }) => method !== 'GET'),
    );
  const run = async (...argv: readonly string[]) => await firebreak(argv, { app: await all.app() });
  await run('decide', 'decide-cut', '--option', 'checkout', '--why', 'Nobody knows the script');
  return { all, id, writes, run, opened: async () => await (await all.app()).open(id) };
};

test('every step that changes something there names what it preserves first', async () => {
  const incident = await (await night()).opened();
  const steps = incident.view().progress.steps.map(({ step }) => step);
  const named = steps.filter(({ preserve }) => preserve.includes(SAVE)).map(({ id }) => id);
  expect(named.toSorted()).toEqual([...acts, ...byHand].toSorted());
  for (const act of acts) expect((await incident.prepare(act)).preserve).toEqual([SAVE]);
});

test('the command line isolates nothing before that, says why in words, and sends nothing', async () => {
  const { run, writes } = await night();
  for (const act of acts) {
    const said = await run('run', act, '--yes');
    expect(said.code).toBe(7);
    expect(said.stderr).toContain(`Evidence not kept yet, harder to get afterwards: ${SAVE}`);
    expect(said.stderr).toContain('nothing was sent and nothing was changed');
    expect(said.stderr).toContain('run it again with: --why TEXT');
  }
  expect(writes()).toEqual([]);
});

test('once it is preserved the way is free', async () => {
  const { run, writes } = await night();
  await run('done', SAVE, 'loader.js and HAR, from a clean laptop');
  const said = await run('run', 'remove-widget', '--yes');
  expect(said.code).toBe(0);
  expect(said.stderr).not.toContain('Evidence not kept');
  expect(writes().length).toBeGreaterThan(0);
});

test('given up with a reason it is free too, and the journal says so', async () => {
  const { run, opened } = await night();
  expect((await run('run', 'remove-widget', '--yes', '--why', 'Cards are typed in right now')).code).toBe(0);
  const said = (await opened()).timeline().map(({ what }) => what);
  expect(said).toContainEqual(
    expect.stringMatching(/^Went on with .*without the evidence of "Save the script/),
  );
});

test('what somebody did by hand before that is written down, with a warning', async () => {
  const { run } = await night();
  const early = await run('done', 'block-address', 'policy published');
  expect(early.code).toBe(0);
  expect(early.stderr).toMatch(
    /WARNING: done before its evidence was kept: Save the script .*firebreak done save-served-bytes/,
  );
  await run('done', SAVE, 'loader.js and HAR, from a clean laptop');
  const late = await run('done', 'take-checkout-down', 'maintenance page on');
  expect(late.code).toBe(0);
  expect(late.stderr).not.toContain('WARNING');
});

test('the screen isolates nothing before that either', async () => {
  const { all, id, writes } = await night();
  const app = await all.app();
  const incident = await app.open(id);
  const screen = openScreen(app, { start: { screen: 'incident', incident }, columns: 120, rows: 60 });
  await screen.still();
  // Down from the report, past the earliest sign, the bytes and the decision.
  await screen.type('j', 'j', 'j', 'j', 'x');
  expect(screen.text()).toContain(`at risk, not taken yet: ${SAVE}`);
  await screen.type('y');
  await screen.type(keys.enter);
  expect(screen.text()).toContain('Evidence is not taken yet');
  expect(screen.text()).not.toMatch(/RUNNING|DONE and PROVED/);
  expect(writes()).toEqual([]);
  await screen.type(keys.esc, 'j', 'j');
  expect(screen.text()).toMatch(/Keep first +Save the script and the page as .*\n.* served: NOT YET/);
});

test('a row that is stopped outside the steps is held to the same', async () => {
  const { run, writes, opened, id } = await night();
  const early = await run('pause', 'widget-loader', '--yes', '--incident', id);
  expect(early.code).toBe(7);
  expect(early.stderr).toContain(`Evidence not kept yet, harder to get afterwards: ${SAVE}`);
  expect(writes()).toEqual([]);
  const given = await run('pause', 'widget-loader', '--yes', '--why', 'Cards are typed in', '--incident', id);
  expect(given.code).toBe(0);
  expect(writes().length).toBeGreaterThan(0);
  const said = (await opened()).timeline().map(({ what }) => what);
  expect(said).toContainEqual(expect.stringMatching(/^Went on without the evidence of "Save the script/));
});

test('eight clocks of four kinds stand on one screen of an ordinary terminal', async () => {
  const { all, id, run } = await night();
  for (const [fact, value] of [
    ['cardholder-data-suspected', '-30m'],
    ['pfi-required', '-10m'],
    ['personal-data', 'no'],
    ['platform-data', 'no'],
  ] as const)
    expect((await run('fact', fact, value, '--why', 'asked by day', '--incident', id)).code).toBe(0);
  const incident = await (await all.app()).open(id);
  const screen = openScreen(await all.app(), { start: { screen: 'incident', incident } });
  await screen.still();
  await screen.type('c');
  const rows = screen.text().split('\n');
  const seen = incident
    .view()
    .clocks.filter(({ title }) => rows.some((row) => row.includes(title.slice(0, 36))));
  expect(seen.length).toBeGreaterThanOrEqual(8);
  // Hours, calendar days, working days, and no number at all.
  for (const duty of ['pci.mastercard-report', 'pci.visa-notify', 'pci.visa-pfi-contract', 'pci.acquirer'])
    expect(seen.map((clock) => clock.duty)).toContain(duty);
});
