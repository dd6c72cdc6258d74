import { draftKey, formKey, resumed, without, withDraftOf, type Drafts } from '../drafts.ts';
import type { Screen } from '../places.ts';
import type { Effect, World } from '../screen.ts';
import { declareStart } from '../screens/declare/state.ts';
import { startForm } from '../screens/form/state.ts';
import { reading } from '../screens/page/page.ts';
import { incidentStart } from '../screens/incident/state.ts';
import { replaceTop, startModel, top, type Model } from './model.ts';

const push = (model: Model, screen: Screen, world: World): Model => {
  const [first, ...rest] = model.stack;
  const opened = resumed(screen, model.drafts, world);
  return { ...model, stack: [first, ...rest, opened], scroll: 0, overlay: null, notice: null };
};

const pop = (model: Model, world: World): Model => {
  const [first, ...rest] = model.stack;
  const drafts = withDraftOf(model.drafts, top(model), world);
  return { ...model, stack: [first, ...rest.slice(0, -1)], scroll: 0, drafts };
};

/** Of the places that are left at once, the line that declared has been sent. */
const declared = ({ stack, drafts }: Model, world: World): Drafts => {
  const sent = stack.find(({ at }) => at === 'declare');
  return sent === undefined ? drafts : without(drafts, draftKey(sent, world));
};

/** A new preview or an incident opened later takes the place of the one in front; both are one place to be. */
const arrive = (model: Model, screen: Screen, world: World): Model => {
  const [first] = model.stack;
  if (screen.at === 'incident')
    return {
      ...model,
      stack: [first, incidentStart],
      scroll: 0,
      overlay: null,
      drafts: declared(model, world),
    };
  return top(model).at === screen.at && replacing.has(screen.at)
    ? { ...replaceTop(model, screen), scroll: 0 }
    : push(model, screen, world);
};

/** Places that show how something stood: a newer look takes the place of the one in front. */
const replacing: ReadonlySet<Screen['at']> = new Set([
  'run',
  'merge',
  'mailing',
  'posted',
  'scope-import',
  'doctor',
  'audit',
  'difference',
]);

export const LEAVE_WITHIN_MS = 2000;

/** Effects that only move a person about. */
export type Move = Extract<
  Effect,
  { do: 'go' | 'form' | 'read' | 'swap' | 'back' | 'home' | 'say' | 'forget' | 'regain' | 'declare-real' }
>;
const moves: ReadonlySet<Effect['do']> = new Set<Move['do']>([
  'go',
  'form',
  'read',
  'swap',
  'back',
  'home',
  'say',
  'forget',
  'regain',
  'declare-real',
]);
export const isMove = (effect: Effect): effect is Move => moves.has(effect.do);

/** Nothing that was typed in the drill is found again: it was about something that never happened. */
const declaring = (model: Model, { here, said }: Extract<Effect, { do: 'declare-real' }>): Model => {
  if (!here) return { ...model, done: true, next: { declare: true, said } };
  return { ...startModel([declareStart]), touchedAt: model.touchedAt, notice: { tone: 'warn', text: said } };
};

/** Moves happen here and now; everything else is performed. */
export const navigate = (model: Model, effect: Move, world: World): Model => {
  switch (effect.do) {
    case 'go':
      return arrive(model, effect.to, world);
    case 'form':
      return push(model, startForm(effect.purpose, world), world);
    case 'read':
      return push(model, reading(effect.title, effect.blocks, effect.offers), world);
    case 'swap':
      return { ...replaceTop(model, effect.to), scroll: 0 };
    case 'back':
      return pop(model, world);
    case 'home':
      return { ...model, stack: [model.stack[0]], scroll: 0, overlay: null, notice: null };
    case 'say':
      return { ...model, notice: { tone: effect.tone, text: effect.text } };
    case 'declare-real':
      return declaring(model, effect);
    case 'forget':
      return { ...model, drafts: without(model.drafts, formKey(effect.draft, world)) };
    case 'regain':
      return { ...model, drafts: { ...model.drafts, [effect.key]: effect.draft } };
  }
};
