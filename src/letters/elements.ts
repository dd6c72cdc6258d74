import { unreachable } from '../base/assert.ts';
import { formatLocal, parseInstant, type Instant } from '../base/instant.ts';
import type { Company } from '../model/company.ts';
import type { Reveal } from '../model/event.ts';
import type { Contact, Count, Inventory } from '../model/inventory.ts';
import type { ElementSource, LetterElement, LetterSource } from '../model/letter.ts';
import type { ClockView } from '../projections/countdowns.ts';
import type { ContainmentView } from '../projections/containment.ts';
import { bothTimes, factWords, rangeWords } from '../projections/facts.ts';
import type { IncidentState } from '../projections/incident.ts';
import type { DraftElement } from './shape.ts';
import { affectedChannels } from './affected.ts';
import type { Shown } from './sinks.ts';

/** What a letter is made from. All of it is data: the same input gives the same letter, byte for byte. */
export type LetterInput = Readonly<{
  /** Name of the folder in templates/. */
  letter: string;
  source: LetterSource;
  /** Text of `<language>.hbs`. */
  template: string;
  language: string;
  state: IncidentState;
  reveal: Reveal;
  company: Company;
  contacts: readonly Contact[];
  inventory: Inventory;
  containment: ContainmentView;
  clocks: readonly ClockView[];
  /** IANA zone in which times are shown, UTC beside them. */
  zone: string;
  now: Instant;
  drill: boolean;
}>;

/** An element with what the letter shows for it; null shows nothing. */
export type Gathered = Readonly<{ element: DraftElement; shown: Shown | null }>;

/** What a source gives: null while nobody knows. */
type Found = Readonly<{
  shown: Exclude<Shown, { is: 'marker' }>;
  entries: readonly number[];
  sealed?: boolean;
}> | null;

export const gather = (input: LetterInput): readonly Gathered[] =>
  input.source.elements.map((element) => gatherOne(element, input));

function gatherOne(element: LetterElement, input: LetterInput): Gathered {
  const { id, title, article } = element;
  const required = element.required === 'when-late' ? isLate(input) : element.required;
  const about = { id, title, article, required };
  const found = find(element.from, input) ?? unconfirmed(element, input);
  if (found?.sealed === true) {
    const text = `[SEALED: ${article} ${title}; open the incident with its key]`;
    return {
      element: { ...about, value: null, status: 'missing', entries: found.entries },
      shown: { is: 'marker', text },
    };
  }
  if (found !== null) {
    const { shown, entries } = found;
    const value = shown.is === 'list' ? shown.items.join('\n') : shown.text;
    return { element: { ...about, value, status: 'known', entries }, shown };
  }
  const entries = asked(element.from, input);
  if (element.may_follow && (required || entries.length > 0)) {
    const text = `Not yet known, will follow${article.includes('33(3)') ? ' (Art. 33(4) GDPR)' : ''}`;
    return { element: { ...about, value: null, status: 'follows', entries }, shown: { is: 'marker', text } };
  }
  const shown: Shown | null = required ? { is: 'marker', text: `[MISSING: ${article} ${title}]` } : null;
  return { element: { ...about, value: null, status: 'missing', entries }, shown };
}

function isLate({ source, clocks, now }: LetterInput): boolean {
  const clock = clocks.find(({ duty }) => duty === source.duty);
  if (clock === undefined || clock.due === null) return false;
  return (clock.submittedAt ?? now) > clock.due;
}

/** "Not known yet" is recorded too: the entry where somebody said so. */
const asked = (from: ElementSource, { state }: LetterInput): readonly number[] => {
  const fact = 'fact' in from ? state.facts.get(from.fact) : undefined;
  return fact === undefined ? [] : [fact.n];
};

function unconfirmed(element: LetterElement, input: LetterInput): Found {
  const found = element.otherwise === undefined ? null : find(element.otherwise, input);
  if (found === null || element.otherwise === undefined || !('inventory' in element.otherwise)) return found;
  // What is in the data map is what could be affected, not what is: the reader must see the difference.
  const note = 'from our data map, the most that could be affected; not yet confirmed';
  return found.shown.is === 'list'
    ? { ...found, shown: { is: 'list', items: found.shown.items.map((item) => `${item} (${note})`) } }
    : { ...found, shown: { is: 'text', text: `${found.shown.text} (${note})` } };
}

function find(from: ElementSource, input: LetterInput): Found {
  if ('fact' in from) return fromFact(from.fact, input);
  if ('company' in from) return fromCompany(from.company, input);
  if ('contact' in from) return contactText(input.contacts.find((row) => row.for?.includes(from.contact)));
  if ('inventory' in from) return fromInventory(from.inventory, input);
  return fromJournal(from.journal, input);
}

const text = (words: string | null | undefined, entries: readonly number[] = []): Found =>
  words === null || words === undefined || words.trim() === ''
    ? null
    : { shown: { is: 'text', text: words }, entries };

const list = (items: readonly string[], entries: readonly number[] = []): Found =>
  items.length === 0 ? null : { shown: { is: 'list', items }, entries };

function fromFact(id: string, { state, reveal, zone, inventory, source, language }: LetterInput): Found {
  const words = factWords(state, id, reveal, zone);
  if (words.text === null || state.facts.get(id)?.ruledOut === true) return null;
  if (words.sealed) return { shown: { is: 'text', text: words.text }, entries: words.entries, sealed: true };
  const value = state.facts.get(id)?.value ?? null;
  const at = typeof value === 'string' ? parseInstant(value) : null;
  // People are told a day; offices get the minute, in the zone and in UTC.
  if (at !== null && source.to === 'people') return text(dayWords(at, zone, language), words.entries);
  if (Array.isArray(value))
    return list(
      value.map((item) => titleOf(String(item), inventory)),
      words.entries,
    );
  // A number without where it comes from is an invented number.
  const numeric = typeof value === 'number' || (typeof value === 'object' && value !== null);
  return text(
    numeric && words.basis !== '' ? `${words.text}; basis: ${words.basis}` : words.text,
    words.entries,
  );
}

const months: Readonly<Record<string, readonly string[]>> = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

/** The day as a letter writes it: `20 November 2026`; in a language without month names here, `2026-11-20`. */
export function dayWords(at: Instant, zone: string, language: string): string {
  const date = formatLocal(at, zone, 'date');
  const [year = '', month = '', day = ''] = date.split('-');
  const name = months[language]?.[Number(month) - 1];
  return name === undefined ? date : `${Number(day)} ${name} ${year}`;
}

function titleOf(id: string, inventory: Inventory): string {
  const rows = [...inventory.channels, ...inventory.integrations, ...inventory.credentials];
  return rows.find((row) => row.id === id)?.title ?? id;
}

type CompanySource = Extract<ElementSource, { company: unknown }>['company'];

function fromCompany(key: CompanySource, { company: { organisation }, contacts }: LetterInput): Found {
  if (key === 'dpo' || key === 'acquirer')
    return contactText(contacts.find((row) => row.id === organisation[key]));
  if (key === 'legal_name') return text(organisation.legal_name ?? organisation.name);
  return text(organisation[key]);
}

const contactText = (row: Contact | undefined): Found =>
  row === undefined
    ? null
    : text([row.name, row.phone, row.email].filter((part) => part !== undefined).join(', '));

type InventorySource = Extract<ElementSource, { inventory: unknown }>['inventory'];

function fromInventory(what: InventorySource, { state, inventory }: LetterInput): Found {
  const channels = affectedChannels(state, inventory);
  // Channels share people, so their numbers are shown one by one and never added up.
  const counts = (of: 'people' | 'records'): Found =>
    list(channels.flatMap((row) => (row[of] === undefined ? [] : [`${row.title}: ${countWords(row[of])}`])));
  switch (what) {
    case 'people':
    case 'records':
      return counts(what);
    case 'channels':
      return list(channels.map((row) => row.title));
    case 'data':
      return text(
        [...new Set(channels.flatMap((row) => [...row.data, ...row.holds]))]
          .map((kind) => kind.replaceAll('-', ' '))
          .join(', '),
      );
    case 'countries':
      return text(
        [...new Set(channels.flatMap((row) => Object.keys(row.countries ?? {})))].toSorted().join(', '),
      );
    case 'processors': {
      const ids = new Set(channels.map((row) => row.processor));
      return list(
        (inventory.processors ?? [])
          .filter(({ id }) => ids.has(id))
          .map(({ title, role }) => `${title} (${role.replaceAll('-', ' ')})`),
      );
    }
    default:
      return unreachable(what);
  }
}

const countWords = ({ about, from, to, basis }: Count): string =>
  `${rangeWords(about, from ?? null, to ?? null)}, basis: ${basis}`;

type JournalSource = Extract<ElementSource, { journal: unknown }>['journal'];

function fromJournal(what: JournalSource, input: LetterInput): Found {
  const { state, zone, containment, clocks } = input;
  switch (what) {
    case 'opened':
      return text(bothTimes(state.openedAt, zone));
    case 'earliest':
      return text(bothTimes(state.earliestAt, zone));
    case 'aware':
      return fromFact('aware', input);
    case 'containment':
      return list(
        containment.targets.map(({ title, word, provedAt }) => {
          const when = provedAt === null ? '' : `, asked at ${bothTimes(provedAt, zone)}`;
          return `${title}: ${word}${when}`;
        }),
        containment.targets.flatMap(({ entries }) => entries),
      );
    case 'measures':
      return measuresTaken(input);
    case 'timeline':
      return moments(input);
    case 'references':
      return list(
        clocks.flatMap(({ title, submittedAt, proved, acknowledgedAt }) => {
          if (submittedAt === null) return [];
          const acknowledged =
            acknowledgedAt === null ? '' : `, acknowledged ${bothTimes(acknowledgedAt, zone)}`;
          return [
            `${title}: submitted ${bothTimes(submittedAt, zone)}${proved ? '' : ', proof not recorded yet'}${acknowledged}`,
          ];
        }),
        [...state.submissions.values()].map(({ n }) => n),
      );
    case 'evidence':
      return list(
        state.evidence.map(
          ({ id, sha256, size, at }) =>
            `${id}: ${size} bytes, taken ${bothTimes(at, zone)}, SHA-256 ${sha256}`,
        ),
        state.evidence.map(({ n }) => n),
      );
    default:
      return unreachable(what);
  }
}

/** Steps that changed something and are finished: their own words, never a claim that they worked. */
function measuresTaken({ state, zone }: LetterInput): Found {
  const steps = (state.plan?.phases ?? []).flatMap((phase) => phase.steps);
  const taken = steps.flatMap((step) => {
    const done = state.steps.get(step.id);
    const acts =
      step.kind === 'act' ? step.effect !== 'reads' : step.kind === 'do' && step.effect !== 'reads';
    if (!acts || done?.status !== 'finished' || done.endedAt === null) return [];
    return [{ line: `${step.title} (${bothTimes(done.endedAt, zone)})`, n: done.n }];
  });
  return list(
    taken.map(({ line }) => line),
    taken.map(({ n }) => n),
  );
}

function moments({ state, zone, containment }: LetterInput): Found {
  const aware = state.facts.get('aware');
  const known: (readonly [Instant, string, number | null])[] = [
    [state.earliestAt, 'earliest known time', null],
    [state.openedAt, 'incident opened', null],
    ...(aware !== undefined && aware.known && !aware.ruledOut
      ? [[aware.at, 'aware of the breach', aware.n] as const]
      : []),
    ...containment.targets.flatMap(({ provedAt, title, hold, entries }) =>
      provedAt === null || hold !== 'proved'
        ? []
        : [[provedAt, `${title} stopped and proved`, entries.at(-1) ?? null] as const],
    ),
  ];
  const sorted = known.toSorted(([a], [b]) => a - b);
  return list(
    sorted.map(([at, words]) => `${bothTimes(at, zone)}: ${words}`),
    sorted.flatMap(([, , n]) => (n === null ? [] : [n])),
  );
}
