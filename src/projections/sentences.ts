import { isAboutAnchors } from '../incident/anchored.ts';
import { isAboutHanding } from '../incident/handed.ts';
import { isAboutContent } from '../incident/holds.ts';
import { isAboutDrill } from '../incident/drilled.ts';
import { isAboutAlerts, type AlertEntry } from '../incident/alerts.ts';
import { isAboutBulletins } from '../incident/bulletins.ts';
import { isAboutItem } from '../incident/improving.ts';
import { isAboutPerson, type PersonEntry } from '../incident/person-clocks.ts';
import { isAboutMail, mailed } from './mail.ts';
import { isAboutRotation } from '../incident/rotation.ts';
import { isAboutScope } from '../incident/scoped.ts';
import { isAboutTeam } from '../incident/team.ts';
import type { Events, Recorded, Reveal } from '../model/event.ts';
import { agreed } from './agreed.ts';
import { act, collection, duty, isDuty, isCollection, record } from './deeds.ts';
import { anchored } from './anchor-words.ts';
import { drilled } from './drilled.ts';
import { improved } from './programme/improved.ts';
import { SEALED, bothTimes, valueWords } from './facts.ts';
import { factWithId } from './fact-names.ts';
import { handingSentence } from './handing-words.ts';
import { kept } from './kept.ts';
import { alertSentence } from './alert-words.ts';
import { bulletinSentence } from './bulletin.ts';
import { personClock } from './person-words.ts';
import { rotated } from './rotated.ts';
import { scopeSentence } from './scope.ts';
import { jumpSentence } from './jumps.ts';
import { teamSentence } from './team-words.ts';
import { joined, type Names, type Of, type Private, type Sentence } from './sentence.ts';

export type { Sentence } from './sentence.ts';

type TimeEntry = AlertEntry | PersonEntry | Of<'clock.jump'>;
const isAboutTime = (entry: Recorded): entry is TimeEntry =>
  entry.kind === 'clock.jump' || isAboutPerson(entry) || isAboutAlerts(entry);
const timed = (entry: TimeEntry, own: Private, names: Names): Sentence => {
  if (isAboutAlerts(entry)) return alertSentence(entry, own, names);
  return entry.kind === 'clock.jump' ? jumpSentence(entry.pub, names.zone) : personClock(entry, own, names);
};

/** What one entry says; every kind has its words. */
export function sentence(entry: Recorded, reveal: Reveal, names: Names): Sentence {
  const own: Private = (name) => (entry.priv.includes(name) ? (reveal({ n: entry.n, name }) ?? SEALED) : '');
  if (isAboutContent(entry)) return kept(entry, own);
  if (isAboutAnchors(entry)) return anchored(entry, own);
  if (isCollection(entry)) return collection(entry, own);
  if (isAboutDrill(entry)) return drilled(entry, own);
  if (isAboutItem(entry)) return improved(entry, own);
  if (isAboutScope(entry)) return scopeSentence(entry, own);
  if (isAboutHanding(entry)) return handingSentence(entry, own);
  if (isAboutBulletins(entry)) return bulletinSentence(entry, own);
  if (isAboutTeam(entry)) return teamSentence(entry, own, names);
  if (isAboutRotation(entry)) return rotated(entry, names);
  if (isAboutMail(entry)) return mailed(entry, own, names);
  if (isDuty(entry)) return duty(entry, own, names);
  if (isAboutTime(entry)) return timed(entry, own, names);
  switch (entry.kind) {
    case 'incident.opened':
    case 'incident.closed':
    case 'definition.frozen':
    case 'plan.adopted':
    case 'severity.set':
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
    case 'person.known':
    case 'approval.asked':
    case 'approval.given':
    case 'approval.used':
    case 'review.given':
    case 'command.refused':
      return agreed(entry, own, names);
    case 'act.intent':
    case 'act.by_hand':
    case 'act.kept':
    case 'act.outcome':
    case 'act.verified':
    case 'batch.intent':
    case 'batch.outcome':
      return act(entry, own, names);
    case 'credential.given':
    case 'decision.made':
    case 'note.added':
    case 'evidence.added':
    case 'contact.called':
      return record(entry, own, names);
    case 'export.written':
    case 'engine.recovered':
    case 'engine.taken_over':
      return machine(entry, own);
  }
}

function frame(
  entry: Of<'incident.opened' | 'incident.closed' | 'definition.frozen' | 'plan.adopted' | 'severity.set'>,
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
      return {
        what: `Kept the definition ${entry.pub.name} as it was${part(entry.pub)}`,
        detail: `sha256 ${entry.pub.sha256}`,
      };
    case 'plan.adopted':
      return {
        what: `Adopted the plan of runbook ${entry.pub.runbook}${part(entry.pub)}`,
        detail: `plan sha256 ${entry.pub.plan_sha256}`,
      };
    case 'severity.set':
      return { what: `Severity set to ${entry.pub.severity}`, why: own('reason') };
  }
}

const part = ({ part: n, of }: Readonly<{ part: number; of: number }>): string =>
  of > 1 ? `, part ${n + 1} of ${of}` : '';

function fact(
  entry: Of<'fact.learned' | 'fact.corrected' | 'fact.ruled_out'>,
  own: Private,
  { zone }: Names,
): Sentence {
  const id = factWithId(entry.pub.fact);
  const why = own('reason');
  if (entry.kind === 'fact.ruled_out') return { what: `Ruled out: ${id}`, why };
  const { known, value } = entry.pub;
  const answer = value === null ? own('text') : valueWords(value, zone);
  if (entry.kind === 'fact.corrected') {
    return {
      what: `Corrected ${id}${known ? ` to: ${answer}` : ': it is not known after all'} (before: entry ${entry.pub.corrects})`,
      why,
    };
  }
  return {
    what: known ? `Recorded ${id}${answer === '' ? '' : `: ${answer}`}` : `Recorded as not known yet: ${id}`,
    why,
  };
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
  entry: Of<
    'step.started' | 'step.finished' | 'step.skipped' | 'step.reopened' | 'evidence.waived' | 'override.taken'
  >,
  own: Private,
  { steps }: Names,
): Sentence {
  const title = (id: string): string => `"${steps.get(id)?.title ?? id}"`;
  switch (entry.kind) {
    case 'step.started':
      return { what: `Started ${title(entry.pub.step)}` };
    case 'step.finished': {
      const result = own('result');
      return {
        what: `${finished[entry.pub.how]}: ${title(entry.pub.step)}`,
        detail: result,
        result: 'done',
        outcome: 'ok',
      };
    }
    case 'step.skipped':
      return { what: `Left out ${title(entry.pub.step)}`, why: own('reason'), result: 'left out' };
    case 'step.reopened':
      return { what: `Took up again ${title(entry.pub.step)}`, why: own('reason') };
    case 'evidence.waived':
      return {
        what: `Went on${entry.pub.step === null ? '' : ` with ${title(entry.pub.step)}`} without the evidence of ${title(entry.pub.preserve)}`,
        why: own('reason'),
      };
    case 'override.taken': {
      const where = entry.pub.step === null ? '' : ` at ${title(entry.pub.step)}`;
      return { what: `OVERRIDE${where}: ${entry.pub.what}`, why: own('reason') };
    }
  }
}

function machine(
  entry: Of<'export.written' | 'engine.recovered' | 'engine.taken_over'>,
  own: Private,
): Sentence {
  switch (entry.kind) {
    case 'export.written':
      return {
        what: `Exported as ${entry.pub.format}${entry.pub.audience === undefined ? '' : ` for: ${entry.pub.audience}`}${entry.pub.privileged === true ? ', with what is privileged' : ''}`,
        detail: joined(
          // A copy that is handed on tells nobody whose folders this machine has.
          own('path').split(/[\\/]/).at(-1) ?? '',
          own('recipients') === '' ? '' : `for ${own('recipients')}`,
          `sha256 ${entry.pub.sha256}`,
          entry.pub.withheld_sha256 === undefined
            ? ''
            : `list of what is withheld ${entry.pub.withheld_sha256}`,
        ),
      };
    case 'engine.recovered': {
      const n = entry.pub.unsure;
      return {
        what: `Started again after an interruption: ${n === 0 ? 'nothing was' : n === 1 ? '1 attempt was' : `${n} attempts were`} in flight`,
      };
    }
    case 'engine.taken_over':
      return { what: `Took over from ${entry.pub.from}` };
  }
}
