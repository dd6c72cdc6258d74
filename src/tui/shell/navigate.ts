import type { FormState, Screen } from '../places.ts';
import { draftName, formOf } from '../forms/index.ts';
import type { Effect, World } from '../screen.ts';
import { declareStart } from '../screens/declare/state.ts';
import { startForm } from '../screens/form/state.ts';
import { reading } from '../screens/page/page.ts';
import { incidentStart } from '../screens/incident/state.ts';
import { replaceTop, startModel, top, type Model } from './model.ts';

/** A form holds a secret when any of its fields does; what was typed there is never kept for later. */
const keepsDraft = (form: FormState, world: World): boolean =>
  !formOf(form.purpose, world).spec.fields.some(({ is }) => is === 'secret') &&
  Object.values(form.inputs).some(({ field, ticked }) => field.text !== '' || ticked.length > 0);

const push = (model: Model, screen: Screen): Model => {
  const draft = screen.at === 'form' ? model.drafts[draftName(screen.purpose)] : undefined;
  const [first, ...rest] = model.stack;
  return { ...model, stack: [first, ...rest, draft ?? screen], scroll: 0, overlay: null, notice: null };
};

const pop = (model: Model, world: World): Model => {
  const leaving = top(model);
  const [first, ...rest] = model.stack;
  const kept =
    leaving.at === 'form' && keepsDraft(leaving, world)
      ? { ...model.drafts, [draftName(leaving.purpose)]: { ...leaving, problem: null, masked: null } }
      : model.drafts;
  return { ...model, stack: [first, ...rest.slice(0, -1)], scroll: 0, drafts: kept };
};

/** A new preview or an incident opened later takes the place of the one in front; both are one place to be. */
const arrive = (model: Model, screen: Screen): Model => {
  const [first] = model.stack;
  if (screen.at === 'incident') return { ...model, stack: [first, incidentStart], scroll: 0, overlay: null };
  return top(model).at === screen.at && replacing.has(screen.at)
    ? { ...replaceTop(model, screen), scroll: 0 }
    : push(model, screen);
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
  { do: 'go' | 'form' | 'read' | 'swap' | 'back' | 'home' | 'say' | 'forget' | 'declare-real' }
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
      return arrive(model, effect.to);
    case 'form':
      return push(model, startForm(effect.purpose, world));
    case 'read':
      return push(model, reading(effect.title, effect.blocks, effect.offers));
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
    case 'forget': {
      const { [effect.draft]: _gone, ...drafts } = model.drafts;
      return { ...model, drafts };
    }
  }
};
