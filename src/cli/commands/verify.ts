import type { VerifySummary } from '../../app/contract.ts';
import type { Context } from '../context.ts';
import type { Run } from '../spec.ts';

const BROKEN = 9;

export const verify: Run = async (context, input) => {
  const found = await (
    await context.app('untouched')
  ).verify(input.arg(0), {
    everySignature: input.flag('every-signature'),
    anchors: input.many('anchors'),
    key: input.text('key'),
    against: input.text('against'),
  });
  if (context.print.json) context.print.object('verify', { journal: input.arg(0), ...found });
  else tellVerified(context, found);
  return found.ok ? 0 : BROKEN;
};

export function tellVerified(
  { print }: Context,
  { ok, entries, root, origin, vkey, pinned, known, unseen, remarks, problems, disclosed }: VerifySummary,
): void {
  const what =
    disclosed === undefined ? `${entries} entries` : `entry #${disclosed.entry} (${disclosed.kind})`;
  print.line(
    `${ok ? 'VERIFIED' : 'BROKEN'} ${what}, root ${root}, signed by ${origin}${pinned ? '' : ' (key not pinned here)'}`,
  );
  if (vkey !== '') print.line(`  key ${vkey}`);
  for (const field of disclosed?.fields ?? [])
    print.line(`  the text of ${field} is the one that was sealed that night`);
  print.line(
    known === 0
      ? '  held against no checkpoint from elsewhere: a shortened or rewritten journal could look like this'
      : `  held against ${known} ${known === 1 ? 'checkpoint' : 'checkpoints'} from elsewhere`,
  );
  for (const folder of unseen) print.line(`  not looked at, because it is not here: ${folder}`);
  for (const remark of remarks) print.line(`  ${remark}`);
  for (const problem of problems) print.line(`  ${problem}`);
  if (ok && !pinned)
    print.say(
      'Whose key that is nobody can tell from here: compare it with one you got another way, or give it with --key.',
    );
  if (!ok) print.say('Keep a copy of the file as it is: it is evidence now. Do not go on in this journal.');
}
