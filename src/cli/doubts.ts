import type { EngineStand } from '../app/contract.ts';
import { firstOf } from '../base/first.ts';
import type { Doubt } from '../projections/doubts.ts';

/** More than a person settles one by one is not printed one by one; `--json` has them all. */
const WHOLE = 3;
const NAMED = 20;

/** What may have happened: what is known, how to find out, and the two answers. Of many the first few in full. */
export function doubtLines(all: readonly Doubt[]): readonly string[] {
  const left = all.length - NAMED;
  return [
    ...all.slice(0, WHOLE).flatMap(wholeLines),
    ...all.slice(WHOLE, NAMED).map(headLine),
    ...(left > 0 ? [`  and ${left} more UNSURE, all of them in: firebreak status --json`] : []),
  ];
}

/** What stands before an attempt that was found open, and what many of them are called. */
const openWords: Readonly<Record<EngineStand, readonly [each: string, more: string]>> = {
  elsewhere: ['UNDER WAY in another process', 'UNDER WAY'],
  silent: ['BEGUN by another process, which lives but has given no sign for a while', 'BEGUN there'],
  here: ['IN FLIGHT when the tool ended', 'IN FLIGHT'],
  none: ['IN FLIGHT when the tool ended', 'IN FLIGHT'],
};

/** The same attempts as the tool found them at its start. */
export function inFlightLines(all: readonly string[], engine: EngineStand): readonly string[] {
  const { named, more } = firstOf(all, NAMED);
  const [each, rest] = openWords[engine];
  return [
    ...named.map((text) => `  ${each}: ${text}`),
    ...(more > 0 ? [`  and ${more} more ${rest}, all of them in: firebreak status --json`] : []),
  ];
}

const headLine = ({ act, ref }: Doubt): string =>
  `  UNSURE ${ref}: ${act.direction === 'undo' ? 'undo of ' : ''}${act.action} on ${act.target}`;

const wholeLines = (doubt: Doubt): readonly string[] => [
  headLine(doubt),
  `    known: ${doubt.known}`,
  '    check: firebreak status --recheck asks the real system',
  ...(doubt.check === '' ? [] : [`    by hand, it worked when: ${doubt.check}`]),
  `    again: ${doubt.again}`,
  `    it happened:   ${answer(doubt, 'done')}`,
  `    it did not:    ${answer(doubt, 'failed')}`,
];

const answer = ({ ref }: Doubt, result: 'done' | 'failed'): string =>
  `firebreak settle ${ref} --result ${result} --why "how you know"`;

export const doubtJson = ({ act, ref, known, check, again }: Doubt): Readonly<Record<string, unknown>> => ({
  attempt: ref,
  step: act.step,
  target: act.target,
  instance: act.instance,
  action: act.action,
  direction: act.direction,
  known,
  check,
  again,
});
