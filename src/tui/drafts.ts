import type { Typed } from '../app/contract.ts';
import { draftName, formOf } from './forms/index.ts';
import { fieldOf } from './parts/field.ts';
import type { DeclareState, FormState, Input, Screen } from './places.ts';
import type { World } from './screen.ts';
import { startForm } from './screens/form/state.ts';

/** What stands half-written in a form: its fields, and the one in focus. */
export type Draft = Pick<FormState, 'inputs' | 'on'>;

/** By incident and form: words about one incident are never offered in another. */
export type Drafts = Readonly<Record<string, Draft>>;

/** The one line that declares has a place of its own, in front of every incident. */
const DECLARE = 'declare';
const TITLE = 'title';

/** A form is named by all that it is about; what was just looked at and is that long is looked at anew another day. */
const NAME_MAX = 2000;

const within = (incident: string | null): string => `${incident ?? ''} `;
const isDeclaring = (screen: Screen): screen is DeclareState =>
  screen.at === 'declare' && screen.purpose === 'declare';

/** Under which key the words of this screen are kept; null for one that has none. */
export const draftKey = (screen: Screen, world: World): string | null => {
  if (isDeclaring(screen)) return within(null) + DECLARE;
  return screen.at === 'form' ? formKey(draftName(screen.purpose), world) : null;
};

export const formKey = (name: string, { incident }: World): string => within(incident?.id ?? null) + name;

const same = (one: Input | undefined, other: Input): boolean =>
  one?.field.text === other.field.text &&
  one.chosen === other.chosen &&
  one.ticked.join(' ') === other.ticked.join(' ');

/** What was typed there. Null where nothing was, and where a field takes a secret: that is never kept for later. */
const draftOf = (screen: Screen, world: World): Draft | null => {
  if (isDeclaring(screen))
    return screen.title.text.trim() === ''
      ? null
      : { inputs: { [TITLE]: { field: screen.title, chosen: 0, ticked: [] } }, on: 0 };
  if (screen.at !== 'form') return null;
  const { inputs, on, purpose } = screen;
  if (formOf(purpose, world).spec.fields.some(({ is }) => is === 'secret')) return null;
  const untouched = startForm(purpose, world).inputs;
  const touched = Object.entries(inputs).some(([id, input]) => !same(untouched[id], input));
  return touched ? { inputs, on } : null;
};

export const without = (drafts: Drafts, key: string | null): Drafts =>
  Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== key));

/** All drafts with that of one screen as it stands; a form that was emptied has none. */
export const withDraftOf = (drafts: Drafts, screen: Screen, world: World): Drafts => {
  const key = draftKey(screen, world);
  if (key === null) return drafts;
  const draft = draftOf(screen, world);
  return draft === null ? without(drafts, key) : { ...drafts, [key]: draft };
};

/** A screen that is opened, with what was typed there before. */
export const resumed = (screen: Screen, drafts: Drafts, world: World): Screen => {
  const draft = drafts[draftKey(screen, world) ?? ''];
  if (draft === undefined) return screen;
  if (screen.at === 'declare') return { ...screen, title: draft.inputs[TITLE]?.field ?? screen.title };
  if (screen.at !== 'form') return screen;
  const last = formOf(screen.purpose, world).spec.fields.length - 1;
  return { ...screen, inputs: { ...screen.inputs, ...draft.inputs }, on: Math.min(draft.on, last) };
};

/** Everything typed and not sent about one incident, or about none, as it is kept on the disk. */
export const typedIn = (
  drafts: Drafts,
  stack: readonly Screen[],
  incident: string | null,
  world: World,
): readonly Typed[] => {
  let all = drafts;
  for (const screen of stack) all = withDraftOf(all, screen, world);
  const prefix = within(incident);
  return Object.entries(all).flatMap(([key, { inputs, on }]) =>
    key.startsWith(prefix) && key.length < NAME_MAX
      ? [{ name: key.slice(prefix.length), on, inputs: mapped(inputs, toTyped) }]
      : [],
  );
};

/** What an earlier process kept. */
export const foundOf = (incident: string | null, found: readonly Typed[]): Drafts =>
  Object.fromEntries(
    found.map(({ name, on, inputs }) => [within(incident) + name, { on, inputs: mapped(inputs, toInput) }]),
  );

type TypedInput = Typed['inputs'][string];
const toTyped = ({ field, chosen, ticked }: Input): TypedInput => ({ text: field.text, chosen, ticked });
const toInput = ({ text, chosen, ticked }: TypedInput): Input => ({ field: fieldOf(text), chosen, ticked });

const mapped = <A, B>(all: Readonly<Record<string, A>>, make: (one: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(all).map(([id, one]) => [id, make(one)]));

/** Said where an incident is opened again. */
export const draftWords = (found: readonly Typed[]): string =>
  found.length === 0 ? '' : ' What you had typed and not sent stands in its form.';
