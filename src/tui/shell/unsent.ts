import type { App } from '../../app/contract.ts';
import { draftKey, typedIn, type Drafts } from '../drafts.ts';
import type { Screen } from '../places.ts';
import type { Effect, World } from '../screen.ts';
import { top, type Model } from './model.ts';

/** Hands on what is typed, whenever it has changed, to where it outlives this process. */
export const openUnsent = (app: App): Readonly<{ look: (model: Model, world: World) => void }> => {
  let seen: Readonly<{ front: Screen; drafts: Drafts; incident: World['incident'] }> | null = null;
  return {
    look(model, world) {
      const { drafts, stack } = model;
      const { incident, readOnly } = world;
      const now = { front: top(model), drafts, incident };
      if (readOnly || (now.front === seen?.front && drafts === seen.drafts && incident === seen.incident))
        return;
      seen = now;
      app.drafts.keep(typedIn(drafts, stack, null, world));
      incident?.drafts.keep(typedIn(drafts, stack, incident.id, world));
    },
  };
};

/** Puts back what was typed into a form whose words could not be written down, and says so. */
export const regaining = (before: Model, after: Model, world: World): readonly Effect[] => {
  const form = top(before);
  const key = draftKey(form, world);
  if (form.at !== 'form' || key === null || after.stack.includes(form)) return [];
  return [
    { do: 'regain', key, draft: { inputs: form.inputs, on: form.on } },
    { do: 'say', tone: 'warn', text: 'What you typed is kept: the same form holds it again.' },
  ];
};
