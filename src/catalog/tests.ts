import { join } from 'node:path';
import type { Issue } from '../base/problem.ts';
import { runbookTestSchema } from '../model/runbook-test.ts';
import type { RunbookTests } from '../model/runbook-test.ts';
import { namesIn, readDefinition } from './load.ts';
import type { Read, Reader } from './load.ts';

/** Tests that lie beside a runbook. They are read when somebody asks for them: no incident needs them. */

export type TestFile = Extract<Read<RunbookTests>, { ok: true }>;
export type ReadTests = Readonly<{ files: readonly TestFile[]; issues: readonly Issue[] }>;

/** `runbooks/<id>/test.yaml` and every `runbooks/<id>/tests/<name>.yaml`. */
const testFiles = (reader: Reader, root: string, runbook: string): ReturnType<typeof namesIn> => {
  const folder = `runbooks/${runbook}`;
  const { names, issues } = namesIn(reader, root, `${folder}/tests`, 'yaml');
  const one = `${folder}/test.yaml`;
  const alone = reader.exists(join(root, one)) ? [one] : [];
  return { names: [...alone, ...names.toSorted().map((name) => `${folder}/tests/${name}.yaml`)], issues };
};

export const readTests = (reader: Reader, root: string, runbook: string): ReadTests => {
  const { names, issues } = testFiles(reader, root, runbook);
  const read = names.map((file) => readDefinition(reader, root, file, runbookTestSchema));
  return {
    files: read.filter((one) => one.ok),
    issues: [...issues, ...read.flatMap((one) => (one.ok ? [] : one.issues))],
  };
};

/** Folders of runbooks in which tests lie, whether or not there is such a runbook. */
export const tested = (reader: Reader, root: string): readonly string[] =>
  namesIn(reader, root, 'runbooks', 'folder').names.filter(
    (runbook) => testFiles(reader, root, runbook).names.length > 0,
  );
