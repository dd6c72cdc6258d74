import type { App, DrillPlace, OpenDrill, Scorecard, WhichCompany } from '../../app/contract.ts';
import { placeLine, placeParts } from '../../app/drill-words.ts';
import { isProblem, Problem } from '../../base/problem.ts';
import type { Context } from '../context.ts';
import { showScreens } from '../screens.ts';
import { usage } from '../spec.ts';
import type { Input, Run } from '../spec.ts';
import { unannounced } from './drill-unannounced.ts';
import { tellVerified } from './verify.ts';

const NOT_PASSED = 12;
const FORMATS = ['md', 'brief', 'csv', 'jsonl'] as const;
/** Nobody waits for a page to be set when a drill has ended by itself. */
const TEXT = ['md', 'csv', 'jsonl'] as const;

export const run: Run = async (context, input) => {
  const company = companyOf(input);
  const which = company === null ? {} : { company };
  if (input.flag('map')) return await map(context, input.arg(0), company);
  if (input.flag('tabletop')) {
    const app = await context.app('drill');
    context.print.block(await app.tabletop(input.arg(0), input.flag('facilitator'), company ?? undefined));
    return 0;
  }
  const [seed, speed] = [input.number('seed', 0), input.number('speed', 0.01)];
  if (input.flag('unannounced'))
    return await unannounced(context, input.arg(0), {
      ...(seed === null ? {} : { seed: Math.trunc(seed) }),
      ...(speed === null ? {} : { speed }),
    });
  const app = await context.app('drill');
  const auto = input.flag('auto') || !context.drawable;
  const options = {
    auto,
    ...which,
    ...(seed === null ? {} : { seed: Math.trunc(seed) }),
    ...(speed === null ? {} : { speed }),
  };
  const drill = await app.drill(input.arg(0), options);
  if (!auto) return await showScreens(context, app, { screen: 'drill', drill });
  return await play(context, app, drill, input.arg(0));
};

/** In whose company; null where nobody said so. */
export const companyOf = (input: Input): WhichCompany | null => {
  const said = input.text('company');
  if (said === null || said === 'own' || said === 'built-in') return said;
  throw usage(`--company takes own or built-in, not "${said}"`);
};

const placeLines = (place: DrillPlace): readonly string[] =>
  placeParts(place).flatMap(({ head, rows }) => [head, ...rows.map((row) => `  ${row}`)]);

const CANNOT = 3;

/** Only looked at: nothing is begun. */
async function map(context: Context, runbook: string, company: WhichCompany | null): Promise<number> {
  const app = await context.app('drill');
  const place = await app.drillPlace(runbook, company ?? undefined);
  if (context.print.json) context.print.object('drill-place', { runbook, ...place });
  else for (const line of [placeLine(place), ...placeLines(place)]) context.print.line(line);
  return place.cannot.length === 0 ? 0 : CANNOT;
}

/** The scripted responder plays it to the end; then the journal is exported and verified as after a live incident. */
async function play(context: Context, app: App, drill: OpenDrill, runbook: string): Promise<number> {
  const { print } = context;
  // With --json stdout carries the closing object alone.
  const tell = (line: string): void => (print.json ? print.say(line) : print.line(line));
  tell(`DRILL ${runbook} seed ${drill.seed} (${drill.id}): nothing live can be reached`);
  tell(placeLine(drill.place));
  for (const line of placeLines(drill.place)) tell(line);
  tell(drill.story.trim().replaceAll(/\s+/g, ' '));
  const stuck = await playedThrough(drill, tell);
  const scorecard = await drill.finish();
  const passed = scorecard.passed && !stuck;
  const exports: string[] = [];
  for (const format of FORMATS) exports.push(...(await drill.export(format, null, { forms: TEXT })));
  const verified = await app.verify(drill.id);
  for (const line of scoreLines(scorecard)) tell(line);
  for (const path of exports) tell(`exported ${path}`);
  if (!print.json) tellVerified(context, verified);
  if (!verified.ok)
    throw new Problem('journal-broken', { path: drill.id, why: verified.problems.join('; ') });
  if (print.json) {
    print.object('drill', { incident: drill.id, runbook, passed, seed: scorecard.seed, exports, scorecard });
  } else print.line(passed ? 'PASSED' : 'NOT PASSED');
  return passed ? 0 : NOT_PASSED;
}

/** A responder that gets stuck is told and scored like any other: the drill is not passed, and its timeline says why. */
async function playedThrough(drill: OpenDrill, tell: (line: string) => void): Promise<boolean> {
  try {
    await drill.auto(tell);
    return false;
  } catch (error) {
    if (!isProblem(error) || error.code !== 'drill-not-passed') throw error;
    tell(`STUCK ${error.facts['step'] ?? ''}: ${error.facts['why'] ?? ''}`);
    return true;
  }
}

function scoreLines(scorecard: Scorecard): readonly string[] {
  const { measures, ends, traps, attacks, stopped, notMeasured, untested } = scorecard;
  return [
    'SCORECARD',
    ...measures.map(
      ({ title, value, target, met }) =>
        `  ${met ? 'MET   ' : 'MISSED'} ${title}: ${value} (target ${target})`,
    ),
    ...ends.map(({ says, holds }) => `  ${holds ? 'TRUE  ' : 'FALSE '} ${says}`),
    ...traps.map(({ says, instead, points }) => `  WRONG  ${says} (${points} points). Instead: ${instead}`),
    ...attacks.map(
      ({ says, getsIn, refusedMinute, taken, unit }) =>
        `  ${getsIn === true ? 'GETS IN' : 'REFUSED'} ${says}: ${refusedMinute === null ? '' : `since minute ${refusedMinute}, `}${taken} ${unit} taken`,
    ),
    ...(stopped === null ? [] : [`  ENDED  before its end: ${stopped}`]),
    ...notMeasured.map((what) => `  NOT MEASURED ${what}`),
    ...untested.map((what) => `  NOT TESTED ${what}`),
  ];
}
