import type { VerifySummary } from '../../app/contract.ts';
import type { Context } from '../context.ts';
import type { Run } from '../spec.ts';

const BROKEN = 9;

export const verify: Run = async (context, input) => {
  const found = await (
    await context.app()
  ).verify(input.arg(0), { everySignature: input.flag('every-signature'), anchors: input.many('anchors') });
  if (context.print.json) context.print.object('verify', { journal: input.arg(0), ...found });
  else tellVerified(context, found);
  return found.ok ? 0 : BROKEN;
};

export function tellVerified(
  { print }: Context,
  { ok, entries, root, origin, pinned, known, unseen, remarks, problems }: VerifySummary,
): void {
  print.line(
    `${ok ? 'VERIFIED' : 'BROKEN'} ${entries} entries, root ${root}, signed by ${origin}${pinned ? '' : ' (key not pinned here)'}`,
  );
  print.line(
    known === 0
      ? '  held against no checkpoint from elsewhere: a shortened or rewritten journal could look like this'
      : `  held against ${known} ${known === 1 ? 'checkpoint' : 'checkpoints'} from elsewhere`,
  );
  for (const folder of unseen) print.line(`  not looked at, because it is not here: ${folder}`);
  for (const remark of remarks) print.line(`  ${remark}`);
  for (const problem of problems) print.line(`  ${problem}`);
  if (!ok) print.say('Keep a copy of the file as it is: it is evidence now. Do not go on in this journal.');
}
