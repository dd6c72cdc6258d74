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

/** The same attempts as the tool found them at its start. */
export function inFlightLines(all: readonly string[]): readonly string[] {
  const { named, more } = firstOf(all, NAMED);
  return [
    ...named.map((text) => `  IN FLIGHT when the tool ended: ${text}`),
    ...(more > 0 ? [`  and ${more} more IN FLIGHT, all of them in: firebreak status --json`] : []),
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
