import { join } from 'node:path';
import type { PaperLetter } from '../../src/letters/papers/document.ts';
import { at } from '../fixtures/incident.ts';
import { draft, sampleOf, withFacts } from './rig.ts';

export const FONTS = join(import.meta.dirname, '../../src/letters/papers/fonts');

/** A letter of the made-up incident as it goes on paper. */
export const paperLetter = (
  letter: string,
  changes: Partial<PaperLetter> = {},
  {
    drill = false,
    facts = sampleOf(letter),
  }: Readonly<{ drill?: boolean; facts?: ReturnType<typeof sampleOf> }> = {},
): PaperLetter => ({
  ...draft(letter, withFacts(facts, drill)),
  sender: 'Harbour Lane Trading Ltd',
  reference: 'amber-otter',
  at: at('2026-11-20T06:00:00Z'),
  page: 'a4',
  to: null,
  ...changes,
});
