import { vi } from 'vitest';
import type { Instant } from '../../src/base/instant.ts';
import type { OpenIncident } from '../../src/app/contract.ts';

/** What leaves an incident as a file: its exports, one entry, and a list that fits its journal, and two places that can be opened. */
export const fakeExports = (): Pick<
  OpenIncident,
  'previewExport' | 'checkWithheld' | 'openWithheld' | 'export' | 'disclose'
> => ({
  previewExport: vi.fn<OpenIncident['previewExport']>(() => []),
  checkWithheld: vi.fn<OpenIncident['checkWithheld']>(
    async () =>
      await Promise.resolve({
        is: 'list',
        entry: 40,
        at: 0 as Instant,
        by: 'ada',
        format: 'md',
        audience: 'board',
        removed: 2,
        same: 2,
        different: [],
      }),
  ),
  disclose: vi.fn<OpenIncident['disclose']>(async () => await Promise.resolve()),
  export: vi.fn<OpenIncident['export']>(async (format) => await Promise.resolve([`/exports/${format}`])),
  openWithheld: vi.fn<OpenIncident['openWithheld']>(
    async () => await Promise.resolve({ opened: 2, closed: 1 }),
  ),
});
