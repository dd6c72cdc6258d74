import type { Instant } from '../base/instant.ts';
import type { Recorded } from '../model/event.ts';
import type { Role } from '../model/names.ts';
import type { TeamEvents } from '../model/team-event.ts';
import { put, type IncidentState } from './state.ts';
import type { Task, TeamState } from './team-state.ts';

/** Roles that go from one to the next, and tasks of named people, folded from their entries. */

export type TeamEntry = Recorded<keyof TeamEvents | 'role.claimed'>;

export const isAboutTeam = (entry: Recorded): entry is TeamEntry =>
  entry.kind === 'role.claimed' || entry.kind.startsWith('handover.') || entry.kind.startsWith('task.');

type Changed = Pick<IncidentState, 'roles' | 'team'>;

export const teamChanged = ({ roles, team }: Changed, entry: TeamEntry): Changed => {
  switch (entry.kind) {
    case 'handover.offered': {
      const { role, from, to } = entry.pub;
      const offer = { n: entry.n, at: entry.recorded_at, role, from, to };
      return { roles, team: { ...team, offers: put(team.offers, role, offer) } };
    }
    // Whoever takes a role outright ends the offer of it.
    case 'role.claimed':
    case 'handover.taken': {
      const { role, person } = entry.pub;
      const before = roles.get(role);
      const changed =
        before === undefined || before === person ? team.changed : counted(team.changed, entry.kind);
      const held = before === person ? team.held : [...team.held, { n: entry.n, role, person }];
      return { roles: put(roles, role, person), team: { ...withoutOffer(team, role), changed, held } };
    }
    case 'handover.withdrawn':
      return { roles, team: withoutOffer(team, entry.pub.role) };
    case 'task.given': {
      const task: Task = {
        n: entry.n,
        at: entry.recorded_at,
        by: entry.actor,
        person: entry.pub.person,
        dueAt: entry.pub.due_at,
        acknowledgedAt: null,
        ended: null,
      };
      return { roles, team: { ...team, tasks: put(team.tasks, entry.n, task) } };
    }
    case 'task.acknowledged':
    case 'task.ended':
      return { roles, team: taskChanged(team, entry) };
  }
};

const taskChanged = (
  team: TeamState,
  entry: Extract<TeamEntry, { kind: 'task.acknowledged' | 'task.ended' }>,
): TeamState => {
  const task = team.tasks.get(entry.pub.task);
  if (task === undefined) return team;
  const at = entry.recorded_at;
  const next: Task =
    entry.kind === 'task.acknowledged'
      ? { ...task, acknowledgedAt: task.acknowledgedAt ?? at }
      : { ...task, ended: { n: entry.n, at, how: entry.pub.how } };
  return { ...team, tasks: put(team.tasks, task.n, next) };
};

const counted = (
  { saidBack, taken }: TeamState['changed'],
  kind: 'role.claimed' | 'handover.taken',
): TeamState['changed'] =>
  kind === 'handover.taken' ? { saidBack: saidBack + 1, taken } : { saidBack, taken: taken + 1 };

const withoutOffer = (team: TeamState, role: Role): TeamState =>
  team.offers.has(role)
    ? { ...team, offers: new Map([...team.offers].filter(([one]) => one !== role)) }
    : team;

/** A clock that went back gives nobody more time. */
export const sooner = (team: TeamState, ms: number): TeamState => ({
  ...team,
  tasks: new Map([...team.tasks].map(([n, task]) => [n, { ...task, dueAt: (task.dueAt + ms) as Instant }])),
});
