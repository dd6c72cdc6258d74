import { containment } from '../../projections/containment.ts';
import { SEALED } from '../../projections/facts.ts';
import type { IncidentState } from '../../projections/incident.ts';
import type { Channel } from '../../model/inventory.ts';
import { affectedChannels } from '../affected.ts';
import type { LetterInput } from '../input.ts';
import type { ClaimId } from './report.ts';

/** What stands behind a claim, in words, with the entries it rests on. */
export type Support = Readonly<{ by: string; entries: readonly number[] }>;

/** What would carry a claim, and the command that records it. */
export type Lack = Readonly<{ why: string; wants: string; command: string | null }>;

type Held = ReturnType<typeof containment>['targets'][number];
type Fact = IncidentState['facts'] extends ReadonlyMap<string, infer F> ? F : never;

/** The fact that carries a claim where no proof of the tool can: `firebreak fact claim-deleted yes --why ...`. */
const factFor = (claim: ClaimId): string => `claim-${claim}`;

/**
 * How a known fact is known, where somebody said so: the typed reason, or the log it was read in. An estimate carries a number, and
 * nothing else.
 */
export function basisOf(id: string, { state, reveal }: LetterInput): Support | null {
  const fact = state.facts.get(id);
  if (fact === undefined || !fact.known || fact.ruledOut) return null;
  const reason = reveal({ n: fact.n, name: 'reason' });
  const words = reason === null || reason.trim() === '' || reason === SEALED ? null : reason;
  if (words === null && fact.basis !== 'log') return null;
  return { by: `${id}: ${words ?? 'read in a log'} (${fact.basis})`, entries: [fact.n] };
}

/** A yes and nothing else: "No", "not yet" and whatever else somebody wrote as words carry nothing. */
const says = (fact: Fact | undefined, { reveal }: LetterInput): boolean => {
  if (fact === undefined) return false;
  if (fact.value !== null) return fact.value === true || fact.value === 'yes';
  return /^\s*(?:y|yes|true)\s*$/i.test(reveal({ n: fact.n, name: 'text' }) ?? '');
};

const byFact = (claim: ClaimId, input: LetterInput): Support | null => {
  const id = factFor(claim);
  const fact = input.state.facts.get(id);
  return says(fact, input) && fact?.basis !== 'estimated' ? basisOf(id, input) : null;
};

const record = (claim: ClaimId, what: string): string =>
  `firebreak fact ${factFor(claim)} yes --basis log --why "${what}"`;

/** Asks the journal for one claim of one sentence. `gapNamed`: the letter says how far the logs reach. */
export type Asked = Readonly<{
  sentence: string;
  source: Support | null;
  transit: boolean;
  gapNamed: boolean;
}>;

export function carries(claim: ClaimId, asked: Asked, input: LetterInput): Support | Lack {
  switch (claim) {
    case 'contained':
    case 'stopped':
      return byProof(claim, asked, input);
    case 'no-access':
    case 'no-misuse':
      return byLog(claim, asked, input);
    case 'encrypted':
      return byUnintelligible(asked, input);
    case 'not-affected':
      return (
        byFact(claim, input) ??
        basisOf('not-touched', input) ??
        asked.source ?? {
          why: 'nothing in the journal says how this is known',
          wants: 'what was looked at to rule it out, recorded with the fact',
          command: record(claim, 'what was searched, by whom, and what it showed'),
        }
      );
    case 'deleted':
      return (
        byFact(claim, input) ??
        asked.source ?? {
          why: 'nothing in the journal shows that anything was deleted',
          wants: 'who deleted what, and the confirmation kept as evidence',
          command: record(claim, 'who confirmed the deletion, and where the confirmation is kept'),
        }
      );
  }
}

const stands = ({ hold }: Held): boolean => hold === 'proved';

/** What was tried and not proved, or came back. What nobody has begun yet is in nobody's mouth as stopped. */
const begun = ({ hold }: Held): boolean => hold !== 'open' && hold !== 'left-out';

/**
 * Stopped and contained are said by the systems: accepted is not proved. A system that still answers speaks against every basis. Where the
 * sentence names a target, that one counts; contained is all of them.
 */
function byProof(
  claim: 'contained' | 'stopped',
  { sentence, source }: Asked,
  input: LetterInput,
): Support | Lack {
  const { targets } = input.containment;
  const lower = sentence.toLowerCase();
  const named = claim === 'stopped' ? targets.filter(({ title }) => lower.includes(title.toLowerCase())) : [];
  const meant = named.length > 0 ? named : claim === 'stopped' ? targets.filter(begun) : targets;
  const open = meant.filter((target) => !stands(target));
  if (meant.length > 0 && open.length === 0) {
    return {
      by: `proved by the systems themselves: ${meant.map(({ title }) => title).join(', ')}`,
      entries: [...new Set(meant.flatMap(({ entries }) => entries))],
    };
  }
  const against = meant.find(({ hold }) => hold === 'refuted' || hold === 'taken-back' || hold === 'failed');
  const basis = byFact(claim, input) ?? source;
  if (against === undefined && basis !== null) return basis;
  const first = open.slice(0, 3).map(({ title, word }) => `${title}: ${word}`);
  return {
    why: first.length === 0 ? 'no system was stopped and asked' : first.join('; '),
    wants: 'the proof of the systems themselves that it is off',
    command:
      open.length === 0
        ? record(claim, 'what was stopped, by whom, and how you know')
        : 'firebreak status --recheck',
  };
}

/** A log that was read, with its gap: whole, or with the gap said in the letter. */
function byLog(
  claim: 'no-access' | 'no-misuse',
  { source, gapNamed }: Asked,
  input: LetterInput,
): Support | Lack {
  const basis = byFact(claim, input) ?? source;
  if (basis !== null) return basis;
  const read = [...input.state.collections.values()].filter(
    ({ ended }) => ended !== null && ended.ended !== 'none' && ended.records > 0,
  );
  const whole = read.filter(
    ({ ended, since }) =>
      ended?.ended === 'whole' && ended.gaps.length === 0 && since <= input.state.earliestAt,
  );
  const usable = whole.length > 0 ? whole : gapNamed ? read : [];
  if (usable.length > 0) {
    const which = usable.map(({ log, instance }) => `${log} of ${instance}`).join(', ');
    const gap = whole.length > 0 ? '' : ', its gap named in the letter';
    return { by: `log collected: ${which}${gap}`, entries: usable.map(({ n }) => n) };
  }
  const gaps = [...new Set(read.flatMap(({ ended }) => ended?.gaps ?? []))];
  if (read.length > 0)
    return {
      why: `the logs have gaps (${gaps.join(', ') || 'they begin after the first sign'}) and the letter does not say so`,
      wants: 'a sentence that says since when, and where, the logs speak',
      command: record(claim, 'which log was read, from when to when, and what is missing in it'),
    };
  return {
    why: 'no log was collected: not having looked is not having found nothing',
    wants: 'a log for the time of the incident, with its gap',
    command: 'firebreak evidence collect',
  };
}

const CLOUD_MEDIA: ReadonlySet<string> = new Set(['whatsapp', 'messenger', 'instagram']);

/** Who opened the messages: the vendor's API, a provider, the CRM. Null for a channel that nobody but the two ends reads. */
function openedBy(channel: Channel, { inventory }: LetterInput): string | null {
  if (!CLOUD_MEDIA.has(channel.medium)) return null;
  const through = inventory.integrations.find((row) => row.channel === channel.id);
  const processor = inventory.processors?.find(({ id }) => id === channel.processor);
  return processor?.title ?? through?.title ?? null;
}

/**
 * Encryption on the way ends where Cloud API, a provider or the CRM opens the message, so it never made these data unintelligible
 * (Art. 34(3)(a)); no basis changes that. Data at rest can have been: with a basis for it.
 */
function byUnintelligible({ transit, source }: Asked, input: LetterInput): Support | Lack {
  const opened = affectedChannels(input.state, input.inventory).flatMap((channel) => {
    const by = openedBy(channel, input);
    return by === null ? [] : [`${channel.title} (opened by ${by})`];
  });
  if (transit && opened.length > 0) {
    return {
      why: `encryption on the way ends where the messages are opened: ${opened.join(', ')}; it is never Art. 34(3)(a)`,
      wants: 'nothing can carry it: take the sentence out',
      command: null,
    };
  }
  return (
    byFact('encrypted', input) ??
    source ?? {
      why: 'nothing in the journal shows that the data were unintelligible to whoever took them',
      wants: 'which data, by which method, and where the key was meanwhile',
      command: record('encrypted', 'which data, which method, and why the key was not taken'),
    }
  );
}
