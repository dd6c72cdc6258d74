import { formatUtc } from '../../base/instant.ts';
import type { Instant } from '../../base/instant.ts';
import type { Expected } from '../../model/runbook-test.ts';
import type { Known } from '../../model/scenario.ts';
import { asks } from '../context.ts';
import { momentOf } from './given.ts';
import type { Seen } from './seen.ts';

/** What was expected against what was seen. Nothing is rounded, and what was not named is not judged. */

/** `path` is where in the expectation it stands; `what` names it for a person. */
export type Wrong = Readonly<{
  path: readonly (string | number)[];
  what: string;
  expected: string;
  seen: string;
}>;

const quoted = (words: readonly string[]): string => (words.length === 0 ? 'nothing' : words.join(', '));

/** The first step that does not come after those before it; what lies between does not matter. */
const pathWrong = (expected: readonly string[], seen: readonly string[]): readonly Wrong[] => {
  let at = -1;
  for (const [i, step] of expected.entries()) {
    const next = seen.indexOf(step, at + 1);
    if (next === -1) {
      const before = i === 0 ? 'first of these' : `after ${expected.slice(0, i).join(', ')}`;
      const then = seen.slice(at + 1);
      return [
        {
          path: ['path', i],
          what: `path, ${step}`,
          expected: `it ends ${before}`,
          seen: seen.includes(step) ? `it ended earlier; after that came ${quoted(then)}` : 'it never ended',
        },
      ];
    }
    at = next;
  }
  return [];
};

const sameSet = (
  what: 'again' | 'unsure',
  expected: readonly string[],
  seen: readonly string[],
): readonly Wrong[] => {
  const [wanted, had] = [expected.toSorted(), seen.toSorted()];
  return wanted.join() === had.join()
    ? []
    : [{ path: [what], what, expected: quoted(wanted), seen: quoted(had) }];
};

const words = <Word extends string>(
  what: string,
  expected: Readonly<Record<string, Word>> | undefined,
  seen: (id: string) => readonly string[],
): readonly Wrong[] =>
  Object.entries(expected ?? {}).flatMap(([id, word]) => {
    const found = seen(id);
    const same = found.length > 0 && found.every((one) => one === word);
    return same
      ? []
      : [{ path: [what, id], what: `${what}, ${id}`, expected: word, seen: quoted([...new Set(found)]) }];
  });

const timeWords = (at: Instant | null): string => (at === null ? 'none' : formatUtc(at));

const clocksWrong = (
  expected: Expected['clocks'],
  seen: Seen['clocks'],
  earliest: string,
): readonly Wrong[] =>
  Object.entries(expected ?? {}).flatMap(([duty, wanted]) => {
    const clock = seen.get(duty);
    if (clock === undefined)
      return [{ path: ['clocks', duty], what: `clock ${duty}`, expected: 'on the board', seen: 'not there' }];
    const said = wanted.is !== undefined && wanted.is !== clock.standing;
    const standing = said
      ? [
          {
            path: ['clocks', duty, 'is'],
            what: `clock ${duty}`,
            expected: wanted.is ?? '',
            seen: clock.standing,
          },
        ]
      : [];
    const moment = (key: 'started' | 'due', at: Instant | null): readonly Wrong[] => {
      const text = wanted[key];
      if (text === undefined) return [];
      const meant = text === null ? null : momentOf(text, earliest);
      return meant === at
        ? []
        : [
            {
              path: ['clocks', duty, key],
              what: `clock ${duty}, ${key}`,
              expected: timeWords(meant),
              seen: timeWords(at),
            },
          ];
    };
    return [...standing, ...moment('started', clock.startedAt), ...moment('due', clock.due)];
  });

/** Times are the same moment however they are written; ids of the inventory in any order. */
const sameValue = (wanted: Known, seen: Known, earliest: string): boolean => {
  if (Array.isArray(wanted) && Array.isArray(seen))
    return wanted.map(String).toSorted().join() === seen.map(String).toSorted().join();
  if (typeof wanted !== 'string' || typeof seen !== 'string') return wanted === seen;
  const at = momentOf(wanted, earliest);
  return wanted === seen || (at !== null && at === momentOf(seen, earliest));
};

const factsWrong = (expected: Expected['facts'], seen: Seen['facts'], earliest: string): readonly Wrong[] =>
  Object.entries(expected ?? {}).flatMap(([fact, wanted]) => {
    const found = seen.get(fact) ?? null;
    if (sameValue(wanted, found, earliest)) return [];
    const shown = (value: Known): string => (value === null ? 'not known' : JSON.stringify(value));
    return [{ path: ['facts', fact], what: `fact ${fact}`, expected: shown(wanted), seen: shown(found) }];
  });

const checksWrong = (checks: readonly string[], { context }: Seen): readonly Wrong[] =>
  checks.flatMap((check, i) => {
    const verdict = asks(check, context);
    if (verdict === true) return [];
    const seen = verdict === false ? 'it is false' : verdict;
    return [{ path: ['checks', i], what: `check ${check}`, expected: 'it is true', seen }];
  });

/** Every expectation that was not met, in the order in which a person reads them. `earliest` is what that word stands for. */
export const wrongIn = (expected: Expected, seen: Seen, earliest: string): readonly Wrong[] => {
  const { bleeding, targets } = seen.containment;
  return [
    ...(seen.stuck === null
      ? []
      : [
          {
            path: [],
            what: `step ${seen.stuck.step}`,
            expected: 'a way on',
            seen: `stuck: ${seen.stuck.why}`,
          },
        ]),
    ...pathWrong(expected.path ?? [], seen.path),
    ...words('steps', expected.steps, (id) => [seen.steps.get(id) ?? 'no such step']),
    ...(expected.again === undefined ? [] : sameSet('again', expected.again, seen.again)),
    ...(expected.unsure === undefined ? [] : sameSet('unsure', expected.unsure, seen.unsure)),
    ...clocksWrong(expected.clocks, seen.clocks, earliest),
    ...words('letters', expected.letters, (id) => [seen.letters.get(id) ?? 'not-needed']),
    ...(expected.bleeding === undefined || expected.bleeding === bleeding
      ? []
      : [{ path: ['bleeding'], what: 'bleeding', expected: expected.bleeding, seen: bleeding }]),
    ...words('contained', expected.contained, (id) =>
      targets.filter(({ item }) => item === id).map(({ hold }) => hold),
    ),
    ...factsWrong(expected.facts, seen.facts, earliest),
    ...checksWrong(expected.checks ?? [], seen),
  ];
};
