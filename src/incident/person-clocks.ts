import { due } from '../base/calendar.ts';
import { Problem } from '../base/problem.ts';
import type { Command } from '../model/command.ts';
import type { Fresh, Recorded } from '../model/event.ts';
import type { FactView, Obligation, RulesOut } from '../model/obligation.ts';
import { dutyOfClock, personClockId } from '../model/person-clock.ts';
import { needed, staff } from './said.ts';
import type { DecideContext } from './said.ts';
import { put } from './state.ts';
import type { IncidentState, PersonClock } from './state.ts';

/**
 * Clocks that run for one person each: somebody asks for their data, wants them erased, or complains. Each is the duty of the law
 * once more, whose start is the entry that opened it, so that it counts, is submitted, proved and shown as every other.
 */

type PersonCommand = Extract<Command, { do: 'open-clock' | 'correct-clock' | 'extend-clock' | 'end-clock' }>;

export const aboutPersonClock = (
  state: IncidentState,
  command: PersonCommand,
  context: DecideContext,
): readonly Fresh[] => {
  if (command.do === 'open-clock') return [opened(state, command, context)];
  const found = state.personClocks.get(command.clock);
  if (found === undefined) {
    const near = [...state.personClocks.keys()].join(', ');
    throw new Problem('not-found', { what: 'clock for one person', id: command.clock, near });
  }
  const { clock } = command;
  const reason = needed(command.reason, 'reason', context);
  switch (command.do) {
    case 'correct-clock':
      notAhead(command.at, context);
      return [
        {
          kind: 'clock.corrected',
          pub: { clock, at: command.at, corrects: found.startedBy },
          priv: { reason },
        },
      ];
    case 'extend-clock': {
      const { told = context.now, decider } = command;
      notAhead(told, context);
      return [{ kind: 'clock.extended', pub: { clock, told, decider }, priv: { reason } }];
    }
    case 'end-clock':
      return [{ kind: 'clock.ended', pub: { clock, how: command.how }, priv: { reason } }];
  }
};

const opened = (
  state: IncidentState,
  command: Extract<PersonCommand, { do: 'open-clock' }>,
  context: DecideContext,
): Fresh => {
  const { duty, at, zone = null, country = null, ref, person, note } = command;
  notAhead(at, context);
  const before = [...state.personClocks.keys()].filter((id) => dutyOfClock(id) === duty).length;
  return {
    kind: 'clock.opened',
    pub: { clock: personClockId(duty, before + 1), at, zone, country },
    priv: {
      ref: { ...needed(ref, 'reference', context), class: 'victims' },
      ...(person === undefined ? {} : { person: { ...staff(person, context), class: 'victims' } }),
      ...(note === undefined ? {} : { note: { ...staff(note, context), class: 'victims' } }),
    },
  };
};

/** What has not happened yet cannot have come in: a slip in the year would be a clock that nobody misses. */
const notAhead = (at: number, { now }: DecideContext): void => {
  if (at > now) throw new Problem('usage', { why: 'that moment is still to come; write when it happened' });
};

export type PersonEntry = Recorded<'clock.opened' | 'clock.corrected' | 'clock.extended' | 'clock.ended'>;
export const isAboutPerson = (entry: Recorded): entry is PersonEntry =>
  entry.kind === 'clock.opened' ||
  entry.kind === 'clock.corrected' ||
  entry.kind === 'clock.extended' ||
  entry.kind === 'clock.ended';

export const personChanged = (
  clocks: IncidentState['personClocks'],
  { kind, n, pub }: PersonEntry,
): IncidentState['personClocks'] => {
  const before = clocks.get(pub.clock);
  if (kind === 'clock.opened') {
    if (before !== undefined) return clocks;
    const { at, zone, country } = pub;
    const fresh = {
      id: pub.clock,
      n,
      startedBy: n,
      at,
      zone,
      country,
      earlier: [],
      extended: null,
      ended: null,
    };
    return put(clocks, pub.clock, fresh);
  }
  if (before === undefined) return clocks;
  switch (kind) {
    case 'clock.corrected':
      return put(clocks, before.id, {
        ...before,
        startedBy: n,
        at: pub.at,
        earlier: [...before.earlier, before.startedBy],
      });
    case 'clock.extended':
      return put(clocks, before.id, { ...before, extended: before.extended ?? { n, told: pub.told } });
    case 'clock.ended':
      return put(clocks, before.id, { ...before, ended: before.ended ?? { n, how: pub.how } });
  }
};

const endOf = (id: string): string => `${id}.ended`;

/** The duties of the clocks that were opened, as the frozen rules make them. `zone` is that of the incident. */
export const personDuties = (
  state: Pick<IncidentState, 'personClocks'>,
  rules: readonly Obligation[],
  zone: string,
): readonly Obligation[] =>
  [...state.personClocks.values()].flatMap((clock) => {
    const rule = rules.find(({ id }) => id === dutyOfClock(clock.id));
    return rule === undefined ? [] : [dutyOf(clock, rule, zone)];
  });

const dutyOf = (clock: PersonClock, rule: Obligation, incidentZone: string): Obligation => {
  const { per_person: _each, letter, ...rest } = rule;
  const zone = clock.zone ?? rule.zone ?? incidentZone;
  const ended: readonly RulesOut[] =
    clock.ended === null
      ? []
      : [{ fact: endOf(clock.id), is: 'yes', why: clock.ended.how.replaceAll('-', ' ') }];
  const { period, note } = extendedBy(clock, rule, zone);
  return {
    ...rest,
    ...(letter === undefined ? {} : { letter }),
    id: clock.id,
    zone,
    starts: clock.id,
    provisional: false,
    no_acknowledgement: true,
    ruled_out_by: ended,
    period,
    ...(note === null ? {} : { note: rule.note === undefined ? note : `${note} ${rule.note}` }),
  };
};

/** An extension that the person heard of after the first period moves nothing: it had ended by then. */
const extendedBy = (
  clock: PersonClock,
  rule: Obligation,
  zone: string,
): Readonly<{ period: Obligation['period']; note: string | null }> => {
  const { period, per_person: each } = rule;
  const more = each?.extension ?? null;
  if (clock.extended === null || more === null || period.kind !== 'months') return { period, note: null };
  const first = due(period, clock.at, zone, null);
  const { n, told } = clock.extended;
  return first.is === 'at' && told > first.at
    ? {
        period,
        note: `Entry ${n} makes it longer, but the person was told after the first period: it ends as it did.`,
      }
    : {
        period: { ...period, months: period.months + more },
        note: `Made longer by ${more} months in entry ${n}.`,
      };
};

/** What starts and ends them, as facts: a clock knows nothing else. */
export const personFacts = (state: Pick<IncidentState, 'personClocks'>): ReadonlyMap<string, FactView> =>
  new Map(
    [...state.personClocks.values()].flatMap(({ id, startedBy, at, ended }) => [
      [id, { n: startedBy, at, known: true, value: true, ruledOut: false }] as const,
      ...(ended === null
        ? []
        : [[endOf(id), { n: ended.n, at, known: true, value: true, ruledOut: false }] as const]),
    ]),
  );
