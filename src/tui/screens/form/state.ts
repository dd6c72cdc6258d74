import type { Purpose, Input, FormState } from '../../places.ts';
import { draftName, formOf } from '../../forms/index.ts';
import type { FormField, FormSpec, Values } from '../../forms/form.ts';
import { emptyField, fieldOf, pasteInto, typeInto } from '../../parts/field.ts';
import { clamp } from '../../parts/list.ts';
import { doing, stay, type Next, type Press, type World } from '../../screen.ts';

/** No row of a choice is chosen yet. */
const NOTHING = -1;

const fresh = (field: FormField): Input => ({
  field:
    'initial' in field && (field.is === 'line' || field.is === 'block')
      ? fieldOf(field.initial ?? '')
      : emptyField,
  chosen:
    field.is === 'one' && field.open === true
      ? NOTHING
      : field.is === 'one'
        ? Math.max(
            0,
            field.options.findIndex(({ id }) => id === field.initial),
          )
        : 0,
  ticked: [],
});

export const startForm = (purpose: Purpose, world: World): FormState => ({
  at: 'form',
  purpose,
  inputs: Object.fromEntries(formOf(purpose, world).spec.fields.map((field) => [field.id, fresh(field)])),
  on: 0,
  problem: null,
  masked: null,
});

export const inputOf = (state: FormState, field: FormField): Input => state.inputs[field.id] ?? fresh(field);

const valueOf = (field: FormField, input: Input): string => {
  switch (field.is) {
    case 'line':
    case 'block':
    case 'secret':
      return input.field.text;
    case 'one':
      return field.options[input.chosen]?.id ?? '';
    case 'many':
      return input.ticked.join(' ');
  }
};

export const valuesOf = (state: FormState, fields: readonly FormField[]): Values =>
  Object.fromEntries(fields.map((field) => [field.id, valueOf(field, inputOf(state, field))]));

const wrong = (field: FormField, value: string, world: World): string | null => {
  if (value.trim() === '') {
    if (field.optional === true) return null;
    return field.is === 'one' ? 'choose one with up and down' : 'needed';
  }
  if ((field.is === 'line' || field.is === 'block') && field.check !== undefined) {
    const checked = field.check(value, world);
    return checked.ok ? null : checked.says;
  }
  return null;
};

const put = (state: FormState, id: string, input: Input): FormState => ({
  ...state,
  inputs: { ...state.inputs, [id]: input },
  problem: state.problem?.field === id ? null : state.problem,
  masked: null,
});

/** Hides card numbers and tokens in typed text. The person sees the hidden form first; secret fields are sealed instead. */
const mask = (
  state: FormState,
  fields: readonly FormField[],
  world: World,
): Readonly<{ state: FormState; found: readonly string[] }> => {
  let masked = state;
  const found: string[] = [];
  for (const field of fields) {
    if (field.is !== 'line' && field.is !== 'block') continue;
    const input = inputOf(state, field);
    const result = world.incident?.masked(input.field.text);
    if (result === undefined || result.masked.length === 0) continue;
    found.push(...result.masked);
    masked = put(masked, field.id, { ...input, field: fieldOf(result.text) });
  }
  return { state: masked, found };
};

const save = (state: FormState, world: World): Next<FormState> => {
  const { spec, complete } = formOf(state.purpose, world);
  const values = valuesOf(state, spec.fields);
  for (const [i, field] of spec.fields.entries()) {
    const says = wrong(field, values[field.id] ?? '', world);
    if (says !== null) return stay({ ...state, on: i, problem: { field: field.id, says } });
  }
  const hidden = mask(state, spec.fields, world);
  if (hidden.found.length > 0) return stay({ ...hidden.state, masked: hidden.found });
  const effects = complete(values);
  return effects.some(({ do: what }) => what === 'back' || what === 'go')
    ? doing({ ...state, inputs: {} }, { do: 'forget', draft: draftName(state.purpose) }, ...effects)
    : doing(state, ...effects);
};

/** Enter goes on to the next field; on the last it saves, and once a credential is given. Tab goes to another row. */
const enter = (state: FormState, spec: FormSpec, world: World): Next<FormState> => {
  const { fields } = spec;
  const values = valuesOf(state, fields);
  const current = fields[state.on];
  if (current !== undefined) {
    const says = wrong(current, values[current.id] ?? '', world);
    if (says !== null) return stay({ ...state, problem: { field: current.id, says } });
  }
  const given = fields.some((field) => field.is === 'secret' && (values[field.id] ?? '').trim() !== '');
  const last = spec.quick === true || given || state.on >= fields.length - 1;
  return last ? save(state, world) : stay({ ...state, on: state.on + 1 });
};

const chooseIn = (state: FormState, field: FormField, by: number): FormState => {
  if (field.is !== 'one' && field.is !== 'many') return state;
  const input = inputOf(state, field);
  return put(state, field.id, { ...input, chosen: clamp(input.chosen + by, field.options.length) });
};

const tick = (state: FormState, field: FormField): FormState => {
  if (field.is !== 'many') return state;
  const input = inputOf(state, field);
  const id = field.options[clamp(input.chosen, field.options.length)]?.id;
  if (id === undefined) return state;
  return put(state, field.id, {
    ...input,
    ticked: input.ticked.includes(id) ? input.ticked.filter((one) => one !== id) : [...input.ticked, id],
  });
};

/** The drill's own clipboard. In a live incident there is none: the terminal pastes the real one. */
const pasteClipboard = (state: FormState, field: FormField | undefined, world: World): Next<FormState> => {
  if (field?.is !== 'secret' || world.drill === null) return stay(state);
  const value = world.drill.clipboard(field.id);
  if (value === null)
    return doing(state, {
      do: 'say',
      tone: 'warn',
      text: `DRILL: no value of ${field.id} is on the clipboard.`,
    });
  const input = inputOf(state, field);
  const text = input.field.text.trim();
  return stay(
    put(state, field.id, {
      ...input,
      field: fieldOf(text === '' || text.split('\n').includes(value) ? value : `${text}\n${value}`),
    }),
  );
};

const isText = (field: FormField | undefined): boolean =>
  field?.is === 'line' || field?.is === 'block' || field?.is === 'secret';

/** True for what types text into the field it stands on; a space ticks only where there is nothing to type. */
export const isTyping = (state: FormState, world: World): boolean =>
  isText(formOf(state.purpose, world).spec.fields[state.on]);

const command = (state: FormState, id: string, spec: FormSpec, world: World): Next<FormState> => {
  const { fields } = spec;
  const field = fields[state.on];
  const total = fields.length;
  switch (id) {
    case 'app:back':
      return doing(state, { do: 'back' });
    case 'form:enter':
      return state.masked === null ? enter(state, spec, world) : save(state, world);
    case 'form:next':
      return stay({ ...state, on: (state.on + 1) % total });
    case 'form:previous':
      return stay({ ...state, on: (state.on + total - 1) % total });
    case 'form:down':
      return stay(
        isText(field) || field === undefined
          ? { ...state, on: Math.min(total - 1, state.on + 1) }
          : chooseIn(state, field, 1),
      );
    case 'form:up':
      return stay(
        isText(field) || field === undefined
          ? { ...state, on: Math.max(0, state.on - 1) }
          : chooseIn(state, field, -1),
      );
    case 'form:tick':
      return stay(field === undefined ? state : tick(state, field));
    case 'form:newline': {
      if (field?.is !== 'block' && field?.is !== 'secret') return stay(state);
      const input = inputOf(state, field);
      return stay(put(state, field.id, { ...input, field: pasteInto(input.field, '\n', 'block') }));
    }
    case 'form:clipboard':
      return pasteClipboard(state, field, world);
    default:
      return stay(state);
  }
};

/** What means nothing in the field in focus; its key is free for what it means elsewhere. */
export const formDisabled = (id: string, state: FormState, world: World): string | null => {
  const field = formOf(state.purpose, world).spec.fields[state.on];
  switch (id) {
    case 'form:newline':
      return field?.is === 'block' || field?.is === 'secret' ? null : 'this field has one line';
    case 'form:tick':
      return field?.is === 'many' ? null : 'there is nothing to tick here';
    case 'form:clipboard':
      return world.drill !== null && field?.is === 'secret' ? null : 'there is no made-up value here';
    default:
      return null;
  }
};

export const pressForm = (state: FormState, press: Press, world: World): Next<FormState> => {
  const { spec } = formOf(state.purpose, world);
  if (press.is === 'command') return command(state, press.id, spec, world);
  const field = spec.fields[state.on];
  if (field === undefined || !isText(field)) return stay(state);
  const input = inputOf(state, field);
  const takes = field.is === 'line' ? 'line' : 'block';
  const typed =
    press.is === 'paste'
      ? pasteInto(input.field, press.text, takes)
      : typeInto(input.field, press.key, takes);
  return typed === null ? stay(state) : stay(put(state, field.id, { ...input, field: typed }));
};
