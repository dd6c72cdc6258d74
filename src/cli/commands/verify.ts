import type { VerifySummary } from '../../app/contract.ts';
import type { Context } from '../context.ts';
import type { Run } from '../spec.ts';

const BROKEN = 9;

export const verify: Run = async (context, input) => {
  const found = await (
    await context.app()
  ).verify(input.arg(0), { everySignature: input.flag('every-signature') });
  if (context.print.json) context.print.object('verify', { journal: input.arg(0), ...found });
  else tellVerified(context, found);
  return found.ok ? 0 : BROKEN;
};

export function tellVerified(
  { print }: Context,
  { ok, entries, root, origin, pinned, problems }: VerifySummary,
): void {
  print.line(
    `${ok ? 'VERIFIED' : 'BROKEN'} ${entries} entries, root ${root}, signed by ${origin}${pinned ? '' : ' (key not pinned here)'}`,
  );
  for (const problem of problems) print.line(`  ${problem}`);
  if (!ok) print.say('Keep a copy of the file as it is: it is evidence now. Do not go on in this journal.');
}
