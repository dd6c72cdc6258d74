import { daysBetween } from '../base/instant.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Contact } from '../model/inventory.ts';
import { limits } from '../model/limits.ts';
import { OWN } from '../model/own-duty.ts';
import { authorities as named, type Authority } from '../regulations/authorities.ts';
import { leadUnderGdpr } from '../regulations/lead.ts';
import type { ClockView } from './countdowns.ts';

/** Whom to ring: for each duty that is due and for those who must hear whatever the law says, one row for one call. */

export type { Authority } from '../regulations/authorities.ts';

export type DueDuty = Readonly<
  Pick<
    ClockView,
    'duty' | 'title' | 'to' | 'standing' | 'provisional' | 'due' | 'dueLocal' | 'leftMs' | 'wording'
  >
>;

/** What the journal says of attempts to ring somebody; `last` is how the latest went. */
type Attempts = Readonly<{ attempts: number; last: IncidentState['calls'][number] | null }>;

/** An entry of contacts.yaml as it stands tonight. */
export type Rung = Attempts & Readonly<{ contact: Contact; ageDays: number; stale: boolean }>;

export type WhoRow = Readonly<{
  /** What contacts.yaml names in `for`: a role, or the duty itself. */
  id: string;
  title: string;
  duties: readonly DueDuty[];
  contacts: readonly Rung[];
  authorities: readonly (Attempts & Readonly<{ authority: Authority }>)[];
  /** One lead authority or several, and why; null where that is no question. */
  why: string | null;
  /** What to write down, and where; null where somebody is entered. */
  missing: string | null;
}>;

export type WhoAbout = Readonly<{
  /** `country`: null where it cannot be read. `dpo`, `acquirer`: rows of contacts.yaml. */
  organisation: Readonly<{
    country: string | null;
    takes_cards: boolean;
    dpo: string | null;
    acquirer: string | null;
  }>;
  /** Null where they are sealed and no key is at hand. */
  contacts: readonly Contact[] | null;
  /** Where people are affected, as far as it is known: `DE`, `US-CA`. */
  places: readonly string[];
  /** Rows of contacts.yaml that stand for providers of a messaging channel. */
  providers: readonly string[];
  calls: IncidentState['calls'];
  /** In a drill the numbers of real offices are left out. */
  drill: boolean;
  /** The day of the company, `YYYY-MM-DD`. */
  today: string;
}>;

const ROLES = [
  {
    id: 'acquirer',
    title: 'The acquirer, at its line for the night: at once where card data are suspected',
    cards: true,
  },
  { id: 'pfi', title: 'A forensic investigator for cards, before anybody touches a server', cards: true },
  { id: 'brand-desk', title: 'The desks of the card brands, where the acquirer says so', cards: true },
  { id: 'insurer', title: 'The insurer: many policies pay only what was agreed first', cards: false },
  { id: 'bsp', title: 'The provider of the messaging channel', cards: false },
  { id: 'dpo', title: 'The data protection officer', cards: false },
] as const;

const OTHERS = 'others';
const IN_HOUSE = 'in-house';
const IN_HOUSE_TITLE = 'No office takes a call for these: whoever does them in the company';

export function whoToRing(clocks: readonly ClockView[], about: WhoAbout): readonly WhoRow[] {
  const duties = new Map<string, ClockView[]>();
  for (const clock of clocks.filter(isDue)) {
    const key = keyOf(clock);
    duties.set(key, [...(duties.get(key) ?? []), clock]);
  }
  for (const { id, cards } of ROLES)
    if (!duties.has(id) && (!cards || about.organisation.takes_cards)) duties.set(id, []);
  const rows = [...duties].map(([id, due]) => rowOf(id, due, about));
  const shown = new Set(rows.flatMap(({ contacts }) => contacts.map(({ contact }) => contact.id)));
  const rest = (about.contacts ?? []).filter(({ id }) => !shown.has(id));
  if (rest.length === 0) return rows;
  const contacts = rest.map((contact) => rungOf(contact, about));
  return [
    ...rows,
    {
      id: OTHERS,
      title: 'Everybody else in contacts.yaml',
      duties: [],
      contacts,
      authorities: [],
      why: null,
      missing: null,
    },
  ];
}

/** Letters to people and work of one's own have no office that takes a call: they are one row. A contract names a party of its own. */
const keyOf = ({ contact, duty, regime }: ClockView): string =>
  contact ?? (regime === OWN || named[duty] !== undefined ? duty : IN_HOUSE);

/** What is owed by us and not done: what was sent waits for proof, not for a call. */
const isDue = ({ standing, context }: ClockView): boolean =>
  !context && (standing === 'running' || standing === 'overdue' || standing === 'provisional');

function rowOf(id: string, due: readonly ClockView[], about: WhoAbout): WhoRow {
  const { authorities, why } = toldOf(id, about);
  const contacts = contactsFor(id, due, authorities, about).map((contact) => rungOf(contact, about));
  const role = ROLES.find((one) => one.id === id);
  return {
    id,
    title: id === IN_HOUSE ? IN_HOUSE_TITLE : (role?.title ?? sentence(due[0]?.to ?? id)),
    duties: due.map(dutyOf),
    contacts,
    authorities: authorities.map((one) => ({
      authority: about.drill ? unrung(one) : one,
      ...attempted(one.id, about),
    })),
    why,
    missing: contacts.length > 0 ? null : missingFor(id, about),
  };
}

/** Nobody is to be rung for a drill who does not know that it is one. */
const unrung = (one: Authority): Authority => ({
  ...one,
  phone: null,
  note: 'DRILL: do not ring or write to them. Say what you would tell them, and log it.',
});

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const missingFor = (id: string, { contacts }: WhoAbout): string =>
  contacts === null
    ? 'The contacts of this incident are sealed, and its key is not at hand: look in contacts.yaml.'
    : `Nobody is entered. Add a number to contacts.yaml with \`for: [${id}]\`.`;

const dutyOf = (clock: ClockView): DueDuty => ({
  duty: clock.duty,
  title: clock.title,
  to: clock.to,
  standing: clock.standing,
  provisional: clock.provisional,
  due: clock.due,
  dueLocal: clock.dueLocal,
  leftMs: clock.leftMs,
  wording: clock.wording,
});

const UK =
  'The ICO alone, beside any authority in the EU: the United Kingdom is outside the one-stop shop (UK GDPR Art. 55).';

function toldOf(
  id: string,
  about: WhoAbout,
): Readonly<{ authorities: readonly Authority[]; why: string | null }> {
  if (id === 'authority') return leadUnderGdpr(about.organisation.country, about.places);
  return { authorities: named[id] ?? [], why: id === 'uk-authority' ? UK : null };
}

/** Who stands for the role itself comes before who is only named for one of its duties. */
function contactsFor(
  id: string,
  due: readonly ClockView[],
  authorities: readonly Authority[],
  about: WhoAbout,
): readonly Contact[] {
  const contacts = about.contacts ?? [];
  const pointed = pointedAt(id, about);
  const role = [id, ...authorities.map((one) => one.id)];
  const first = contacts.filter(
    (one) => pointed.includes(one.id) || role.includes(one.id) || serves(one, role),
  );
  const then = contacts.filter(
    (one) =>
      !first.includes(one) &&
      serves(
        one,
        due.map(({ duty }) => duty),
      ),
  );
  return [...first, ...then];
}

/** Rows of contacts.yaml that another file of the workspace names for this role. */
function pointedAt(id: string, { organisation, providers }: WhoAbout): readonly string[] {
  if (id === 'bsp') return providers;
  const row = id === 'dpo' ? organisation.dpo : id === 'acquirer' ? organisation.acquirer : null;
  return row === null ? [] : [row];
}

const serves = (contact: Contact, wanted: readonly string[]): boolean =>
  contact.for?.some((one) => wanted.includes(one)) === true;

function rungOf(contact: Contact, about: WhoAbout): Rung {
  const ageDays = daysBetween(contact.checked, about.today) ?? 0;
  return { contact, ageDays, stale: ageDays > limits.contactStaleDays, ...attempted(contact.id, about) };
}

function attempted(id: string, { calls }: WhoAbout): Attempts {
  const own = calls.filter(({ contact }) => contact === id);
  return { attempts: own.length, last: own.at(-1) ?? null };
}
