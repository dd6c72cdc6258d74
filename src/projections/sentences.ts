import type { Result } from '../model/action.ts';
import type { Events, Recorded, Reveal } from '../model/event.ts';
import { SEALED, bothTimes, grouped, valueWords } from './facts.ts';
import type { TimelineContext, TimelineRow } from './row.ts';

/** What one entry says to a person who was not there. Foreign text in it is not escaped yet. */
export type Sentence = Readonly<{
  what: string;
  detail?: string;
  result?: string;
  outcome?: TimelineRow['outcome'];
  why?: string;
}>;

type Names = Pick<TimelineContext, 'zone' | 'titles' | 'steps' | 'duties' | 'state'>;

/** A private field: empty where the entry has none, `[sealed]` without the key. */
type Private = (name: string) => string;

export function sentence(entry: Recorded, reveal: Reveal, names: Names): Sentence {
  const own: Private = (name) => (entry.priv.includes(name) ? (reveal({ n: entry.n, name }) ?? SEALED) : '');
  switch (entry.kind) {
    case 'incident.opened':
    case 'incident.closed':
    case 'definition.frozen':
    case 'plan.adopted':
    case 'severity.set':
    case 'role.claimed':
      return frame(entry, own, names);
    case 'fact.learned':
    case 'fact.corrected':
    case 'fact.ruled_out':
      return fact(entry, own, names);
    case 'step.started':
    case 'step.finished':
    case 'step.skipped':
    case 'step.reopened':
    case 'evidence.waived':
    case 'override.taken':
      return step(entry, own, names);
    case 'act.intent':
    case 'act.outcome':
    case 'act.verified':
      return act(entry, own, names);
    case 'credential.given':
    case 'decision.made':
    case 'note.added':
    case 'evidence.added':
    case 'contact.called':
      return record(entry, own, names);
    case 'letter.drafted':
    case 'duty.submitted':
    case 'duty.proved':
    case 'duty.acknowledged':
      return duty(entry, own, names);
    case 'export.written':
    case 'engine.recovered':
    case 'engine.taken_over':
    case 'drill.injected':
    case 'drill.scored':
      return machine(entry, own);
  }
}

type Of<K extends keyof Events> = { [Kind in K]: Recorded<Kind> }[K];

function frame(
  entry: Of<'incident.opened' | 'incident.closed' | 'definition.frozen' | 'plan.adopted' | 'severity.set' | 'role.claimed'>,
  own: Private,
  { zone }: Names,
): Sentence {
  switch (entry.kind) {
    case 'incident.opened': {
      const { drill, codename, runbook, severity, earliest_at } = entry.pub;
      const title = own('title');
      return {
        what: `${drill ? 'Drill' : 'Incident'} opened: ${title === '' ? codename : title}`,
        detail: `codename ${codename}, severity ${severity}, ${runbook === null ? 'no runbook' : `runbook ${runbook}`}, earliest known time ${bothTimes(earliest_at, zone)}`,
      };
    }
    case 'incident.closed':
      return { what: `Incident closed: ${entry.pub.outcome.replaceAll('-', ' ')}`, detail: own('summary') };
    case 'definition.frozen':
      return { what: `Kept the definition ${entry.pub.name} as it was${part(entry.pub)}`, detail: `sha256 ${entry.pub.sha256}` };
    case 'plan.adopted':
      return { what: `Adopted the plan of runbook ${entry.pub.runbook}${part(entry.pub)}`, detail: `plan sha256 ${entry.pub.plan_sha256}` };
    case 'severity.set':
      return { what: `Severity set to ${entry.pub.severity}`, why: own('reason') };
    case 'role.claimed': {
      const name = own('name');
      return { what: `${name === '' || name === SEALED ? entry.pub.person : name} took the role of ${entry.pub.role}` };
    }
  }
}

const part = ({ part: n, of }: Readonly<{ part: number; of: number }>): string => (of > 1 ? `, part ${n + 1} of ${of}` : '');

function fact(entry: Of<'fact.learned' | 'fact.corrected' | 'fact.ruled_out'>, own: Private, { zone }: Names): Sentence {
  const id = entry.pub.fact;
  const why = own('reason');
  if (entry.kind === 'fact.ruled_out') return { what: `Ruled out: ${id}`, why };
  const { known, value } = entry.pub;
  const answer = value === null ? own('text') : valueWords(value, zone);
  if (entry.kind === 'fact.corrected') {
    return { what: `Corrected ${id}${known ? ` to: ${answer}` : ': it is not known after all'} (before: entry ${entry.pub.corrects})`, why };
  }
  return { what: known ? `Recorded ${id}${answer === '' ? '' : `: ${answer}`}` : `Recorded that ${id} is not known yet`, why };
}

const finished: Readonly<Record<Events['step.finished']['how'], string>> = {
  acted: 'Finished',
  answered: 'Answered',
  decided: 'Decided',
  'by-hand': 'Done by hand',
  written: 'Written',
  waited: 'Waited for',
};

function step(
  entry: Of<'step.started' | 'step.finished' | 'step.skipped' | 'step.reopened' | 'evidence.waived' | 'override.taken'>,
  own: Private,
  { steps }: Names,
): Sentence {
  const title = (id: string): string => `"${steps.get(id)?.title ?? id}"`;
  switch (entry.kind) {
    case 'step.started':
      return { what: `Started ${title(entry.pub.step)}` };
    case 'step.finished': {
      const result = own('result');
      return { what: `${finished[entry.pub.how]}: ${title(entry.pub.step)}`, detail: result, result: 'done', outcome: 'ok' };
    }
    case 'step.skipped':
      return { what: `Left out ${title(entry.pub.step)}`, why: own('reason'), result: 'left out' };
    case 'step.reopened':
      return { what: `Took up again ${title(entry.pub.step)}`, why: own('reason') };
    case 'evidence.waived':
      return {
        what: `Went on with ${title(entry.pub.step)} without the evidence of ${title(entry.pub.preserve)}`,
        why: own('reason'),
      };
    case 'override.taken': {
      const where = entry.pub.step === null ? '' : ` at ${title(entry.pub.step)}`;
      return { what: `OVERRIDE${where}: ${entry.pub.what}`, why: own('reason') };
    }
  }
}

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

function act(entry: Of<'act.intent' | 'act.outcome' | 'act.verified'>, own: Private, { titles, state }: Names): Sentence {
  const target = titles(entry.pub.target) ?? entry.pub.target;
  if (entry.kind === 'act.intent') {
    const { action, direction, attempt, instance, effect } = entry.pub;
    const again = attempt > 1 ? `, attempt ${attempt}` : '';
    return {
      what: `${direction === 'undo' ? 'About to undo' : 'About to run'} ${action} on ${target}${again}`,
      detail: `through ${instance}, effect: ${effect.replaceAll('-', ' ')}`,
    };
  }
  const intent = state.acts.get(entry.pub.intent);
  const action = intent === undefined ? `entry ${entry.pub.intent}` : `${intent.direction === 'undo' ? 'undo of ' : ''}${intent.action}`;
  const http = entry.pub.http === null ? '' : `HTTP ${entry.pub.http}`;
  if (entry.kind === 'act.outcome') {
    const { word, outcome } = results[entry.pub.result];
    const what = entry.pub.by === 'tool' ? `${action} on ${target}: ${word}` : `A person settled ${action} on ${target}: ${word}`;
    return { what, detail: joined(own('detail'), http), result: word, outcome };
  }
  const { word, outcome } = proofs[entry.pub.proof];
  const what = {
    proved: `Asked the system about ${target}: ${action} is proved`,
    refuted: `Asked the system about ${target}: it still answers, ${action} did NOT work`,
    unproved: `Asked the system about ${target}: ${action} could not be proved`,
  }[entry.pub.proof];
  return { what, detail: joined(own('how'), http), result: word, outcome };
}

const joined = (...parts: readonly string[]): string => parts.filter((text) => text !== '').join('; ');

const called = { reached: 'reached', 'no-answer': 'no answer', 'left-message': 'left a message' } as const;

function record(
  entry: Of<'credential.given' | 'decision.made' | 'note.added' | 'evidence.added' | 'contact.called'>,
  own: Private,
  { titles }: Names,
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
      // A decision outside the runbook has no list of options: its words are the one that was taken.
      const free = entry.pub.option === 'free';
      const choice = free ? own('options') : entry.pub.option;
      return {
        what: `Decision by ${entry.pub.decider}: ${question === '' || question === SEALED ? entry.pub.decision : question} -> ${choice}`,
        detail: joined(free ? '' : `options: ${own('options')}`, objections === '' ? '' : `objections: ${objections}`),
        why: own('rationale'),
      };
    }
    case 'note.added': {
      const { corrects } = entry.pub;
      return { what: `Note${corrects === null ? '' : ` (corrects entry ${corrects})`}: ${own('text')}` };
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
      return { what: `Rang ${who}: ${called[entry.pub.outcome]}`, detail: own('note'), result: called[entry.pub.outcome] };
    }
  }
}

function duty(
  entry: Of<'letter.drafted' | 'duty.submitted' | 'duty.proved' | 'duty.acknowledged'>,
  own: Private,
  { duties, zone }: Names,
): Sentence {
  const title = (id: string): string => duties.get(id)?.title ?? id;
  switch (entry.kind) {
    case 'letter.drafted': {
      const { letter, missing, follows, sha256 } = entry.pub;
      const state = missing.length > 0 ? `${missing.length} missing` : follows.length > 0 ? `${follows.length} to follow` : 'complete';
      const recipient = own('recipient');
      return {
        what: `Drafted the letter ${letter}${recipient === '' ? '' : ` to ${recipient}`}`,
        detail: joined(missing.length > 0 ? `missing: ${missing.join(', ')}` : '', `sha256 ${sha256}`),
        result: state,
      };
    }
    case 'duty.submitted': {
      const phase = entry.pub.phase > 1 ? ` (part ${entry.pub.phase})` : '';
      const channel = own('channel');
      return { what: `Submitted: ${title(entry.pub.duty)}${phase}`, detail: joined(channel === '' ? '' : `by ${channel}`, `at ${bothTimes(entry.pub.at, zone)}`) };
    }
    case 'duty.proved':
      return {
        what: `Recorded proof of submission: ${title(entry.pub.duty)}`,
        detail: joined(entry.pub.kind.replaceAll('-', ' '), own('reference')),
        result: 'proved',
        outcome: 'ok',
      };
    case 'duty.acknowledged':
      return { what: `Acknowledged by the recipient: ${title(entry.pub.duty)}`, detail: own('reference') };
  }
}

function machine(
  entry: Of<'export.written' | 'engine.recovered' | 'engine.taken_over' | 'drill.injected' | 'drill.scored'>,
  own: Private,
): Sentence {
  switch (entry.kind) {
    case 'export.written':
      return { what: `Exported as ${entry.pub.format}`, detail: joined(own('path'), `sha256 ${entry.pub.sha256}`) };
    case 'engine.recovered': {
      const n = entry.pub.unsure;
      return { what: `Started again after an interruption: ${n === 0 ? 'nothing was' : n === 1 ? '1 attempt was' : `${n} attempts were`} in flight` };
    }
    case 'engine.taken_over':
      return { what: `Took over from ${entry.pub.from}` };
    case 'drill.injected': {
      const sender = own('sender');
      return { what: `Exercise message by ${entry.pub.channel} to ${entry.pub.to}${sender === '' ? '' : ` from ${sender}`}: ${own('body')}` };
    }
    case 'drill.scored':
      return {
        what: `Drill ${entry.pub.passed ? 'passed' : 'not passed'} (seed ${entry.pub.seed})`,
        detail: own('scorecard'),
        result: entry.pub.passed ? 'passed' : 'not passed',
        outcome: entry.pub.passed ? 'ok' : 'fail',
      };
  }
}
