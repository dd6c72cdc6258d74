import { MINUTE } from '../base/duration.ts';
import { maskSecrets, maskWithin, maskedWords } from '../base/mask.ts';
import { isProblem, Problem } from '../base/problem.ts';
import { settledUnder } from '../incident/about-approval.ts';
import { decide, stepOf } from '../incident/decide.ts';
import type { DecideContext } from '../incident/said.ts';
import { mustBeHere } from '../incident/handed.ts';
import { mustBeAllowed } from '../incident/roles.ts';
import type { Fresh } from '../model/event.ts';
import type { Obligation } from '../model/obligation.ts';
import { dutyOfClock } from '../model/person-clock.ts';
import { acting } from './acting.ts';
import { rotating, shredSecrets } from './rotating.ts';
import { startAnchoring } from './anchoring.ts';
import { alerting } from './alerting.ts';
import { bulletins } from './bulletins.ts';
import { anchorsDoor } from './anchors-door.ts';
import { startShipping } from './shipping.ts';
import { exportDoor } from './export-door.ts';
import { letterDoor } from './letter-door.ts';
import { scopeDoor } from './scope.ts';
import { startBacking } from './backing.ts';
import { allowed, refusing, signed, toSign } from './approvals.ts';
import { authorityOf } from '../regulations/authorities.ts';
import type { Command, LetterDraft, OpenIncident, View } from './contract.ts';
import { endedBy, meantFact } from './about-fact.ts';
import { outdatedIn } from './outdated.ts';
import type { IncidentParts } from './parts.ts';
import { inventoryRows, reasonsFor, timelineOf, toldIn, viewOf } from './views.ts';

/** One incident, opened: the journal, its frozen definitions and the world that its actions reach. */

/** What a drill needs of the runtime beside the door. */
export type Runtime = OpenIncident & Readonly<{ parts: IncidentParts }>;

export const openRuntime = (parts: IncidentParts): Runtime => {
  const { ledger, frozen } = parts;
  const leaving = new AbortController();
  const anchoring = startAnchoring(parts, leaving.signal);
  const shipping = startShipping(parts, leaving.signal);
  const backing = startBacking(parts, leaving.signal);
  let left: Promise<void> | null = null;
  const door = { ...acting(parts, leaving.signal), ...rotating(parts, leaving.signal) };
  return {
    id: parts.id,
    parts,
    view: () => viewOf(parts, backing.stand()),
    items: () => inventoryRows(frozen.inventory),
    watch: (changed) => watch(parts, changed, leaving.signal),
    ...lawful(parts, leaving.signal),
    timeline: (options = {}) => timelineOf(parts, options),
    reveal: ledger.reveal,
    act: async (command) => {
      const step = 'step' in command ? command.step : null;
      await refusing(parts, command.do, step, () => actOn(parts, command));
      if (command.do === 'tick') await askedAfter(parts, door, command.step);
    },
    toSign: (entry) => toSign(parts, entry),
    sign: async (entry, person, how) => await signed(parts, entry, person, how),
    masked: (text) => {
      const { text: safe, masked } = maskSecrets(text);
      return { text: safe, masked: maskedWords(masked) };
    },
    ...door,
    ...letterDoor(parts),
    saveLetter: async (draft, step) => {
      await refusing(parts, 'letter', step, async () => {
        allowed(parts, 'letter', step);
        await saveLetter(parts, draft, step);
      });
    },
    addEvidence: async (source, about) =>
      await refusing(parts, 'evidence', about.step ?? null, async () => {
        allowed(parts, 'evidence', about.step ?? null);
        return await (await import('./evidence.ts')).collect(parts, source, about);
      }),
    collect: async (asked, heard = () => undefined, stop) =>
      await refusing(parts, 'evidence', asked.step ?? null, async () => {
        allowed(parts, 'evidence', asked.step ?? null);
        return await (await import('./collecting.ts')).collect(parts, leaving.signal, asked, heard, stop);
      }),
    ...exportDoor(parts),
    ...destroying(parts),
    ...besides(parts),
    anchors: anchorsDoor(parts, anchoring),
    bulletin: bulletins(parts, leaving.signal),
    ship: shipping,
    leave: async () => {
      await (left ??= leave(parts, [anchoring, shipping, backing], leaving));
    },
  };
};

/** Who is affected, and going on at another machine: beside everything that happens in an incident. */
const besides = (parts: IncidentParts): Pick<OpenIncident, 'drafts' | 'packet' | 'packetPlan' | 'scope'> => ({
  drafts: parts.drafts,
  scope: scopeDoor(parts),
  packetPlan: async (to, out) => (await import('./packet.ts')).planPacket(parts, to, out),
  packet: async (receiver, out) => await (await import('./packet.ts')).makePacket(parts, receiver, out),
});

/** What the law wants, what was told, and who hears that a clock runs out. */
const lawful = (
  parts: IncidentParts,
  left: AbortSignal,
): Pick<OpenIncident, 'alert' | 'duties' | 'ends' | 'meant' | 'told'> => ({
  duties: () => reasonsFor(parts.ledger.state(), parts.frozen),
  ends: (fact, answer) => endedBy(parts, fact, answer),
  meant: (fact) => meantFact(parts, fact),
  told: (duty) => toldIn(parts, duty),
  ...alerting(parts, left),
});

/**
 * What a person did at a vendor, the vendor is asked about at once. The word of the person is recorded by then: where this process
 * may not ask, it stands unproved, and a later check asks.
 */
const askedAfter = async (
  parts: IncidentParts,
  { recheck }: Pick<OpenIncident, 'recheck'>,
  step: string,
): Promise<void> => {
  const done = [...parts.ledger.state().acts.values()].some(
    (act) => act.hand && act.step === step && act.proof === null,
  );
  if (!done || parts.readOnly) return;
  try {
    await recheck(step);
  } catch (error) {
    if (!isProblem(error) || error.code !== 'engine-held') throw error;
  }
};

/** What goes on beside an open incident, and gets a bounded moment at its end. */
type Leaving = Readonly<{ leave: () => Promise<void> }>;

const leave = async (
  parts: IncidentParts,
  beside: readonly Leaving[],
  leaving: AbortController,
): Promise<void> => {
  // First of all: whoever was told to end may be ended for good while the rest is waited for.
  parts.drafts.leave();
  await Promise.all(beside.map(async (one) => await one.leave().catch(() => undefined)));
  leaving.abort();
  if (!parts.readOnly) parts.journal.lease.release(parts.owner);
  parts.journal.close();
};

/** What may go, and letting it go: loaded when it is wanted, which is once in years. */
const destroying = (parts: IncidentParts): Pick<OpenIncident, 'destruction' | 'askToDestroy' | 'destroy'> => {
  const may = async <T>(work: () => Promise<T>): Promise<T> =>
    await refusing(parts, 'destroy', null, async () => {
      allowed(parts, 'destroy', null);
      return await work();
    });
  const load = async () => await import('./shredding.ts');
  return {
    destruction: async (one) => (await load()).destructionOf(parts, await parts.policies(), one),
    askToDestroy: async (one, reason) =>
      await may(async () => (await load()).askToDestroy(parts, await parts.policies(), one, reason)),
    destroy: async (one) => await may(async () => (await load()).destroy(parts, await parts.policies(), one)),
  };
};

/** A step whose letter wants approval is not finished by a draft that nobody approved; the draft itself can be kept without it. */
const saveLetter = async (parts: IncidentParts, draft: LetterDraft, step: string | null): Promise<void> => {
  const { ledger } = parts;
  const { letter, duty, sha256, missing, follows } = draft;
  const drafted: Fresh = {
    kind: 'letter.drafted',
    pub: { letter, duty, sha256, missing: [...missing], follows: [...follows] },
    priv: { body: { class: 'staff', value: draft.markdown } },
  };
  if (step === null) return void (await ledger.append([drafted]));
  const state = ledger.state();
  const under = settledUnder(state, stepOf(state, step), 'The draft was taken as it is', decidingOf(parts));
  await ledger.append([drafted, ...under, { kind: 'step.finished', pub: { step, how: 'written' } }]);
};

/** What deciding needs to know of this moment and of whoever sits here. */
const decidingOf = (parts: IncidentParts): DecideContext => ({
  now: parts.world.clock.now(),
  actor: parts.actor,
  mask: (text) => maskSecrets(text).text,
  fingerprint: parts.fingerprint,
  outdated: outdatedIn(parts),
});

/** Every command goes through the pure decision; closing also destroys what was kept only for the negative proofs. */
const actOn = async (parts: IncidentParts, typed: Command): Promise<void> => {
  const { ledger, world } = parts;
  const command = maskedCommand(typed);
  ledger.refresh();
  if (command.do !== 'keep-journal') {
    mustBeHere(ledger.state());
    parts.journal.noteJump();
    ledger.refresh();
  }
  await ledger.appendDecided(() => {
    mustBeAllowed(ledger.state(), parts.actor, command.do, 'step' in command ? command.step : null);
    mustBeKnown(parts, command);
    const events = decide(ledger.state(), command, decidingOf(parts));
    if (command.do === 'answer' && command.answer.is === 'secret') {
      for (const { value } of command.answer.credentials) world.secrets.remember(value);
    }
    return events;
  });
  if (command.do === 'close') shredSecrets(parts.journal, parts.actor);
};

/**
 * Whatever a person typed may hold a card number or a token: a name, a fact, a reason, and the id in the refusal of a command.
 * A hidden field is sealed instead. A number that is a card number is no count.
 */
const maskedCommand = (command: Command): Command => {
  // A signature is random enough to hold what looks like a token; what is none is refused before it is kept.
  if (command.do === 'approve' || command.do === 'review')
    return { ...maskWithin(command), signature: command.signature } as Command;
  if (command.do !== 'answer' && command.do !== 'learn' && command.do !== 'correct')
    return maskWithin(command);
  const { answer } = command;
  if (answer.is === 'secret') return { ...maskWithin({ ...command, answer: { is: 'unknown' } }), answer };
  const numbers =
    answer.is === 'number'
      ? [answer.value]
      : answer.is === 'range'
        ? [answer.about, answer.from, answer.to]
        : [];
  const shown = maskSecrets(numbers.join(' '));
  if (shown.masked.length > 0) return { ...maskWithin(command), answer: { is: 'text', text: shown.text } };
  return maskWithin(command);
};

/** A misspelt duty or contact would be recorded and met by nobody. */
const mustBeKnown = ({ frozen, ledger }: IncidentParts, command: Command): void => {
  if (command.do === 'open-clock' || command.do === 'extend-clock') personRule(frozen.rules, command);
  if (command.do === 'submit' || command.do === 'prove' || command.do === 'acknowledge') {
    const near = [...frozen.rules.map((rule) => rule.id), ...ledger.state().personClocks.keys()];
    if (!near.includes(command.duty))
      throw new Problem('not-found', { what: 'duty', id: command.duty, near: near.join(', ') });
  }
  const contacts = frozen.contacts.contacts.map((contact) => contact.id);
  if (command.do !== 'call' || contacts.length === 0 || authorityOf(command.contact) !== null) return;
  if (!contacts.includes(command.contact)) {
    throw new Problem('not-found', { what: 'contact', id: command.contact, near: contacts.join(', ') });
  }
};

/** Only what the law owes to one person can be opened for one, and only what it lets be extended, extended. */
const personRule = (
  rules: readonly Obligation[],
  command: Extract<Command, { do: 'open-clock' | 'extend-clock' }>,
): void => {
  const each = rules.filter(({ per_person: one }) => one !== undefined);
  const id = command.do === 'open-clock' ? command.duty : dutyOfClock(command.clock);
  const rule = each.find((one) => one.id === id);
  if (rule === undefined && command.do === 'open-clock')
    throw new Problem('not-found', {
      what: 'duty that is owed to one person each',
      id,
      near: each.map((one) => one.id).join(', '),
    });
  if (command.do === 'extend-clock' && rule?.per_person?.extension === null)
    throw new Problem('usage', { why: `the law does not let ${id} take longer` });
};

/** What is not anchored yet is shown in steps of this. */
const ANCHOR_STEP = 10_000;

/** Calls back on every change, of this process and of others, and as time goes by: each second once a clock is close. */
const watch = (parts: IncidentParts, changed: () => void, left: AbortSignal): (() => void) => {
  const stop = new AbortController();
  const ended = AbortSignal.any([stop.signal, left]);
  const off = parts.ledger.onChange(changed);
  const tick = async (): Promise<void> => {
    for (let waited = 0; !ended.aborted;) {
      const view: View = viewOf(parts, null);
      const close = view.clocks.some(
        (clock) => !clock.context && clock.leftMs !== null && Math.abs(clock.leftMs) < 60 * MINUTE,
      );
      await (parts.world.pulse ?? parts.world.clock).sleep(1000, ended);
      waited += 1000;
      if (!parts.readOnly && parts.ledger.state().handed === null) parts.journal.noteJump();
      const growing =
        waited % ANCHOR_STEP === 0 && view.anchors.configured.length > 0 && view.anchors.behind > 0;
      if (!parts.ledger.refresh() && (close || growing || waited % MINUTE === 0)) changed();
      if (!parts.readOnly) parts.journal.lease.heartbeat(parts.owner);
    }
  };
  // The loop ends by the signal alone; a journal that fails on the way is met again, and told, by the next command.
  void tick().catch(() => undefined);
  return () => {
    off();
    stop.abort(new Error('stopped watching'));
  };
};
