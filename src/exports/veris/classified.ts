import type { Json, JsonObject } from '../../base/canonical.ts';
import type { ExportInput } from '../export.ts';

/**
 * What people said about an incident in the words of VERIS, each part with the journal entries that it rests on. Only what a fact, a count
 * or the leaked credential itself says is classified; what nobody has said is `Unknown`, because a guess would be counted as knowledge.
 */
export type Classified = Readonly<{ value: JsonObject; entries: readonly number[] }>;

type State = Pick<ExportInput['state'], 'facts' | 'scope' | 'closedAs' | 'phase'>;
type Said = Readonly<{ value: Json; n: number }>;

/** A known public answer; a fact that was ruled out is a no. */
function said({ facts }: Pick<State, 'facts'>, id: string): Said | null {
  const fact = facts.get(id);
  if (fact === undefined) return null;
  if (fact.ruledOut) return { value: false, n: fact.n };
  if (!fact.known) return null;
  const value = fact.value === 'yes' ? true : fact.value === 'no' ? false : fact.value;
  return { value, n: fact.n };
}

const is = (one: Said | null, value: Json): boolean => one !== null && one.value === value;
const entriesOf = (...all: readonly (Said | null)[]): readonly number[] => [
  ...new Set(all.flatMap((one) => (one === null ? [] : [one.n]))),
];

const unknown: Classified = { value: { unknown: {} }, entries: [] };

/** `Confirmed` needs somebody who became aware of it, or personal data that are said to be affected. */
export function certaintyOf(state: State): Readonly<{ value: string; entries: readonly number[] }> {
  const [kind, aware, personal] = [
    said(state, 'incident-kind'),
    said(state, 'aware'),
    said(state, 'personal-data'),
  ];
  if (state.closedAs === 'not-an-incident') return { value: 'False positive', entries: [] };
  if (is(kind, 'nothing')) return { value: 'False positive', entries: entriesOf(kind) };
  const sure = [aware, personal].filter((one) => one !== null && one.value !== false);
  return sure.length > 0
    ? { value: 'Confirmed', entries: entriesOf(...sure) }
    : { value: 'Suspected', entries: [] };
}

const UNKNOWN_ACTOR = { variety: ['Unknown'], motive: ['Unknown'] };

export function actorOf(state: State): Classified {
  const [insider, malicious, kind] = [
    said(state, 'insider'),
    said(state, 'malicious'),
    said(state, 'incident-kind'),
  ];
  if (is(insider, true)) return { value: { internal: UNKNOWN_ACTOR }, entries: entriesOf(insider) };
  if (is(kind, 'wrong-recipient')) return { value: { internal: UNKNOWN_ACTOR }, entries: entriesOf(kind) };
  if (is(malicious, true) && is(insider, false))
    return {
      value: { external: { ...UNKNOWN_ACTOR, country: ['Unknown'] } },
      entries: entriesOf(malicious, insider),
    };
  return unknown;
}

/** By what a person called it, in the closest words of the schema. */
const ACTIONS: Readonly<Record<string, JsonObject>> = {
  'stolen-token': { hacking: { variety: ['Use of stolen creds'], vector: ['Unknown'] } },
  'altered-script': { hacking: { variety: ['Unknown'], vector: ['Web application'] } },
  'wrong-recipient': { error: { variety: ['Misdelivery'], vector: ['Unknown'] } },
  'open-store': { error: { variety: ['Misconfiguration'], vector: ['Unknown'] } },
};

export function actionOf(state: State): Classified {
  const kind = said(state, 'incident-kind');
  const value = typeof kind?.value === 'string' ? ACTIONS[kind.value] : undefined;
  return value === undefined ? unknown : { value, entries: entriesOf(kind) };
}

/** Kinds of data as the data map names them. Four of them are personal data as well, which the schema wants said beside them. */
const DATA: Readonly<Record<string, string>> = {
  contact: 'Personal',
  order: 'Personal',
  location: 'Personal',
  child: 'Personal',
  'free-text': 'Personal',
  'identity-document': 'Sensitive Personal',
  'special-category': 'Sensitive Personal',
  health: 'Medical',
  financial: 'Bank',
  'payment-card': 'Payment',
  credentials: 'Credentials',
};
const ALSO_PERSONAL: ReadonlySet<string> = new Set(['Sensitive Personal', 'Medical', 'Bank', 'Payment']);

type Kinds = Readonly<{ varieties: readonly string[]; entries: readonly number[] }>;

function kindsOf(state: State, leaked: readonly number[]): Kinds {
  const [categories, cards, special] = [
    said(state, 'data-categories'),
    said(state, 'cardholder-data-suspected'),
    said(state, 'special-category'),
  ];
  const counted = state.scope.counted;
  const named = Array.isArray(categories?.value) ? categories.value.map(String) : [];
  const ids = [
    ...named,
    ...(counted?.groups ?? []).filter(({ by }) => by === 'data').map(({ name }) => name),
    ...(cards !== null && cards.value !== false ? ['payment-card'] : []),
    ...(is(special, true) ? ['special-category'] : []),
  ];
  const found = ids.flatMap((id) => DATA[id] ?? []);
  const isPersonal = is(said(state, 'personal-data'), true) || found.some((one) => ALSO_PERSONAL.has(one));
  const personal = isPersonal ? ['Personal'] : [];
  const keys = leaked.length > 0 ? ['API key'] : [];
  return {
    varieties: [...new Set([...keys, ...found, ...personal])].toSorted(),
    entries: [
      ...entriesOf(
        named.length > 0 ? categories : null,
        cards?.value === false ? null : cards,
        is(special, true) ? special : null,
      ),
      ...(counted === null ? [] : [counted.n]),
      ...leaked,
    ],
  };
}

/** Whole records: what was counted, else the likely number that somebody gave. */
function recordsOf(state: State): Readonly<{ total: number; n: number }> | null {
  const { counted } = state.scope;
  if (counted !== null) return { total: counted.records_counted[1], n: counted.n };
  const given = said(state, 'records-count');
  const value = given?.value;
  const about =
    typeof value === 'number'
      ? value
      : typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as JsonObject)['about']
        : null;
  return given === null || typeof about !== 'number' ? null : { total: about, n: given.n };
}

/** `Yes` only where somebody said that data left; where they may have been read it is `Potentially`. */
export function attributeOf(state: State, leaked: readonly number[]): Classified {
  const [left, personal, hit] = [
    said(state, 'exfiltration'),
    said(state, 'personal-data'),
    said(state, 'breach'),
  ];
  const kinds = kindsOf(state, leaked);
  const records = recordsOf(state);
  const possible = is(personal, true) || kinds.varieties.length > 0;
  const disclosure = is(left, true) ? 'Yes' : is(left, false) ? 'No' : possible ? 'Potentially' : 'Unknown';
  const sides = (Array.isArray(hit?.value) ? hit.value : [hit?.value ?? null]).map(String);
  return {
    value: {
      confidentiality: {
        data_disclosure: disclosure,
        ...(records === null ? {} : { data_total: records.total }),
        data: (kinds.varieties.length === 0 ? ['Unknown'] : kinds.varieties).map((variety) => ({ variety })),
      },
      ...(sides.includes('integrity') ? { integrity: { variety: ['Unknown'] } } : {}),
      ...(sides.includes('availability') ? { availability: { variety: ['Unknown'] } } : {}),
    },
    entries: [
      ...new Set([
        ...entriesOf(left, possible ? personal : null, hit),
        ...kinds.entries,
        ...(records === null ? [] : [records.n]),
      ]),
    ],
  };
}
