import type { Run } from '../spec.ts';

const FINDINGS = 3;
const CREDENTIAL = 4;

export const doctor: Run = async (context) => {
  const findings = await (await context.app('definitions')).doctor();
  const broken = findings.filter(({ state }) => state === 'broken').length;
  if (context.print.json) context.print.object('doctor', { ok: broken === 0, findings });
  else {
    const words = { ok: 'OK', warning: 'WARN', broken: 'BROKEN' } as const;
    context.print.table(
      ['STANDS', 'WHAT', 'DETAIL', 'FIX'],
      findings.map(({ state, what, detail, fix }) => [words[state], what, detail, fix]),
    );
    context.print.say(
      broken === 0
        ? 'Nothing found that would fail tonight.'
        : `${broken} would fail tonight; everything else works.`,
    );
  }
  if (findings.some(({ credential }) => credential !== undefined)) return CREDENTIAL;
  return broken === 0 ? 0 : FINDINGS;
};
