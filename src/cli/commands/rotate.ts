import type { OpenIncident, RotationPlan, RotationReport } from '../../app/contract.ts';
import { backLines, courseLines, doneLine, stoppedLines, waysToEnd } from '../../app/rotation-words.ts';
import { limits } from '../../model/limits.ts';
import { leakedCredentials } from '../answer.ts';
import { askHidden, askLine } from '../ask.ts';
import { consent, sameAgain, waive } from '../consent.ts';
import { refuseReadOnly, type Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { runLine, waysOf } from '../words.ts';
import { mustBeListed } from './contain.ts';

/** A new credential in place of an old one: both ways are shown, one is agreed to, and each stage says what it does. */
export const rotate: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const item = input.arg(0);
  const step = input.text('step');
  if (input.flag('secrets-stdin') && input.flag('new-stdin'))
    throw usage('standard input holds one of them: the leaked credential or the new one');
  if (step !== null) return await withIn(context, input, await context.writable(), item, step);
  const app = await context.app('definitions');
  mustBeListed(app, item);
  // Looking opens no incident and starts no clock.
  if (input.flag('dry-run') && context.globals.incident === null)
    return tellPlan(context, null, await app.planRotation(item));
  const leaked = input.flag('secrets-stdin')
    ? (await leakedCredentials(context, true, [item])).credentials.map(({ value }) => value)
    : [];
  const { incident: id } = context.globals;
  const incident = await app.contain(item, 'rotate', { leaked, ...(id === null ? {} : { incident: id }) });
  context.print.say(`Incident ${incident.id}`);
  return await withIn(context, input, incident, item, null);
};

async function withIn(
  context: Context,
  input: Input,
  incident: OpenIncident,
  item: string,
  step: string | null,
): Promise<number> {
  const { print } = context;
  const prepare = async (): Promise<RotationPlan> => await incident.prepareRotation(item, step);
  const plan = await prepare();
  if (input.flag('dry-run')) return tellPlan(context, incident.id, plan);
  for (const line of planLines(plan)) print.say(line);
  const confirmation = await consent(
    context,
    { ...plan.kill, title: plan.title, friction: 'type-target' },
    input,
  );
  const waived = await waive(incident, plan.kill, confirmation.reason ?? '');
  const agreed = waived ? await sameAgain(prepare, plan) : plan;
  const heard = (line: Parameters<typeof runLine>[0]): void => {
    if (!print.json) for (const text of runLine(line, waysOf(plan.kill))) print.line(text);
  };
  if (input.flag('back')) {
    const report = await incident.goBack(agreed, confirmation, { placed: input.flag('placed') }, heard);
    if (print.json) print.object('rotation', { incident: incident.id, step, ...report });
    else for (const line of backLines(report, step)) print.line(line);
    return backCode[report.state];
  }
  const given = await givenBy(context, input, agreed);
  const stop = new AbortController();
  // Each stage is gone on from: what is under way ends, and the rest waits.
  context.interruptible.stop = stop;
  const report = await incident.rotate(agreed, confirmation, given, heard, stop.signal);
  context.interruptible.stop = null;
  if (print.json) print.object('rotation', { incident: incident.id, step, ...report });
  else for (const line of endLines(report, step)) print.line(line);
  return rotationCode(report);
}

const endLines = (report: RotationReport, step: string | null): readonly string[] =>
  report.state === 'rotated' ? [doneLine(report)] : stoppedLines(report, step);

/** What only a person can give: asked for once the plan is agreed to, hidden, and only where it is wanted next. */
async function givenBy(
  context: Context,
  input: Input,
  { make, place, next, made }: RotationPlan,
): Promise<Parameters<OpenIncident['rotate']>[2]> {
  const again = input.flag('again');
  const wanted = make.byHand !== null && next === 'make' && made === null;
  const fresh =
    input.flag('new-stdin') || wanted ? await freshCredential(context, input.flag('new-stdin')) : undefined;
  const toPlace = (place === null || place.shut !== null) && (next === 'make' || next === 'place');
  const placed = input.flag('placed') || (toPlace && (await saidPlaced(context)));
  return { ...(fresh === undefined ? {} : { fresh }), placed, again };
}

async function freshCredential(context: Context, fromStdin: boolean): Promise<string> {
  const text = fromStdin
    ? await context.world.environment.stdin.readAll(limits.secretBytesMax)
    : await askHidden(context, 'The new credential (hidden):', {
        what: 'the new credential',
        flags: '--new-stdin',
      });
  const value = text.replace(/\r?\n$/, '');
  if (value.trim() === '') throw usage('no new credential was given');
  return value;
}

async function saidPlaced(context: Context): Promise<boolean> {
  if (!context.interactive) return false;
  const answer = await askLine(
    context,
    'Put it where the service reads it, then type placed (anything else waits):',
    {
      what: 'the new credential in its place',
      flags: '--placed',
    },
  );
  return answer === 'placed';
}

/** Both ways with what each does, then the course of the rotation. */
export function planLines(plan: RotationPlan): readonly string[] {
  return [
    `PLAN ${plan.title}: two ways`,
    ...waysToEnd(plan).flatMap(({ id, title, radius }) => [
      `  ${id}: ${title}`,
      ...radius.map((text) => `      ${text}`),
    ]),
    '  What rotate does:',
    ...courseLines(plan).map((text) => `    ${text}`),
    '  The old one CANNOT BE BROUGHT BACK once it has ended',
    `  plan sha256 ${plan.sha256}`,
  ];
}

function tellPlan({ print }: Context, incident: string | null, plan: RotationPlan): number {
  for (const line of planLines(plan)) print.say(line);
  if (print.json) print.object('rotation-plan', { incident, ways: waysToEnd(plan), plan });
  else print.line(plan.sha256);
  return 0;
}

const backCode = { back: 0, 'by-hand': 4, failed: 6, unproved: 6, unsure: 6 } as const;

/** As for any run: 0 replaced, 4 for a person to do, 5 nothing changed, 6 in part or not known. */
function rotationCode({ state, made }: RotationReport): number {
  switch (state) {
    case 'rotated':
      return 0;
    case 'by-hand':
      return made === null ? 4 : 6;
    case 'failed':
      return made === null ? 5 : 6;
    case 'unproved':
    case 'unsure':
    case 'stopped':
      return 6;
  }
}
