import type { OpenIncident } from '../../src/app/contract.ts';

/** What goes in and out of a made-up incident as a file, and what an export would come to. */
export const fakeExports: Pick<OpenIncident, 'previewExport' | 'export' | 'addEvidence'> = {
  addEvidence: async () => await Promise.resolve('ev-1'),
  export: async (format) => await Promise.resolve([`/home/example/exports/heron.${format}`]),
  previewExport: () => [
    { says: '12 of 40 rows are written, 28 are left out.', tone: 'plain' },
    { says: 'Withheld: 2 rows whole, all or part of 9 texts.', tone: 'warn' },
  ],
};
