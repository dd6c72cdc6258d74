import type { TeamEntry } from '../incident/team.ts';
import { SEALED, bothTimes } from './facts.ts';
import type { Names, Private, Sentence } from './sentence.ts';

/** What is said of people: who hands over to whom, and who does what until when. */
export const teamSentence = (entry: TeamEntry, own: Private, { zone, state }: Names): Sentence => {
  switch (entry.kind) {
    case 'role.claimed': {
      const name = own('name');
      return {
        what: `${name === '' || name === SEALED ? entry.pub.person : name} took the role of ${entry.pub.role}`,
      };
    }
    case 'handover.offered':
      return {
        what: `${entry.pub.from} hands the role of ${entry.pub.role} to ${entry.pub.to}, who has not said it back yet`,
        detail: own('note'),
      };
    case 'handover.taken':
      return {
        what: `${entry.pub.person} took over the role of ${entry.pub.role} and said it back`,
        detail: own('said'),
      };
    case 'handover.withdrawn':
      return { what: `The handover of the role of ${entry.pub.role} was taken back`, why: own('reason') };
    case 'task.given':
      return {
        what: `Task ${entry.n} for ${entry.pub.person}: ${own('text')}`,
        detail: `until ${bothTimes(entry.pub.due_at, zone)}`,
      };
    case 'task.acknowledged':
      return { what: `${personOf(entry.pub.task, state)} said yes to task ${entry.pub.task}` };
    case 'task.ended': {
      const done = entry.pub.how === 'done';
      return {
        what: `Task ${entry.pub.task} of ${personOf(entry.pub.task, state)} ${done ? 'is done' : 'was dropped'}`,
        ...(done ? { detail: own('note'), result: 'done', outcome: 'ok' } : { why: own('note') }),
      };
    }
  }
};

const personOf = (task: number, { team }: Names['state']): string =>
  team.tasks.get(task)?.person ?? 'somebody';
