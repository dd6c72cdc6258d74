import { unreachable } from '../base/assert.ts';
import type { Contact, Count } from '../model/inventory.ts';
import type { ElementSource, LetterElement } from '../model/letter.ts';
import { rangeWords } from '../projections/facts.ts';
import { affectedChannels } from './affected.ts';
import { fromFact, inOwnWords, list, text, untold, type Found } from './found.ts';
import { wordsOf } from './locale.ts';
import type { LetterInput } from './input.ts';
import { fromJournal, submittedOn } from './proven.ts';
import { SCREEN, saidIn } from './said.ts';
import type { DraftElement } from './shape.ts';
import type { Shown } from './sinks.ts';

/** An element with what the letter shows for it, and its name in the letter's language; `shown` null shows nothing. */
export type Gathered = Readonly<{ element: DraftElement; shown: Shown | null; title: string }>;

export const gather = (input: LetterInput): readonly Gathered[] =>
  input.source.elements.map((element) => gatherOne(element, input));

function gatherOne(element: LetterElement, input: LetterInput): Gathered {
  const { id } = element;
  const { language } = input;
  const title = saidIn(element.title, language);
  const article = saidIn(element.article, language);
  const required = isRequired(element.required, input);
  const about = {
    id,
    title: saidIn(element.title, SCREEN),
    article: saidIn(element.article, SCREEN),
    required,
  };
  const words = wordsOf(language);
  const what = `${words.cite(article)} ${title}`;
  const found = find(element.from, input) ?? unconfirmed(element, input);
  if (found?.sealed === true) {
    const text = words.sealed(what);
    return {
      element: { ...about, value: null, status: 'missing', entries: found.entries },
      shown: { is: 'marker', text },
      title,
    };
  }
  if (found !== null) {
    const { shown, entries } = found;
    const value = shown.is === 'list' ? shown.items.join('\n') : shown.text;
    return { element: { ...about, value, status: 'known', entries }, shown, title };
  }
  const entries = asked(element.from, input);
  const untranslated = untoldIn(element.from, input);
  if (element.may_follow && untranslated === null && (required || entries.length > 0)) {
    // By the GDPR's own phases alone: another law has words of its own in its letter.
    const text = words.follows(about.article.startsWith('Art. 33(3)'));
    return {
      element: { ...about, value: null, status: 'follows', entries },
      shown: { is: 'marker', text },
      title,
    };
  }
  const shown: Shown | null = required
    ? {
        is: 'marker',
        text: words.missing(untranslated === null ? what : `${what}; firebreak fact ${untranslated} "..."`),
      }
    : null;
  return { element: { ...about, value: null, status: 'missing', entries }, shown, title };
}

/** The fact that would say in the language of the letter what is known: it is no fact that is not known yet. */
const untoldIn = (from: ElementSource, input: LetterInput): string | null =>
  'fact' in from ? untold(from.fact, input) : null;

function isRequired(required: LetterElement['required'], input: LetterInput): boolean {
  if (required === 'when-late') return isLate(input);
  if (typeof required === 'boolean') return required;
  const fact = input.state.facts.get(required.when);
  return fact?.ruledOut !== true && (fact?.value === true || fact?.value === 'yes');
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

function fromInventory(what: InventorySource, input: LetterInput): Found {
  const { state, inventory, language } = input;
  const channels = affectedChannels(state, inventory);
  // Channels share people, so their numbers are shown one by one and never added up.
  const counts = (of: 'people' | 'records'): Found =>
    list(
      channels.flatMap((row) =>
        row[of] === undefined ? [] : [`${row.title}: ${countWords(row[of], input)}`],
      ),
    );
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
          .map(({ title, role }) => `${title} (${wordsOf(language).roles[role]})`),
      );
    }
    default:
      return unreachable(what);
  }
}

function countWords({ about, from, to, basis }: Count, input: LetterInput): string {
  const words = wordsOf(input.language);
  return `${rangeWords(about, from ?? null, to ?? null, words.values)}, ${words.basis(inOwnWords(basis, input))}`;
}
