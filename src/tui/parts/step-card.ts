import { keyOf } from '../keys.ts';
import { onlyRead, type OnlyRead } from '../only-read.ts';
import { MINUTE, formatDuration } from '../../base/duration.ts';
import { adviceRows } from './advice.ts';
import { approvalNow, approvalRows } from './approval.ts';
import { contactFor } from './contact.ts';
import { hasNoRow } from '../../model/plan.ts';
import type { StepStatus, StepView } from '../../projections/incident.ts';
import { isUnsigned, packWords } from '../../projections/pack.ts';
import type { World } from '../screen.ts';
import { signOfStep, signWords, type Tone } from '../theme.ts';
import { blank, labelled, line, paragraph, span, wrap, type Line } from './line.ts';

type Item = Readonly<{ id: string; title: string }>;

const titleOf = (items: readonly Item[], id: string): string => {
  const title = items.find((item) => item.id === id)?.title;
  return title === undefined || title === id ? id : `${title} (${id})`;
};

/** Done on some target, and its system has not said so yet: asking again is the next thing, not doing it again. */
const isUnproved = ({ acts }: StepView): boolean =>
  acts.some((act) => act.result === 'done' && act.proof !== 'proved');

const cannotHere = (why: OnlyRead, { look }: World): string =>
  why === 'handed'
    ? 'handed over: it goes on there'
    : why === 'asked'
      ? 'opened for reading only'
      : `read-only here; ${keyOf(look, 'step:take-over')} takes the incident over`;

const BY_HAND = 'do it, then enter: write down the result';

/** What Enter does here, said on the card itself: nobody has to remember a key. */
const invitation = (view: StepView, world: World): string => {
  const { step, status } = view;
  if (world.view?.state.phase === 'closed')
    return `the incident is closed; ${keyOf(world.look, 'incident:note')}: write a note, ${keyOf(world.look, 'step:export')}: brief or timeline`;
  if (status === 'unsure' && onlyRead(world) === null) return 'enter: see what is known and settle it';
  if (status === 'wait') return `waits: ${view.because}`;
  if (status === 'done' || status === 'hand' || status === 'skip')
    return `finished; ${keyOf(world.look, 'step:reopen')} opens it again`;
  if (status === 'void') return view.because;
  const only = onlyRead(world);
  if (only !== null) return cannotHere(only, world);
  const approval = approvalNow(step.id, world);
  if (approval?.strict === true && !approval.enough)
    return approval.asked === null || approval.expired
      ? `first ${keyOf(world.look, 'step:ask-approval')}: ask for the approval that it needs`
      : `${keyOf(world.look, 'step:approve')}: a colleague approves here; then enter`;
  switch (step.kind) {
    case 'act':
      if (hasNoRow(step)) return BY_HAND;
      return isUnproved(view)
        ? `${keyOf(world.look, 'step:recheck')}: ask the system again whether it holds; enter: preview it anew`
        : `enter or ${keyOf(world.look, 'step:run')}: preview, then confirm`;
    case 'ask':
      return 'enter: answer';
    case 'decide':
      return 'enter: decide';
    case 'do':
      return BY_HAND;
    case 'write':
      return 'enter: see the letter and what is missing in it';
    case 'wait':
      return step.fact === null ? 'waiting' : `enter: record ${step.fact}`;
  }
};

const effectWords = {
  reads: 'reads only, changes nothing',
  reversible: 'reversible: u undoes it',
  irreversible: 'CANNOT be undone',
  'destroys-evidence': 'CANNOT be undone and destroys evidence',
} as const;

const acting = (view: StepView, world: World, width: number): readonly Line[] => {
  const { step } = view;
  if (step.kind !== 'act') return [];
  const items = world.incident?.items() ?? [];
  const targets = view.targets.map(({ item }) => titleOf(items, item));
  if (hasNoRow(step)) {
    return [
      ...labelled('Targets', 'NONE: the inventory had no row for this when it was declared', width, 'warn'),
      ...labelled('Effect', 'done by hand: nothing is sent from here', width),
    ];
  }
  const waiting = step.from_fact === null ? 'none' : `named by your answer to ${step.from_fact}`;
  const unconfirmed = step.confidence === 'unconfirmed';
  return [
    ...labelled(
      'Targets',
      targets.length === 0 ? waiting : `${targets.length}: ${targets.join('; ')}`,
      width,
      targets.length === 0 ? 'warn' : 'strong',
    ),
    ...labelled(
      'Effect',
      effectWords[step.effect],
      width,
      step.effect === 'reads' || step.effect === 'reversible' ? 'plain' : 'warn',
    ),
    ...(unconfirmed
      ? labelled(
          '',
          'UNCONFIRMED call: counts as done only once the system proves it; keep the way by hand open',
          width,
          'warn',
        )
      : []),
  ];
};

const timeBox = (view: StepView, world: World): string => {
  const started = world.view?.state.steps.get(view.step.id)?.startedAt;
  const base = `${view.step.role} · ${view.step.minutes} min`;
  if (started == null || view.status !== 'now') return base;
  const left = started + view.step.minutes * MINUTE - world.now;
  return `${base}, ${formatDuration(Math.floor(Math.abs(left) / MINUTE) * MINUTE)} ${left < 0 ? 'OVER' : 'left'}`;
};

/** A credential that was given is known by its fingerprint alone. */
const fingerprints = (items: unknown, world: World): string =>
  (Array.isArray(items) ? items.map(String) : [])
    .map((item) => {
      const given = world.view?.state.credentials.get(item) ?? [];
      return `${item}, fingerprint ${given.map(({ fingerprint }) => fingerprint).join(', ')}`;
    })
    .join('; ');

const answered = (view: StepView, world: World, width: number): readonly Line[] => {
  const fact =
    view.step.kind === 'ask' || view.step.kind === 'decide'
      ? world.view?.state.facts.get(view.step.fact)
      : undefined;
  if (fact === undefined) return [];
  const text = world.incident?.reveal({ n: fact.n, name: 'text' });
  const sealed = view.step.kind === 'ask' && view.step.answer === 'secret' && fact.known;
  if (sealed) return labelled('Sealed', fingerprints(fact.value, world), width, 'good');
  const value = !fact.known
    ? 'not known yet'
    : (text ??
      (fact.value === null
        ? '[sealed]'
        : typeof fact.value === 'string'
          ? fact.value
          : JSON.stringify(fact.value)));
  return labelled('Answer', `${value} (entry ${fact.n}, by ${fact.by})`, width, 'good');
};

/** Whom to ring, with the number: nobody has to look for it. Nor for a row that is not there. */
const ringing = ({ step }: StepView, world: World, width: number): readonly Line[] => {
  const contact = contactFor(step, world);
  if (contact !== null) return labelled('Ring', `${contact.phone}  ${contact.name}`, width, 'info');
  if (step.kind !== 'do' || step.call === null) return [];
  const whom = `nobody was entered for "${step.call}"; ${keyOf(world.look, 'incident:contacts')}: whom the law names`;
  return labelled('Ring', whom, width, 'warn');
};

/** How a step ended, in words: the badges of the list are too short to be read in a sentence. */
const endedWords: Readonly<Partial<Record<StepStatus, string>>> = {
  done: 'done',
  hand: 'done by hand',
  skip: 'left out',
  void: 'not needed',
};

/** Evidence that this step destroys: by the titles of the steps that take it, and whether they have been done. */
const keepFirst = ({ step }: StepView, world: World, width: number): readonly Line[] => {
  const { view } = world;
  return step.preserve.flatMap((id, i) => {
    const kept = view?.progress.steps.find((one) => one.step.id === id);
    const ended = kept === undefined ? 'done' : endedWords[kept.status];
    const word = view?.state.waived.has(id) === true ? 'waived' : (ended ?? 'NOT YET');
    const title = kept?.step.title ?? id;
    return labelled(
      i === 0 ? 'Keep first' : '',
      `${title}: ${word}`,
      width,
      ended === undefined ? 'warn' : 'plain',
    );
  });
};

/** The step to take now says NOW, though nothing of it has been begun. In a closed incident there is none. */
export const shownStatus = (view: StepView, { view: seen }: World): StepStatus =>
  view.status === 'todo' && seen?.state.phase !== 'closed' && view.step.id === seen?.progress.current?.step.id
    ? 'now'
    : view.status;

/** What somebody else wrote says so on every step, before what it asks for. */
const fromPack = (world: World, width: number): readonly Line[] => {
  const plan = world.view?.state.plan ?? null;
  const words = packWords(plan);
  return words === null ? [] : labelled('Pack', words, width, isUnsigned(plan) ? 'bad' : 'dim');
};

/** One step: what to do to what, why, how you know it worked, who, how long, and the way by hand. One imperative. */
export const stepCard = (view: StepView, world: World, width: number): readonly Line[] => {
  const { step } = view;
  const status = shownStatus(view, world);
  const sign = signOfStep(status, world.look);
  const question =
    step.kind === 'ask' || step.kind === 'decide'
      ? step.question
      : step.kind === 'do'
        ? step.instruction
        : '';
  const tone: Tone = sign.tone;
  return [
    ...wrap(line(span(`${signWords(sign)} `, tone), span(step.title, 'strong')), width, 4),
    ...(view.because === '' || status === 'void' || status === 'wait'
      ? []
      : paragraph(view.because, width, tone, 4)),
    ...wrap(line(span(`> ${invitation(view, world)}`, 'info')), width, 2),
    blank,
    ...fromPack(world, width),
    ...(question === '' ? [] : labelled(step.kind === 'do' ? 'Do' : 'Asks', question, width)),
    ...(step.kind === 'decide' ? adviceRows(step, world, width) : []),
    ...ringing(view, world, width),
    ...acting(view, world, width),
    ...approvalRows(step.id, world, width),
    ...answered(view, world, width),
    ...labelled('Why', step.why, width),
    ...labelled('Worked if', step.verify, width),
    ...labelled('Who, time', timeBox(view, world), width),
    ...labelled(step.kind === 'act' ? 'By hand' : 'Otherwise', step.fallback, width),
    ...(step.kind === 'do' && step.undo !== undefined ? labelled('Put back', step.undo, width) : []),
    ...keepFirst(view, world, width),
  ];
};
