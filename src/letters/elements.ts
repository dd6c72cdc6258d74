import { unreachable } from '../base/assert.ts';
import type { Contact, Count } from '../model/inventory.ts';
import type { ElementSource, LetterElement } from '../model/letter.ts';
import { rangeWords } from '../projections/facts.ts';
import { affectedChannels } from './affected.ts';
import { fromFact, list, text, untold, type Found } from './found.ts';
import { wordsOf } from './locale.ts';
import type { LetterInput } from './input.ts';
import { fromJournal, submittedOn } from './proven.ts';
import type { DraftElement } from './shape.ts';
import type { Shown } from './sinks.ts';

/** An element with what the letter shows for it; null shows nothing. */
export type Gathered = Readonly<{ element: DraftElement; shown: Shown | null }>;

export const gather = (input: LetterInput): readonly Gathered[] =>
  input.source.elements.map((element) => gatherOne(element, input));

function gatherOne(element: LetterElement, input: LetterInput): Gathered {
  const { id, title, article } = element;
  const required = element.required === 'when-late' ? isLate(input) : element.required;
  const about = { id, title, article, required };
  const words = wordsOf(input.language);
  const found = find(element.from, input) ?? unconfirmed(element, input);
  if (found?.sealed === true) {
    const text = words.sealed(`${article} ${title}`);
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
    const text = words.follows(article);
    return { element: { ...about, value: null, status: 'follows', entries }, shown: { is: 'marker', text } };
  }
  const shown: Shown | null = required
    ? { is: 'marker', text: words.missing(`${article} ${title}${untranslated(element.from, input)}`) }
    : null;
  return { element: { ...about, value: null, status: 'missing', entries }, shown };
}

/** What is known and not yet said in the language of the letter, with the fact that would say it. */
const untranslated = (from: ElementSource, input: LetterInput): string => {
  const fact = 'fact' in from ? untold(from.fact, input) : null;
  return fact === null ? '' : `; firebreak fact ${fact} "..."`;
};

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
  // What is known and only not translated yet is not drawn from the data map as if nobody knew.
  const waits =
    element.otherwise !== undefined &&
    'inventory' in element.otherwise &&
    'fact' in element.from &&
    untold(element.from.fact, input) !== null;
  const found = element.otherwise === undefined || waits ? null : find(element.otherwise, input);
  if (found === null || element.otherwise === undefined || !('inventory' in element.otherwise)) return found;
  // What is in the data map is what could be affected, not what is: the reader must see the difference.
  const note = wordsOf(input.language).mapped;
  return found.shown.is === 'list'
    ? { ...found, shown: { is: 'list', items: found.shown.items.map((item) => `${item} (${note})`) } }
    : { ...found, shown: { is: 'text', text: `${found.shown.text} (${note})` } };
}

function find(from: ElementSource, input: LetterInput): Found {
  if ('fact' in from) return fromFact(from.fact, input);
  if ('company' in from) return fromCompany(from.company, input);
  if ('contact' in from) return contactText(input.contacts.find((row) => row.for?.includes(from.contact)));
  if ('inventory' in from) return fromInventory(from.inventory, input);
  if ('submitted' in from) return submittedOn(from.submitted, input);
  return fromJournal(from.journal, input);
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

function fromInventory(what: InventorySource, { state, inventory, language }: LetterInput): Found {
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
          .map((kind) => wordsOf(language).kinds[kind] ?? kind.replaceAll('-', ' '))
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
