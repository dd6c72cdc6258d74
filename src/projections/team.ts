import { formatDistance } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { whyNoPerson, whyNoReadBack } from '../incident/about-team.ts';
import { unfilledRoles } from '../incident/roles.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Offer, Task } from '../incident/team-state.ts';
import type { Reveal } from '../model/event.ts';
import { limits } from '../model/limits.ts';
import { roles, type Role } from '../model/names.ts';
import { SEALED } from './facts.ts';

export { whyNoPerson, whyNoReadBack };

/** Who does what tonight, computed from the journal and now. */

/** `wanted`: steps still ahead are written for it. `offer`: on its way to somebody; `note` is what they were told. */
export type RoleRow = Readonly<{
  role: Role;
  person: string | null;
  wanted: boolean;
  offer: (Offer & Readonly<{ note: string; ageMs: number }>) | null;
}>;

/** `leftMs` is negative once its time has passed; `silent`: the person has not said yes for a while. */
export type TaskRow = Task & Readonly<{ text: string; leftMs: number; silent: boolean; late: boolean }>;

export type TeamView = Readonly<{
  roles: readonly RoleRow[];
  /** Open ones first, the next due on top; then those that have ended, newest first. */
  tasks: readonly TaskRow[];
}>;

export const teamOf = (state: IncidentState, now: Instant, reveal: Reveal): TeamView => {
  const unfilled = new Set(unfilledRoles(state));
  const shown = (n: number, name: string): string => reveal({ n, name }) ?? SEALED;
  return {
    roles: roles.map((role) => {
      const offer = state.team.offers.get(role);
      return {
        role,
        person: state.roles.get(role) ?? null,
        wanted: unfilled.has(role),
        offer: offer === undefined ? null : { ...offer, note: shown(offer.n, 'note'), ageMs: now - offer.at },
      };
    }),
    tasks: [...state.team.tasks.values()]
      .map((task) => ({ ...task, text: shown(task.n, 'text'), ...standing(task, now) }))
      .toSorted(byUrgency),
  };
};

const standing = (task: Task, now: Instant): Pick<TaskRow, 'leftMs' | 'silent' | 'late'> => ({
  leftMs: task.dueAt - now,
  silent: task.ended === null && task.acknowledgedAt === null && now - task.at >= limits.taskSilentMs,
  late: task.ended === null && now >= task.dueAt,
});

const byUrgency = (a: TaskRow, b: TaskRow): number => {
  if (a.ended === null && b.ended === null) return a.dueAt - b.dueAt;
  if (a.ended !== null && b.ended !== null) return b.ended.n - a.ended.n;
  return a.ended === null ? -1 : 1;
};

/** What is to be mentioned now: nothing in it was typed by anybody, so it stands where no key is. */
export const teamNags = ({ team, phase }: IncidentState, now: Instant): readonly string[] => {
  if (phase !== 'open') return [];
  const open = [...team.tasks.values()].filter(({ ended }) => ended === null);
  return [
    ...open.flatMap((task) => taskNag(task, now)),
    ...[...team.offers.values()].map(
      ({ role, from, to }) => `${role}: ${from} hands over to ${to}, who has not said it back yet`,
    ),
  ];
};

const taskNag = (task: Task, now: Instant): readonly string[] => {
  const { late, silent, leftMs } = standing(task, now);
  if (late)
    return [`task ${task.n}: ${task.person} is LATE${leftMs === 0 ? '' : ` by ${formatDistance(leftMs)}`}`];
  return silent ? [`task ${task.n}: ${task.person} has not said yes`] : [];
};

/** How a task stands, in a word that needs no colour. */
export const taskWord = ({ ended, late, acknowledgedAt }: TaskRow): string => {
  if (ended !== null) return ended.how === 'done' ? 'DONE' : 'DROPPED';
  if (late) return 'LATE';
  return acknowledgedAt === null ? 'WAIT' : 'NOW';
};

/** The time of a task in words. */
export const taskTime = ({ ended, leftMs }: TaskRow): string => {
  if (ended !== null) return '';
  return `${formatDistance(leftMs)} ${leftMs < 0 ? 'late' : 'left'}`;
};
