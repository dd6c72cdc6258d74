import type { Json } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { ConnectorEntry } from '../connectors/connector.ts';
import { recipeOf } from '../engine/door.ts';
import { actionsOf } from '../engine/reach.ts';
import { entryOf } from '../engine/world.ts';
import type { Definitions } from '../engine/world.ts';
import { limits } from '../model/limits.ts';
import type { Company } from '../model/company.ts';
import type { Fresh, Recorded, Reveal } from '../model/event.ts';
import type { Contacts, Inventory } from '../model/inventory.ts';
import type { LetterSource } from '../model/letter.ts';
import { noContacts, noInventory, nobody } from '../model/nobody.ts';
import type { Obligation } from '../model/obligation.ts';
import type { Plan } from '../model/plan.ts';
import { calendarsFor, type Calendars } from '../regulations/calendars.ts';
import type { Situation } from '../regulations/regulation.ts';
import { planSha256, planText } from '../plan/compile.ts';
import type { ActionFacts, Bindings } from '../plan/compile.ts';
import { SEALED } from '../projections/facts.ts';

/**
 * An incident keeps its definitions as they were when it was declared: what was true that night stays readable and runnable
 * whatever becomes of the files. The plan, the rules and what the company is to the law are public; who is called and what is held
 * where is sealed.
 */

/** The registry: metadata and loaders, so that listing it loads no vendor's client. */
export type Connectors = Readonly<Record<string, ConnectorEntry>>;

export type FrozenLetter = Readonly<{ source: LetterSource; templates: Readonly<Record<string, string>> }>;

export type Frozen = Readonly<{
  company: Company;
  inventory: Inventory;
  contacts: Contacts;
  recipes: Readonly<Record<string, Json>>;
  letters: Readonly<Record<string, FrozenLetter>>;
  /** Who the company is as the laws ask: public, so that clocks count without any key. Null in a journal of before. */
  situation: Place | null;
  rules: readonly Obligation[];
  /** The days that are no working days, by the calendars that the rules count with. */
  holidays: Calendars;
  /** The runbook's own text, comments and all. */
  runbook: string;
}>;

const publicNames: ReadonlySet<keyof Frozen> = new Set(['situation', 'rules', 'holidays', 'runbook']);

/** What a situation is before anything has happened in it. */
type Place = Omit<Situation, 'facts'>;

export const situationOf = ({ organisation, connectors }: Company, { channels }: Inventory): Place => {
  const { country, acts_as, takes_cards, regulated_as = [] } = organisation;
  return {
    organisation: { country, acts_as, takes_cards, regulated_as },
    holds: [...new Set(channels.flatMap((channel) => channel.data))].toSorted(),
    regions: [...new Set(channels.flatMap(({ countries = {} }) => Object.keys(countries)))].toSorted(),
    uses: [...new Set(Object.values(connectors).map(({ uses }) => uses))].toSorted(),
  };
};

/** A period that counts working days names the calendar it counts with, or leaves it to the company's place. */
const calendarsOf = ({ organisation }: Company, rules: readonly Obligation[]): Calendars => {
  const named = rules.flatMap(({ period }) => ('calendar' in period ? [period.calendar] : []));
  const names = new Set(named.filter((name) => name !== null));
  return calendarsFor([...names], organisation.country, organisation.holidays);
};

export const freezeCatalog = (
  catalog: Catalog,
  runbook: string | null,
  rules: readonly Obligation[],
): Frozen => ({
  company: catalog.company.value,
  inventory: catalog.inventory.value,
  contacts: catalog.contacts.value,
  recipes: Object.fromEntries(catalog.recipes),
  letters: Object.fromEntries(
    [...catalog.letters].map(([id, letter]) => [
      id,
      {
        source: letter.value,
        templates: Object.fromEntries(
          Object.entries(letter.templates).map(([language, { text }]) => [language, text]),
        ),
      },
    ]),
  ),
  situation: situationOf(catalog.company.value, catalog.inventory.value),
  rules,
  holidays: calendarsOf(catalog.company.value, rules),
  runbook: runbook === null ? '' : (catalog.runbooks.get(runbook)?.text ?? ''),
});

const partsOf = (text: string): readonly string[] => {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + limits.planPartChars, text.length);
    // A pair of surrogates must not be cut: half of one is no text.
    if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts.length === 0 ? [''] : parts;
};

const frozenEvents = (name: keyof Frozen, frozen: Frozen): readonly Fresh[] => {
  const value = frozen[name];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const sha256 = sha256Hex(text);
  if (!publicNames.has(name)) {
    return [
      {
        kind: 'definition.frozen',
        pub: { name, sha256, part: 0, of: 1, text: null },
        priv: { text: { class: 'definitions', value: text } },
      },
    ];
  }
  const parts = partsOf(text);
  return parts.map((part, index) => ({
    kind: 'definition.frozen',
    pub: { name, sha256, part: index, of: parts.length, text: part },
  }));
};

export const freezeEvents = (frozen: Frozen): readonly Fresh[] =>
  (Object.keys(frozen) as readonly (keyof Frozen)[]).flatMap((name) => frozenEvents(name, frozen));

export const planEvents = (plan: Plan): readonly Fresh[] => {
  const parts = partsOf(planText(plan));
  const sha = planSha256(plan);
  return parts.map((text, part) => ({
    kind: 'plan.adopted',
    pub: { plan_sha256: sha, runbook: plan.runbook, part, of: parts.length, text },
  }));
};

const nothing: Frozen = {
  company: { ...nobody, organisation: { ...nobody.organisation, name: SEALED } },
  inventory: noInventory,
  contacts: noContacts,
  recipes: {},
  letters: {},
  situation: null,
  rules: [],
  holidays: {},
  runbook: '',
};

/**
 * Reads them back; what is sealed and cannot be opened stands as nothing, and everything that needs it is by hand. Only
 * `names` are opened, now, and each is parsed when it is first looked at: letters and recipes are long, and most commands
 * write no letter.
 */
export const thaw = <Name extends keyof Frozen = keyof Frozen>(
  entries: readonly Recorded[],
  reveal: Reveal,
  names: readonly Name[] = everything as readonly Name[],
): Pick<Frozen, Name> => {
  const texts = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind !== 'definition.frozen' || !names.some((name) => name === entry.pub.name)) continue;
    const { name, part, text } = entry.pub;
    const more = text ?? reveal({ n: entry.n, name: 'text' });
    if (more !== null) texts.set(name, (part === 0 ? '' : (texts.get(name) ?? '')) + more);
  }
  const read = (name: Name): unknown => {
    const text = texts.get(name);
    if (text === undefined) return nothing[name];
    return name === 'runbook' ? text : JSON.parse(text);
  };
  const frozen = {};
  for (const name of names) {
    let value: unknown;
    Object.defineProperty(frozen, name, { enumerable: true, get: () => (value ??= read(name)) });
  }
  // Written by `freezeEvents` and hash-checked by the journal: each has the shape it had.
  return frozen as Pick<Frozen, Name>;
};

const everything = Object.keys(nothing) as readonly (keyof Frozen)[];

export const definitionsOf = (
  frozen: Pick<Frozen, 'company' | 'inventory' | 'recipes'>,
  connectors: Readonly<Record<string, ConnectorEntry>>,
): Definitions => ({
  company: frozen.company,
  inventory: frozen.inventory,
  recipes: new Map(Object.entries(frozen.recipes)),
  connectors,
});

/** What every configured instance can do; loads the connectors' descriptions, not their vendors' clients. */
export const bindingsOf = async (definitions: Definitions): Promise<Bindings> => {
  const instances = new Map<string, Readonly<{ kind: string; speaks: string }>>();
  const actions = new Map<string, ActionFacts>();
  for (const [name, instance] of Object.entries(definitions.company.connectors)) {
    const speaks = instance.recipe ?? instance.uses;
    instances.set(name, { kind: instance.uses, speaks });
    const connector = await entryOf(definitions, instance.uses)?.load();
    if (connector === undefined) continue;
    const recipe = recipeOf(definitions, instance);
    for (const [id, one] of Object.entries(actionsOf(connector, recipe))) {
      const { effect, retry, confidence } = one;
      const stops = effect !== 'reads' && one.creates !== true;
      actions.set(`${speaks}.${id}`, {
        effect,
        retry,
        confidence,
        reversible: one.undo !== undefined,
        stops,
      });
    }
  }
  return { inventory: definitions.inventory, instances, actions };
};
