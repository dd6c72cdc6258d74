import type { ApprovePurpose, ReviewPurpose } from '../places.ts';
import { approvalNow, approvalStand } from '../parts/approval.ts';
import { labelled, paragraph } from '../parts/line.ts';
import type { World } from '../screen.ts';
import { given, type FormField, type FormKind } from './form.ts';

const persons = (ids: readonly string[]): FormField => ({
  is: 'one',
  open: true,
  id: 'person',
  label: 'Who',
  options: ids.map((id) => ({ id, title: id })),
});

const passphrase = (world: World, optional: boolean): FormField => ({
  is: 'secret',
  id: 'passphrase',
  label: 'Passphrase of that person',
  ...(optional || world.drill !== null ? { optional: true as const } : {}),
  ...(world.drill === null ? {} : { says: 'DRILL: the person is made up; enter alone signs for them' }),
});

const OTHER_KEYS = 'A key of OpenSSH signs in another terminal: firebreak approve';

/** What is asked for beside the steps, with its numbers: how many letters, and through what. */
const besideTitle = (step: string, world: World): string => {
  const title = world.view?.people.approvals.find((one) => one.step === step)?.title;
  return title === undefined || title === step ? step : `${step} (${title})`;
};

/** A colleague reads what is to be done and signs for it here. */
export const approveForm: FormKind<ApprovePurpose> = {
  spec({ asked, step }, world) {
    const approval = approvalNow(step, world);
    const has = new Set((approval?.given ?? []).map(({ person }) => person));
    const title =
      world.view?.progress.steps.find((one) => one.step.id === step)?.step.title ?? besideTitle(step, world);
    return {
      title: `Approve: ${title}`,
      above: (width) => [
        ...paragraph(`You sign for exactly this act (entry ${asked}) and for nothing else.`, width, 'strong'),
        ...approvalStand(step, world, width),
        ...paragraph(`${OTHER_KEYS} ${asked}`, width, 'dim'),
      ],
      fields: [
        persons((approval?.could ?? []).filter((person) => !has.has(person))),
        passphrase(world, false),
      ],
      does: 'approve',
      ends: 'enter: approve · esc: leave it',
    };
  },
  complete: ({ asked, mailing }, values) => [
    { do: 'back' },
    {
      do: 'approve',
      asked,
      person: given(values, 'person'),
      passphrase: values['passphrase'] ?? '',
      ...(mailing === undefined ? {} : { mailing }),
    },
  ],
};

/** Somebody else looks at what was done without approval. */
export const reviewForm: FormKind<ReviewPurpose> = {
  spec({ override }, world) {
    const one = world.view?.people.reviews.find(({ n }) => n === override);
    const reason = world.incident?.reveal({ n: override, name: 'reason' }) ?? '[sealed]';
    const could = one?.could ?? [];
    return {
      title: `Review the override in entry ${override}`,
      above: (width) => [
        ...labelled('Done', `${one?.what ?? ''} at ${one?.step ?? 'no step'}, by ${one?.by ?? ''}`, width),
        ...labelled('Reason', reason, width),
      ],
      fields: [
        could.length === 0 ? { is: 'line', id: 'person', label: 'Who reviews (a handle)' } : persons(could),
        {
          is: 'one',
          open: true,
          id: 'verdict',
          label: 'Was it right?',
          options: [
            { id: 'agrees', title: 'Yes' },
            { id: 'disagrees', title: 'No' },
          ],
        },
        { is: 'line', id: 'comment', label: 'What you found' },
        passphrase(world, could.length === 0),
      ],
      does: 'record the review',
      ends: 'enter on the last field: record the review · esc: leave it',
    };
  },
  complete: ({ override }, values, world) => [
    { do: 'back' },
    {
      do: 'review',
      override,
      person: given(values, 'person'),
      agrees: given(values, 'verdict') === 'agrees',
      comment: given(values, 'comment'),
      passphrase:
        (world.view?.people.reviews.find(({ n }) => n === override)?.could ?? []).length === 0
          ? null
          : (values['passphrase'] ?? ''),
    },
  ],
};
