import type { OpenIncident, RunReport, View } from '../../app/contract.ts';
import { handedLine } from '../../projections/handing-words.ts';
import { bleedingWords, driftAlarms } from '../../projections/containment.ts';
import { againNow } from '../../projections/decisions.ts';
import { doubtsNow } from '../../projections/doubts.ts';
import { nextClock } from '../../projections/countdowns.ts';
import type { Context } from '../context.ts';
import { mailDoubts } from '../../projections/mail.ts';
import { submittedUnreleased } from '../../projections/released.ts';
import { unknownWords } from '../../projections/unknown.ts';
import { unreleased } from '../../projections/waiting.ts';
import { doubtJson, doubtLines, inFlightLines } from '../doubts.ts';
import { usage, type Run } from '../spec.ts';
import { bothTimes } from '../time.ts';
import { clockLine, runLine, stepWord, toldLines, utcOrNull } from '../words.ts';
import { anchorsJson, tellAnchors } from './anchors.ts';
import { summaryJson, tellIncidents, tellUnreadable, unreadableJson } from './list.ts';

export const status: Run = async (context, input) => {
  const recheck = input.flag('recheck');
  const id = input.args[0] ?? context.globals.incident;
  const [every, file] = [input.text('every'), input.text('to')];
  if (file !== null && every === null) throw usage('--to goes with --every');
  if (every !== null) {
    if (recheck) throw usage('--every reads; ask the systems by a --recheck of its own');
    const { everySoOften, typedLength } = await import('./status-every.ts');
    const everyMs = typedLength(every);
    return await everySoOften(context, await context.incident(id), everyMs, file);
  }
  const app = await context.app();
  const open = id === null ? app.incidents('live').filter(({ phase }) => phase === 'open') : [];
  const unreadable = id === null ? unreadableJson(app).filter(({ drill }) => !drill) : [];
  // One that does not open may be the one that burns: with no other, the answer is why it does not.
  const several = open.length > 1 || (open.length === 0 && unreadable.length === 0);
  if (id === null && several && !recheck) {
    if (context.print.json) context.print.object('status', { incidents: open.map(summaryJson), unreadable });
    else if (open.length === 0) context.print.line('No incident is open.');
    else tellIncidents(context, open, app.zone);
    tellUnreadable(context, unreadable);
    return 0;
  }
  // Named where it is the only one, so that nothing is read again to find that out.
  const chosen = id ?? (open.length === 1 ? (open[0]?.id ?? null) : null);
  const incident = recheck ? await context.writable(chosen) : await context.incident(chosen);
  const report = recheck ? await incident.recheck() : null;
  tellStatus(context, incident, report);
  tellUnreadable(context, unreadable);
  return report === null || report.state === 'proved' ? 0 : 6;
};

/** What a person who was away needs first: is it still bleeding, what was in flight, what is due, what is next. */
export function tellStatus(context: Context, incident: OpenIncident, report: RunReport | null): void {
  const view = incident.view();
  if (context.print.json) {
    context.print.object('status', statusJson(view, report));
    return;
  }
  const { print } = context;
  const { state, progress, containment, zone } = view;
  print.line(
    `${view.id} ${state.codename}${state.drill ? ' DRILL' : ''} ${state.phase}, ${state.severity}: ${view.title}`,
  );
  const handed = handedLine(state, zone);
  if (handed !== null) print.line(`! ${handed}`);
  const unknown = unknownWords(view.unknown);
  if (unknown !== null) print.line(`! ${unknown}`);
  const since = containment.since === null ? '' : `, since ${bothTimes(containment.since, zone)}`;
  print.line(`Still bleeding? ${bleedingWords[containment.bleeding].answer.replace(/\.$/, '')}${since}`);
  for (const alarm of driftAlarms(containment)) print.line(`! ${alarm}`);
  for (const one of containment.targets) print.line(`  ${one.item} (${one.action}): ${one.word}`);
  for (const line of inFlightLines(view.inFlight, view.engine)) print.line(line);
  for (const line of doubtLines(doubtsNow(view))) print.line(line);
  for (const { text } of mailDoubts(state)) print.line(`? ${text}`);
  if (report !== null)
    for (const line of report.lines.flatMap((line) => runLine(line))) print.line(`  rechecked ${line}`);
  for (const { text, step, n: entry } of againNow(state))
    print.line(`! ${text}   (firebreak decide ${step ?? `--instead ${entry}`})`);
  for (const text of state.phase === 'open' ? unreleased(state) : []) print.line(`! ${text}`);
  for (const nag of view.people.nags) print.line(`! ${nag}   (firebreak approve)`);
  tellAnchors(context, view.anchors);
  const clock = nextClock(view.clocks);
  if (clock !== null) print.line(`Clock: ${clockLine(clock, zone)}`);
  for (const line of state.phase === 'open' ? toldLines(view.clocks, view.contacts) : []) print.line(line);
  print.line(
    `Steps: ${progress.done} of ${progress.total} done, ${progress.skipped} left out, ${progress.unsure} unsure`,
  );
  for (const { step, status: stands } of progress.steps) {
    if (stands !== 'void') print.line(`  ${stepWord[stands].padEnd(6)} ${step.id}: ${step.title}`);
  }
  if (progress.current !== null && state.phase === 'open')
    print.say(`Next: ${progress.current.step.id}   (firebreak next)`);
}

function statusJson(view: View, report: RunReport | null): Readonly<Record<string, unknown>> {
  const { state, progress, containment } = view;
  return {
    incident: view.id,
    codename: state.codename,
    title: view.title,
    phase: state.phase,
    severity: state.severity,
    drill: state.drill,
    bleeding: containment.bleeding,
    since: utcOrNull(containment.since),
    targets: containment.targets.map(({ item, step, action, hold, word, drift, proof, provedAt }) => ({
      item,
      step,
      action,
      hold,
      word,
      drift,
      proof,
      proved_at: utcOrNull(provedAt),
    })),
    anchors: anchorsJson(view.anchors),
    engine: view.engine,
    handed_over:
      state.handed === null
        ? null
        : { entry: state.handed.n, at: utcOrNull(state.handed.at), by: state.handed.by, to: state.handed.to },
    unknown_entries: view.unknown,
    in_flight: view.inFlight,
    in_doubt: doubtsNow(view).map(doubtJson),
    letters_in_doubt: mailDoubts(state).map(({ mailing, letter, unsure }) => ({ mailing, letter, unsure })),
    steps: progress.steps.map(({ step, status: stands, because }) => ({
      id: step.id,
      phase: step.phase,
      status: stands,
      because,
    })),
    unacknowledged: view.clocks.flatMap(({ duty, awaiting }) =>
      awaiting === null ? [] : [{ duty, since: utcOrNull(awaiting.since), overdue: awaiting.overdue }],
    ),
    changed_since_told: view.clocks.flatMap(({ duty, changed }) =>
      changed === null || changed === 0 ? [] : [{ duty, facts: changed }],
    ),
    submitted_unreleased: submittedUnreleased(state),
    decide_again: againNow(state).map(({ n, step, text }) => ({ entry: n, step, because: text })),
    reviews_due: view.people.reviews.length,
    approvals_waiting: view.people.waiting.length,
    roles_unfilled: view.people.unfilled,
    current: progress.current?.step.id ?? null,
    done: progress.done,
    skipped: progress.skipped,
    unsure: progress.unsure,
    total: progress.total,
    recheck: report,
  };
}
