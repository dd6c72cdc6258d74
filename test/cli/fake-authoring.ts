import type { AuthoringDoor } from '../../src/app/authoring-contract.ts';

const fakeAuthoring = (): AuthoringDoor => {
  const bytes = new TextEncoder().encode('# Leaked token\n');
  return {
    undrilled: () => [],
    testIssues: async () => await Promise.resolve([]),
    test: async () => await Promise.resolve({ passed: true, runbooks: [], issues: [], untested: [] }),
    mend: async () => await Promise.resolve({ mended: [], issues: [] }),
    copy: async (runbook, format) =>
      await Promise.resolve({ runbook, format, bytes, sha256: 'ab'.repeat(32), replaced: [] }),
    writeCopy: async (runbook, format, path) =>
      await Promise.resolve({ runbook, format, path, bytes, sha256: 'ab'.repeat(32), replaced: [] }),
    newRunbook: async (id) =>
      await Promise.resolve({ files: [`/home/ann/security/runbooks/${id}/runbook.yaml`] }),
  };
};

/** Definitions that nothing is wrong with, and the door to those who write them. */
export const faultless = {
  issues: () => [],
  lint: async () => await Promise.resolve([]),
  authoring: async () => await Promise.resolve(fakeAuthoring()),
};
