import { Problem } from '../../base/problem.ts';
import { isZone } from '../../base/calendar.ts';
import type { OpenIncident } from '../../app/contract.ts';
import { clockEnds, dutyForKind, lawFits, personKinds } from '../../model/person-clock.ts';
import { reasonFor } from '../ask.ts';
import { refuseReadOnly, type Context } from '../context.ts';
import { tellMasked } from '../masked.ts';
import { record } from '../recorded.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { typedTime } from '../time.ts';
import { clockLine, utcOrNull } from '../words.ts';

/** Clocks for one person each: opened by one line, corrected, made longer and ended with a reason. */

export const open: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const { zone } = context.globals;
  const country = countryOf(input);
  const duty = dutyOf(input.arg(0), country);
  if (zone !== null && !isZone(zone)) throw usage(`${zone} is not a known time zone`);
  const ref = input.text('ref');
  if (ref === null) throw usage('say what you call it, so that it is found again: --ref D-12');
  const incident = await (await context.app()).requests(context.globals.incident ?? undefined);
  const view = incident.view();
  const received = input.text('received');
  const at = received === null ? view.now : typedTime(received, view.now, zone ?? view.zone);
  const before = new Set(view.state.personClocks.keys());
  const [person, note] = [input.text('person'), input.text('note')];
  tellMasked(context.print, [ref, person, note].join(' '));
  await incident.act({
    do: 'open-clock',
    duty,
    at,
    ref,
    ...(zone === null ? {} : { zone }),
    ...(country === null ? {} : { country }),
    ...(person === null ? {} : { person }),
    ...(note === null ? {} : { note }),
  });
  const id = [...incident.view().state.personClocks.keys()].find((one) => !before.has(one)) ?? duty;
  if (lawFits(duty, country) === false)
    context.print.say(
      `No clock of ${country ?? ''} is known for this; it is counted by ${duty}. Their own law may want it sooner: ask.`,
    );
  return shown(context, incident, id);
};

const shown = (context: Context, incident: OpenIncident, id: string): number => {
  const { clocks, zone } = incident.view();
  const clock = clocks.find(({ duty }) => duty === id);
  if (context.print.json) {
    context.print.object('clock-opened', {
      incident: incident.id,
      clock: id,
      standing: clock?.standing ?? null,
      due: utcOrNull(clock?.due ?? null),
      because: clock?.startedBecause ?? null,
    });
    return 0;
  }
  context.print.line(clock === undefined ? id : clockLine(clock, zone));
  if (clock !== undefined) context.print.say(clock.startedBecause);
  context.print.say(`When it is answered: firebreak duty submit ${id} --incident ${incident.id}`);
  return 0;
};

export const correct: Run = async (context, input) => {
  const incident = await writableList(context);
  const { now, zone } = incident.view();
  const clock = clockIn(incident, input.arg(0));
  const received = input.text('received');
  if (received === null) throw usage('say when it came in: --received TIME');
  const at = typedTime(received, now, context.globals.zone ?? zone);
  const reason = await reasonFor(context, input.text('why'), `correcting ${clock}`);
  return await record(context, incident, { do: 'correct-clock', clock, at, reason }, `CORRECTED ${clock}`);
};

export const extend: Run = async (context, input) => {
  const incident = await writableList(context);
  const { now, zone, actor } = incident.view();
  const clock = clockIn(incident, input.arg(0));
  const told = input.text('told');
  if (told === null)
    throw usage('it is longer only if the person was told so, with the reasons: --told TIME');
  const reason = await reasonFor(context, input.text('why'), `making ${clock} longer`);
  const command = {
    do: 'extend-clock',
    clock,
    told: typedTime(told, now, context.globals.zone ?? zone),
    decider: input.text('decider') ?? actor,
    reason,
  } as const;
  const code = await record(context, incident, command, `EXTENDED ${clock}`);
  const after = incident.view().clocks.find(({ duty }) => duty === clock);
  if (after?.note != null) context.print.say(after.note);
  return code;
};

export const end: Run = async (context, input) => {
  const incident = await writableList(context);
  const clock = clockIn(incident, input.arg(0));
  const how = clockEnds.find((one) => one === input.text('how'));
  if (how === undefined) throw usage(`say how it ended: --how ${clockEnds.join(', ')}`);
  const reason = await reasonFor(context, input.text('why'), `ending ${clock}`);
  return await record(context, incident, { do: 'end-clock', clock, how, reason }, `ENDED ${clock}: ${how}`);
};

/** Where `open` put it: the same place is found for what follows. */
const writableList = async (context: Context): Promise<OpenIncident> => {
  refuseReadOnly(context.globals);
  return await (await context.app()).requests(context.globals.incident ?? undefined);
};

/** By its name, or by what the company calls the request. */
const clockIn = (incident: OpenIncident, typed: string): string => {
  const { personClocks } = incident.view().state;
  const found = [...personClocks.values()].filter(
    ({ id, n }) => id === typed || incident.reveal({ n, name: 'ref' }) === typed,
  );
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first.id;
  const near = (found.length > 0 ? found : [...personClocks.values()]).map(({ id }) => id).join(', ');
  throw new Problem('not-found', { what: 'clock for one person', id: typed, near });
};

const countryOf = (input: Input): string | null => {
  const country = input.text('country')?.toUpperCase() ?? null;
  if (country !== null && !/^[A-Z]{2}$/.test(country))
    throw usage(`"${country}" is not a country: write its two letters, DE or GB`);
  return country;
};

/** A kind, or a duty by its full name where a team has one of its own. */
const dutyOf = (typed: string, country: string | null): string => {
  const kind = personKinds.find((one) => one === typed);
  if (kind !== undefined) return dutyForKind(kind, country);
  if (typed.includes('.')) return typed;
  throw usage(`"${typed}" is none of ${personKinds.join(', ')}, and no duty by its full name`);
};
