import { nextClock, clocks } from '../projections/countdowns.ts';
import type { ClockView } from '../projections/countdowns.ts';
import { containment } from '../projections/containment.ts';
import { SEALED } from '../projections/facts.ts';
import { peopleOf } from '../projections/people.ts';
import { teamOf } from '../projections/team.ts';
import { toldOf } from '../projections/told.ts';
import type { ToldView } from '../projections/told.ts';
import { timelineContext, timelineRow } from '../projections/timeline.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import { jumpBetween, jumpFields } from '../base/beat.ts';
import type { Jump } from '../base/beat.ts';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import type { Instant } from '../base/instant.ts';
import { ownPid, processAlive } from '../io/alive.ts';
import type { Clock } from '../io/clock.ts';
import { sentFacts } from '../incident/follow-on.ts';
import { personDuties } from '../incident/person-clocks.ts';
import { progress } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Recorded, Reveal } from '../model/event.ts';
import type { Inventory } from '../model/inventory.ts';
import type { LetterSource } from '../model/letter.ts';
import type { FactView, Obligation } from '../model/obligation.ts';
import { authorityOf } from '../regulations/authorities.ts';
import { lookUp } from '../regulations/calendars.ts';
import { regulations } from '../regulations/index.ts';
import { OWN } from '../model/own-duty.ts';
import { byFacts } from '../regulations/regulation.ts';
import type { Applicability, Regulation } from '../regulations/regulation.ts';
import type {
  Duties,
  EngineStand,
  IncidentSummary,
  InventoryItem,
  TimelineOptions,
  View,
} from './contract.ts';
import { situationOf } from './definitions.ts';
import type { Frozen } from './definitions.ts';
import { anchorsOf } from './anchoring.ts';
import { outdatedIn } from './outdated.ts';
import type { IncidentParts } from './parts.ts';
import { ringing } from './ringing.ts';

/** What screens, commands and exports show of an incident: computed each time from the journal and now, stored nowhere. */

/** The name a person knows an id by: of the inventory, of the contacts, or of an authority. */
export const titlesOf = (frozen: Pick<Frozen, 'inventory' | 'contacts'>): ((id: string) => string | null) => {
  const { channels, integrations, credentials } = frozen.inventory;
  const named = [...channels, ...integrations, ...credentials].map((row) => [row.id, row.title] as const);
  const titles = new Map([
    ...named,
    ...frozen.contacts.contacts.map((contact) => [contact.id, contact.name] as const),
  ]);
  return (id) => titles.get(id) ?? authorityOf(id)?.name ?? null;
};

export const inventoryRows = (inventory: Inventory): readonly InventoryItem[] => [
  ...inventory.channels.map(({ id, title }) => ({ id, title, kind: 'channel' as const })),
  ...inventory.integrations.map(({ id, title }) => ({ id, title, kind: 'integration' as const })),
  ...inventory.credentials.map(({ id, title }) => ({ id, title, kind: 'credential' as const })),
];

/** What the clocks depend on. */
type Lawful = Pick<Frozen, 'situation' | 'company' | 'inventory' | 'rules' | 'holidays'>;

/** What was recorded, and what a submission records of the duties that follow on it. */
const factsOf = (state: IncidentState, { rules }: Pick<Lawful, 'rules'>): ReadonlyMap<string, FactView> =>
  new Map<string, FactView>([...state.facts, ...sentFacts(state, rules)]);

/** Which duties apply or could, and why: by what the company wrote down and what the incident has shown. */
const judgedBy = (
  facts: ReadonlyMap<string, FactView>,
  frozen: Omit<Lawful, 'holidays'>,
): readonly Applicability[] => {
  const situation = { ...(frozen.situation ?? situationOf(frozen.company, frozen.inventory)), facts };
  const own = frozen.rules.filter(({ regime }) => regime === OWN);
  return [
    ...Object.values(regulations).flatMap((regulation) => regulation.applies(situation)),
    ...own.map((duty) => byFacts(duty, facts)),
  ];
};

/** By the laws as they are known now: the frozen ones say what counts, these why. */
export const reasonsFor = (state: IncidentState, frozen: Omit<Lawful, 'holidays'>): Duties => {
  const judged = judgedBy(factsOf(state, frozen), frozen);
  const out = (regime: string): boolean =>
    judged.every((one) => one.duty.regime !== regime || (one.is === 'not' && one.by === 'company'));
  return {
    duties: judged.map((one) => {
      const { id, regime, title, source, confidence } = one.duty;
      const { is, why, missing } = one;
      return {
        duty: id,
        regime,
        title,
        is,
        by: one.is === 'not' ? one.by : null,
        why,
        missing,
        source,
        confidence,
      };
    }),
    pending: Object.entries(regulations).flatMap(([id, regulation]: readonly [string, Regulation]) =>
      out(id) ? [] : (regulation.pending ?? []),
    ),
  };
};

/**
 * The duties whose clocks are shown: all that apply or could, by the frozen rules. What the facts of this incident ruled out
 * stays on the board, because that it was is part of the story; what the company itself never owes is not shown at all,
 * unless somebody recorded its start or a submission all the same. What is owed to one person each is there once for every clock
 * that was opened; in a standing list of such requests nothing else is, until somebody records that it began.
 */
export const dutiesOf = (state: IncidentState, frozen: Omit<Lawful, 'holidays'>): readonly Obligation[] => {
  const facts = factsOf(state, frozen);
  const judged = judgedBy(facts, frozen);
  const never = new Set(
    judged.filter((one) => one.is === 'not' && one.by === 'company').map(({ duty }) => duty.id),
  );
  const wanted = (duty: Obligation): boolean => {
    if (state.submissions.has(duty.id)) return true;
    if (never.has(duty.id)) return false;
    const begun = facts.has(duty.starts);
    return begun || (duty.per_person === undefined && state.purpose === 'breach');
  };
  const ended = endedByPlace(judged);
  return [...frozen.rules.filter(wanted).map(ended), ...personDuties(state, frozen.rules, state.zone)];
};

/** A clock knows the rules of its duty alone: that nobody lives where the law protects people is one more of them. */
function endedByPlace(judged: readonly Applicability[]): (duty: Obligation) => Obligation {
  const rules = new Map(
    judged.flatMap((one) =>
      one.is === 'not' && one.by === 'facts' && one.rule !== undefined
        ? [[one.duty.id, one.rule] as const]
        : [],
    ),
  );
  return (duty) => {
    const rule = rules.get(duty.id);
    return rule === undefined ? duty : { ...duty, ruled_out_by: [...duty.ruled_out_by, rule] };
  };
}

/** `wanted`: of which duties alone, where not of all. Without `letters` what was told is compared by the rules alone. */
export const clocksOf = (
  state: IncidentState,
  frozen: Lawful & Partial<Pick<Frozen, 'letters'>>,
  now: Instant,
  zone: string,
  wanted: (duty: Obligation) => boolean = () => true,
  reveal?: Reveal,
): readonly ClockView[] => {
  const duties = dutiesOf(state, frozen).filter(wanted);
  const shown = reveal === undefined ? {} : { reveal };
  const letter = (id: string): LetterSource | null => frozen.letters?.[id]?.source ?? null;
  return clocks(state, duties, now, { zone, holidays: lookUp(frozen.holidays), letter, ...shown });
};

/** One duty, shown on the board or not: what was submitted stays told. */
export const toldIn = ({ ledger, frozen, zone }: IncidentParts, id: string): ToldView => {
  const state = ledger.state();
  const duties = [...frozen.rules, ...personDuties(state, frozen.rules, state.zone)];
  const duty = duties.find((one) => one.id === id);
  if (duty === undefined)
    throw new Problem('not-found', {
      what: 'duty',
      id,
      near: duties.map((one) => one.id).join(', '),
    });
  const letter = duty.letter === undefined ? null : (frozen.letters[duty.letter]?.source ?? null);
  return toldOf(state, duty, letter, { reveal: ledger.shown, zone });
};

export const titleOf = (opened: Recorded<'incident.opened'> | undefined, reveal: Reveal): string =>
  (opened === undefined ? null : reveal({ n: opened.n, name: 'title' })) ?? SEALED;

/** What the wall clock did since the newest entry and no entry says yet. */
const jumpSince = (newest: Recorded | null, clock: Clock): Jump | null =>
  newest === null
    ? null
    : jumpBetween({ ...newest.beat, wall: formatUtc(newest.recorded_at) }, clock.stamp());

export const viewOf = (parts: IncidentParts, backup: View['backup']): View => {
  const { ledger, frozen, world, zone } = parts;
  const state = ledger.state();
  const now = world.clock.now();
  const unsaid = jumpSince(ledger.newest(), world.clock);
  // Computed when first looked at: time zones are slow to load, and many commands show no clock.
  let counted: View['clocks'] | null = null;
  let people: View['people'] | null = null;
  let team: View['team'] | null = null;
  let who: View['who'] | null = null;
  return {
    id: parts.id,
    title: titleOf(ledger.sought('incident.opened')[0], ledger.shown),
    now,
    zone,
    state,
    progress: progress(state),
    get clocks() {
      return (counted ??= clocksOf(state, frozen, now, zone, undefined, ledger.shown));
    },
    containment: containment(state, titlesOf(frozen)),
    get anchors() {
      return anchorsOf(parts);
    },
    backup,
    get people() {
      return (people ??= peopleOf(state, now, parts.actor, outdatedIn(parts)));
    },
    get team() {
      return (team ??= teamOf(state, now, ledger.shown));
    },
    contacts: frozen.contacts.contacts,
    get who() {
      return (who ??= ringing(parts, this.clocks));
    },
    unknown: ledger.unknown(),
    inFlight: parts.inFlight,
    jumps: unsaid === null ? state.jumps : [...state.jumps, jumpFields(unsaid)],
    // What goes on at another machine is only read here, from the entry on that hands it over.
    readOnly: parts.readOnly || state.handed !== null,
    engine: engineOf(parts),
    actor: parts.actor,
  };
};

const engineOf = ({ readOnly, journal, world }: IncidentParts): EngineStand => {
  if (!readOnly) return 'here';
  const holder = journal.lease.holder();
  const lives = holder !== null && holder.boot === world.clock.stamp().boot && processAlive(holder.pid);
  if (!lives) return 'none';
  if (holder.pid === ownPid()) return 'here';
  return holder.fresh ? 'elsewhere' : 'silent';
};

export const timelineOf = (parts: IncidentParts, options: TimelineOptions): readonly TimelineRow[] => {
  const { ledger, frozen, zone } = parts;
  const context = timelineContext(ledger.state(), dutiesOf(ledger.state(), frozen), zone, titlesOf(frozen));
  const { from = 0, newestFirst = false } = options;
  const order = newestFirst ? ledger.newestFirst(options.before) : ledger.entries(from);
  const rows: TimelineRow[] = [];
  for (const entry of order) {
    if (rows.length >= (options.limit ?? Number.POSITIVE_INFINITY)) break;
    if (newestFirst ? entry.n < from : entry.n >= (options.before ?? Number.POSITIVE_INFINITY)) break;
    const row = timelineRow(entry, ledger.shown, context);
    if (options.starred !== true || row.star) rows.push(row);
  }
  return rows;
};

export const summaryOf = (
  id: string,
  state: IncidentState,
  title: string,
  clockViews: () => readonly ClockView[],
  held: boolean,
): IncidentSummary => {
  const { done, total, unsure } = progress(state);
  let counted: readonly ClockView[] | null = null;
  const counting = (): readonly ClockView[] => (counted ??= clockViews());
  return {
    id,
    codename: state.codename,
    title,
    runbook: state.runbook,
    drill: state.drill,
    phase: state.phase === 'closed' ? 'closed' : 'open',
    severity: state.severity,
    openedAt: state.openedAt,
    purpose: state.purpose,
    done,
    total,
    unsure,
    // As in a view: whoever asks only which incident is open need not wait for time zones.
    get nextClock() {
      return nextClock(counting());
    },
    get awaiting() {
      return counting().flatMap(({ duty, awaiting }) => (awaiting === null ? [] : [{ duty, ...awaiting }]));
    },
    held,
    handed: state.handed?.to ?? null,
  };
};
