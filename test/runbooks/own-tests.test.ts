import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestReport } from '../../src/app/testing-contract.ts';
import { folder } from '../app/company.ts';
import { packageRoot, rigApp } from '../rig/app.ts';

/** The tests that ship with each runbook, by the door that `runbook test` uses. */

const runbooks = readdirSync(join(packageRoot, 'runbooks')).filter((name) =>
  existsSync(join(packageRoot, 'runbooks', name, 'runbook.yaml')),
);

const tested = async (named: readonly string[], workspace?: string): Promise<TestReport> => {
  const app = await rigApp({ home: folder(), ...(workspace === undefined ? {} : { workspace }) });
  const report = await (await app.authoring()).test(named, () => undefined);
  expect(app.incidents()).toEqual([]);
  await app.close();
  return report;
};

test.each(runbooks)(
  '%s goes as its tests say, and they take every step and both ways of every condition',
  async (id) => {
    const { passed, issues, runbooks: all } = await tested([id]);
    expect(all.flatMap(({ tests }) => tests.flatMap(({ faults }) => faults))).toEqual([]);
    expect(issues).toEqual([]);
    expect(all.map(({ coverage }) => [coverage.unreached, coverage.untaken])).toEqual([[[], []]]);
    expect(all[0]?.tests.length).toBeGreaterThan(2);
    expect(passed).toBe(true);
  },
  60_000,
);

const TESTS = 'runbooks/leaked-whatsapp-token/test.yaml';

/** The built-in tests as a team's own, beside the built-in company's files: made wrong where a test wants it. */
const wrongly = (change: (text: string) => string): string => {
  const workspace = folder();
  mkdirSync(join(workspace, 'runbooks/leaked-whatsapp-token'), { recursive: true });
  for (const name of ['firebreak.yaml', 'inventory.yaml', 'contacts.yaml', 'obligations.yaml'])
    writeFileSync(join(workspace, name), readFileSync(join(packageRoot, 'runbooks/_company', name), 'utf8'));
  for (const kind of ['connectors', 'simulators']) {
    mkdirSync(join(workspace, kind));
    for (const name of readdirSync(join(packageRoot, 'runbooks/_company', kind)))
      writeFileSync(
        join(workspace, kind, name),
        readFileSync(join(packageRoot, 'runbooks/_company', kind, name), 'utf8'),
      );
  }
  writeFileSync(join(workspace, TESTS), change(readFileSync(join(packageRoot, TESTS), 'utf8')));
  return workspace;
};

const only =
  (id: string) =>
  (text: string): string => {
    const [head = '', ...tests] = text.split(/\n(?= {2}- id: )/);
    return [head, ...tests.filter((one) => one.includes(`- id: ${id}\n`))].join('\n');
  };

test('each expectation that does not hold is told with its line, what was expected and what was seen', async () => {
  const wrong = wrongly((text) =>
    only('token-not-at-hand')(text)
      .replace('path: [give-token, revoke-token, call-dpo]', 'path: [call-dpo, give-token]')
      .replace('revoke-siblings: done', 'revoke-siblings: skip')
      .replace('lrh-legacy-su: proved', 'lrh-legacy-su: open')
      .replace('bleeding: unsure', 'bleeding: unknown')
      .replace('t.valid)', 't.valid == false)')
      .concat(
        [
          'unsure: [revoke-siblings]',
          "clocks: { gdpr.33-1: { is: running, due: '2026-11-14T02:10:00+00:00' } }",
          'facts: { report: Something else }',
        ]
          .map((line) => `      ${line}\n`)
          .join(''),
      ),
  );
  const { passed, runbooks: all } = await tested([], wrong);
  expect(passed).toBe(false);
  const faults = all[0]?.tests[0]?.faults ?? [];
  expect(faults.map(({ what }) => what)).toEqual([
    'path, give-token',
    'steps, revoke-siblings',
    'unsure',
    'clock gdpr.33-1',
    'clock gdpr.33-1, due',
    'bleeding',
    'contained, lrh-legacy-su',
    'fact report',
    expect.stringContaining('check sim.meta_lrh'),
  ]);
  const lines = readFileSync(join(wrong, TESTS), 'utf8').split('\n');
  for (const { file, line, seen } of faults) {
    expect(file).toBe(TESTS);
    expect(seen).not.toBe('');
    expect(lines[line - 1]).toMatch(/path|steps|unsure|clocks|bleeding|contained|facts|checks/);
  }
  expect(faults.find(({ what }) => what === 'clock gdpr.33-1, due')).toMatchObject({
    expected: '2026-11-14T02:10:00.000Z',
    seen: '2026-11-13T02:10:00.000Z',
  });
}, 60_000);

test('what the tests never take is named with its place in the runbook', async () => {
  const { passed, runbooks: all } = await tested([], wrongly(only('token-not-at-hand')));
  expect(passed).toBe(true);
  const coverage = all[0]?.coverage;
  expect(coverage?.unreached.map(({ step }) => step)).toContain('decide-risk');
  expect(coverage?.untaken).toContainEqual(
    expect.objectContaining({
      step: 'call-acquirer',
      holds: true,
      when: 'facts.cardholder_data_suspected != null',
    }),
  );
  // A step that the test never came to was not left out by it either.
  expect(coverage?.untaken).toContainEqual(expect.objectContaining({ step: 'call-acquirer', holds: false }));
}, 60_000);

test('a file with a fault is told and not played; a runbook without tests is said, and fails where it was asked for', async () => {
  const {
    passed,
    issues,
    runbooks: all,
  } = await tested(
    [],
    wrongly((text) =>
      only('token-not-at-hand')(text).replace('revoke-siblings: done', 'revoke-sibling: done'),
    ),
  );
  expect(passed).toBe(false);
  expect(all).toEqual([]);
  expect(issues.map(({ message, hint }) => `${message} ${hint ?? ''}`)).toEqual([
    'there is no step in the runbook `revoke-sibling` did you mean `revoke-siblings`?',
  ]);
  await expect(tested(['leaked-whatsapp-tokens'])).rejects.toMatchObject({ code: 'not-found' });
}, 60_000);
