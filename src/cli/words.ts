import type { Prepared, RunLine, RunReport, View } from '../app/contract.ts';
import { aftermath, type Aftermath, type Ways } from '../app/aftermath.ts';
import { formatDistance, formatDuration, leftOrLate } from '../base/duration.ts';
import { formatUtc, type Instant } from '../base/instant.ts';
import { approvalLines } from '../projections/people.ts';
import { awaitingWords, changedWords } from '../projections/told-words.ts';
import { standingWord, type ClockView } from '../projections/countdowns.ts';
import { bothTimes } from './time.ts';

/** How a step stands, in the words of every screen. */
export const stepWord = {
  todo: 'TODO',
  now: 'NOW',
  wait: 'WAIT',
  done: 'DONE',
  hand: 'HAND',
  skip: 'SKIP',
  fail: 'FAIL',
  unsure: 'UNSURE',
  void: 'not needed',
} as const satisfies Readonly<Record<View['progress']['steps'][number]['status'], string>>;

export const utcOrNull = (at: Instant | null): string | null => (at === null ? null : formatUtc(at));

/** What is left of a clock, or its own words where the rule has no number. */
export const clockLeft = ({ leftMs, wording }: ClockView): string =>
  leftMs === null ? (wording ?? '') : `${formatDistance(leftMs)} ${leftMs < 0 ? 'late' : 'left'}`;

/** The same where it is not said beside it how the clock stands. */
export const clockStands = (clock: ClockView): string =>
  clock.leftMs === null ? clockLeft(clock) : leftOrLate(clock.leftMs);

/** One clock in one line: `gdpr.33-1 PROVISIONAL, 71 h 20 min left, due 2026-03-04 09:00 +01:00 (...Z): tell the authority`. */
export function clockLine(clock: ClockView, zone: string): string {
  const due = clock.due === null ? '' : `, due ${bothTimes(clock.due, zone)}`;
  const about = clock.about === null ? '' : ` (${clock.about})`;
  return `${clock.duty}${about} ${standsIn(clock)}${due}: ${clock.title}`;
}

/** How a clock stands and what is left of it; of what is late both are one. */
const standsIn = (clock: ClockView): string => {
  const { standing, provisional, leftMs } = clock;
  if (standing === 'overdue' && leftMs !== null)
    return `${leftOrLate(leftMs)}${provisional ? ' (provisional)' : ''}`;
  const left = clockLeft(clock);
  return `${standingWord[standing]}${left === '' ? '' : `, ${left}`}`;
};

/** What was told and is not at rest: nobody answered, or it is no longer what is known. */
export const toldLines = (all: readonly ClockView[], contacts: View['contacts']): readonly string[] =>
  all.flatMap((clock) => [
    ...[awaitingWords(clock)].flatMap((text) =>
      text === null ? [] : [`! ${text}   (firebreak duty acknowledge ${clock.duty})`],
    ),
    ...[changedWords(clock, contacts)].flatMap((text) =>
      text === null ? [] : [`! ${text}   (firebreak duty changes ${clock.duty})`],
    ),
  ]);

/** The plan as a person must read it before agreeing: what, on what, what stops, whether there is a way back. */
export function planLines(prepared: Prepared): readonly string[] {
  const { targets } = prepared;
  return [
    `PLAN ${prepared.title}${planned(prepared)}`,
    `  ${targets.length} ${targets.length === 1 ? 'target' : 'targets'}; ${wayBack(prepared)}`,
    ...(prepared.unconfirmed
      ? [
          "  UNCONFIRMED: this call was not seen in the vendor's documentation; keep the page by hand open beside it",
        ]
      : []),
    ...targets.flatMap((one) => targetLines(one, prepared.direction)),
    ...(prepared.preserve.length === 0
      ? []
      : [`  Evidence not kept yet, harder to get afterwards: ${prepared.preserve.join(', ')}`]),
    ...approvalWords(prepared),
    ...(prepared.needsReason === null ? [] : [`  A reason is needed: ${prepared.needsReason}`]),
    `  plan sha256 ${prepared.sha256}`,
  ];
}

const approvalWords = ({ approval, step, release }: Prepared): readonly string[] => {
  if (approval === null) return [];
  const { asked, enough, expired } = approval;
  const ask = release === true ? 'release --ask' : `approve --ask ${step ?? ''}`;
  const next = asked === null || expired ? ask : `approve ${asked} --print`;
  return [
    ...approvalLines(approval, (at) => `${formatUtc(at).slice(0, 16)}Z`).map((text) => `  ${text}`),
    ...(enough ? [] : [`  firebreak ${next}`]),
  ];
};

const planned = ({ action, direction }: Prepared): string =>
  action === '' ? '' : ` (${action}${direction === 'undo' ? ', undo' : ''})`;

const wayBack = ({ targets, reversible, undoBy, release }: Prepared): string => {
  if (release === true && targets.some(({ byHand }) => byHand === null))
    return 'in this order, each restored from its receipt and asked about';
  if (targets.every(({ byHand }) => byHand !== null)) return 'to be done by hand';
  return reversible ? `can be undone: ${undoBy}` : 'CANNOT BE UNDONE';
};

function targetLines(
  { target, title, owner, stops, scopes, preview, byHand }: Prepared['targets'][number],
  direction: Prepared['direction'],
): readonly string[] {
  const works = direction === 'undo' ? 'works again' : 'stops';
  const head = [`  - ${target.item}: ${title}`, `      ${works}: ${stops}`, `      owner: ${owner}`];
  const needs = scopes.length === 0 ? [] : [`      needs: ${scopes.join(', ')}`];
  if (byHand !== null) return [...head, `      BY HAND: ${byHand.why}`, ...manualLines(byHand.manual)];
  if (preview === null) return [...head, ...needs];
  return [
    ...head,
    ...needs,
    ...(preview.now === 'already' ? [`      ${OFF[direction]}`] : []),
    ...preview.breaks.map((text) => `      breaks: ${text}`),
    ...preview.warnings.map((text) => `      WARNING: ${text}`),
    ...preview.calls.map(
      (call) => `      call: ${call.method} ${call.url}${call.body === undefined ? '' : ` ${call.body}`}`,
    ),
  ];
}

const OFF = { do: 'nothing left to do: it is stopped already', undo: 'off now' } as const;

export function manualLines(
  manual: Readonly<{ where: string; steps: readonly string[]; record: string }>,
): readonly string[] {
  return [
    `      where: ${manual.where}`,
    ...manual.steps.map((step, i) => `      ${i + 1}. ${step}`),
    `      write down: ${manual.record}`,
  ];
}

type Far = Extract<RunLine, { is: 'progress' }>;

/** How far a batch is, in one line. */
const progressLine = ({ done, total, failed, unsure, perMinute, leftMs }: Far): string =>
  [
    `${done} of ${total}`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(unsure === 0 ? [] : [`${unsure} UNSURE`]),
    ...(perMinute === null || leftMs === null
      ? []
      : [`${perMinute} a minute`, done === total ? 'all ended' : `about ${formatDuration(leftMs)} left`]),
  ].join(', ');

/** The commands that help after a failure; a row outside a runbook has no page of its own. */
export const waysOf = ({ step, title }: Pick<Prepared, 'step' | 'title'>): Ways => ({
  hand:
    step === null
      ? `${title}: at its vendor, then: firebreak note "what you saw"`
      : `firebreak run ${step} --by-hand`,
  again: 'run the same command again after that',
  ask: 'firebreak status --recheck asks the real system',
  doctor: 'firebreak doctor says whether that helped',
});

const afterLines = (after: Aftermath | null): readonly string[] =>
  after === null
    ? []
    : [
        `      what failed: ${after.failed}`,
        `      still true: ${after.still}`,
        ...after.next.map((text) => `      next: ${text}`),
        `      trying again: ${after.retry}`,
        `      by hand: ${after.hand}`,
      ];

/** What is heard while a plan runs. An intent says that the call is under way. */
export function runLine(line: RunLine, ways?: Ways): readonly string[] {
  switch (line.is) {
    case 'intent':
      return [`${line.target}: sending`];
    case 'outcome':
      return [
        `${line.target}: ${line.outcome.result.toUpperCase()} ${line.outcome.detail}`,
        ...(ways === undefined ? [] : afterLines(aftermath(line.outcome, ways))),
      ];
    case 'proof':
      return [`${line.target}: ${line.proof.is.toUpperCase()} ${line.proof.how}`];
    case 'by-hand':
      return [`${line.target}: BY HAND ${line.why}`, ...manualLines(line.manual)];
    case 'progress':
      return [progressLine(line)];
  }
}

/** Exit code of a run: 0 proved or restored, 4 for a person to do, 5 nothing changed, 6 in part or not known. */
export function runCode({ state, lines }: RunReport): number {
  switch (state) {
    case 'proved':
    case 'restored':
      return 0;
    case 'failed':
    case 'unrestored':
      return lines.some(changedSomething) ? 6 : 5;
    case 'unsure':
    case 'unproved':
    case 'stopped':
      return 6;
    case 'by-hand':
      return lines.some(changedSomething) ? 6 : 4;
  }
}

const changedSomething = (line: RunReport['lines'][number]): boolean =>
  line.is === 'outcome' && ['done', 'already', 'accepted', 'unknown'].includes(line.outcome.result);

/** The closing sentence of a run. */
export const runWord: Readonly<Record<RunReport['state'], string>> = {
  proved: 'PROVED: the real system confirms it.',
  restored: 'RESTORED: it is as it was before our action.',
  unrestored:
    'NOT ALL ON AGAIN: each line says why; what is on stays on, and the same command goes on with what is left.',
  failed: 'FAILED: at least one target was not stopped.',
  unsure: 'UNSURE: it may have happened. Ask the real system: firebreak status --recheck',
  'by-hand':
    'BY HAND: do it as shown, then write down what you saw: firebreak done <step>, or firebreak note',
  stopped:
    'STOPPED between two targets: what was done stands, and the same command goes on with what is left.',
  unproved: 'NOT PROVED: it was accepted, and not confirmed yet. Ask again: firebreak status --recheck',
};
