import { vi } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { fakePapers } from '../fakes/company.ts';
import { fakeMerging } from '../fakes/mailing.ts';
import { unopened } from '../../src/incident/state.ts';
import { at } from '../fakes/clock.ts';
import { fakeScope } from '../fakes/scope.ts';

/** Letters as files, by an incident that remembers what it was asked. */
export const heardPapers = (): Pick<
  OpenIncident,
  'scope' | 'paper' | 'writePaper' | 'merge' | 'previewMerge' | 'mail'
> => ({
  scope: fakeScope({
    state: () => unopened,
    reveal: () => null,
    clock: () => at('2026-03-01T09:00:00Z'),
    write: () => undefined,
  }),
  paper: vi.fn<OpenIncident['paper']>(fakePapers.paper),
  writePaper: vi.fn<OpenIncident['writePaper']>(fakePapers.writePaper),
  merge: vi.fn<OpenIncident['merge']>(fakePapers.merge),
  previewMerge: fakeMerging().previewMerge,
  mail: fakePapers.mail,
});
