import { formatLocal } from '../../base/instant.ts';
import { approvalLines, type Approval } from '../../projections/people.ts';
import type { Effect, World } from '../screen.ts';
import { labelled, type Line } from './line.ts';

/** Who must agree to a step, on the card, in the preview and in the keys: always as it stands now, not as it was prepared. */
export const approvalNow = (step: string | null, world: World): Approval | null =>
  world.view?.people.approvals.find((one) => one.step === step)?.approval ?? null;

/** How it stands, where it is being given. Empty where the step needs nobody. */
export const approvalStand = (step: string | null, world: World, width: number): readonly Line[] => {
  const approval = approvalNow(step, world);
  return (
    approval === null ? [] : approvalLines(approval, (at) => formatLocal(at, world.zone, 'time'))
  ).flatMap((text, i) =>
    labelled(
      i === 0 ? 'Approval' : '',
      text,
      width,
      approval?.enough === true ? 'good' : i === 0 ? 'warn' : 'plain',
    ),
  );
};

/** The same with the keys that ask for it and give it. */
export const approvalRows = (step: string | null, world: World, width: number): readonly Line[] => {
  const rows = approvalStand(step, world, width);
  return rows.length === 0 || approvalNow(step, world)?.enough === true
    ? rows
    : [...rows, ...labelled('', 'a asks others, A: a colleague approves at this keyboard', width)];
};

/** Nothing stands in for the approval. */
export const waitsForOthers = (step: string, world: World): boolean => {
  const approval = approvalNow(step, world);
  return approval !== null && !approval.enough && approval.strict;
};

/** A typed reason stands in for it. */
export const wantsReason = (step: string, world: World): boolean => {
  const approval = approvalNow(step, world);
  return approval !== null && !approval.enough && !approval.strict;
};

export const askOthers = (step: string): Effect => ({
  do: 'act',
  command: { do: 'ask-approval', step },
  said: 'Asked. Elsewhere: firebreak approve shows what to sign. Here: A.',
});

/** A colleague at this keyboard. Without a request there is nothing to sign yet. */
export const approveHere = (step: string, world: World): Effect => {
  const approval = approvalNow(step, world);
  const open = approval !== null && approval.asked !== null && !approval.expired;
  return open && approval.asked !== null
    ? { do: 'form', purpose: { for: 'approve', asked: approval.asked, step } }
    : {
        do: 'say',
        tone: 'warn',
        text: 'First a: the request says exactly what is approved, and that is signed.',
      };
};

/** Why others cannot be asked about this step now; null where they can. */
export const askingDisabled = (step: string | null, world: World): string | null => {
  const approval = approvalNow(step, world);
  if (approval === null) return 'this step needs nobody else';
  if (approval.enough) return 'it is approved';
  return approval.asked !== null && !approval.expired ? 'others are asked already' : null;
};
