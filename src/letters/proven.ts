import { unreachable } from '../base/assert.ts';
import type { Instant } from '../base/instant.ts';
import type { ElementSource } from '../model/letter.ts';
import type { ClockView } from '../projections/countdowns.ts';
import { bothTimes } from '../projections/facts.ts';
import { bleeding, decided, overridden, roles, running, waiting } from './briefed.ts';
import { fromFact, list, text, type Found } from './found.ts';
import type { LetterInput } from './input.ts';

type JournalSource = Extract<ElementSource, { journal: unknown }>['journal'];

/** What the journal itself can say: when, what was stopped and proved, what was sent, what is kept. */
export function fromJournal(what: JournalSource, input: LetterInput): Found {
  const { state, zone, containment, clocks } = input;
  switch (what) {
    case 'opened':
      return text(bothTimes(state.openedAt, zone));
    case 'earliest':
      return text(bothTimes(state.earliestAt, zone));
    case 'aware':
      return fromFact('aware', input);
    case 'containment':
      return list(
        containment.targets.map(({ title, word, provedAt }) => {
          const when = provedAt === null ? '' : `, asked at ${bothTimes(provedAt, zone)}`;
          return `${title}: ${word}${when}`;
        }),
        containment.targets.flatMap(({ entries }) => entries),
      );
    case 'measures':
      return measuresTaken(input);
    case 'timeline':
      return moments(input);
    case 'references':
      return list(
        clocks.flatMap((clock) =>
          clock.submittedAt === null ? [] : [`${clock.title}: submitted ${submission(clock, zone)}`],
        ),
        [...state.submissions.values()].map(({ n }) => n),
      );
    case 'evidence':
      return list(
        state.evidence.map(
          ({ id, sha256, size, at }) =>
            `${id}: ${size} bytes, taken ${bothTimes(at, zone)}, SHA-256 ${sha256}`,
        ),
        state.evidence.map(({ n }) => n),
      );
    case 'bleeding':
      return bleeding(input);
    case 'overrides':
      return overridden(input);
    case 'clocks':
      return running(input);
    case 'decisions':
      return decided(input);
    case 'waiting':
      return waiting(input);
    case 'roles':
      return roles(input);
    default:
      return unreachable(what);
  }
}

/** When a duty was met, and how far that is proved; null while it is not. */
export function submittedOn(duty: string, { clocks, state, zone }: LetterInput): Found {
  const clock = clocks.find((one) => one.duty === duty);
  const n = state.submissions.get(duty)?.n;
  if (clock === undefined || clock.submittedAt === null) return null;
  return text(submission(clock, zone), n === undefined ? [] : [n]);
}

function submission({ submittedAt, proved, acknowledgedAt }: ClockView, zone: string): string {
  const when = submittedAt === null ? '' : bothTimes(submittedAt, zone);
  const acknowledged = acknowledgedAt === null ? '' : `, acknowledged ${bothTimes(acknowledgedAt, zone)}`;
  return `${when}${proved ? '' : ', proof not recorded yet'}${acknowledged}`;
}

/** Steps that changed something and are finished: their own words, never a claim that they worked. */
function measuresTaken({ state, zone }: LetterInput): Found {
  const steps = (state.plan?.phases ?? []).flatMap((phase) => phase.steps);
  const taken = steps.flatMap((step) => {
    const done = state.steps.get(step.id);
    const acts =
      step.kind === 'act' ? step.effect !== 'reads' : step.kind === 'do' && step.effect !== 'reads';
    if (!acts || done?.status !== 'finished' || done.endedAt === null) return [];
    return [{ line: `${step.title} (${bothTimes(done.endedAt, zone)})`, n: done.n }];
  });
  return list(
    taken.map(({ line }) => line),
    taken.map(({ n }) => n),
  );
}

function moments({ state, zone, containment }: LetterInput): Found {
  const aware = state.facts.get('aware');
  const known: (readonly [Instant, string, number | null])[] = [
    [state.earliestAt, 'earliest known time', null],
    [state.openedAt, 'incident opened', null],
    ...(aware !== undefined && aware.known && !aware.ruledOut
      ? [[aware.at, 'aware of the breach', aware.n] as const]
      : []),
    ...containment.targets.flatMap(({ provedAt, title, hold, entries }) =>
      provedAt === null || hold !== 'proved'
        ? []
        : [[provedAt, `${title} stopped and proved`, entries.at(-1) ?? null] as const],
    ),
  ];
  const sorted = known.toSorted(([a], [b]) => a - b);
  return list(
    sorted.map(([at, words]) => `${bothTimes(at, zone)}: ${words}`),
    sorted.flatMap(([, , n]) => (n === null ? [] : [n])),
  );
}
