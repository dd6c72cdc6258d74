import type { App, OpenDrill, Scorecard } from '../../app/contract.ts';
import { Problem } from '../../base/problem.ts';
import type { Context } from '../context.ts';
import { openScreens } from '../screens.ts';
import type { Run } from '../spec.ts';
import { tellVerified } from './verify.ts';

const FORMATS = ['md', 'brief', 'csv', 'jsonl'] as const;

export const run: Run = async (context, input) => {
  const [seed, speed] = [input.number('seed', 0), input.number('speed', 0.01)];
  const app = await context.drillApp();
  const options = { ...(seed === null ? {} : { seed: Math.trunc(seed) }), ...(speed === null ? {} : { speed }) };
  const drill = context.keep(await app.drill(input.arg(0), options));
  if (context.interactive && !input.flag('auto')) return await openScreens(context, app, drill, drill);
  return await play(context, app, drill, input.arg(0));
};

/** The scripted responder plays it to the end; then the journal is exported and verified as after a live incident. */
async function play(context: Context, app: App, drill: OpenDrill, runbook: string): Promise<number> {
  const { print } = context;
  // With --json stdout carries the closing object alone.
  const tell = (line: string): void => (print.json ? print.say(line) : print.line(line));
  tell(`DRILL ${runbook} seed ${drill.seed} (${drill.id}): nothing live can be reached`);
  tell(drill.story.trim().replaceAll(/\s+/g, ' '));
  await drill.auto(tell);
  const scorecard = await drill.finish();
  const exports: string[] = [];
  for (const format of FORMATS) exports.push(...(await drill.export(format, null)));
  // The checkpoint that seals what was just written is made on leaving.
  const verified = await app.verify(drill.id);
  for (const line of scoreLines(scorecard)) tell(line);
  for (const path of exports) tell(`exported ${path}`);
  if (!print.json) tellVerified(context, verified);
  if (!verified.ok) throw new Problem('journal-broken', { path: drill.id, why: verified.problems.join('; ') });
  if (print.json) {
    const { passed, seed } = scorecard;
    print.object('drill', { incident: drill.id, runbook, passed, seed, exports, scorecard });
  } else print.line(scorecard.passed ? 'PASSED' : 'NOT PASSED');
  return scorecard.passed ? 0 : 12;
}

function scoreLines({ measures, ends }: Scorecard): readonly string[] {
  return [
    'SCORECARD',
    ...measures.map(({ title, value, target, met }) => `  ${met ? 'MET   ' : 'MISSED'} ${title}: ${value} (target ${target})`),
    ...ends.map(({ says, holds }) => `  ${holds ? 'TRUE  ' : 'FALSE '} ${says}`),
  ];
}
