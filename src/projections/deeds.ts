import { grouped } from '../base/grouped.ts';
import { formatUtc } from '../base/instant.ts';
import type { Result } from '../model/action.ts';
import type { Recorded } from '../model/event.ts';
import { refText } from '../model/item.ts';
import { batch } from './batches.ts';
import { chosenWords } from './decisions.ts';
import { SEALED, bothTimes } from './facts.ts';
import type { TimelineRow } from './row.ts';
import { joined, type Names, type Of, type Private, type Sentence } from './sentence.ts';

/** Sentences about what was done: to systems, with evidence and people, for a duty. */

const results: Readonly<Record<Result, Readonly<{ word: string; outcome: TimelineRow['outcome'] }>>> = {
  done: { word: 'done', outcome: 'ok' },
  already: { word: 'was so already', outcome: 'ok' },
  accepted: { word: 'accepted, not finished yet', outcome: 'unsure' },
  forbidden: { word: 'refused: not authorised', outcome: 'fail' },
  'not-supported': { word: 'not supported', outcome: 'fail' },
  failed: { word: 'failed, nothing changed', outcome: 'fail' },
  unknown: { word: 'not known: it may have happened', outcome: 'unsure' },
};

const proofs = {
  proved: { word: 'proved', outcome: 'ok' },
  refuted: { word: 'REFUTED', outcome: 'fail' },
  unproved: { word: 'not proved', outcome: 'unsure' },
} as const;

function byHand({ pub: { action, instance, of } }: Of<'act.by_hand'>, target: string): Sentence {
  return of === undefined
    ? {
        what: `Done by hand: ${action} on ${target}`,
        detail: `at ${instance}, as a person says; what the system says follows where it can be asked`,
      }
    : {
        what: `Switched on again by hand: ${target}, after ${action}`,
        detail: `at ${instance}, found by asking the system when it was released`,
      };
}

export function act(
  entry: Of<
    | 'act.intent'
    | 'act.by_hand'
    | 'act.kept'
    | 'act.outcome'
    | 'act.verified'
    | 'batch.intent'
    | 'batch.outcome'
  >,
  own: Private,
  { titles, state }: Names,
): Sentence {
  if (entry.kind === 'batch.intent' || entry.kind === 'batch.outcome') return batch(entry);
  const target = titles(entry.pub.target) ?? entry.pub.target;
  if (entry.kind === 'act.intent') {
    const { action, direction, attempt, instance, effect } = entry.pub;
    const again = attempt > 1 ? `, attempt ${attempt}` : '';
    return {
      what: `${direction === 'undo' ? 'About to undo' : 'About to run'} ${action} on ${target}${again}`,
      detail: `through ${instance}, effect: ${effect.replaceAll('-', ' ')}`,
    };
  }
  if (entry.kind === 'act.by_hand') return byHand(entry, target);
  const intent = state.acts.get(entry.pub.intent);
  const action =
    intent === undefined
      ? `attempt ${refText(entry.pub.intent)}`
      : `${intent.direction === 'undo' ? 'undo of ' : ''}${intent.action}`;
  if (entry.kind === 'act.kept')
    return { what: `Kept the state of ${target} as it was before ${action}, for the way back` };
  const http = entry.pub.http === null ? '' : `HTTP ${entry.pub.http}`;
  if (entry.kind === 'act.outcome') {
    const { word, outcome } = results[entry.pub.result];
    const what =
      entry.pub.by === 'tool'
        ? `${action} on ${target}: ${word}`
        : `A person settled ${action} on ${target}: ${word}`;
    return { what, detail: joined(own('detail'), http), result: word, outcome };
  }
  const { word, outcome } = proofs[entry.pub.proof];
  const by = intent?.hand === true ? ' by hand' : '';
  const isDrift = intent?.drifts.includes(entry.n) === true;
  const what = {
    proved: `Asked the system about ${target}: ${action}${by} is proved`,
    refuted: isDrift
      ? `Asked the system about ${target}: it is ON AGAIN after ${action}${by} was proved; somebody turned it back on`
      : `Asked the system about ${target}: it still answers, ${action}${by} did NOT work`,
    unproved: `Asked the system about ${target}: ${action}${by} could not be proved`,
  }[entry.pub.proof];
  return { what, detail: joined(own('how'), http), result: word, outcome };
}

const called = { reached: 'reached', 'no-answer': 'no answer', 'left-message': 'left a message' } as const;

export function record(
  entry: Of<'credential.given' | 'decision.made' | 'note.added' | 'evidence.added' | 'contact.called'>,
  own: Private,
  { titles, steps }: Names,
): Sentence {
  switch (entry.kind) {
    case 'credential.given':
      return {
        what: `Took in the leaked credential ${titles(entry.pub.credential) ?? entry.pub.credential}, sealed`,
        detail: `named by its fingerprint ${entry.pub.fingerprint}`,
      };
    case 'decision.made': {
      const question = own('question');
      const objections = own('objections');
      const free = entry.pub.option === 'free';
      const step = entry.pub.step === null ? undefined : steps.get(entry.pub.step);
      const choice = chosenWords(entry.pub.option, step, own('options'));
      return {
        what: `Decision by ${entry.pub.decider} on "${question === '' || question === SEALED ? entry.pub.decision : question}": ${choice}`,
        detail: joined(
          free ? '' : `options: ${own('options')}`,
          objections === '' ? '' : `objections: ${objections}`,
        ),
        why: own('rationale'),
      };
    }
    case 'note.added': {
      const { corrects, privileged } = entry.pub;
      const note = privileged === undefined ? 'Note' : 'Privileged note';
      return { what: `${note}${corrects === null ? '' : ` (corrects entry ${corrects})`}: ${own('text')}` };
    }
    case 'evidence.added': {
      const { evidence, method, size, sha256 } = entry.pub;
      const source = own('source');
      return {
        what: `Kept evidence ${evidence}${source === '' ? '' : `: ${source}`}`,
        detail: joined(own('note'), `by ${method}, ${grouped(size)} bytes, sha256 ${sha256}`),
      };
    }
    case 'contact.called': {
      const name = own('name');
      const who = name === '' || name === SEALED ? (titles(entry.pub.contact) ?? entry.pub.contact) : name;
      return {
        what: `Rang ${who}: ${called[entry.pub.outcome]}`,
        detail: own('note'),
        result: called[entry.pub.outcome],
      };
    }
  }
}

type DutyEntry = Of<
  | 'letters.merged'
  | 'letter.drafted'
  | 'letter.released'
  | 'duty.submitted'
  | 'duty.proved'
  | 'duty.acknowledged'
>;

export const isDuty = (entry: Recorded): entry is DutyEntry =>
  entry.kind.startsWith('letter.') || entry.kind === 'letters.merged' || entry.kind.startsWith('duty.');

function merged(pub: Of<'letters.merged'>['pub']): Sentence {
  const { letter, format, written, rejected, duplicates, sha256, versions } = pub;
  const left = [
    ...(rejected > 0 ? [`${grouped(rejected)} rows could not be used`] : []),
    ...(duplicates > 0 ? [`${grouped(duplicates)} addresses stood there twice`] : []),
  ];
  return {
    what: `Wrote the letter ${letter} for ${grouped(written)} people (${format}; ${Object.keys(versions).join(', ')})`,
    detail: joined(left.join(', '), `sha256 ${sha256}`),
    result: left.length === 0 ? 'all' : 'in part',
  };
}

export function duty(entry: DutyEntry, own: Private, { duties, zone, state }: Names): Sentence {
  const title = (id: string): string => duties.get(id)?.title ?? id;
  switch (entry.kind) {
    case 'letters.merged':
      return merged(entry.pub);
    case 'letter.drafted': {
      const { letter, missing, follows, sha256 } = entry.pub;
      const state =
        missing.length > 0
          ? `${missing.length} missing`
          : follows.length > 0
            ? `${follows.length} to follow`
            : 'complete';
      const recipient = own('recipient');
      return {
        what: `Drafted the letter ${letter}${recipient === '' ? '' : ` to ${recipient}`}`,
        detail: joined(missing.length > 0 ? `missing: ${missing.join(', ')}` : '', `sha256 ${sha256}`),
        result: state,
      };
    }
    case 'letter.released': {
      const { letter, language, missing, refused, override, sha256 } = entry.pub;
      const past = [
        ...missing.map((one) => `missing ${one}`),
        ...refused.map((one) => `refused by rule ${one}`),
      ].join('; ');
      return {
        what: `Released the letter ${letter} (${language})${override ? ' by OVERRIDE' : ''}`,
        detail: joined(joined(past, own('reason')), `sha256 ${sha256}`),
        result: override ? 'override' : 'released',
      };
    }
    case 'duty.submitted': {
      const phase = entry.pub.phase > 1 ? ` (part ${entry.pub.phase})` : '';
      const channel = own('channel');
      return {
        what: `Submitted: ${title(entry.pub.duty)}${phase}`,
        detail: joined(channel === '' ? '' : `by ${channel}`, `at ${bothTimes(entry.pub.at, zone)}`),
      };
    }
    case 'duty.proved':
      return {
        what: `Recorded proof of submission: ${title(entry.pub.duty)}`,
        detail: joined(
          entry.pub.kind.replaceAll('-', ' '),
          own('reference'),
          keptWords(state.evidence.find(({ id }) => id === entry.pub.evidence)),
        ),
        result: 'proved',
        outcome: 'ok',
      };
    case 'duty.acknowledged':
      return { what: `Acknowledged by the recipient: ${title(entry.pub.duty)}`, detail: own('reference') };
  }
}

const keptWords = (kept: Readonly<{ id: string; sha256: string }> | undefined): string =>
  kept === undefined ? '' : `evidence ${kept.id}, sha256 ${kept.sha256}`;

type CollectionEntry = Of<'collection.begun' | 'collection.ended'>;

export const isCollection = (entry: Recorded): entry is CollectionEntry =>
  entry.kind === 'collection.begun' || entry.kind === 'collection.ended';

/** A log that is read: what was asked for, what was had, and what is missing in kinds; the words are sealed. */
export function collection(entry: CollectionEntry, own: Private): Sentence {
  if (entry.kind === 'collection.begun') {
    const { instance, log, since, until } = entry.pub;
    return {
      what: `Began to read ${log} of ${instance}, ${formatUtc(since)} to ${formatUtc(until)}`,
      detail: joined(own('method'), own('collector')),
    };
  }
  const { ended, records, parts, size, got_from, got_to, gaps, parts_sha256 } = entry.pub;
  const had =
    got_from === null || got_to === null ? '' : `, had ${formatUtc(got_from)} to ${formatUtc(got_to)}`;
  const missing = gaps.filter((gap) => gap !== 'blind');
  return {
    what: `Read the log ${ended === 'whole' ? 'whole' : ended === 'partial' ? 'in part' : 'not at all'}: ${records} records in ${parts} pieces, ${grouped(size)} bytes${had}`,
    detail: joined(
      missing.length === 0 ? '' : `missing: ${missing.join(', ')}`,
      own('gaps'),
      `sha256 over the hashes of the pieces ${parts_sha256}`,
    ),
    result: ended === 'whole' ? 'done' : ended,
  };
}
