import type { AuditEffect } from '../audits.ts';
import { auditShown } from '../screens/audit/state.ts';
import { looking } from './looking.ts';
import { tell, waiting, type Stage } from './stage.ts';

/** The quarterly audit: what its screen asks for. */

const open = async (stage: Stage): Promise<void> =>
  waiting(
    stage,
    { what: 'reading what earlier audits found', keys: 'stoppable' },
    async () => (await stage.world().app.audits()).due(),
    (due) => [{ do: 'go', to: auditShown(stage.world(), due) }],
  );

/** A look that must leave no trace counts as no audit of this quarter. */
const run = async (stage: Stage): Promise<void> =>
  looking(
    stage,
    'audit',
    'the audit goes on already',
    async (how) => {
      const { app, readOnly } = stage.world();
      return await (await app.audits()).audit({ keep: !readOnly, ...how });
    },
    (report) => ({ is: 'audited', report }),
  );

const answer = async (
  stage: Stage,
  { question, answer: said, note }: Extract<AuditEffect, { do: 'answer-audit' }>,
): Promise<void> => {
  await (await stage.world().app.audits()).answer(question, said, note);
  stage.send({ is: 'event', event: { is: 'answered', question, answer: said } });
  tell(stage, { do: 'say', tone: 'good', text: 'Kept, with your name and the date.' });
};

const save = async (
  stage: Stage,
  { report, format, out }: Extract<AuditEffect, { do: 'save-audit' }>,
): Promise<void> =>
  waiting(
    stage,
    { what: 'writing the report', keys: 'held' },
    async () => (await stage.world().app.audits()).save(report, format, out),
    ({ path }) => [{ do: 'say', tone: 'good', text: `Written for you alone: ${path}` }],
  );

export const performAudit = async (stage: Stage, effect: AuditEffect): Promise<void> => {
  switch (effect.do) {
    case 'audit':
      return open(stage);
    case 'run-audit':
      return run(stage);
    case 'answer-audit':
      return answer(stage, effect);
    case 'save-audit':
      return save(stage, effect);
  }
};
