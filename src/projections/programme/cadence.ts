import type { CallTest } from '../../incident/called.ts';
import { DAY } from '../../base/duration.ts';
import { formatLocal, formatUtc, parseInstant, plus, type Instant } from '../../base/instant.ts';
import { pciElements, type CadenceRules } from '../../model/cadence.ts';
import type { Role } from '../../model/names.ts';
import { isOverdue, type DrillRecord, type Item } from './record.ts';

/**
 * Whether the team practises often enough: a pure view of the drills that people played to their score, of the rules and of
 * today. What the scripted responder plays shows that a runbook works and nothing about people; it counts nowhere here.
 */
export type Standing = 'fine' | 'due' | 'overdue' | 'never';

/** Days of the team's zone, `2026-12-10`. `due` is null where only a first drill can start the count. */
export type Turn = Readonly<{ last: string | null; due: string | null; standing: Standing }>;

export type ScenarioTurn = Turn & Readonly<{ runbook: string; title: string; passed: boolean | null }>;
export type PersonTurn = Turn & Readonly<{ person: string; joined: string | null }>;
export type ElementTurn = Turn & Readonly<{ element: string; says: string }>;

export type Cadence = Readonly<{
  today: string;
  rules: CadenceRules;
  programme: Turn;
  scenarios: readonly ScenarioTurn[];
  people: readonly PersonTurn[];
  elements: readonly ElementTurn[];
  /** The newest call on a real telephone, with the drill it belongs to; null where there never was one. */
  call: Readonly<CallTest & { drill: string; day: string }> | null;
  overdueItems: readonly Item[];
  openItems: number;
  /** Drills that people played to their score, and those that the script did. */
  played: number;
  scripted: number;
  /** Everything overdue or never done, a sentence each. */
  late: readonly string[];
  /** What will be due within `notice_days`. */
  soon: readonly string[];
}>;

export type CadenceInput = Readonly<{
  rules: CadenceRules;
  drills: readonly DrillRecord[];
  scenarios: readonly Readonly<{ runbook: string; title: string }>[];
  people: readonly Readonly<{ handle: string; roles: readonly Role[]; joined?: string | undefined }>[];
  now: Instant;
  zone: string;
}>;

export const cadence = (input: CadenceInput): Cadence => {
  const { rules, drills, now, zone } = input;
  const today = formatLocal(now, zone, 'date');
  // What something real cut short was not held.
  const ended = drills.filter(({ passed, realEvent }) => passed !== null && !realEvent);
  const played = ended
    .filter(({ by }) => by === 'people')
    .map((drill) => ({ ...drill, day: formatLocal(drill.begunAt, zone, 'date') }))
    .toSorted((a, b) => a.begunAt - b.begunAt);
  const turn = (last: string | null, days: number, first: string | null = null): Turn =>
    turnOf(last, last === null ? first : laterBy(last, days), today, rules);
  const lastOf = (wanted: (drill: DrillRecord) => boolean) => played.findLast(wanted);
  const programme = turn(played.at(-1)?.day ?? null, rules.programme_days);
  const scenarios = input.scenarios.map(({ runbook, title }): ScenarioTurn => {
    const last = lastOf((drill) => drill.runbook === runbook);
    return {
      runbook,
      title,
      passed: last?.passed ?? null,
      ...turn(last?.day ?? null, rules.scenario_days),
    };
  });
  const people = input.people
    .filter(({ roles }) => roles.some((role) => rules.on_call.includes(role)))
    .map(({ handle, joined = null }): PersonTurn => {
      const last = lastOf((drill) => drill.people.includes(handle))?.day ?? null;
      const first = joined === null ? null : laterBy(joined, rules.joining_days);
      return { person: handle, joined, ...turn(last, rules.person_days, first) };
    });
  const elements = Object.entries(pciElements).map(([element, says]): ElementTurn => ({
    element,
    says,
    ...turn(lastOf((drill) => drill.pci.includes(element))?.day ?? null, rules.elements_days),
  }));
  const items = drills.flatMap((drill) => drill.items).filter(({ closed }) => closed === null);
  const turns = { programme, scenarios, people, elements };
  return {
    today,
    rules,
    ...turns,
    call: newestCall(drills, zone),
    overdueItems: items.filter((item) => isOverdue(item, today)),
    openItems: items.length,
    played: played.length,
    scripted: ended.length - played.length,
    late: [
      ...said(turns, ['overdue', 'never']),
      ...items.filter((item) => isOverdue(item, today)).map(itemWords),
    ],
    soon: said(turns, ['due']),
  };
};

const newestCall = (drills: readonly DrillRecord[], zone: string): Cadence['call'] => {
  const calls = drills.flatMap(({ codename, calls: all }) =>
    all.map((call) => ({ ...call, drill: codename })),
  );
  const last = calls.toSorted((a, b) => a.rung - b.rung).at(-1);
  return last === undefined ? null : { ...last, day: formatLocal(last.rung, zone, 'date') };
};

const turnOf = (last: string | null, due: string | null, today: string, rules: CadenceRules): Turn => {
  if (due === null) return { last, due, standing: 'never' };
  if (due < today) return { last, due, standing: 'overdue' };
  return { last, due, standing: due <= laterBy(today, rules.notice_days) ? 'due' : 'fine' };
};

/** Calendar days, whatever the clocks do on them. */
const laterBy = (day: string, days: number): string => {
  const at = parseInstant(`${day}T00:00:00Z`);
  return at === null ? day : formatUtc(plus(at, days * DAY)).slice(0, 10);
};

type Turns = Pick<Cadence, 'programme' | 'scenarios' | 'people' | 'elements'>;

const said = (turns: Turns, which: readonly Standing[]): readonly string[] => {
  const { programme, scenarios, people, elements } = turns;
  const named: readonly (readonly [string, Turn])[] = [
    ['the next drill', programme],
    ...scenarios.map((one) => [`scenario ${one.runbook}`, one] as const),
    ...people.map((one) => [`person ${one.person}`, one] as const),
    ...elements.map((one) => [`PCI DSS 12.10.1 ${one.element}`, one] as const),
  ];
  return named.flatMap(([what, turn]) =>
    which.includes(turn.standing) ? [`${what}: ${turnWords(turn)}`] : [],
  );
};

export const turnWords = ({ standing, due, last }: Turn): string => {
  if (standing === 'never') return 'never practised';
  if (last === null)
    return standing === 'overdue'
      ? `overdue since ${due ?? ''}, never practised`
      : `due ${due ?? ''}, never practised`;
  return standing === 'overdue' ? `overdue since ${due ?? ''}` : `due ${due ?? ''}`;
};

const itemWords = ({ name, due, owner }: Item): string =>
  `improvement ${name} (${owner}): overdue since ${due}`;

/** One line for the home screen; null where nothing is due. */
export const cadenceNotice = ({ programme, late, soon, overdueItems }: Cadence): string | null => {
  // Before the first one everything is late, and a number would only say how long the list of scenarios is.
  if (programme.standing === 'never' && overdueItems.length === 0)
    return 'Drills: nobody has held one yet. firebreak drill status';
  if (late.length > 0) {
    const items = overdueItems.length === 0 ? '' : `, ${overdueItems.length} of them improvements`;
    return `Drills: ${late.length} overdue${items}; next drill ${turnWords(programme)}. firebreak drill status`;
  }
  if (soon.length > 0)
    return `Drills: ${soon.length} due soon, first ${soon[0] ?? ''}. firebreak drill status`;
  return null;
};
