import { gather } from '../../letters/elements.ts';
import type { LetterInput } from '../../letters/input.ts';
import type { DraftElement } from '../../letters/shape.ts';
import type { ElementSource, LetterElement, LetterSource } from '../../model/letter.ts';
import { standingWord, type ClockView } from '../../projections/countdowns.ts';
import { SEALED, bothTimes } from '../../projections/facts.ts';
import { toldOf, type SubjectSince, type ToldView } from '../../projections/told.ts';
import type { ExportInput } from '../export.ts';
import { edpb2026 } from './edpb-2026.ts';
import type { Form, FormField } from './form.ts';
import { ico2026 } from './ico-2026.ts';
import { entriesIn } from '../words.ts';
import { ownField } from './own.ts';
import type { Pack, PackField, PackForm } from './shape.ts';
import { withoutPersonal } from './withheld.ts';

/** The forms that are known, in the order in which they are shown. */
const FORMS: readonly Form[] = [edpb2026, ico2026];

/** Every form whose duty could be owed; one whose law does not reach the company is named with the reason. */
export function packOf(input: ExportInput): Pack {
  const owed = (form: Form): ClockView | undefined =>
    input.clocks.find(({ duty, context }) => duty === form.duty && !context);
  return {
    forms: FORMS.flatMap((form) => {
      const clock = owed(form);
      return clock === undefined ? [] : [formOf(form, clock, input)];
    }),
    leftOut: FORMS.filter((form) => owed(form) === undefined).map((form) => ({
      form,
      why: `${form.duty} is not owed in this incident: firebreak clocks --all says why`,
    })),
  };
}

type Asked = Extract<FormField, { from: unknown }>;
const isAsked = (field: FormField): field is Asked => 'from' in field;

/** The form as a letter: the same sources give the same words, so a form never says other things than its letter. */
const letterOf = (form: Form): LetterSource => ({
  title: form.title,
  to: 'authority',
  duty: form.duty,
  subject: form.title,
  languages: ['en'],
  elements: form.sections
    .flatMap(({ fields }) => fields)
    .filter(isAsked)
    .map(({ id, title, article, from, otherwise, required, may_follow }): LetterElement => ({
      id,
      title,
      article: article === '' ? form.title : article,
      from,
      ...(otherwise === undefined ? {} : { otherwise }),
      required,
      may_follow,
    })),
});

type About = Readonly<{
  input: ExportInput;
  found: ReadonlyMap<string, DraftElement>;
  told: ToldView | null;
}>;

function formOf(form: Form, clock: ClockView, input: ExportInput): PackForm {
  const source = letterOf(form);
  const found = new Map(gather(letterInput(source, input)).map(({ element }) => [element.id, element]));
  const duty = input.obligations.find(({ id }) => id === form.duty);
  const { reveal, zone } = input;
  const told = duty === undefined ? null : toldOf(input.state, duty, source, { reveal, zone });
  const about: About = { input, found, told };
  const last = told?.told.at(-1);
  const asked = new Map(
    form.sections.flatMap(({ fields }) =>
      fields.filter(isAsked).map((field) => [field.id, askedField(field, about)] as const),
    ),
  );
  const open = [...asked.values()].filter(({ status }) => status === 'not-known');
  const sections = form.sections.map(({ title, fields }) => ({
    title,
    fields: fields.flatMap((field) =>
      isAsked(field) ? (asked.get(field.id) ?? []) : [ownField(field, open, told, zone)],
    ),
  }));
  const all = sections.flatMap(({ fields }) => fields);
  return {
    form,
    standing: standingWord[clock.standing],
    due: clock.due,
    dueUtc: clock.dueUtc,
    last: last === undefined ? null : { phase: last.phase, at: last.at, entry: last.entry },
    sections,
    unknown: open.length,
    withheld: all.reduce((sum, { withheld }) => sum + withheld, 0),
    changed: all.filter(({ since }) => since !== null && isNews(since.change)).length,
  };
}

export const isNews = (change: SubjectSince['change']): boolean => change !== 'same' && change !== 'unknown';

const letterInput = (source: LetterSource, input: ExportInput): LetterInput => ({
  letter: 'regulator-pack',
  source,
  template: '',
  language: 'en',
  state: input.state,
  reveal: input.reveal,
  company: input.definitions.company,
  contacts: input.contacts,
  inventory: input.definitions.inventory,
  containment: input.containment,
  clocks: input.clocks,
  zone: input.zone,
  now: input.now,
  drill: input.drill,
});

type Value = Pick<PackField, 'status' | 'value' | 'basis' | 'entries'>;

function askedField(field: Asked, about: About): PackField {
  const { id, title, article } = field;
  const value = valueOf(field, about);
  const ours = isOurs(field);
  const { text, withheld } = cleaned(value.value, ours || value.status === 'not-confirmed');
  return {
    id,
    title,
    article,
    ...value,
    value: text,
    characters: text === null ? 0 : Array.from(text).length,
    withheld,
    since: sinceOf(field, about, ours),
    fact: value.status === 'not-known' ? (factsIn(field)[0] ?? null) : null,
  };
}

const factsIn = ({ from, otherwise }: Asked): readonly string[] =>
  [from, otherwise].flatMap((source) => (source !== undefined && 'fact' in source ? [source.fact] : []));

/** The company's own contacts are asked for, and its data map and journal name its own lines by their numbers. */
const isOurs = ({ from }: Asked): boolean =>
  'fact' in from ? from.fact === 'contact-point' : !('submitted' in from);

const cleaned = (text: string | null, ours: boolean): Readonly<{ text: string | null; withheld: number }> =>
  text === null || ours ? { text, withheld: 0 } : withoutPersonal(text);

function valueOf(field: Asked, { input, found }: About): Value {
  const element = found.get(field.id);
  const entries = element?.entries ?? [];
  const fact = 'fact' in field.from ? input.state.facts.get(field.from.fact) : undefined;
  if (fact?.ruledOut === true)
    return { status: 'known', value: 'ruled out', basis: `entry ${fact.n}`, entries: [fact.n] };
  const open = fact?.known === false ? `said to be not known in entry ${fact.n}` : '';
  if (element?.value !== null && element?.value !== undefined)
    return entries.length > 0
      ? { status: 'known', value: element.value, basis: entriesIn(entries), entries }
      : {
          status: isFromMap(field) ? 'not-confirmed' : 'known',
          value: element.value,
          basis: open === '' ? originOf(field) : `${originOf(field)}; ${open}`,
          entries,
        };
  // Known by somebody, and not to be read here.
  if (fact?.known === true && fact.value === null)
    return { status: 'sealed', value: SEALED, basis: `entry ${fact.n}`, entries: [fact.n] };
  const needed = element?.required === true || fact !== undefined;
  return { status: needed ? 'not-known' : 'not-needed', value: null, basis: open, entries };
}

/** Asked of a fact, and answered by the data map because nobody has said it. */
const isFromMap = ({ from, otherwise }: Asked): boolean =>
  'fact' in from && otherwise !== undefined && 'inventory' in otherwise;

/** Where a value without an entry of its own comes from. */
function originOf({ from, otherwise }: Asked): string {
  const source: ElementSource = 'fact' in from ? (otherwise ?? from) : from;
  if ('company' in source || 'contact' in source)
    return 'firebreak.yaml and contacts.yaml, as they were at the start';
  if ('inventory' in source) return 'inventory.yaml, as it was at the start';
  return 'the journal';
}

function sinceOf(field: Asked, { told }: About, ours: boolean): PackField['since'] {
  const facts = factsIn(field);
  const found = told?.since.find(({ fact }) => facts.includes(fact));
  if (found === undefined) return null;
  const { change, was, is } = found;
  return { change, was: cleaned(was, ours).text, is: cleaned(is, ours).text };
}

/** In words, for the head of a form. */
export const lastWords = ({ last }: PackForm, zone: string): string =>
  last === null
    ? 'Nothing was submitted yet.'
    : `Compared with submission ${last.phase}, ${bothTimes(last.at, zone)} (entry ${last.entry}).`;
