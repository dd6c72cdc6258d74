import { unreachable } from '../base/assert.ts';
import type { Instant } from '../base/instant.ts';
import type { ElementSource } from '../model/letter.ts';
import type { ClockView } from '../projections/countdowns.ts';
import { bleeding, decided, held, overridden, roles, running, waiting } from './briefed.ts';
import { fromFact, list, momentWords, text, type Found } from './found.ts';
import type { LetterInput } from './input.ts';
import { wordsOf } from './locale.ts';

type JournalSource = Extract<ElementSource, { journal: unknown }>['journal'];

/** What the journal itself can say: when, what was stopped and proved, what was sent, what is kept. */
export function fromJournal(what: JournalSource, input: LetterInput): Found {
  const { state, containment, clocks, language } = input;
  const words = wordsOf(language);
  switch (what) {
    case 'opened':
      return text(momentWords(state.openedAt, input));
    case 'earliest':
      return text(momentWords(state.earliestAt, input));
    case 'aware':
      return fromFact('aware', input);
    case 'containment':
      return list(
        containment.targets.map(({ title, way, word, provedAt }) => {
          const when = provedAt === null ? '' : `, ${words.asked(momentWords(provedAt, input))}`;
          return `${title}: ${words.holds?.[way] ?? word}${when}`;
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
          clock.submittedAt === null
            ? []
            : [`${dutyWords(clock, input)}: ${words.submitted(submission(clock, input))}`],
        ),
        [...state.submissions.values()].map(({ n }) => n),
      );
    case 'evidence':
      return list(
        state.evidence.map(
          ({ id, sha256, size, at }) =>
            `${id}: ${words.evidence(String(size), momentWords(at, input), sha256)}`,
        ),
        state.evidence.map(({ n }) => n),
      );
    case 'bleeding':
      return bleeding(input);
    case 'holds':
      return held(input);
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

/** A duty that nobody has named in the language is cited: a citation is read in every one. */
const dutyWords = ({ duty, title, source }: ClockView, { language }: LetterInput): string => {
  const { duties, cite } = wordsOf(language);
  return duties === null ? title : (duties[duty] ?? cite(source));
};

/** When a duty was met, and how far that is proved; null while it is not. */
export function submittedOn(duty: string, input: LetterInput): Found {
  const clock = input.clocks.find((one) => one.duty === duty);
  const n = input.state.submissions.get(duty)?.n;
  if (clock === undefined || clock.submittedAt === null) return null;
  return text(submission(clock, input), n === undefined ? [] : [n]);
}

function submission({ submittedAt, proved, acknowledgedAt }: ClockView, input: LetterInput): string {
  const when = submittedAt === null ? '' : momentWords(submittedAt, input);
  const words = wordsOf(input.language);
  const acknowledged =
    acknowledgedAt === null ? '' : `, ${words.acknowledged(momentWords(acknowledgedAt, input))}`;
  return `${when}${proved ? '' : `, ${words.unproved}`}${acknowledged}`;
}

/** Steps that changed something and are finished: their own words, never a claim that they worked. */
function measuresTaken(input: LetterInput): Found {
  const { state } = input;
  const steps = (state.plan?.phases ?? []).flatMap((phase) => phase.steps);
  const taken = steps.flatMap((step) => {
    const done = state.steps.get(step.id);
    const acts =
      step.kind === 'act' ? step.effect !== 'reads' : step.kind === 'do' && step.effect !== 'reads';
    if (!acts || done?.status !== 'finished' || done.endedAt === null) return [];
    return [{ line: `${step.title} (${momentWords(done.endedAt, input)})`, n: done.n }];
  });
  return list(
    taken.map(({ line }) => line),
    taken.map(({ n }) => n),
  );
}

function moments(input: LetterInput): Found {
  const { state, containment } = input;
  const words = wordsOf(input.language).moments;
  const aware = state.facts.get('aware');
  const known: (readonly [Instant, string, number | null])[] = [
    [state.earliestAt, words.earliest, null],
    [state.openedAt, words.opened, null],
    ...(aware !== undefined && aware.known && !aware.ruledOut
      ? [[aware.at, words.aware, aware.n] as const]
      : []),
    ...containment.targets.flatMap(({ provedAt, title, hold, entries }) =>
      provedAt === null || hold !== 'proved'
        ? []
        : [[provedAt, words.stopped(title), entries.at(-1) ?? null] as const],
    ),
  ];
  const sorted = known.toSorted(([a], [b]) => a - b);
  return list(
    sorted.map(([at, what]) => `${momentWords(at, input)}: ${what}`),
    sorted.flatMap(([, , n]) => (n === null ? [] : [n])),
  );
}
