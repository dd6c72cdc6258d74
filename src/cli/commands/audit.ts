import type { AuditReport, Due } from '../../app/contract.ts';
import { sarif } from '../../app/audit-formats.ts';
import { dueWords } from '../../app/audit-words.ts';
import type { Context } from '../context.ts';
import { refuseReadOnly } from '../context.ts';
import { usage } from '../spec.ts';
import type { Run } from '../spec.ts';
import { versionOf } from '../run.ts';

const FINDINGS = 3;
const OVERDUE = 8;

export const audit: Run = async (context, input) => {
  const door = await (await context.app('definitions')).audits();
  if (input.flag('check')) return tellDue(context, await door.due());
  const report = await door.audit({ keep: !input.flag('dry-run') && !context.globals.readOnly });
  const { findings, questions } = report;
  if (input.text('format') === 'sarif')
    context.print.bare(
      sarif(report, { version: versionOf(context.world), practice: context.print.practice }),
    );
  else if (context.print.json) context.print.object('audit', report);
  else show(context, report);
  return findings.length > 0 || questions.length > 0 ? FINDINGS : 0;
};

export const answer: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const [id, said] = [input.arg(0), input.arg(1)];
  if (said !== 'yes' && said !== 'no' && said !== 'unknown')
    throw usage(`answer yes, no or unknown, not "${said}"`);
  await (await (await context.app('definitions')).audits()).answer(id, said, input.text('note') ?? '');
  context.print.say('Kept, with your name and the date.');
  return 0;
};

const tellDue = ({ print }: Context, due: Due): number => {
  if (print.json) print.object('audit-due', { ...due });
  else print.say(dueWords(due, 'firebreak audit'));
  return due.overdue ? OVERDUE : 0;
};

/** Nobody was asked is not the same as nothing was found. */
const verdict = ({ findings, systems }: AuditReport): string => {
  if (findings.length > 0) return `${findings.length} findings.`;
  return systems.length > 0
    ? 'Nothing was found.'
    : 'No system is configured in firebreak.yaml, so nobody was asked and this counts as no audit: firebreak init. To see what one is like: --practice';
};

const askedOf = ({ of, because }: AuditReport['questions'][number]['question']): string =>
  [of ?? 'nobody is named', ...(because === null ? [] : [because])].join('; ');

const show = ({ print }: Context, report: AuditReport): void => {
  const { findings, questions, since, systems, blindSpots } = report;
  if (findings.length > 0)
    print.table(
      ['SEVERITY', 'RULE', 'FOUND', 'OWNER', 'FIX'],
      findings.map(({ severity, rule, found, owner, fix }) => [severity, rule, found, owner ?? '-', fix]),
    );
  print.say(verdict(report));
  if (since.date !== null) {
    const { fresh, mended, still, unseen } = since;
    print.say(
      `Since ${since.date}: ${fresh.length} new, ${mended.length} mended, ${still.length} still there, ${unseen.length} not looked at again.`,
    );
    for (const { rule, found } of fresh) print.say(`NEW     ${rule}: ${found}`);
    for (const { rule, found } of mended) print.say(`MENDED  ${rule}: ${found}`);
  }
  for (const { question, due } of questions)
    print.say(`ASK     ${question.id}: ${question.asks} (${askedOf(question)}; ${due})`);
  if (questions.length > 0 && !print.practice)
    print.say('firebreak audit answer <question> yes|no|unknown --note TEXT');
  for (const { instance, why, fix } of systems.filter(({ is }) => is === 'not-asked'))
    print.say(`NOT ASKED  ${instance}: ${why}. ${fix}`);
  for (const spot of blindSpots) print.say(`BLIND SPOT  ${spot}`);
  print.say(dueWords(report.due, 'firebreak audit'));
};
