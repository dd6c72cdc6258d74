import { expect, test } from 'vitest';
import { lintDrilled } from '../../src/catalog/lint/drilled.ts';
import { issuesAsSarif } from '../../src/catalog/sarif.ts';
import { lintRules } from '../../src/catalog/rules.ts';
import { bare, doIt, load, printed, runbookWith, step } from './rig.ts';

const at = async (reviewed: string, last: string | null): Promise<readonly string[]> => {
  const text = runbookWith(step('look', doIt)).replace('2026-11-01', reviewed);
  const runbook = (await load(bare({ '/tool/runbooks/test/runbook.yaml': text }))).runbooks.get('test');
  if (runbook === undefined) throw new Error('the runbook is sound');
  return printed(lintDrilled(runbook, last, '2026-11-20'));
};

test('a runbook that people have not played for a year is told; a new one has three months', async () => {
  expect(await at('2026-11-01', null)).toEqual([]);
  expect(await at('2026-08-01', null)).toEqual([
    'runbooks/test/runbook.yaml:1:8  FB061  warning  nobody has ever practised this (firebreak drill run test)',
  ]);
  expect(await at('2026-11-01', '2025-11-20')).toEqual([]);
  expect(await at('2026-11-01', '2025-11-19')).toEqual([
    expect.stringMatching(/FB061  warning  nobody has practised this for 366 days/),
  ]);
});

test('SARIF names each finding by a rule that it lists, at its place', async () => {
  const text = runbookWith(step('look', doIt)).replace('severity:', 'severty:');
  const { issues } = await load(bare({ '/tool/runbooks/test/runbook.yaml': text }));
  const log = issuesAsSarif(issues, '1.2.3') as unknown as {
    runs: readonly {
      tool: { driver: { rules: readonly { id: string }[] } };
      results: readonly { ruleId: string; ruleIndex: number; level: string; locations: readonly unknown[] }[];
    }[];
  };
  const [run] = log.runs;
  expect(run?.results).toMatchObject([
    {
      ruleId: 'FB002',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'runbooks/test/runbook.yaml' },
            region: { startLine: 4, startColumn: 1 },
          },
        },
      ],
    },
  ]);
  for (const { ruleId, ruleIndex } of run?.results ?? [])
    expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(run?.tool.driver.rules).toHaveLength(Object.keys(lintRules).length);
});
