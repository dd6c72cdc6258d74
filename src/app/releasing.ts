import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import { approvalUsed, mustBeApproved } from '../incident/about-approval.ts';
import { approvalOf, overrideTaken } from '../incident/approvals.ts';
import type { IncidentState } from '../incident/state.ts';
import { checkLetter } from '../letters/check/check.ts';
import type { LetterReport } from '../letters/check/check.ts';
import { draftLetter } from '../letters/draft.ts';
import type { LetterDraft, LetterInput } from '../letters/draft.ts';
import type { Fresh } from '../model/event.ts';
import { stepsOf } from '../model/plan.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { ClockView } from '../projections/countdowns.ts';
import { releasedLetter } from '../projections/released.ts';
import { allowed } from './approvals.ts';
import type { CheckedLetter, ReleaseAsked } from './letter-contract.ts';
import { inputFor } from './letters.ts';
import type { IncidentParts } from './parts.ts';
import { outdatedIn } from './outdated.ts';
import { clocksOf } from './views.ts';

/** A letter looked at, and let go: by a named person, in this very text, with what was gone past. */

const looked = (input: LetterInput): Readonly<{ draft: LetterDraft; report: LetterReport }> => {
  const draft = draftLetter(input);
  return { draft, report: checkLetter(draft, input) };
};

/** The draft of now, what speaks against it, and whether the text that was released is still what would be written. */
export const checkedLetter = (parts: IncidentParts, letter: string, language: string): CheckedLetter => {
  const found = looked(inputFor(parts, letter, language));
  const released = releasedLetter(parts.ledger.state(), letter, language);
  if (released === null) return { ...found, released: null };
  const then = draftLetter(inputFor(parts, letter, language, released.at));
  return { ...found, released: { ...released, stands: then.sha256 === released.sha256 } };
};

type Wanted = Readonly<{ letter: string; language: string }>;

/** Letters of the plan and of the clocks that run, each in the languages it is written in. */
export const wantedLetters = (parts: IncidentParts): readonly Wanted[] => {
  const { ledger, frozen, world, zone } = parts;
  const state = ledger.state();
  const planned = stepsIn(state).flatMap((step) => (step.kind === 'write' ? [step.letter] : []));
  const owed = clocksOf(state, frozen, world.clock.now(), zone).flatMap(({ letter, context, standing }) =>
    letter === null || context || !RUNNING.has(standing) ? [] : [letter],
  );
  return [...new Set([...planned, ...owed])].flatMap((letter) =>
    Object.keys(frozen.letters[letter]?.templates ?? {}).map((language) => ({ letter, language })),
  );
};

const RUNNING: ReadonlySet<string> = new Set([
  'provisional',
  'running',
  'overdue',
] satisfies readonly ClockView['standing'][]);

const stepsIn = ({ plan }: IncidentState): readonly PlannedStep[] => (plan === null ? [] : stepsOf(plan));

/**
 * Releases the text as it stands. What it lacks and what is refused in it needs a reason; where the runbook wants somebody else to
 * agree to what leaves the company, no reason stands in for them.
 * @throws Problem `letter-refused`, `not-authorised`, `not-found`
 */
export const releaseLetter = async (parts: IncidentParts, asked: ReleaseAsked): Promise<CheckedLetter> => {
  const { letter, language } = asked;
  allowed(parts, 'submit', null);
  const input = inputFor(parts, letter, language);
  const bare = draftLetter(input);
  const { draft, report } = looked({ ...input, waived: bare.missing });
  const reason = asked.override?.trim() ?? '';
  if (!report.clean && reason === '') throw refusedFor(report);
  const { ledger, world } = parts;
  const agreed = agreedTo(parts, draft);
  const past = report.clean ? [] : [...report.missing, ...report.refused];
  const why = { class: 'staff', value: maskSecrets(reason).text } as const;
  const override: readonly Fresh[] = report.clean
    ? []
    : [
        overrideTaken(
          null,
          `letter ${letter} (${language}): ${past.join('; ')}`.slice(0, WHAT_MAX),
          why,
          world.clock.now(),
        ),
      ];
  await ledger.append([
    ...agreed,
    ...override,
    releasedEvent({ draft, report }, input, report.clean ? null : why),
  ]);
  return checkedLetter(parts, letter, language);
};

/** The list stands whole in the release beside it. */
const WHAT_MAX = 400;

const releasedEvent = (
  { draft, report }: Readonly<{ draft: LetterDraft; report: LetterReport }>,
  { now }: LetterInput,
  why: Readonly<{ class: 'staff'; value: string }> | null,
): Fresh => {
  const { letter, language, duty, sha256, missing } = draft;
  const findings = [...report.claims, ...report.lint].filter(({ is }) => is !== 'carried');
  return {
    kind: 'letter.released',
    pub: {
      letter,
      language,
      duty,
      sha256,
      at: now,
      missing: [...missing],
      refused: [...report.refused],
      override: why !== null,
    },
    priv: {
      body: { class: 'staff', value: draft.markdown },
      findings: { class: 'staff', value: JSON.stringify(findings) },
      ...(why === null ? {} : { reason: why }),
    },
  };
};

const refusedFor = ({ letter, language, missing, refused }: LetterReport): Problem =>
  new Problem('letter-refused', {
    letter,
    language,
    why: [
      missing.length === 0 ? '' : `missing: ${missing.join('; ')}`,
      refused.length === 0 ? '' : `refused: ${refused.join(', ')}`,
    ]
      .filter((one) => one !== '')
      .join('. '),
  });

/** What the steps that send this letter want of others, and what of it is there. A step that has ended was agreed to then. */
const agreedTo = (parts: IncidentParts, { letter, duty }: LetterDraft): readonly Fresh[] => {
  const { ledger, world, actor } = parts;
  const state = ledger.state();
  const sends = stepsIn(state).filter(
    (step) =>
      (step.kind === 'write' && step.letter === letter) ||
      (step.kind === 'do' && step.submits !== null && step.submits === duty),
  );
  return sends.flatMap((step): readonly Fresh[] => {
    const status = state.steps.get(step.id)?.status;
    const approval = approvalOf(state, step, world.clock.now(), actor, outdatedIn(parts));
    if (approval === null || status === 'finished' || status === 'skipped') return [];
    if (!approval.enough) throw mustBeApproved(step, approval);
    return [approvalUsed(approval)];
  });
};
