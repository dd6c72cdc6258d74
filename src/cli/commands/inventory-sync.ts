import type { Difference, SyncReport } from '../../app/contract.ts';
import { differenceDetail, differenceWord, thingOf } from '../../app/difference-words.ts';
import { Problem } from '../../base/problem.ts';
import { refuseReadOnly, type Context } from '../context.ts';
import { askLine } from '../ask.ts';
import { usage, type Input, type Run } from '../spec.ts';

const DIFFERS = 3;
const PARTIAL = 6;

export const sync: Run = async (context, input) => {
  if (input.flag('write') && context.print.practice)
    throw usage('practice keeps nothing, so there is no file to --write to');
  if (input.flag('write')) refuseReadOnly(context.globals);
  const door = await (await context.app('definitions')).audits();
  const report = await door.sync();
  if (!context.print.json) show(context, report);
  const agreed = input.flag('write') && report.writes > 0 && (await consent(context, input, report));
  const written = agreed ? door.write(report) : null;
  if (context.print.json) context.print.object('inventory-sync', { ...report, written });
  else if (written !== null)
    context.print.say(`${written.rows} rows were written to ${written.file}: give each an owner.`);
  return codeOf(report, written !== null);
};

/** What was written is no difference any more; what is gone or paused stays one. */
const codeOf = ({ differences, systems }: SyncReport, written: boolean): number => {
  const left = differences.filter(({ is }) => !written || is === 'gone' || is === 'paused');
  if (left.length > 0) return DIFFERS;
  return systems.some(({ is }) => is === 'not-asked') ? PARTIAL : 0;
};

const consent = async (context: Context, input: Input, { writes }: SyncReport): Promise<boolean> => {
  if (input.flag('yes')) return true;
  const what = `writing ${writes} rows to inventory.yaml`;
  if (!context.interactive) throw new Problem('needs-confirmation', { what, flags: '--yes' });
  const answer = await askLine(context, `Write ${writes} rows to inventory.yaml? Type y:`, {
    what,
    flags: '--yes',
  });
  return answer === 'y' || answer === 'yes';
};

const show = ({ print }: Context, report: SyncReport): void => {
  const { systems, differences, blindSpots, unowned, writes } = report;
  if (differences.length > 0)
    print.table(
      ['WHAT', 'SYSTEM', 'THING', 'ROW', 'DETAIL'],
      differences.map((one) => [
        differenceWord(one),
        one.instance,
        thingOf(one),
        rowOf(one),
        differenceDetail(one),
      ]),
    );
  const asked = systems.filter(({ is }) => is === 'asked');
  const things = asked.reduce((sum, one) => sum + one.things, 0);
  print.say(
    systems.length === 0
      ? 'No system is configured in firebreak.yaml, so nobody was asked: firebreak init. To see what it is like: --practice'
      : `${asked.length} of ${systems.length} systems were asked; ${things} things exist there, and ${differences.length} differences were found.`,
  );
  for (const { id, title } of unowned) print.say(`NO OWNER  ${id}: ${title}`);
  for (const { instance, why, fix } of systems.filter(({ is }) => is === 'not-asked'))
    print.say(`NOT ASKED  ${instance}: ${why}. ${fix}`);
  for (const spot of blindSpots) print.say(`BLIND SPOT  ${spot}`);
  if (writes > 0 && !print.practice) print.say(`firebreak inventory sync --write writes ${writes} rows.`);
};

const rowOf = (one: Difference): string => (one.is === 'unknown' ? '-' : one.row);
