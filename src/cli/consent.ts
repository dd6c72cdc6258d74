import type { Confirmation, OpenIncident, Prepared, RunReport } from '../app/contract.ts';
import { Problem } from '../base/problem.ts';
import { askLine, reasonFor } from './ask.ts';
import type { Context } from './context.ts';
import { Interrupted } from './interrupted.ts';
import type { Input } from './spec.ts';
import { tellMasked } from './masked.ts';
import { planLines, runCode, runLine, runWord, waysOf } from './words.ts';

/** Shows a plan, gets the consent that its danger asks for, runs it and says how it went. The number is the exit code. */
export async function perform(
  context: Context,
  incident: OpenIncident,
  prepare: () => Promise<Prepared>,
  input: Input,
): Promise<number> {
  const { print } = context;
  const prepared = await prepare();
  for (const line of planLines(prepared)) print.say(line);
  if (input.flag('dry-run')) {
    if (print.json) print.object('plan', { incident: incident.id, prepared });
    else print.line(prepared.sha256);
    return 0;
  }
  // Of a release the systems are asked all the same: what a person has switched on meanwhile is then written down.
  if (prepared.release !== true && prepared.targets.every(({ byHand }) => byHand !== null))
    return leaveToPerson(context, incident, prepared);
  const confirmation = await consent(context, prepared, input);
  const waived = await waive(incident, prepared, confirmation.reason ?? '');
  const stop = new AbortController();
  // One target cannot be stopped half way; leaving at once tells it apart at the next start.
  if (prepared.targets.length > 1) context.interruptible.stop = stop;
  const report = await incident.run(
    waived ? await sameAgain(prepare, prepared) : prepared,
    confirmation,
    (line) => {
      if (!print.json) for (const text of runLine(line, waysOf(prepared))) print.line(text);
    },
    stop.signal,
  );
  context.interruptible.stop = null;
  if (print.json)
    print.object('run', {
      incident: incident.id,
      step: prepared.step,
      plan_sha256: prepared.sha256,
      ...report,
    });
  else print.line(runWord[report.state]);
  return runCode(report);
}

/** Nothing that the tool could do: the plan that was shown is the way by hand, and there is nothing to agree to. */
function leaveToPerson({ print }: Context, incident: OpenIncident, prepared: Prepared): number {
  const lines = prepared.targets.flatMap(({ target, byHand }): RunReport['lines'] =>
    byHand === null ? [] : [{ is: 'by-hand', target: target.item, ...byHand }],
  );
  const report: RunReport = { lines, state: 'by-hand' };
  if (print.json)
    print.object('run', {
      incident: incident.id,
      step: prepared.step,
      plan_sha256: prepared.sha256,
      ...report,
    });
  else print.line(runWord['by-hand']);
  return runCode(report);
}

/** Evidence that is given up is given up by a named person with a reason, one entry for each step. */
export async function waive(
  incident: OpenIncident,
  { step, preserve }: Prepared,
  reason: string,
): Promise<boolean> {
  for (const one of preserve) await incident.act({ do: 'waive', step, preserve: one, reason });
  return preserve.length > 0;
}

/** The plan once more after a waiver. What was agreed to is run, or nothing is. */
export async function sameAgain<Plan extends Readonly<{ sha256: string; title: string }>>(
  prepare: () => Promise<Plan>,
  agreed: Plan,
): Promise<Plan> {
  const again = await prepare();
  if (again.sha256 === agreed.sha256) return again;
  throw new Problem('plan-changed', { step: agreed.title, why: 'its targets changed' });
}

/** @throws Problem `needs-confirmation` with the exact flags that are missing */
export async function consent(context: Context, prepared: Prepared, input: Input): Promise<Confirmation> {
  const wantsReason = prepared.needsReason !== null || prepared.preserve.length > 0;
  const given = { yes: input.flag('yes'), confirm: input.text('confirm'), why: input.text('why') };
  if (given.confirm !== null && prepared.friction === 'type-target' && given.confirm !== prepared.phrase) {
    throw new Problem('usage', { why: `--confirm must be exactly: ${prepared.phrase}` });
  }
  const agreed = isAgreed(prepared, given);
  const reasoned = !wantsReason || given.why !== null;
  if (!context.interactive && !(agreed && reasoned)) {
    throw new Problem('needs-confirmation', {
      what: prepared.title,
      flags: missing(prepared, agreed, reasoned),
    });
  }
  const typed = agreed ? given.confirm : await askConsent(context, prepared);
  const reason = wantsReason
    ? await reasonFor(context, given.why, prepared.needsReason ?? 'evidence is not kept yet')
    : given.why;
  if (reason !== null) tellMasked(context.print, reason);
  return {
    ...(prepared.friction === 'yes' ? { yes: true } : {}),
    ...(typed === null ? {} : { typed }),
    ...(reason === null ? {} : { reason }),
  };
}

function isAgreed(
  { friction, phrase }: Prepared,
  given: Readonly<{ yes: boolean; confirm: string | null }>,
): boolean {
  switch (friction) {
    case 'enter':
      return true;
    case 'yes':
      return given.yes;
    case 'type-target':
      return given.confirm === phrase;
  }
}

function missing({ friction, phrase }: Prepared, agreed: boolean, reasoned: boolean): string {
  const flags = agreed ? [] : [friction === 'yes' ? '--yes' : `--confirm=${quoted(phrase)}`];
  return [...flags, ...(reasoned ? [] : ['--why TEXT'])].join(' ');
}

/** As a shell reads it. */
const quoted = (text: string): string =>
  /^[\w.:@/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** The phrase that was typed, null where a plain yes was enough. Anything else ends the command: Enter never confirms. */
async function askConsent(context: Context, { friction, phrase, title }: Prepared): Promise<string | null> {
  if (friction === 'yes') {
    const answer = await askLine(context, `${title}: go ahead? Type y:`, { what: title, flags: '--yes' });
    if (answer !== 'y' && answer !== 'yes') throw new Interrupted();
    return null;
  }
  const answer = await askLine(context, `This cannot be undone. Type ${phrase} to go ahead:`, {
    what: title,
    flags: `--confirm=${quoted(phrase)}`,
  });
  if (answer !== phrase) throw new Interrupted();
  return answer;
}
